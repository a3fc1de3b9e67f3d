import type { Rule } from './rule';

/** CloudTrail appends API dates to some names: `AddPermission20150331v2`, `CreateDistribution2020_05_31`. */
const API_DATE = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** The name of an event without the API date that some services append. */
export function baseEventName(eventName: string): string {
  return eventName.replace(API_DATE, '');
}

type RuleEvent = Pick<Rule, 'eventSource' | 'eventName'>;

/** Things kept by the events their rules are about. */
export class RuleIndex<Thing> {
  private readonly byEvent = new Map<string, Thing[]>();

  add({ eventSource, eventName }: RuleEvent, thing: Thing): void {
    const key = eventKey(eventSource, eventName);
    const list = this.byEvent.get(key);
    if (list === undefined) this.byEvent.set(key, [thing]);
    else list.push(thing);
  }

  /** What is kept for exactly this source and name, the API date of the name aside; `*` is no wildcard here. */
  ofExactly(eventSource: string, eventName: string): readonly Thing[] {
    return this.byEvent.get(eventKey(eventSource, baseEventName(eventName))) ?? [];
  }

  /** What is kept for an event: by source and name, by source, by name, and for any event, in this order. */
  of(eventSource: string, eventName: string): Thing[] {
    const name = baseEventName(eventName);
    // A set: nothing keeps a log from naming an event `*`.
    const keys = new Set([
      eventKey(eventSource, name),
      eventKey(eventSource, '*'),
      eventKey('*', name),
      eventKey('*', '*'),
    ]);
    return [...keys].flatMap((key) => this.byEvent.get(key) ?? []);
  }
}

function eventKey(source: string, name: string): string {
  return `${source} ${name}`;
}
