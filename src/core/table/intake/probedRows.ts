import { readEvent } from '../../events/event';
import type { RecordView } from '../../events/recordView';
import { DICTIONARY_FIELDS } from '../columns';
import type { RuleProbe } from '../ruleProbe';

/** The records of an event of which rules have to be asked. */
export interface ProbedEvent {
  readonly eventSource: string;
  readonly eventName: string;
  /** Records without any of these texts meet none of the rules; undefined when that cannot be told. */
  readonly texts: readonly Uint8Array[] | undefined;
}

/** Tells by the codes of a row whether a {@link RuleProbe} has to be asked about its record, so that few records are looked at again. */
export class ProbedRows {
  /** Columns that make a record be asked about whatever its event. */
  readonly whenPresent: readonly number[];
  readonly everyRecord: boolean;
  /** By source code, then name code. */
  private readonly known: (ProbedEvent | null | undefined)[][] = [];

  /** The texts are what a code stands for, as `readEvent` reads it. */
  constructor(
    private readonly probe: RuleProbe,
    private readonly sourceText: (code: number) => string,
    private readonly nameText: (code: number) => string,
  ) {
    this.everyRecord = probe.whenPresent === undefined;
    this.whenPresent = (probe.whenPresent ?? []).map((field) => DICTIONARY_FIELDS.indexOf(field));
  }

  /** The event with these codes when some rule is about it; null for all others. */
  eventOf(source: number, name: number): ProbedEvent | null {
    const names = (this.known[source] ??= []);
    let known = names[name];
    if (known === undefined) names[name] = known = this.newEvent(this.sourceText(source), this.nameText(name));
    return known;
  }

  private newEvent(eventSource: string, eventName: string): ProbedEvent | null {
    if (!this.probe.concerns(eventSource, eventName)) return null;
    return { eventSource, eventName, texts: this.probe.textsOf(eventSource, eventName) };
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
