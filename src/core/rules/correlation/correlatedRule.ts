import type { CloudTrailEvent } from '../../events/event';
import type { RecordView } from '../../events/recordView';
import type { FieldFinder } from '../../patterns/fieldFinder';
import { compileSelector, parseSelector } from '../../patterns/selector';
import type { Rule } from '../rule';
import type { CorrelationFinding } from './correlations';
import { CountRuns } from './countRuns';
import { DistinctRuns } from './distinctRuns';
import { type GroupReader, type GroupValue, compileGrouping } from './grouping';
import type { Entry, Runs } from './run';
import { SequenceRuns } from './sequenceRuns';

/** A rule over several records with what it has been given so far. */
export interface CorrelatedRule<Place> {
  readonly rule: Rule;
  /** What its records have to meet, one pattern a step. */
  readonly patterns: readonly string[];
  /** True when a record that is delivered twice must not be given twice. */
  readonly countsRecords: boolean;
  /** Takes a record that meets the patterns of `steps`; answers by how many the entries held have grown. */
  add(entry: Entry<Place>, steps: readonly number[], event: CloudTrailEvent, record: RecordView): number;
  findings(): CorrelationFinding<Place>[];
}

/** Undefined for a rule without a correlation, and for one whose selectors are none. */
export function compileCorrelation<Place>(rule: Rule, finder: FieldFinder): CorrelatedRule<Place> | undefined {
  const { correlation, condition } = rule;
  const groupOf = correlation === null ? undefined : compileGrouping(correlation.groupBy, finder);
  if (correlation === null || groupOf === undefined) return undefined;
  if (correlation.kind === 'sequence') {
    const { steps, windowMs } = correlation;
    const counts = steps.map(({ count }) => count);
    const patterns = steps.map(({ pattern }) => pattern);
    return new Grouped(
      rule,
      patterns,
      true,
      groupOf,
      () => '',
      () => new SequenceRuns(counts, windowMs),
    );
  }
  const { count, windowMs, distinct } = correlation;
  const patterns = [condition ?? ''];
  if (distinct === null)
    return new Grouped(
      rule,
      patterns,
      true,
      groupOf,
      () => '',
      () => new CountRuns(count, windowMs),
    );
  const { selector } = parseSelector(distinct);
  if (selector === undefined) return undefined;
  const read = compileSelector(selector, finder);
  return new Grouped(rule, patterns, false, groupOf, read, () => new DistinctRuns(count, windowMs));
}

class Grouped<Place> implements CorrelatedRule<Place> {
  private readonly groups = new Map<string, { readonly group: readonly GroupValue[]; readonly runs: Runs<Place> }>();

  constructor(
    readonly rule: Rule,
    readonly patterns: readonly string[],
    readonly countsRecords: boolean,
    private readonly groupOf: GroupReader,
    /** Undefined for a record that has none of the values that are counted. */
    private readonly valueOf: (record: RecordView) => string | undefined,
    private readonly newRuns: () => Runs<Place>,
  ) {}

  add(entry: Entry<Place>, steps: readonly number[], event: CloudTrailEvent, record: RecordView): number {
    const group = this.groupOf(event, record);
    // Records that have none of what they are to have in common have nothing in common.
    if (group.length > 0 && group.every(({ value }) => value === null)) return 0;
    const value = this.valueOf(record);
    if (value === undefined) return 0;
    const key = JSON.stringify(group.map(({ value }) => value));
    let known = this.groups.get(key);
    if (known === undefined) this.groups.set(key, (known = { group, runs: this.newRuns() }));
    const before = known.runs.size;
    known.runs.add(entry, steps, value);
    return known.runs.size - before;
  }

  findings(): CorrelationFinding<Place>[] {
    return [...this.groups.values()].flatMap(({ group, runs }) =>
      runs.runs().map(({ entries, ...run }) => ({
        rule: this.rule,
        group,
        ...run,
        places: entries.map(({ place }) => place),
      })),
    );
  }
}
