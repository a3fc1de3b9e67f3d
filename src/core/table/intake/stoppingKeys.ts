import { eachMember, stringValue } from '../../json/tokens';

/** Keys of a top-level object that is a container or a page of an answer: see `formats.ts`. */
export const STOPPING_KEYS = [
  'Records',
  'Events',
  'events',
  'logEvents',
  'results',
  'QueryResultRows',
  'hits',
  'NextToken',
  'nextToken',
];
const STOPPING: ReadonlySet<string> = new Set(STOPPING_KEYS);

/** Whether the object that fills `bytes`, standing by itself, may be more than a record. */
export function hasStoppingKey(bytes: Uint8Array): boolean {
  let stops = false;
  eachMember(bytes, 0, (start, end) => {
    stops ||= STOPPING.has(stringValue(bytes, start, end));
    return stops;
  });
  return stops;
}
