import { decodeUtf8 } from '../json/bytes';
import { printSelector } from './print';
import type { SelectorStep } from './ast';

/** Fields deeper than this are left out: nobody completes them. */
const MOST_DEPTH = 8;
/** Different fields that are kept; services have endlessly many. */
const MOST_FIELDS = 5000;

/** The fields that occur in records, as selectors of filter patterns, and in how many of the records. */
export class SeenFields {
  private readonly counts = new Map<string, number>();

  /** Takes the fields of one record. What is not valid JSON has none. */
  add(bytes: Uint8Array): void {
    let record: unknown;
    try {
      record = JSON.parse(decodeUtf8(bytes));
    } catch {
      return;
    }
    const found = new Set<string>();
    collect(record, [], found);
    for (const selector of found) {
      if (!this.counts.has(selector) && this.counts.size >= MOST_FIELDS) continue;
      this.counts.set(selector, (this.counts.get(selector) ?? 0) + 1);
    }
  }

  /** In the order in which they were first seen. */
  get fields(): { readonly selector: string; readonly count: number }[] {
    return [...this.counts].map(([selector, count]) => ({ selector, count }));
  }
}

/** Selectors of the scalars in a value. AWS allows one wildcard: lists in lists are asked for their first element. */
function collect(value: unknown, steps: readonly SelectorStep[], found: Set<string>): void {
  if (steps.length > MOST_DEPTH) return;
  if (Array.isArray(value)) {
    const wild = steps.some(({ kind }) => kind === 'any');
    const step: SelectorStep = wild ? { kind: 'index', index: 0 } : { kind: 'any', bracket: true };
    for (const each of wild ? value.slice(0, 1) : value) collect(each, [...steps, step], found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) collect(each, [...steps, { kind: 'key', key }], found);
  } else if (steps.length > 0) found.add(printSelector({ steps }));
}
