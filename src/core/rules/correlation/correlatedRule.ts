import type { CloudTrailEvent } from '../../events/event';
import type { RecordView } from '../../events/recordView';
import type { FieldFinder } from '../../patterns/fieldFinder';
import { compileSelector, parseSelector } from '../../patterns/selector';
import type { Correlation, Rule } from '../rule';
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

/** What tells a threshold, a threshold of distinct values and a sequence apart. */
interface Kind<Place> {
  readonly patterns: readonly string[];
  readonly countsRecords: boolean;
  /** Undefined for a record that has none of the values that are counted. */
  readonly valueOf: (record: RecordView) => string | undefined;
  readonly newRuns: () => Runs<Place>;
}

/** Undefined for a rule without a correlation, and for one whose selectors are none. */
export function compileCorrelation<Place>(rule: Rule, finder: FieldFinder): CorrelatedRule<Place> | undefined {
  const { correlation, condition } = rule;
  if (correlation === null) return undefined;
  const groupOf = compileGrouping(correlation.groupBy, finder);
  const kind = kindOf<Place>(correlation, condition, finder);
  return groupOf && kind && new Grouped(rule, kind, groupOf);
}

function kindOf<Place>(
  correlation: Correlation,
  condition: string | null,
  finder: FieldFinder,
): Kind<Place> | undefined {
  const { windowMs } = correlation;
  const whole = { countsRecords: true, valueOf: () => '' };
  if (correlation.kind === 'sequence') {
    const counts = correlation.steps.map(({ count }) => count);
    const patterns = correlation.steps.map(({ pattern }) => pattern);
    return { ...whole, patterns, newRuns: () => new SequenceRuns(counts, windowMs) };
  }
  const { count, distinct } = correlation;
  const patterns = [condition ?? ''];
  if (distinct === null) return { ...whole, patterns, newRuns: () => new CountRuns(count, windowMs) };
  const { selector } = parseSelector(distinct);
  if (selector === undefined) return undefined;
  const valueOf = compileSelector(selector, finder);
  return { patterns, countsRecords: false, valueOf, newRuns: () => new DistinctRuns(count, windowMs) };
}

class Grouped<Place> implements CorrelatedRule<Place> {
  readonly patterns: readonly string[];
  readonly countsRecords: boolean;
  private readonly groups = new Map<string, { readonly group: readonly GroupValue[]; readonly runs: Runs<Place> }>();

  constructor(
    readonly rule: Rule,
    private readonly kind: Kind<Place>,
    private readonly groupOf: GroupReader,
  ) {
    this.patterns = kind.patterns;
    this.countsRecords = kind.countsRecords;
  }

  add(entry: Entry<Place>, steps: readonly number[], event: CloudTrailEvent, record: RecordView): number {
    const group = this.groupOf(event, record);
    // Records that have none of what they are to have in common have nothing in common.
    if (group.length > 0 && group.every(({ value }) => value === null)) return 0;
    const value = this.kind.valueOf(record);
    if (value === undefined) return 0;
    const key = JSON.stringify(group.map(({ value }) => value));
    let known = this.groups.get(key);
    if (known === undefined) this.groups.set(key, (known = { group, runs: this.kind.newRuns() }));
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
