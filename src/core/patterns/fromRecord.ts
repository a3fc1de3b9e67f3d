import { type RecordView, SPELLINGS, indexedSlot } from '../events/recordView';
import type { Condition } from './ast';
import { filterFor, joined } from './fromValue';
import { printPattern } from './print';

/**
 * The pattern for records of what happened here, whoever did it: the same service, the same call, and the same error where it failed, each
 * field under the name it has in the record. For a record that has none of these, one that every record with a version meets.
 */
export function patternOfRecord(record: RecordView): string {
  const conditions = [SPELLINGS.eventSource, SPELLINGS.eventName, SPELLINGS.errorCode]
    .map((spellings) => conditionOn(record, spellings))
    .filter((each) => each !== undefined);
  return conditions.length === 0
    ? '{ $.eventVersion = "*" }'
    : printPattern({ kind: 'json', root: joined('and', conditions) });
}

/** That a field has the value it has in the record, under the name it has there. */
function conditionOn(record: RecordView, spellings: readonly string[]): Condition | undefined {
  for (const path of spellings) {
    const found = record.field(indexedSlot(path)!);
    if (found?.type === 'string') return filterFor(path.split('.'), found);
  }
  return undefined;
}
