import type { Pins } from './pins';
import type { Rule } from './rule';

const ANY: ReadonlySet<string> = new Set(['*']);
/** A pattern that pins more combinations of source and name than this is kept by the names alone. */
const MOST_KEYS = 256;
/** CloudTrail appends API dates to some names: `AddPermission20150331v2`, `CreateDistribution2020_05_31`. */
const API_DATE = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** The name of an event without the API date that some services append. */
export function baseEventName(eventName: string): string {
  return eventName.replace(API_DATE, '');
}

type RuleEvent = Pick<Rule, 'eventSource' | 'eventName'>;

/** Things kept by the events their rules are about, so that a record is held only against those that may be about it. */
export class RuleIndex<Thing> {
  private readonly byEvent = new Map<string, Thing[]>();

  /** Keeps a thing for an event, its source and base name exact or `*`. */
  add({ eventSource, eventName }: RuleEvent, thing: Thing): void {
    const key = eventKey(eventSource, eventName);
    const list = this.byEvent.get(key);
    if (list === undefined) this.byEvent.set(key, [thing]);
    else list.push(thing);
  }

  /** Keeps a thing for the events that a pattern is about. Their names are as delivered, dates and all. */
  addPinned({ eventSource = ANY, eventName = ANY }: Pins, thing: Thing): void {
    const sources = eventSource.size * eventName.size > MOST_KEYS ? ANY : eventSource;
    for (const source of sources)
      for (const name of eventName) this.add({ eventSource: source, eventName: name }, thing);
  }

  /** What is kept for exactly this source and name, the API date of the name aside; `*` is no wildcard here. */
  ofExactly(eventSource: string, eventName: string): readonly Thing[] {
    return this.byEvent.get(eventKey(eventSource, baseEventName(eventName))) ?? [];
  }

  /** What is kept for an event, each thing once: by source and name, by source, by name, and for any event, in this order. */
  of(eventSource: string, eventName: string): Thing[] {
    const name = baseEventName(eventName);
    // A set: nothing keeps a log from naming an event `*`.
    const keys = new Set([
      eventKey(eventSource, name),
      eventKey(eventSource, '*'),
      eventKey('*', name),
      eventKey('*', '*'),
    ]);
    if (name === eventName) return this.all(keys);
    // A pattern may pin the name with its date, without it, or both.
    return [...new Set(this.all(keys.add(eventKey(eventSource, eventName)).add(eventKey('*', eventName))))];
  }

  private all(keys: ReadonlySet<string>): Thing[] {
    const things: Thing[] = [];
    for (const key of keys) for (const thing of this.byEvent.get(key) ?? []) things.push(thing);
    return things;
  }
}

function eventKey(source: string, name: string): string {
  return `${source} ${name}`;
}
