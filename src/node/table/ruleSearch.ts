import type { Pattern } from '../../core/patterns/ast';
import { parsePattern } from '../../core/patterns/parse';
import type { Rule } from '../../core/rules/rule';
import { Bitset } from '../../core/table/bitset';
import { recordsByFile } from '../../core/table/fileRecords';
import { patternBounds } from '../../core/table/patternBounds';
import { needsRecords } from '../../core/table/ruleProbe';
import type { Table } from '../../core/table/table';
import type { RecordScan } from './recordPool';

/** Asks rules of one's own that need more than columns of the records of a table. What was asked is remembered: rules change one at a time. */
export class RuleSearch {
  /** By condition: the rows that meet it. */
  private readonly known = new Map<string, Bitset>();

  constructor(
    private readonly table: Table,
    private readonly scan: RecordScan,
  ) {}

  /** By id: the rows of those rules that were asked of the records. */
  found(rules: readonly Rule[]): Map<string, Bitset> {
    const found = new Map<string, Bitset>();
    for (const { id, condition } of rules) {
      const rows = condition === null ? undefined : this.known.get(condition);
      if (rows !== undefined) found.set(id, rows);
    }
    return found;
  }

  /** The conditions of rules that need the records and have not been asked of them. */
  missing(rules: readonly Rule[]): ReadonlyMap<string, Pattern> {
    const missing = new Map<string, Pattern>();
    for (const { condition } of rules) {
      if (condition === null || this.known.has(condition)) continue;
      const { pattern } = parsePattern(condition);
      if (pattern !== undefined && needsRecords(pattern)) missing.set(condition, pattern);
    }
    return missing;
  }

  /** Asks what is missing, all of it at once: unpacking takes longer than asking. Answers how often it was met; undefined when it was aborted. */
  async search(rules: readonly Rule[], signal: AbortSignal): Promise<number | undefined> {
    const missing = [...this.missing(rules)];
    const rows = missing.map(() => new Bitset(this.table.rowCount));
    const candidates = new Bitset(this.table.rowCount);
    const all = Bitset.full(this.table.rowCount);
    missing.forEach(([, pattern], which) => {
      const { must, may } = patternBounds(this.table, pattern, all);
      rows[which]!.or(must);
      candidates.or(may.clone().andNot(must));
    });
    const files = recordsByFile(this.table, candidates.rows());
    const patterns = missing.map(([, pattern]) => pattern);
    await this.scan(files, patterns, ({ found }) => found.forEach((each, which) => addAll(rows[which]!, each)), signal);
    if (signal.aborted) return undefined;
    for (const condition of this.known.keys())
      if (!rules.some((rule) => rule.condition === condition)) this.known.delete(condition);
    missing.forEach(([condition], which) => this.known.set(condition, rows[which]!));
    return rows.reduce((sum, each) => sum + each.count(), 0);
  }
}

function addAll(rows: Bitset, found: Uint32Array): void {
  for (const row of found) rows.add(row);
}
