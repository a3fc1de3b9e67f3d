import { RecordView } from '../../events/recordView';
import { shapeOf } from '../../events/unitShape';
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../json/bytes';
import { DictionaryBuilder } from '../dictionaryBuilder';
import { ID_FIELDS, newCodes } from '../columns';
import type { RuleProbe } from '../ruleProbe';
import { isUuid, packUuid } from '../uuid';
import { COLUMNS, RULE_COLUMN, type RowChunk, type TablePart } from './columns';
import { PlainContent } from './plainContent';
import { rulesMet } from './probedRows';
import type { RecordScanner } from './recordScanner';
import { hasStoppingKey } from './stoppingKeys';
import { fillRow, timeOf } from './unusualRow';

interface Place {
  readonly reading: number;
  readonly offset: number;
  readonly length: number;
  readonly time: number;
}

/**
 * The scanner in plain TypeScript, one record after another as a {@link RecordView}: what the compiled one is held against, and what reads where
 * WebAssembly is not to be had.
 */
export class PlainScanner implements RecordScanner {
  private readonly places: Place[] = [];
  private readonly codes: number[][] = Array.from({ length: COLUMNS }, () => []);
  private readonly dictionaries = Array.from({ length: COLUMNS }, () => new DictionaryBuilder());
  private readonly ids: (Uint8Array | undefined)[][] = ID_FIELDS.map(() => []);
  private content = this.newContent();
  private reading = 0;
  private readingRows = 0;
  private held: Uint8Array = new Uint8Array(0);
  private base = 0;
  heldBytes = 0;

  constructor(private readonly probe?: RuleProbe) {}

  get rowCount(): number {
    return this.places.length;
  }

  begin(reading: number): void {
    this.reading = reading;
    this.readingRows = this.rowCount;
    this.content = this.newContent();
    this.held = new Uint8Array(0);
    this.base = 0;
  }

  push(chunk: Uint8Array): boolean {
    this.held = this.held.length === 0 ? chunk : concatBytes([this.held, chunk]);
    return this.scan(false);
  }

  inflate(): boolean {
    return false;
  }

  end(): boolean {
    return this.scan(true) && this.held.length === 0 && this.content.mayEnd && this.rowCount > this.readingRows;
  }

  add(record: Uint8Array, offset: number, length: number): void {
    const view = new RecordView(record);
    const row = this.places.length;
    const time = timeOf(view);
    this.places.push({ reading: this.reading, offset, length, time });
    fillRow(view, time, {
      codeOf: (column, spelling, token) => this.codeOf(column, spelling, token),
      setCode: (column, code) => (this.codes[column]![row] = code),
      setId: (id, token) => this.setId(id, row, decodeUtf8(token)),
    });
    const met = this.probe && rulesMet(this.probe, view, (column) => this.codes[column]![row] !== undefined);
    if (met !== undefined) this.codes[RULE_COLUMN]![row] = this.codeOf(RULE_COLUMN, 0, encodeUtf8(met));
  }

  finish(): TablePart {
    const rowCount = this.places.length;
    const chunk = {
      rowCount,
      reading: Uint32Array.from(this.places, ({ reading }) => reading),
      offset: Float64Array.from(this.places, ({ offset }) => offset),
      length: Uint32Array.from(this.places, ({ length }) => length),
      time: Float64Array.from(this.places, ({ time }) => time),
      codes: this.codes.map((codes, column) => {
        const all = newCodes(rowCount, this.dictionaries[column]!.size);
        codes.forEach((code, row) => (all[row] = code));
        return all;
      }),
      ids: this.ids.map((values) => packIds(values, rowCount)),
    };
    return { chunks: [chunk], dictionaries: this.dictionaries.map((each) => each.build()) };
  }

  private newContent(): PlainContent {
    return new PlainContent((start, end, isTop) => {
      // A copy: the view keeps it.
      const record = this.held.slice(start, end);
      if (shapeOf(record).kind !== 'record' || (isTop && hasStoppingKey(record))) return false;
      this.add(record, this.base + start, end - start);
      return true;
    });
  }

  private scan(atEnd: boolean): boolean {
    const { isPlain, read } = this.content.read(this.held, atEnd);
    this.held = this.held.subarray(read);
    this.base += read;
    return isPlain;
  }

  private codeOf(column: number, spelling: number, token: Uint8Array): number {
    const dictionary = this.dictionaries[column]!;
    const { size } = dictionary;
    const code = dictionary.codeOf(decodeUtf8(token), spelling);
    if (dictionary.size > size) this.heldBytes += token.length;
    return code;
  }

  private setId(id: number, row: number, token: string): boolean {
    const text = token.slice(1, -1);
    if (!token.startsWith('"') || !isUuid(text)) return false;
    const packed = new Uint8Array(16);
    packUuid(text, packed, 0);
    this.ids[id]![row] = packed;
    return true;
  }
}

function packIds(values: readonly (Uint8Array | undefined)[], rowCount: number): RowChunk['ids'][number] {
  const present = new Uint32Array(Math.ceil(rowCount / 32));
  const packed: Uint8Array[] = [];
  values.forEach((value, row) => {
    if (value === undefined) return;
    present[row >>> 5]! |= 1 << (row & 31);
    packed.push(value);
  });
  return { present, packed: packed.length === 0 ? new Uint8Array(0) : concatBytes(packed) };
}
