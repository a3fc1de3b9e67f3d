import { readValue } from '../../json/foundValue';
import {
  BLOCK_END,
  BLOCK_ENTRIES,
  BLOCK_NEXT,
  ENTRY_ALIGNMENT,
  ENTRY_CODE,
  ENTRY_FIELD,
  ENTRY_LENGTH,
  ENTRY_TOKEN,
} from '../../json/scannerLayout';
import { type Arrays, copyBytes } from '../arrays';
import type { Dictionary } from '../columns';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import type { ScannerExports } from './scannerModule';

/** The dictionaries that stand in the module's memory. */
export class WasmDictionaries {
  private readonly texts = new Map<number, string[]>([SOURCE_COLUMN, NAME_COLUMN].map((column) => [column, ['']]));
  /** Where the texts that are not known yet begin. */
  private unread: EntryPlace;

  constructor(private readonly module: ScannerExports) {
    this.unread = this.firstPlace();
  }

  /** The text of a source or a name, as `readEvent` reads it; empty for none. */
  text(column: number, code: number): string {
    const texts = this.texts.get(column)!;
    if (code >= texts.length) this.readTexts();
    return texts[code]!;
  }

  private readTexts(): void {
    const words = new Uint32Array(this.module.memory.buffer);
    const bytes = new Uint8Array(words.buffer);
    this.unread = eachEntry(words, this.unread, (entry) => {
      const texts = this.texts.get(words[entry + ENTRY_FIELD / 4]! >>> 8);
      if (texts === undefined) return;
      const start = entry * 4 + ENTRY_TOKEN;
      const { type, text } = readValue(bytes, { start, end: start + words[entry + ENTRY_LENGTH / 4]! });
      const isText = type === 'string' || type === 'number';
      texts.push(isText ? text : type === 'true' || type === 'false' ? type : '');
    });
  }

  private firstPlace(): EntryPlace {
    const block = (this.module.entryBlocks() >>> 0) / 4;
    return { block, entry: block + BLOCK_ENTRIES / 4 };
  }

  /** All of them, by column, copied out of the module into `arrays`. */
  read(arrays: Arrays): Dictionary[] {
    const sizes = Array.from({ length: COLUMNS }, (_, column) => this.module.columnSize(column) + 1);
    const offsets = sizes.map((size) => arrays.make(Uint32Array, size + 1));
    const spellings = sizes.map((size) => arrays.make(Uint8Array, size));
    const words = new Uint32Array(this.module.memory.buffer);
    const first = this.firstPlace();
    eachEntry(words, first, (entry) => {
      const field = words[entry + ENTRY_FIELD / 4]!;
      const code = words[entry + ENTRY_CODE / 4]!;
      offsets[field >>> 8]![code + 1] = words[entry + ENTRY_LENGTH / 4]!;
      spellings[field >>> 8]![code] = field & 0xff;
    });
    for (const each of offsets) for (let i = 1; i < each.length; i++) each[i]! += each[i - 1]!;
    const bytes = offsets.map((each) => arrays.make(Uint8Array, each.at(-1)!));
    const memory = new Uint8Array(words.buffer);
    eachEntry(words, first, (entry) => {
      const column = words[entry + ENTRY_FIELD / 4]! >>> 8;
      const start = entry * 4 + ENTRY_TOKEN;
      const to = offsets[column]![words[entry + ENTRY_CODE / 4]!]!;
      copyBytes(memory, start, start + words[entry + ENTRY_LENGTH / 4]!, bytes[column]!, to);
    });
    return sizes.map((size, i) => ({ size, spellings: spellings[i]!, offsets: offsets[i]!, bytes: bytes[i]! }));
  }
}

/** Where an entry begins or will begin, and its block: words of memory. */
interface EntryPlace {
  readonly block: number;
  readonly entry: number;
}

/** Visits the entries from a place on, each by the word it begins with; answers where the next one will be. */
function eachEntry(words: Uint32Array, { block, entry }: EntryPlace, visit: (entry: number) => void): EntryPlace {
  for (;;) {
    for (const end = words[block + BLOCK_END / 4]! / 4; entry < end;) {
      visit(entry);
      const bytes = ENTRY_TOKEN + words[entry + ENTRY_LENGTH / 4]!;
      entry += (Math.ceil(bytes / ENTRY_ALIGNMENT) * ENTRY_ALIGNMENT) / 4;
    }
    const next = words[block + BLOCK_NEXT / 4]!;
    if (next === 0) return { block, entry };
    block = next / 4;
    entry = block + BLOCK_ENTRIES / 4;
  }
}
