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

/** The rules that a {@link RuleProbe} has for the events of rows, by their codes. */
export class ProbedRows {
  /** Columns that make a record be held against the rules about any event, too. */
  readonly whenPresent: readonly number[];
  readonly anyEvent: readonly ProbedRule[];
  private readonly everyRecord: boolean;
  /** By source code, then name code. */
  private readonly known: (ProbedEvent | undefined)[][] = [];

  /** The texts are what a code stands for, as `readEvent` reads it; `onNew` is told each event once. */
  constructor(
    private readonly probe: RuleProbe,
    private readonly sourceText: (code: number) => string,
    private readonly nameText: (code: number) => string,
    private readonly onNew: (source: number, name: number, event: ProbedEvent) => void,
  ) {
    this.everyRecord = probe.whenPresent === undefined;
    this.whenPresent = (probe.whenPresent ?? []).map((field) => DICTIONARY_FIELDS.indexOf(field));
    this.anyEvent = probe.anyEvent;
  }

  /** The event with these codes. */
  eventOf(source: number, name: number): ProbedEvent {
    const names = (this.known[source] ??= []);
    const known = names[name];
    if (known !== undefined) return known;
    const event = this.newEvent(this.sourceText(source), this.nameText(name));
    names[name] = event;
    this.onNew(source, name, event);
    return event;
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
