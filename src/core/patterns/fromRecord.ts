import { readEvent } from '../events/event';
import { type RecordView, SPELLINGS, indexedSlot } from '../events/recordView';
import type { Condition } from './ast';
import { type FieldPath, filterFor, joined } from './fromValue';
import { printPattern } from './print';

/**
 * The pattern for events like a record's: the same service, the same call, the same identity. Of a session the role counts, not its name, which
 * differs from one to the next. Empty for a record that has none of these.
 */
export function patternOfRecord(record: RecordView): string {
  const conditions = [
    conditionOn(record, SPELLINGS.eventSource),
    conditionOn(record, SPELLINGS.eventName),
    ...identityConditions(record),
  ].filter((each) => each !== undefined);
  return conditions.length === 0 ? '' : printPattern({ kind: 'json', root: joined('and', conditions) });
}

function identityConditions(record: RecordView): (Condition | undefined)[] {
  const { identityType, sessionIssuerArn, arn, invokedBy } = readEvent(record);
  if (identityType === 'Root') {
    return [conditionOn(record, SPELLINGS.identityType), conditionOn(record, SPELLINGS.callerAccountId)];
  }
  if (sessionIssuerArn !== undefined) return [conditionOn(record, SPELLINGS.sessionIssuerArn)];
  if (arn !== undefined) return [conditionOn(record, SPELLINGS.arn)];
  return [conditionOn(record, invokedBy === undefined ? SPELLINGS.principalId : SPELLINGS.invokedBy)];
}

/** That a field has the value it has in the record, under the name it has there. */
function conditionOn(record: RecordView, spellings: readonly string[]): Condition | undefined {
  for (const path of spellings) {
    const found = record.field(indexedSlot(path)!);
    const keys: FieldPath = path.split('.');
    if (found?.type === 'string') return filterFor(keys, found);
  }
  return undefined;
}
