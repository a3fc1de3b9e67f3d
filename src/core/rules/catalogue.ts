import type { CloudTrailEvent } from '../events/event';
import type { RecordView } from '../events/recordView';
import { isServiceCall } from '../events/principal';
import { FieldFinder } from '../patterns/fieldFinder';
import { type RecordPredicate, compilePattern } from '../patterns/match';
import { parsePattern } from '../patterns/parse';
import type { Rule } from './rule';
import { RuleIndex } from './ruleIndex';
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

/** The rules, ready to be asked about records. */
export class Catalogue {
  private readonly byEvent = new RuleIndex<CompiledRule>();
  private readonly byId = new Map<string, Rule>();
  /** All rules look at the same record, one after another. */
  private readonly finder = new FieldFinder();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      this.byEvent.add(rule, { rule, predicate: undefined });
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
    return this.byEvent.ofExactly(eventSource, eventName).map(({ rule }) => rule);
  }

  /** What a record, with its row `event`, deserves attention for; undefined when no rule is met. */
  find(event: CloudTrailEvent, record: RecordView): Finding | undefined {
    const { eventSource = '', eventName = '' } = event;
    const met = this.byEvent.of(eventSource, eventName).filter((each) => this.holds(each, record));
    return findingOf(
      met.map(({ rule }) => rule),
      isServiceCall(event),
    );
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

/**
 * The finding of the rules that a record meets, given in the order of {@link RuleIndex.of}; undefined when there are none. `serviceCall`: see
 * `isServiceCall`.
 */
export function findingOf(met: readonly Rule[], serviceCall: boolean): Finding | undefined {
  const [first, ...rest] = [...met].sort(bySpecificity);
  return first === undefined ? undefined : combine([first, ...rest], serviceCall);
}

/** Named events before any event, variants before plain rows; then the more severe. */
function bySpecificity(a: Rule, b: Rule): number {
  const named = Number(b.eventName !== '*') - Number(a.eventName !== '*');
  const source = Number(b.eventSource !== '*') - Number(a.eventSource !== '*');
  const variant = Number(b.condition !== null) - Number(a.condition !== null);
  return named || source || variant || severityRank(b.severity) - severityRank(a.severity);
}

function combine(rules: readonly [Rule, ...Rule[]], serviceCall: boolean): Finding {
  const highest = rules.reduce<Severity>(
    (severity, rule) => (severityRank(rule.severity) > severityRank(severity) ? rule.severity : severity),
    'info',
  );
  return {
    rules,
    severity: serviceCall ? lowerSeverity(highest) : highest,
    tactics: [...new Set(rules.flatMap((rule) => rule.tactics))],
    techniques: [...new Set(rules.flatMap((rule) => rule.techniques))],
  };
}
