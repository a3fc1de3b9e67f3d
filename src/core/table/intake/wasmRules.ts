import { RecordView } from '../../events/recordView';
import { BATCH_ROWS, PADDING } from '../../json/scannerLayout';
import { type ProbedRule, type RuleProbe, ruleToken } from '../ruleProbe';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import { ProbedRows } from './probedRows';
import { VIEW_SLOTS } from './scanPlan';
import type { ScannerExports } from './scannerModule';
import type { WasmDictionaries } from './wasmDictionaries';

/** Texts in the module's memory: how many, and where their addresses and lengths stand. */
interface TextList {
  readonly at: number;
  readonly count: number;
}

/** Views of the module's memory, good until it grows. */
interface Views {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Of the rows of the batch. */
  readonly codes: Uint32Array;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
}

const NO_RULES: readonly ProbedRule[] = [];

/** Asks rules about the records of a batch while they stand in the module's memory. */
export class WasmRules {
  private readonly rows: ProbedRows;
  private readonly lists = new Map<ProbedRule, TextList | undefined>();
  private views: Views | undefined;
  /** The spans of the record at hand: one array for all of them, for none is kept, and most records are asked about once. */
  private readonly spans = new Int32Array(VIEW_SLOTS.length * 2);

  constructor(
    private readonly module: ScannerExports,
    dictionaries: WasmDictionaries,
    rules: RuleProbe,
  ) {
    this.rows = new ProbedRows(
      rules,
      (code) => dictionaries.text(SOURCE_COLUMN, code),
      (code) => dictionaries.text(NAME_COLUMN, code),
    );
  }

  /**
   * Tells the token of each of the rows `[from, to)` whose record meets a rule. `shift` is what has to be added to a row's offset for the address of
   * its record.
   */
  ask(from: number, to: number, shift: number, met: (row: number, token: string) => void): void {
    const { whenPresent } = this.rows;
    let { codes } = this.fresh();
    for (let row = from; row < to; row++) {
      // A new token may have moved the memory.
      if (codes.length === 0) codes = this.fresh().codes;
      const event = this.rows.eventOf(codes[SOURCE_COLUMN * BATCH_ROWS + row]!, codes[NAME_COLUMN * BATCH_ROWS + row]!);
      let { rules } = event;
      for (const column of whenPresent) if (codes[column * BATCH_ROWS + row] !== 0) rules = event.allRules;
      if (rules.length === 0) continue;
      const token = ruleToken(this.rulesMet(rules, row, shift));
      if (token !== undefined) met(row, token);
    }
  }

  private rulesMet(rules: readonly ProbedRule[], row: number, shift: number): readonly ProbedRule[] {
    const { offsets, lengths } = this.fresh();
    const at = shift + offsets[row]!;
    const length = lengths[row]!;
    let view: RecordView | undefined;
    let met: ProbedRule[] | undefined;
    for (const rule of rules) {
      if (!this.mayMeet(rule, at, length)) continue;
      view ??= this.view(at, length);
      if (rule.holds(view)) (met ??= []).push(rule);
    }
    return met ?? NO_RULES;
  }

  private mayMeet(rule: ProbedRule, at: number, length: number): boolean {
    let list = this.lists.get(rule);
    if (list === undefined && !this.lists.has(rule)) this.lists.set(rule, (list = this.write(rule.texts)));
    return list === undefined || this.module.holdsAny(at, length, list.at, list.count) !== 0;
  }

  private write(texts: ProbedRule['texts']): TextList | undefined {
    if (texts?.every(({ length }) => length > 1) !== true) return undefined;
    const places = texts.map((text) => {
      const at = this.module.allocate(text.length + PADDING) >>> 0;
      this.fresh().bytes.set(text, at);
      return at;
    });
    const at = this.module.allocate(texts.length * 8) >>> 0;
    const { words } = this.fresh();
    texts.forEach((text, i) => words.set([places[i]!, text.length], at / 4 + i * 2));
    return { at, count: texts.length };
  }

  /** The record, until the next one is looked at. */
  private view(at: number, length: number): RecordView {
    const spansAt = (this.module.findFields(at) >>> 0) / 4;
    const { bytes, words } = this.fresh();
    const { spans } = this;
    for (let slot = 0; slot < VIEW_SLOTS.length; slot++) {
      const start = words[spansAt + slot * 2]!;
      const place = VIEW_SLOTS[slot]! * 2;
      spans[place] = start === 0 ? -1 : start - at;
      spans[place + 1] = start === 0 ? -1 : words[spansAt + slot * 2 + 1]! - at;
    }
    return new RecordView(bytes.subarray(at, at + length), spans);
  }

  /** The module's memory moves when it grows. */
  private fresh(): Views {
    if (this.views === undefined || this.views.codes.length === 0) {
      const { buffer } = this.module.memory;
      this.views = {
        bytes: new Uint8Array(buffer),
        words: new Uint32Array(buffer),
        codes: new Uint32Array(buffer, this.module.codes.value >>> 0, COLUMNS * BATCH_ROWS),
        offsets: new Float64Array(buffer, this.module.offsets.value >>> 0, BATCH_ROWS),
        lengths: new Uint32Array(buffer, this.module.lengths.value >>> 0, BATCH_ROWS),
      };
    }
    return this.views;
  }
}
