import type { Use } from './session';

/** What a session uses. */
export type UseKind = 'region' | 'address' | 'agent' | 'service' | 'error';

const KINDS: readonly UseKind[] = ['region', 'address', 'agent', 'service', 'error'];
const NUMBERS_PER_ROW = 4;
/** Of more distinct values of one kind, those lowest in code unit order are kept: which those are does not depend on the records' order. */
export const MOST_VALUES = 64;
/** Numbers up to which the rows of a session are kept without room to spare. */
const MEASURED = 64;
/** Texts that come after these many are all one. */
const MOST_TEXTS = 4_000_000;

/** Every distinct text once: sessions share regions, addresses and agents. */
export class Texts {
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [];

  id(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    if (this.texts.length >= MOST_TEXTS) return this.texts.length - 1;
    const id = this.texts.push(text) - 1;
    this.ids.set(text, id);
    return id;
  }

  text(id: number): string {
    return this.texts[id]!;
  }
}

/**
 * What one session used, how often, first and last, as rows of numbers in one array: a session that made one call costs some two hundred
 * bytes here.
 */
export class Uses {
  /** Rows of code, count, first and last time; the code is a text's id and its kind. */
  private rows: number[] = [];

  /** Counts a use. `time` in epoch milliseconds, NaN when unknown. */
  add(texts: Texts, kind: UseKind, value: string, time: number): void {
    this.addRow(texts, texts.id(value) * KINDS.length + KINDS.indexOf(kind), 1, time, time);
  }

  /** Adds what another session used. */
  merge(texts: Texts, other: Uses): void {
    const { rows } = other;
    for (let at = 0; at < rows.length; at += NUMBERS_PER_ROW)
      this.addRow(texts, rows[at]!, rows[at + 1]!, rows[at + 2]!, rows[at + 3]!);
  }

  /** The values of a kind, in code unit order. */
  list(texts: Texts, kind: UseKind): Use[] {
    const found: Use[] = [];
    for (let at = 0; at < this.rows.length; at += NUMBERS_PER_ROW) {
      const [code, count, first, last] = this.rows.slice(at, at + NUMBERS_PER_ROW) as [number, number, number, number];
      if (KINDS[code % KINDS.length] !== kind) continue;
      found.push({ value: texts.text(Math.floor(code / KINDS.length)), count, first, last });
    }
    return found.sort((a, b) => (a.value < b.value ? -1 : 1));
  }

  private addRow(texts: Texts, code: number, count: number, first: number, last: number): void {
    const { rows } = this;
    let ofKind = 0;
    for (let at = 0; at < rows.length; at += NUMBERS_PER_ROW) {
      if (rows[at] === code) {
        rows[at + 1]! += count;
        rows[at + 2] = earlier(rows[at + 2]!, first);
        rows[at + 3] = later(rows[at + 3]!, last);
        return;
      }
      if (rows[at]! % KINDS.length === code % KINDS.length) ofKind++;
    }
    if (ofKind >= MOST_VALUES && !this.makeRoom(texts, code)) return;
    // Most sessions are short: an array made to measure has no room to spare, one that is pushed to has.
    if (rows.length < MEASURED) this.rows = rows.concat([code, count, first, last]);
    else rows.push(code, count, first, last);
  }

  /** Drops the highest value of the code's kind if the code's own value is lower. */
  private makeRoom(texts: Texts, code: number): boolean {
    const textOf = (each: number): string => texts.text(Math.floor(each / KINDS.length));
    let highest = -1;
    for (let at = 0; at < this.rows.length; at += NUMBERS_PER_ROW) {
      if (this.rows[at]! % KINDS.length !== code % KINDS.length) continue;
      if (highest < 0 || textOf(this.rows[at]!) > textOf(this.rows[highest]!)) highest = at;
    }
    if (textOf(code) > textOf(this.rows[highest]!)) return false;
    this.rows.splice(highest, NUMBERS_PER_ROW);
    return true;
  }
}

/** The earlier of two times; NaN is no time. */
function earlier(a: number, b: number): number {
  return Number.isNaN(a) || b < a ? b : a;
}

function later(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}
