import { readEvent } from '../../events/event';
import type { RecordView } from '../../events/recordView';
import { DICTIONARY_FIELDS } from '../columns';
import type { ProbedRule, RuleProbe } from '../ruleProbe';

/** The rules that records of an event have to be held against. */
export interface ProbedEvent {
  readonly rules: readonly ProbedRule[];
  /** With those about any event, for records that have one of the fields of {@link ProbedRows.whenPresent}. */
  readonly allRules: readonly ProbedRule[];
}

/** Tells by the codes of a row whether a {@link RuleProbe} has to be asked about its record, so that few records are looked at again. */
export class ProbedRows {
  /** Columns that make a record be asked about whatever its event. */
  readonly whenPresent: readonly number[];
  readonly everyRecord: boolean;
  /** By source code, then name code. */
  private readonly known: (ProbedEvent | undefined)[][] = [];

  /** The texts are what a code stands for, as `readEvent` reads it. */
  constructor(
    private readonly probe: RuleProbe,
    private readonly sourceText: (code: number) => string,
    private readonly nameText: (code: number) => string,
  ) {
    this.everyRecord = probe.whenPresent === undefined;
    this.whenPresent = (probe.whenPresent ?? []).map((field) => DICTIONARY_FIELDS.indexOf(field));
  }

  /** The event with these codes. */
  eventOf(source: number, name: number): ProbedEvent {
    const names = (this.known[source] ??= []);
    return (names[name] ??= this.newEvent(this.sourceText(source), this.nameText(name)));
  }

  private newEvent(eventSource: string, eventName: string): ProbedEvent {
    const allRules = this.probe.rulesAbout(eventSource, eventName, true);
    const rules = this.probe.rulesAbout(eventSource, eventName, false);
    return { rules: this.everyRecord ? allRules : rules, allRules };
  }
}

/** The token for the row of a record that came by itself; `hasColumn` tells whether its row has a value in a column. */
export function rulesMet(
  probe: RuleProbe,
  record: RecordView,
  hasColumn: (column: number) => boolean,
): string | undefined {
  const { eventSource = '', eventName = '' } = readEvent(record);
  const fields = probe.whenPresent;
  const isAsked =
    fields === undefined ||
    probe.concerns(eventSource, eventName) ||
    fields.some((field) => hasColumn(DICTIONARY_FIELDS.indexOf(field)));
  return isAsked ? probe.ask(record) : undefined;
}
