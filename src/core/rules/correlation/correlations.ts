import type { CloudTrailEvent } from '../../events/event';
import { EventIds } from '../../events/eventIds';
import type { RecordView } from '../../events/recordView';
import { message } from '../../message';
import { FieldFinder } from '../../patterns/fieldFinder';
import { compilePattern } from '../../patterns/match';
import { parsePattern } from '../../patterns/parse';
import { type Problem, problem } from '../../problem';
import { type Mute, type Mutes, NO_MUTES } from '../mutes';
import { pinsOf } from '../pins';
import type { Rule } from '../rule';
import { RuleIndex } from '../ruleIndex';
import { severityRank } from '../severity';
import { type CorrelatedRule, compileCorrelation } from './correlatedRule';
import type { GroupValue } from './grouping';

/** Entries held for all rules together, about 200 bytes each. */
const MOST_ENTRIES = 500_000;
/** Records that may meet rules that count records: each costs 16 bytes to be told from its repetitions. */
const MOST_COUNTED = 4_000_000;

/** A run of records that meets a rule together. */
export interface CorrelationFinding<Place> {
  readonly rule: Rule;
  /** What the records have in common, in the order of the rule's groupBy. */
  readonly group: readonly GroupValue[];
  /** Records, or different values where the rule counts these. */
  readonly count: number;
  /** Epoch milliseconds. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** Where the records are, in order of time; of very many only the first and the last. */
  readonly places: readonly Place[];
}

/** One pattern of one rule. */
interface Taker<Place> {
  readonly of: CorrelatedRule<Place>;
  readonly step: number;
  readonly meets: (record: RecordView) => boolean;
}

/**
 * Evaluates the rules that need several records while records stream by in any order: logs are not in order of time. What it answers
 * does not depend on that order. `Place` is what the caller finds a record by.
 */
export class Correlations<Place> {
  private readonly index = new RuleIndex<Taker<Place>>();
  private readonly rules: CorrelatedRule<Place>[] = [];
  private readonly finder = new FieldFinder();
  private readonly counted = new EventIds();
  private countedRecords = 0;
  private entries = 0;
  private dropped = 0;
  private untimed = 0;

  /** Takes the rules that have a correlation and need not be asked for. */
  constructor(
    rules: Iterable<Rule>,
    private readonly mutes: Mutes = NO_MUTES,
  ) {
    for (const rule of rules) {
      if (rule.correlation !== null && !rule.onRequest) this.addRule(rule);
    }
  }

  /** Takes one record, with its row `event`. Records without a time cannot be placed and are only counted. */
  add(
    event: CloudTrailEvent,
    record: RecordView,
    place: () => Place,
    onMuted?: (rule: Rule, mute: Mute) => void,
  ): void {
    const met = new Map<CorrelatedRule<Place>, number[]>();
    const { eventSource = '', eventName = '' } = event;
    for (const taker of this.index.of(eventSource, eventName)) {
      if (!taker.meets(record)) continue;
      const mute = this.mutes.of(taker.of.rule, event);
      if (mute !== undefined) onMuted?.(taker.of.rule, mute);
      else met.set(taker.of, [...(met.get(taker.of) ?? []), taker.step]);
    }
    if (met.size === 0) return;
    if (event.time === undefined) this.untimed++;
    else this.take(event, event.time, record, place(), met);
  }

  /** What was found so far: the most severe first, then in order of time. */
  findings(): CorrelationFinding<Place>[] {
    const found = this.rules.flatMap((each) => each.findings());
    return found.sort(
      (a, b) =>
        severityRank(b.rule.severity) - severityRank(a.rule.severity) ||
        a.firstTime - b.firstTime ||
        compareTexts(a.rule.id, b.rule.id) ||
        compareTexts(groupText(a), groupText(b)),
    );
  }

  /** What could not be taken into account. */
  problems(): Problem[] {
    const problems: Problem[] = [];
    if (this.dropped > 0) {
      const text = message('Too many records meet rules over several records: {0} were left out.', this.dropped);
      problems.push(problem('correlation-limit', 'warning', null, text));
    }
    if (this.untimed > 0) {
      const text = message('{0} records without a time were left out of rules over several records.', this.untimed);
      problems.push(problem('untimed', 'note', null, text));
    }
    return problems;
  }

  private addRule(rule: Rule): void {
    const compiled = compileCorrelation<Place>(rule, this.finder);
    if (compiled === undefined) return;
    this.rules.push(compiled);
    compiled.patterns.forEach((text, step) => {
      const { pattern } = parsePattern(text);
      if (pattern === undefined) return;
      this.index.addPinned(pinsOf(pattern), { of: compiled, step, meets: compilePattern(pattern, this.finder) });
    });
  }

  private take(
    event: CloudTrailEvent,
    time: number,
    record: RecordView,
    place: Place,
    met: ReadonlyMap<CorrelatedRule<Place>, readonly number[]>,
  ): void {
    const id = event.eventID ?? '';
    const counting = [...met.keys()].some(({ countsRecords }) => countsRecords);
    const repeated = counting && id !== '' && !this.counted.add(id);
    const full = this.entries >= MOST_ENTRIES || (counting && ++this.countedRecords > MOST_COUNTED);
    if (full) {
      this.dropped++;
      return;
    }
    for (const [rule, steps] of met) {
      if (repeated && rule.countsRecords) continue;
      this.entries += rule.add({ time, id, place }, steps, event, record);
    }
  }
}

function groupText({ group }: CorrelationFinding<unknown>): string {
  return JSON.stringify(group.map(({ value }) => value));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
