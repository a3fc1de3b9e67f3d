// The two trails, and when they record.
import { STARTED } from './background/staff.mjs';
import { STOPPED_AT } from './story/loggingOff.mjs';
import { STARTED_AT } from './story/response.mjs';
import { at } from './time.mjs';
import { DATA, WORKLOADS } from './world.mjs';

/** `spans`: from StartLogging to StopLogging, both of which are still recorded; null where logging goes on. */
export const TRAILS = [
  {
    account: WORKLOADS,
    name: 'main-trail',
    spans: [
      { start: at(STARTED[WORKLOADS]), stop: at(STOPPED_AT) },
      { start: at(STARTED_AT), stop: null },
    ],
  },
  { account: DATA, name: 'data-trail', spans: [{ start: at(STARTED[DATA]), stop: null }] },
];

/** The span of `trail` that holds `time`; undefined while it did not record. */
export function spanAt(trail, time) {
  return trail.spans.find(({ start, stop }) => time >= start && (stop === null || time <= stop));
}
