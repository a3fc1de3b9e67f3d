import { readValue } from '../../json/foundValue';
import {
  ENTRY_BYTES,
  ENTRY_CODE,
  ENTRY_COLUMN,
  ENTRY_LENGTH,
  ENTRY_SPELLING,
  ENTRY_TOKEN,
} from '../../json/scannerLayout';
import type { Arrays } from '../arrays';
import type { Dictionary } from '../columns';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import type { ScannerExports } from './scannerModule';

/** As in `json/wasm/dictionaries.ts`: a block is the address of the next one and so many entries. */
const ENTRIES_IN_BLOCK = Math.floor((1 << 18) / ENTRY_BYTES);

/** The dictionaries that stand in the module's memory. */
export class WasmDictionaries {
  private readonly texts = new Map<number, string[]>([SOURCE_COLUMN, NAME_COLUMN].map((column) => [column, ['']]));
  private entriesRead = 0;

  constructor(private readonly module: ScannerExports) {}

  /** The text of a source or a name, as `readEvent` reads it; empty for none. */
  text(column: number, code: number): string {
    const texts = this.texts.get(column)!;
    if (code >= texts.length) this.readTexts();
    return texts[code]!;
  }

  private readTexts(): void {
    this.eachEntry(this.entriesRead, (data, entry) => {
      const texts = this.texts.get(data.getUint32(entry + ENTRY_COLUMN, true));
      if (texts === undefined) return;
      const start = data.getUint32(entry + ENTRY_TOKEN, true);
      const end = start + data.getUint32(entry + ENTRY_LENGTH, true);
      const { type, text } = readValue(new Uint8Array(data.buffer), { start, end });
      const isText = type === 'string' || type === 'number';
      texts.push(isText ? text : type === 'true' || type === 'false' ? type : '');
    });
    this.entriesRead = this.module.totalEntries();
  }

  private eachEntry(from: number, visit: (data: DataView, entry: number) => void): void {
    const data = new DataView(this.module.memory.buffer);
    const total = this.module.totalEntries();
    let block = this.module.entryBlocks();
    for (let first = 0; first < total; first += ENTRIES_IN_BLOCK) {
      const end = Math.min(total - first, ENTRIES_IN_BLOCK);
      for (let i = Math.max(0, from - first); i < end; i++) visit(data, block + 8 + i * ENTRY_BYTES);
      block = data.getUint32(block, true);
    }
  }

  /** All of them, by column, copied out of the module into `arrays`. */
  read(arrays: Arrays): Dictionary[] {
    const sizes = Array.from({ length: COLUMNS }, (_, column) => this.module.columnSize(column) + 1);
    const offsets = sizes.map((size) => arrays.make(Uint32Array, size + 1));
    const spellings = sizes.map((size) => arrays.make(Uint8Array, size));
    this.eachEntry(0, (data, entry) => {
      const column = data.getUint32(entry + ENTRY_COLUMN, true);
      const code = data.getUint32(entry + ENTRY_CODE, true);
      offsets[column]![code + 1] = data.getUint32(entry + ENTRY_LENGTH, true);
      spellings[column]![code] = data.getUint32(entry + ENTRY_SPELLING, true);
    });
    for (const each of offsets) for (let i = 1; i < each.length; i++) each[i]! += each[i - 1]!;
    const bytes = offsets.map((each) => arrays.make(Uint8Array, each.at(-1)!));
    const memory = new Uint8Array(this.module.memory.buffer);
    this.eachEntry(0, (data, entry) => {
      const column = data.getUint32(entry + ENTRY_COLUMN, true);
      const token = data.getUint32(entry + ENTRY_TOKEN, true);
      const at = offsets[column]![data.getUint32(entry + ENTRY_CODE, true)]!;
      copy(memory, token, data.getUint32(entry + ENTRY_LENGTH, true), bytes[column]!, at);
    });
    return sizes.map((size, i) => ({ size, spellings: spellings[i]!, offsets: offsets[i]!, bytes: bytes[i]! }));
  }
}

/** Most tokens are short: a loop beats the call that a copy costs. */
function copy(from: Uint8Array, start: number, length: number, to: Uint8Array, at: number): void {
  if (length > 64) to.set(from.subarray(start, start + length), at);
  else for (let i = 0; i < length; i++) to[at + i] = from[start + i]!;
}
