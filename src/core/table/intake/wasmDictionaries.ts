import { readValue } from '../../json/foundValue';
import {
  ENTRY_BYTES,
  ENTRY_CODE,
  ENTRY_COLUMN,
  ENTRY_LENGTH,
  ENTRY_SPELLING,
  ENTRY_TOKEN,
} from '../../json/scannerLayout';
import { type Arrays, copyBytes } from '../arrays';
import type { Dictionary } from '../columns';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import type { ScannerExports } from './scannerModule';

/** As in `json/wasm/dictionaries.ts`: a block is the address of the next one and so many entries. */
const ENTRIES_IN_BLOCK = Math.floor((1 << 18) / ENTRY_BYTES);
const ENTRY_WORDS = ENTRY_BYTES / 4;

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
    const words = new Uint32Array(this.module.memory.buffer);
    for (const { from, to } of this.runs(this.entriesRead)) {
      for (let entry = from; entry < to; entry += ENTRY_WORDS) {
        const texts = this.texts.get(words[entry + ENTRY_COLUMN / 4]!);
        if (texts === undefined) continue;
        const start = words[entry + ENTRY_TOKEN / 4]!;
        const end = start + words[entry + ENTRY_LENGTH / 4]!;
        const { type, text } = readValue(new Uint8Array(words.buffer), { start, end });
        const isText = type === 'string' || type === 'number';
        texts.push(isText ? text : type === 'true' || type === 'false' ? type : '');
      }
    }
    this.entriesRead = this.module.totalEntries();
  }

  /** Where entries stand together, from entry `first` on, in words of memory. */
  private runs(first: number): { from: number; to: number }[] {
    const words = new Uint32Array(this.module.memory.buffer);
    const total = this.module.totalEntries();
    const runs: { from: number; to: number }[] = [];
    let block = (this.module.entryBlocks() >>> 0) / 4;
    for (let at = 0; at < total; at += ENTRIES_IN_BLOCK) {
      const entries = block + 2;
      const count = Math.min(total - at, ENTRIES_IN_BLOCK);
      const from = Math.max(0, Math.min(first - at, count));
      runs.push({ from: entries + from * ENTRY_WORDS, to: entries + count * ENTRY_WORDS });
      block = words[block]! / 4;
    }
    return runs;
  }

  /** All of them, by column, copied out of the module into `arrays`. */
  read(arrays: Arrays): Dictionary[] {
    const sizes = Array.from({ length: COLUMNS }, (_, column) => this.module.columnSize(column) + 1);
    const offsets = sizes.map((size) => arrays.make(Uint32Array, size + 1));
    const spellings = sizes.map((size) => arrays.make(Uint8Array, size));
    const words = new Uint32Array(this.module.memory.buffer);
    const runs = this.runs(0);
    for (const { from, to } of runs) {
      for (let entry = from; entry < to; entry += ENTRY_WORDS) {
        const column = words[entry + ENTRY_COLUMN / 4]!;
        const code = words[entry + ENTRY_CODE / 4]!;
        offsets[column]![code + 1] = words[entry + ENTRY_LENGTH / 4]!;
        spellings[column]![code] = words[entry + ENTRY_SPELLING / 4]!;
      }
    }
    for (const each of offsets) for (let i = 1; i < each.length; i++) each[i]! += each[i - 1]!;
    const bytes = offsets.map((each) => arrays.make(Uint8Array, each.at(-1)!));
    const memory = new Uint8Array(this.module.memory.buffer);
    for (const { from, to } of runs) {
      for (let entry = from; entry < to; entry += ENTRY_WORDS) {
        const column = words[entry + ENTRY_COLUMN / 4]!;
        const at = offsets[column]![words[entry + ENTRY_CODE / 4]!]!;
        const token = words[entry + ENTRY_TOKEN / 4]!;
        copyBytes(memory, token, token + words[entry + ENTRY_LENGTH / 4]!, bytes[column]!, at);
      }
    }
    return sizes.map((size, i) => ({ size, spellings: spellings[i]!, offsets: offsets[i]!, bytes: bytes[i]! }));
  }
}
