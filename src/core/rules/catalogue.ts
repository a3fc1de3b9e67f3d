import type { CloudTrailEvent } from '../events/event';
import { isServiceCall } from '../events/principal';
import type { RecordView } from '../events/recordView';
import { FieldFinder } from '../patterns/fieldFinder';
import { type RecordPredicate, compilePattern } from '../patterns/match';
import { parsePattern } from '../patterns/parse';
import { type Mute, type Mutes, NO_MUTES } from './mutes';
import { pinsOfRule } from './pins';
import { type Rule, isStanding } from './rule';
import { RuleIndex, baseEventName } from './ruleIndex';
import { type Severity, highestSeverity, lowerSeverity, severityRank } from './severity';

/** What a record deserves attention for: every rule that it meets, brought together. */
export interface Finding {
  /** Rules of one's own first; then the most specific: a variant before a plain row, a named event before any event. */
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
  private readonly index = new RuleIndex<CompiledRule>();
  private readonly byId = new Map<string, Rule>();
  /** All rules look at the same record, one after another. */
  private readonly finder = new FieldFinder();

  constructor(
    rules: Iterable<Rule>,
    readonly mutes: Mutes = NO_MUTES,
  ) {
    for (const rule of rules) {
      this.byId.set(rule.id, rule);
      if (isStanding(rule)) this.index.addPinned(pinsOfRule(rule), { rule, predicate: undefined });
    }
  }

  get rules(): Iterable<Rule> {
    return this.byId.values();
  }

  /** The rules that {@link find} asks: those that one record alone meets and that need not be asked for. */
  get standing(): Rule[] {
    return [...this.byId.values()].filter(isStanding);
  }

  rule(id: string): Rule | undefined {
    return this.byId.get(id);
  }

  /** The rules that are about an event whatever else its record holds: what a hover on the name can tell. */
  rulesOfEvent(eventSource: string, eventName: string): Rule[] {
    return this.index.ofExactly(eventSource, eventName).map(({ rule }) => rule);
  }

  /**
   * What a record, with its row `event`, deserves attention for; undefined when no rule is met. Rules that are muted for it are told to
   * `onMuted` and count for nothing.
   */
  find(event: CloudTrailEvent, record: RecordView, onMuted?: (rule: Rule, mute: Mute) => void): Finding | undefined {
    const { eventSource = '', eventName = '' } = event;
    const met: Rule[] = [];
    for (const each of this.index.of(eventSource, eventName)) {
      if (!this.holds(each, record)) continue;
      const mute = this.mutes.of(each.rule, event);
      if (mute === undefined) met.push(each.rule);
      else onMuted?.(each.rule, mute);
    }
    return findingOf(met, isServiceCall(event));
  }

  /** A test of records by one rule alone, its threshold or sequence and the mutes left aside: what to run when it is asked for by name. */
  matcher(rule: Rule): (event: CloudTrailEvent, record: RecordView) => boolean {
    const predicate = rule.condition === null ? () => true : this.compile(rule.condition);
    return ({ eventSource = '', eventName = '' }, record) =>
      (rule.eventSource === '*' || rule.eventSource === eventSource) &&
      (rule.eventName === '*' || rule.eventName === baseEventName(eventName)) &&
      predicate(record);
  }

  private holds(each: CompiledRule, record: RecordView): boolean {
    if (each.rule.condition === null) return true;
    each.predicate ??= this.compile(each.rule.condition);
    return each.predicate(record);
  }

  /** A condition that does not parse never holds: the tests check that every built-in one does, the readers of rule files that any does. */
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
  const [first, ...rest] = met.length < 2 ? met : [...met].sort(bySpecificity);
  const finding = first && combine([first, ...rest]);
  return finding !== undefined && serviceCall ? asServices(finding) : finding;
}

/** A finding where a service made the call. */
export function asServices(finding: Finding): Finding {
  return { ...finding, severity: lowerSeverity(finding.severity) };
}

/** Rules of one's own first; named events before any event, variants before plain rows; then the more severe. */
function bySpecificity(a: Rule, b: Rule): number {
  const [pinsA, pinsB] = [pinsOfRule(a), pinsOfRule(b)];
  const own = Number(b.origin === 'own') - Number(a.origin === 'own');
  const named = Number(pinsB.eventName !== undefined) - Number(pinsA.eventName !== undefined);
  const sourced = Number(pinsB.eventSource !== undefined) - Number(pinsA.eventSource !== undefined);
  const variant = Number(b.condition !== null) - Number(a.condition !== null);
  return own || named || sourced || variant || severityRank(b.severity) - severityRank(a.severity);
}

function combine(rules: readonly [Rule, ...Rule[]]): Finding {
  const severity = highestSeverity(rules.map((rule) => rule.severity));
  return {
    rules,
    severity,
    tactics: [...new Set(rules.flatMap((rule) => rule.tactics))],
    techniques: [...new Set(rules.flatMap((rule) => rule.techniques))],
  };
}
