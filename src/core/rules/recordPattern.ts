import type { CloudTrailEvent } from '../events/event';
import { quoteText } from '../patterns/print';

/** A filter pattern for records like this one: the same event, and the same error where it failed. */
export function patternOfRecord({ eventSource, eventName, errorCode }: CloudTrailEvent): string {
  const tests = Object.entries({ eventSource, eventName, errorCode }).flatMap(([field, value]) =>
    value === undefined ? [] : [`($.${field} = ${quoteText(value)})`],
  );
  return tests.length === 0 ? '{ $.eventVersion = "*" }' : `{ ${tests.join(' && ')} }`;
}
