import type { CloudTrailEvent } from '../events/event';
import type { RecordView } from '../events/recordView';
import { isServiceCall } from '../events/principal';
import { FieldFinder } from '../patterns/fieldFinder';
import { type RecordPredicate, compilePattern } from '../patterns/match';
import { parsePattern } from '../patterns/parse';
import type { Rule } from './rule';
import { type Severity, lowerSeverity, severityRank } from './severity';

/** What a record deserves attention for: every rule that it meets, brought together. */
export interface Finding {
  /** The most specific rule first: a variant before a plain row, a named event before any event. */
  readonly rules: readonly [Rule, ...Rule[]];
  /** The highest of the rules', one level lower when a service made the call. */
  readonly severity: Severity;
  /** Union of the rules' ATT&CK ids, the most specific rule's first. */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
}

interface CompiledRule {
  readonly rule: Rule;
  /** Compiled when first needed: most rules are never asked about. */
  predicate: RecordPredicate | undefined;
}

/** CloudTrail appends API dates to some names: `AddPermission20150331v2`, `CreateDistribution2020_05_31`. */
const API_DATE = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** The name of an event without the API date that some services append. */
export function baseEventName(eventName: string): string {
  return eventName.replace(API_DATE, '');
}

/** The rules, ready to be asked about records. */
export class Catalogue {
  private readonly byEvent = new Map<string, CompiledRule[]>();
  private readonly byId = new Map<string, Rule>();
  /** All rules look at the same record, one after another. */
  private readonly finder = new FieldFinder();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      const key = eventKey(rule.eventSource, rule.eventName);
      const list = this.byEvent.get(key) ?? [];
      list.push({ rule, predicate: undefined });
      this.byEvent.set(key, list);
      this.byId.set(rule.id, rule);
    }
  }

  get rules(): Iterable<Rule> {
    return this.byId.values();
  }

  rule(id: string): Rule | undefined {
    return this.byId.get(id);
  }

  /** The rules that are about an event whatever else its record holds: what a hover on the name can tell. */
  rulesOfEvent(eventSource: string, eventName: string): Rule[] {
    return (this.byEvent.get(eventKey(eventSource, baseEventName(eventName))) ?? []).map(({ rule }) => rule);
  }

  /** What a record, with its row `event`, deserves attention for; undefined when no rule is met. */
  find(event: CloudTrailEvent, record: RecordView): Finding | undefined {
    const met: Rule[] = [];
    for (const key of keysOf(event)) {
      for (const each of this.byEvent.get(key) ?? []) if (this.holds(each, record)) met.push(each.rule);
    }
    const [first, ...rest] = met.sort(bySpecificity);
    return first === undefined ? undefined : combine([first, ...rest], event);
  }

  private holds(each: CompiledRule, record: RecordView): boolean {
    if (each.rule.condition === null) return true;
    each.predicate ??= this.compile(each.rule.condition);
    return each.predicate(record);
  }

  /** A condition that does not parse never holds: the tests check that every built-in one does. */
  private compile(condition: string): RecordPredicate {
    const { pattern } = parsePattern(condition);
    return pattern === undefined ? () => false : compilePattern(pattern, this.finder);
  }
}

/** Where the rules for an event are kept. A set: nothing keeps a log from naming an event `*`. */
function keysOf({ eventSource = '', eventName = '' }: CloudTrailEvent): Set<string> {
  const name = baseEventName(eventName);
  return new Set([eventKey(eventSource, name), eventKey(eventSource, '*'), eventKey('*', name), eventKey('*', '*')]);
}

function eventKey(source: string, name: string): string {
  return `${source} ${name}`;
}

/** Named events before any event, variants before plain rows; then the more severe. */
function bySpecificity(a: Rule, b: Rule): number {
  const named = Number(b.eventName !== '*') - Number(a.eventName !== '*');
  const source = Number(b.eventSource !== '*') - Number(a.eventSource !== '*');
  const variant = Number(b.condition !== null) - Number(a.condition !== null);
  return named || source || variant || severityRank(b.severity) - severityRank(a.severity);
}

function combine(rules: readonly [Rule, ...Rule[]], event: CloudTrailEvent): Finding {
  const highest = rules.reduce<Severity>(
    (severity, rule) => (severityRank(rule.severity) > severityRank(severity) ? rule.severity : severity),
    'info',
  );
  return {
    rules,
    severity: isServiceCall(event) ? lowerSeverity(highest) : highest,
    tactics: [...new Set(rules.flatMap((rule) => rule.tactics))],
    techniques: [...new Set(rules.flatMap((rule) => rule.techniques))],
  };
}
