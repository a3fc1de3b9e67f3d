import type { CloudTrailEvent } from '../events/event';
import { isServiceCall } from '../events/principal';
import type { RecordView } from '../events/recordView';
import { FieldFinder } from '../patterns/fieldFinder';
import { type RecordPredicate, compilePattern } from '../patterns/match';
import { parsePattern } from '../patterns/parse';
import { EventIndex, baseEventName } from './eventIndex';
import { type Mute, type Mutes, NO_MUTES } from './mutes';
import { pinsOf } from './pins';
import { type Rule, isStanding } from './rule';
import { type Severity, lowerSeverity, severityRank } from './severity';

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
  /** How much the rule says of the event, for {@link bySpecificity}. */
  readonly named: boolean;
  readonly sourced: boolean;
  /** Compiled when first needed: most rules are never asked about. */
  predicate: RecordPredicate | undefined;
}

/** The rules, ready to be asked about records. */
export class Catalogue {
  private readonly index = new EventIndex<CompiledRule>();
  private readonly byId = new Map<string, Rule>();
  /** All rules look at the same record, one after another. */
  private readonly finder = new FieldFinder();

  constructor(
    rules: Iterable<Rule>,
    readonly mutes: Mutes = NO_MUTES,
  ) {
    for (const rule of rules) {
      this.byId.set(rule.id, rule);
      if (isStanding(rule)) this.addStanding(rule);
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
    return this.index.of(eventSource, baseEventName(eventName)).map(({ rule }) => rule);
  }

  /**
   * What a record, with its row `event`, deserves attention for; undefined when no rule is met. Rules that are muted for it are told to
   * `onMuted` and count for nothing.
   */
  find(event: CloudTrailEvent, record: RecordView, onMuted?: (rule: Rule, mute: Mute) => void): Finding | undefined {
    const met: CompiledRule[] = [];
    this.index.visit(event, (each) => {
      if (!this.holds(each, record)) return;
      const mute = this.mutes.of(each.rule, event);
      if (mute === undefined) met.push(each);
      else onMuted?.(each.rule, mute);
    });
    const [first, ...rest] = met.sort(bySpecificity).map(({ rule }) => rule);
    return first === undefined ? undefined : combine([first, ...rest], event);
  }

  /** A test of records by one rule alone, its threshold or sequence and the mutes left aside: what to run when it is asked for by name. */
  matcher(rule: Rule): (event: CloudTrailEvent, record: RecordView) => boolean {
    const predicate = rule.condition === null ? () => true : this.compile(rule.condition);
    return ({ eventSource = '', eventName = '' }, record) =>
      (rule.eventSource === '*' || rule.eventSource === eventSource) &&
      (rule.eventName === '*' || rule.eventName === baseEventName(eventName)) &&
      predicate(record);
  }

  private addStanding(rule: Rule): void {
    const { eventSource, eventName, condition } = rule;
    if (eventName !== '*' || condition === null) {
      const compiled = { rule, named: eventName !== '*', sourced: eventSource !== '*', predicate: undefined };
      this.index.add(compiled, eventSource, eventName);
      return;
    }
    const pins = pinsOf(parsePattern(condition).pattern);
    const ofOne = rule.eventSource === '*' ? pins : { ...pins, eventSource: new Set([rule.eventSource]) };
    const compiled: CompiledRule = {
      rule,
      named: pins.eventName !== undefined,
      sourced: ofOne.eventSource !== undefined,
      predicate: undefined,
    };
    this.index.addPinned(compiled, ofOne);
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

/** Rules of one's own first; named events before any event, variants before plain rows; then the more severe. */
function bySpecificity(a: CompiledRule, b: CompiledRule): number {
  const own = Number(b.rule.origin === 'own') - Number(a.rule.origin === 'own');
  const named = Number(b.named) - Number(a.named);
  const sourced = Number(b.sourced) - Number(a.sourced);
  const variant = Number(b.rule.condition !== null) - Number(a.rule.condition !== null);
  return own || named || sourced || variant || severityRank(b.rule.severity) - severityRank(a.rule.severity);
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
