import type { CloudTrailEvent } from '../../events/event';
import { principalName } from '../../events/principal';
import type { RecordView } from '../../events/recordView';
import type { FieldFinder } from '../../patterns/fieldFinder';
import { compileSelector, parseSelector } from '../../patterns/selector';
import { PRINCIPAL } from '../rule';

/** One thing that the records of a group have in common. */
export interface GroupValue {
  /** A selector, or `principal`. */
  readonly field: string;
  /** Null where the records have no such field. */
  readonly value: string | null;
}

/** Reads what a record is grouped by. */
export type GroupReader = (event: CloudTrailEvent, record: RecordView) => GroupValue[];

/** Compiles a rule's groupBy; undefined when one of its selectors is none. */
export function compileGrouping(fields: readonly string[], finder: FieldFinder): GroupReader | undefined {
  const readers: ((event: CloudTrailEvent, record: RecordView) => GroupValue)[] = [];
  for (const field of fields) {
    if (field === PRINCIPAL) readers.push((event) => ({ field, value: principalOf(event) }));
    else {
      const { selector } = parseSelector(field);
      if (selector === undefined) return undefined;
      const read = compileSelector(selector, finder);
      readers.push((_event, record) => ({ field, value: read(record) ?? null }));
    }
  }
  return (event, record) => readers.map((read) => read(event, record));
}

/** Who made the call, told apart over accounts: an ARN where there is one. */
function principalOf(event: CloudTrailEvent): string | null {
  return event.arn ?? principalName(event) ?? null;
}
