import { RecordView } from '../../events/recordView';
import { shapeOf } from '../../events/unitShape';
import {
  BATCH_FULL,
  BATCH_ROWS,
  BATCH_STRIDE,
  INFLATE_SLACK,
  NOT_PLAIN,
  PADDING,
  READ_ALL,
  UNUSUAL_RECORD,
} from '../../json/scannerLayout';
import { PLAIN_ARRAYS } from '../arrays';
import { ID_FIELDS } from '../columns';
import type { RuleProbe } from '../ruleProbe';
import { COLUMNS, RULE_COLUMN, type RowChunk, type TablePart } from './columns';
import { rulesMet } from './probedRows';
import type { PackedContent, RecordScanner } from './recordScanner';
import { writePlan } from './scanPlan';
import type { ScannerExports } from './scannerModule';
import { hasStoppingKey } from './stoppingKeys';
import { type RowSink, fillRow, timeOf } from './unusualRow';
import { takeBatch } from './wasmBatch';
import { WasmDictionaries } from './wasmDictionaries';
import { WasmRules } from './wasmRules';

/** Content is read through a window of this size: what is scanned is still in the processor's cache. */
const WINDOW = 512 * 1024;
/** Larger content goes through the window: the module's memory never shrinks. */
const MOST_INFLATED = 8 * 1024 * 1024;

/** The scanner compiled to WebAssembly. */
export class WasmScanner implements RecordScanner {
  private readonly dictionaries: WasmDictionaries;
  private readonly probed: WasmRules | undefined;
  private readonly chunks: RowChunk[] = [];
  private chunkRows = 0;
  /** By row of the batch: the reading it comes from. */
  private readonly readings = new Uint32Array(BATCH_ROWS);
  private reading = 0;
  private readingRows = 0;
  /** The window: where it stands in memory, its size, how much of it holds content, and the offset of its first byte in the content. */
  private input: number;
  private filled = 0;
  private base = 0;
  private memory: Uint8Array;
  /** A place for tokens that come from here. */
  private readonly token: { at: number; room: number };

  /**
   * `module`: the exports of an instance of its own. `seed`: any number up to 2^53, different each time, so that no log can be made to fit the
   * hash. `arrays`: where the rows go.
   */
  constructor(
    private readonly module: ScannerExports,
    seed: number,
    private readonly rules?: RuleProbe,
    private room = WINDOW,
    private readonly arrays = PLAIN_ARRAYS,
  ) {
    const { root, slots, slotCount } = writePlan(this.module);
    this.module.init(root, slots, slotCount, COLUMNS, ID_FIELDS.length, seed, seed / 2 ** 32);
    this.input = this.module.reserveInput(room) >>> 0;
    this.token = { at: this.module.allocate(4096 + PADDING) >>> 0, room: 4096 };
    this.memory = new Uint8Array(this.module.memory.buffer);
    this.dictionaries = new WasmDictionaries(this.module);
    this.probed = rules && new WasmRules(module, this.dictionaries, rules);
  }

  get heldBytes(): number {
    return this.module.heldBytes.value;
  }

  get rowCount(): number {
    return this.chunkRows + this.module.rowCount.value;
  }

  begin(reading: number): void {
    this.reading = reading;
    this.readingRows = this.rowCount;
    this.filled = 0;
    this.base = 0;
    this.module.begin();
  }

  push(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length;) {
      if (this.filled === this.room) this.widen(this.room + 1);
      const take = Math.min(chunk.length - at, this.room - this.filled);
      this.bytes().set(chunk.subarray(at, at + take), this.input + this.filled);
      this.filled += take;
      at += take;
      if (this.filled === this.room && !this.scan(false)) return false;
    }
    return true;
  }

  inflate({ bytes, start, end, length }: PackedContent, isSound: (content: Uint8Array) => boolean): boolean {
    if (length > MOST_INFLATED) return false;
    this.widen(length + INFLATE_SLACK);
    const at = this.module.reservePacked(bytes.length) >>> 0;
    this.bytes().set(bytes, at);
    if (this.module.inflate(start, end, length) !== length || this.module.packedEnd.value >>> 0 !== at + end)
      return false;
    if (!isSound(this.bytes().subarray(this.input, this.input + length))) return false;
    this.filled = length;
    return true;
  }

  end(): boolean {
    return this.scan(true) && this.filled === 0 && this.module.mayEnd() !== 0 && this.rowCount > this.readingRows;
  }

  add(record: Uint8Array, offset: number, length: number): void {
    const view = new RecordView(record);
    const time = timeOf(view);
    if (this.module.rowCount.value === BATCH_ROWS) this.flush();
    const row = this.module.addRow(offset, length, time);
    this.readings[row] = this.reading;
    const sink = this.rowSink(row);
    fillRow(view, time, sink);
    const met = this.rules && rulesMet(this.rules, view, (column) => this.codeAt(column, row) !== 0);
    if (met !== undefined) this.setRules(row, met);
  }

  finish(): TablePart {
    this.flush();
    return { chunks: this.chunks, dictionaries: this.dictionaries.read(this.arrays) };
  }

  /** Reads what is whole of the window and moves the rest to its front. */
  private scan(atEnd: boolean): boolean {
    let from = 0;
    for (;;) {
      const firstRow = this.module.rowCount.value;
      const ended = this.module.scan(from, this.filled, this.base, Number(atEnd));
      from = this.module.consumed.value >>> 0;
      this.probe(firstRow);
      if (ended === READ_ALL) break;
      if (ended === NOT_PLAIN) return false;
      if (ended === BATCH_FULL) this.flush();
      if (ended === UNUSUAL_RECORD && !this.addUnusual(from)) return false;
    }
    this.bytes().copyWithin(this.input, this.input + from, this.input + this.filled);
    this.base += from;
    this.filled -= from;
    return true;
  }

  /** Adds the record that ends at `end` of the window, if it is one. */
  private addUnusual(end: number): boolean {
    const start = this.module.recordStart.value >>> 0;
    const record = this.bytes().slice(this.input + start, this.input + end);
    const isTop = this.module.mayEnd() !== 0;
    if (shapeOf(record).kind !== 'record' || (isTop && hasStoppingKey(record))) return false;
    this.add(record, this.base + start, end - start);
    return true;
  }

  /** Notes the reading of the rows from `firstRow` on, whose records stand in the window, and asks the rules about them. */
  private probe(firstRow: number): void {
    const end = this.module.rowCount.value;
    this.readings.fill(this.reading, firstRow, end);
    this.probed?.ask(this.input - this.base, (row, token) => this.setRules(row, token));
  }

  private setRules(row: number, token: string): void {
    const sink = this.rowSink(row);
    sink.setCode(RULE_COLUMN, sink.codeOf(RULE_COLUMN, 0, new TextEncoder().encode(token)));
  }

  private rowSink(row: number): RowSink {
    return {
      codeOf: (column, spelling, token) =>
        this.module.intern(column, spelling, this.writeToken(token), token.length) >>> 0,
      setCode: (column, code) => {
        const at = (this.module.codes.value >>> 0) + (column * BATCH_STRIDE + row) * 4;
        new DataView(this.module.memory.buffer).setUint32(at, code, true);
      },
      setId: (id, token) => this.module.setId(id, this.writeToken(token), token.length) !== 0,
    };
  }

  private codeAt(column: number, row: number): number {
    const at = (this.module.codes.value >>> 0) + (column * BATCH_STRIDE + row) * 4;
    return new DataView(this.module.memory.buffer).getUint32(at, true);
  }

  private writeToken(token: Uint8Array): number {
    if (token.length > this.token.room) {
      this.token.room = token.length * 2;
      this.token.at = this.module.allocate(this.token.room + PADDING) >>> 0;
    }
    this.bytes().set(token, this.token.at);
    return this.token.at;
  }

  private flush(): void {
    const chunk = takeBatch(this.module, this.readings, this.arrays);
    this.chunkRows += chunk.rowCount;
    if (chunk.rowCount > 0) this.chunks.push(chunk);
  }

  /** Makes the window hold so many bytes at least. */
  private widen(bytes: number): void {
    if (bytes <= this.room) return;
    while (this.room < bytes) this.room *= 2;
    this.input = this.module.reserveInput(this.room) >>> 0;
  }

  /** The module's memory, which moves when it grows. */
  private bytes(): Uint8Array {
    if (this.memory.length === 0) this.memory = new Uint8Array(this.module.memory.buffer);
    return this.memory;
  }
}
