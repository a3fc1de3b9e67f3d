import type { CloudTrailEvent } from '../events/event';
import type { Pins } from './pins';

const ANY: ReadonlySet<string> = new Set(['*']);
/** CloudTrail appends API dates to some names: `AddPermission20150331v2`, `CreateDistribution2020_05_31`. */
const API_DATE = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** The name of an event without the API date that some services append. */
export function baseEventName(eventName: string): string {
  return eventName.replace(API_DATE, '');
}

/** Things kept by the events they are about, so that a record is held only against those that may be about it. */
export class EventIndex<T> {
  private readonly byEvent = new Map<string, T[]>();

  /** Keeps `item` for an event, exact or `*`; `eventName` is the base name. */
  add(item: T, eventSource: string, eventName: string): void {
    const key = eventKey(eventSource, eventName);
    const list = this.byEvent.get(key);
    if (list === undefined) this.byEvent.set(key, [item]);
    else list.push(item);
  }

  /** Keeps `item` for the events that a pattern is about. Their names are as delivered, dates and all. */
  addPinned(item: T, { eventSource = ANY, eventName = ANY }: Pins): void {
    // By the names alone, when a pattern lists so many of both that it would fill the index.
    const sources = eventSource.size * eventName.size > 256 ? ANY : eventSource;
    for (const source of sources) for (const name of eventName) this.add(item, source, name);
  }

  /** What is kept for exactly this event. */
  of(eventSource: string, eventName: string): readonly T[] {
    return this.byEvent.get(eventKey(eventSource, eventName)) ?? [];
  }

  /** Calls `visit` with everything that may be about an event, each thing once. */
  visit({ eventSource = '', eventName = '' }: CloudTrailEvent, visit: (item: T) => void): void {
    const name = baseEventName(eventName);
    // A set: nothing keeps a log from naming an event `*`.
    const keys = new Set([
      eventKey(eventSource, name),
      eventKey(eventSource, '*'),
      eventKey('*', name),
      eventKey('*', '*'),
    ]);
    if (name === eventName) {
      for (const key of keys) this.byEvent.get(key)?.forEach(visit);
      return;
    }
    keys.add(eventKey(eventSource, eventName)).add(eventKey('*', eventName));
    new Set([...keys].flatMap((key) => this.byEvent.get(key) ?? [])).forEach((item) => visit(item));
  }
}

function eventKey(source: string, name: string): string {
  return `${source} ${name}`;
}
