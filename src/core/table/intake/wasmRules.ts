import { RecordView } from '../../events/recordView';
import { BATCH_ROWS, PADDING } from '../../json/scannerLayout';
import type { RuleProbe } from '../ruleProbe';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import { type ProbedEvent, ProbedRows } from './probedRows';
import { VIEW_SLOTS } from './scanPlan';
import type { ScannerExports } from './scannerModule';
import type { WasmDictionaries } from './wasmDictionaries';

/** Texts in the module's memory: how many, and where their addresses and lengths stand. */
interface TextList {
  readonly at: number;
  readonly count: number;
}

interface Views {
  readonly data: DataView;
  readonly codes: Uint32Array;
}

/** Asks rules about the records of a batch while they stand in the module's memory. */
export class WasmRules {
  private readonly rows: ProbedRows;
  private readonly lists = new Map<ProbedEvent, TextList | undefined>();
  private views: Views | undefined;

  constructor(
    private readonly module: ScannerExports,
    dictionaries: WasmDictionaries,
    private readonly rules: RuleProbe,
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
    const { everyRecord, whenPresent } = this.rows;
    let { codes } = this.fresh();
    for (let row = from; row < to; row++) {
      // A new token may have moved the memory.
      if (codes.length === 0) codes = this.fresh().codes;
      const event = this.rows.eventOf(codes[SOURCE_COLUMN * BATCH_ROWS + row]!, codes[NAME_COLUMN * BATCH_ROWS + row]!);
      let always = everyRecord;
      for (const column of whenPresent) always ||= codes[column * BATCH_ROWS + row] !== 0;
      if (!always && (event === null || !this.mayMeet(event, row, shift))) continue;
      const token = this.rules.ask(this.view(row, shift), event ?? undefined);
      if (token !== undefined) met(row, token);
    }
  }

  private mayMeet(event: ProbedEvent, row: number, shift: number): boolean {
    let list = this.lists.get(event);
    if (list === undefined && !this.lists.has(event)) this.lists.set(event, (list = this.write(event.texts)));
    if (list === undefined) return true;
    const { at, length } = this.place(row, shift);
    return this.module.holdsAny(at, length, list.at, list.count) !== 0;
  }

  private write(texts: ProbedEvent['texts']): TextList | undefined {
    if (texts?.every(({ length }) => length > 1) !== true) return undefined;
    const places = texts.map((text) => {
      const at = this.module.allocate(text.length + PADDING) >>> 0;
      new Uint8Array(this.module.memory.buffer).set(text, at);
      return at;
    });
    const at = this.module.allocate(texts.length * 8) >>> 0;
    texts.forEach((text, i) => {
      this.fresh().data.setUint32(at + i * 8, places[i]!, true);
      this.fresh().data.setUint32(at + i * 8 + 4, text.length, true);
    });
    return { at, count: texts.length };
  }

  private view(row: number, shift: number): RecordView {
    const { at, length } = this.place(row, shift);
    const spansAt = this.module.findFields(at) >>> 0;
    const found = new Uint32Array(this.module.memory.buffer, spansAt, VIEW_SLOTS.length * 2);
    const spans = new Int32Array(VIEW_SLOTS.length * 2).fill(-1);
    for (let slot = 0; slot < VIEW_SLOTS.length; slot++) {
      if (found[slot * 2] === 0) continue;
      spans[VIEW_SLOTS[slot]! * 2] = found[slot * 2]! - at;
      spans[VIEW_SLOTS[slot]! * 2 + 1] = found[slot * 2 + 1]! - at;
    }
    return new RecordView(new Uint8Array(this.module.memory.buffer, at, length), spans);
  }

  private place(row: number, shift: number): { at: number; length: number } {
    const { data } = this.fresh();
    const offset = data.getFloat64((this.module.offsets.value >>> 0) + row * 8, true);
    return { at: shift + offset, length: data.getUint32((this.module.lengths.value >>> 0) + row * 4, true) };
  }

  /** The module's memory moves when it grows. */
  private fresh(): Views {
    if (this.views === undefined || this.views.codes.length === 0) {
      const { buffer } = this.module.memory;
      const codes = new Uint32Array(buffer, this.module.codes.value >>> 0, COLUMNS * BATCH_ROWS);
      this.views = { data: new DataView(buffer), codes };
    }
    return this.views;
  }
}
