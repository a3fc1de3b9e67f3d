import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Codes, type Dictionary, ID_FIELDS, type TableFile, newCodes } from '../../../src/core/table/columns';
import { COLUMNS, FIRST_ID_COLUMN, type RowChunk, TIME_COLUMN } from '../../../src/core/table/intake/columns';
import type { MergePart } from '../../../src/core/table/merge/flatRows';
import { fitsMemory } from '../../../src/core/table/merge/mergeModule';
import { type MergedTable, mergeParts, mergingHere } from '../../../src/core/table/merge/mergeParts';
import { partOfTable } from '../../../src/core/table/merge/partOfTable';
import { PLAIN_ARRAYS } from '../../../src/core/table/arrays';
import { flatten } from '../../../src/node/index/flatData';
import { mergeMemory } from '../../../src/node/index/mergeMemory';
import { MERGER, buildModules } from '../../../scripts/lib/wasm.mjs';
import { utf8 } from '../../fixtures/bytes';
import { Random } from '../../fixtures/random';
import { FILE } from './support';

await buildModules();
const MODULE = new WebAssembly.Module(readFileSync(MERGER));

/** What parts are like that are made up. */
interface Shape {
  readonly seed: number;
  /** By part and chunk: how many rows. */
  readonly rows: readonly (readonly number[])[];
  readonly fileCount: number;
  /** The most entries of a dictionary beside "none". */
  readonly entries: number;
  /** Times are so many of these apart, in milliseconds. */
  readonly timeUnit: number;
  /** One in so many: rows without a time, without an id, with an exception, and readings that are dropped; 0 for none. */
  readonly undated: number;
  readonly withoutId: number;
  readonly exceptions: number;
  readonly dropped: number;
  /** Ids are among so many. */
  readonly ids: number;
  readonly furthest: number;
}

const TEXTS = ['', 'a', 'Ä', '😀', 'ReadOnly', 'arn:aws:iam::123456789012:role/admin', 'x'.repeat(300)];

class MadeParts {
  private readonly random: Random;

  constructor(private readonly shape: Shape) {
    this.random = new Random(shape.seed);
  }

  get files(): TableFile[] {
    return Array.from({ length: this.shape.fileCount }, () => FILE);
  }

  make(): MergePart[] {
    return this.shape.rows.map((chunks) => {
      const dictionaries = Array.from({ length: COLUMNS }, (_, column) => this.dictionary(column));
      const readings = 1 + this.random.below(this.shape.fileCount * 2);
      const fileOf = Int32Array.from({ length: readings }, () =>
        this.isOneIn(this.shape.dropped) ? -1 : this.random.below(this.shape.fileCount),
      );
      return { part: { chunks: chunks.map((rows) => this.chunk(rows, dictionaries, readings)), dictionaries }, fileOf };
    });
  }

  private isOneIn(count: number): boolean {
    return count > 0 && this.random.below(count) === 0;
  }

  private dictionary(column: number): Dictionary {
    const { entries, exceptions } = this.shape;
    const most = column < TIME_COLUMN || exceptions > 0 ? entries : 0;
    // Half of the entries are likely to be in others, too.
    const tokens = new Set(
      Array.from({ length: this.random.below(most + 1) }, () => {
        const text = this.random.pick(TEXTS) + String(this.random.below(most * 2));
        return `${this.random.below(3)}"${text}"`;
      }),
    );
    const bytes = [...tokens].map((token) => utf8(token.slice(1)));
    const offsets = [0, 0];
    for (const each of bytes) offsets.push(offsets.at(-1)! + each.length);
    return {
      size: tokens.size + 1,
      spellings: Uint8Array.from([0, ...[...tokens].map((token) => Number(token[0]))]),
      offsets: Uint32Array.from(offsets),
      bytes: Uint8Array.from(bytes.flatMap((each) => [...each])),
    };
  }

  private chunk(rowCount: number, dictionaries: readonly Dictionary[], readings: number): RowChunk {
    const { random, shape } = this;
    let reading = random.below(readings);
    const rows = Array.from({ length: rowCount }, () => {
      if (random.below(4) === 0) reading = random.below(readings);
      return reading;
    });
    return {
      rowCount,
      reading: Uint32Array.from(rows),
      offset: Float64Array.from(rows, () => random.below(shape.furthest)),
      length: Uint32Array.from(rows, () => random.below(5000)),
      time: Float64Array.from(rows, () =>
        this.isOneIn(shape.undated) ? NaN : 1_700_000_000_000 + random.below(1000) * shape.timeUnit,
      ),
      codes: dictionaries.map(({ size }, column) => this.codes(rowCount, size, column)),
      ids: ID_FIELDS.map(() => this.ids(rowCount)),
    };
  }

  private codes(rowCount: number, size: number, column: number): Codes {
    const { random, shape } = this;
    // A chunk is as wide as its dictionary was when it was made.
    const seen = random.below(2) === 0 ? size : Math.min(size, 200);
    const codes = newCodes(rowCount, seen);
    const isNone = (): boolean => column >= TIME_COLUMN && !this.isOneIn(shape.exceptions);
    return codes.map(() => (isNone() ? 0 : random.below(seen)));
  }

  private ids(rowCount: number): RowChunk['ids'][number] {
    const { random, shape } = this;
    const present = new Uint32Array(Math.ceil(rowCount / 32));
    const packed: number[] = [];
    for (let row = 0; row < rowCount; row++) {
      if (this.isOneIn(shape.withoutId)) continue;
      present[row >>> 5]! |= 1 << (row & 31);
      const id = random.below(shape.ids);
      packed.push(...Array.from({ length: 16 }, (_, i) => (id >>> (i % 4)) & 0xff));
    }
    return { present, packed: Uint8Array.from(packed) };
  }
}

const SHAPE: Shape = {
  ...{ seed: 1, rows: [[40], [30, 20]], fileCount: 3, entries: 20, timeUnit: 1000 },
  ...{ undated: 0, withoutId: 0, exceptions: 0, dropped: 0, ids: 1_000_000, furthest: 1000 },
};

/** Merged by the loops in TypeScript, and by the compiled ones. */
async function mergeBoth(
  parts: readonly MergePart[],
  files: readonly TableFile[],
): Promise<[MergedTable, MergedTable]> {
  const pause = (): Promise<void> => Promise.resolve();
  const memory = mergeMemory(MODULE);
  expect(memory).toBeDefined();
  return [
    await mergeParts(files, mergingHere(parts, undefined, pause)),
    await mergeParts(files, mergingHere(parts, memory, pause)),
  ];
}

/** Merged by both, which give the same. Byte by byte: to look at each number of large arrays takes minutes. */
async function mergedAlike(parts: readonly MergePart[], files: readonly TableFile[]): Promise<MergedTable> {
  const [plain, compiled] = await mergeBoth(parts, files);
  expectSame(compiled, plain);
  return compiled;
}

function expectSame(compiled: MergedTable, plain: MergedTable): void {
  const [one, other] = [flatten(compiled), flatten(plain)];
  // Types, lengths and all that is in no array.
  expect(one.json).toBe(other.json);
  const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Codes | Float64Array): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  const differing = one.arrays.findIndex((array, i) => !bytesOf(array).equals(bytesOf(other.arrays[i]!)));
  if (differing >= 0) expect(one.arrays[differing]).toEqual(other.arrays[differing]);
}

describe('the compiled loops of merging give, to the bit, what those in TypeScript give', () => {
  test('of parts of any shape', async () => {
    const rows = fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 3 });
    const oneIn = fc.constantFrom(0, 0, 1, 2, 10);
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          ...{
            seed: fc.nat(),
            rows: fc.array(rows, { minLength: 1, maxLength: 4 }),
            fileCount: fc.integer({ min: 1, max: 5 }),
          },
          ...{ entries: fc.constantFrom(0, 1, 3, 150, 400), timeUnit: fc.constantFrom(0, 1, 0.3, 1000, 2 ** 33) },
          ...{ undated: oneIn, withoutId: oneIn, exceptions: oneIn, dropped: oneIn },
          ...{ ids: fc.constantFrom(1, 20, 1_000_000), furthest: fc.constantFrom(1, 5, 1e6, 2 ** 40) },
        }),
        async (shape) => {
          const made = new MadeParts(shape);
          await mergedAlike(made.make(), made.files);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('of more rows than are gathered at a time, and of entries that need 32 bits', async () => {
    const rows = [
      [33_000, 40_000],
      [8192, 1, 30_000],
    ];
    const made = new MadeParts({ ...SHAPE, rows, exceptions: 3, undated: 100, withoutId: 50, ids: 60_000 });
    const { table, duplicates } = await mergedAlike(made.make(), made.files);
    expect(table.rowCount + duplicates.rowCount).toBe(111_193);
    expect(duplicates.rowCount).toBeGreaterThan(20_000);
    const wide = new MadeParts(SHAPE);
    const parts = wide.make().map((part) => withManyEntries(part));
    const compiled = await mergedAlike(parts, wide.files);
    expect(compiled.table.columns.userAgent.codes).toBeInstanceOf(Uint8Array);
  });

  test('of an entry that is larger than what is copied at a time, and many such', async () => {
    const made = new MadeParts({ ...SHAPE, rows: [[10]], exceptions: 1, entries: 3 });
    const long = {
      size: 2,
      spellings: Uint8Array.of(0, 1),
      offsets: Uint32Array.of(0, 0, 300_000),
      bytes: new Uint8Array(300_000).fill(65),
    };
    const parts = made.make().map(({ part, fileOf }): MergePart => {
      const dictionaries = part.dictionaries.map(() => long);
      const chunks = part.chunks.map((chunk) => ({ ...chunk, codes: chunk.codes.map((codes) => codes.fill(1)) }));
      return { part: { chunks, dictionaries }, fileOf };
    });
    const compiled = await mergedAlike(parts, made.files);
    expect(compiled.table.columns.userAgent.dictionary.size).toBe(2);
    expect(compiled.table.eventTime.dictionary.bytes.length).toBe(10 * 300_000);
  });

  test('of tables that were merged before, and what is new', async () => {
    const made = new MadeParts({ ...SHAPE, exceptions: 4, withoutId: 10, ids: 70, undated: 10 });
    const { table, duplicates } = (await mergeBoth(made.make(), made.files))[0];
    const fresh = new MadeParts({ ...SHAPE, seed: 2, exceptions: 4, ids: 70 }).make();
    const old = [table, duplicates].map((each): MergePart => ({
      part: partOfTable(each, PLAIN_ARRAYS),
      fileOf: Int32Array.of(0, -1, 1),
    }));
    await mergedAlike([...old, ...fresh], made.files);
  });

  test('twice in the same memory, which held other things before', async () => {
    const memory = new WebAssembly.Memory({ initial: 4 });
    new Uint8Array(memory.buffer).fill(0xa5);
    const made = new MadeParts({ ...SHAPE, exceptions: 4, withoutId: 10, ids: 70 });
    const parts = made.make();
    const [plain] = await mergeBoth(parts, made.files);
    for (let i = 0; i < 2; i++) {
      const merging = mergingHere(parts, mergeMemory(MODULE, memory), () => Promise.resolve());
      expectSame(await mergeParts(made.files, merging), plain);
    }
  });
});

/** The same part, with dictionaries of more entries than 16 bits can tell, the last of which are used. */
function withManyEntries({ part, fileOf }: MergePart): MergePart {
  const size = 70_000;
  const tokens = Array.from({ length: size - 1 }, (_, i) => utf8(String(100_000 + i)));
  const dictionary = {
    size,
    spellings: new Uint8Array(size),
    offsets: Uint32Array.from({ length: size + 1 }, (_, i) => Math.max(0, i - 1) * 6),
    bytes: Uint8Array.from(tokens.flatMap((token) => [...token])),
  };
  const dictionaries = part.dictionaries.map((each, column) => (column < FIRST_ID_COLUMN ? dictionary : each));
  const chunks = part.chunks.map((chunk) => ({
    ...chunk,
    codes: chunk.codes.map((codes, column) =>
      column < FIRST_ID_COLUMN ? Uint32Array.from(codes, (code) => (code === 0 ? 0 : size - code)) : codes,
    ),
  }));
  return { part: { chunks, dictionaries }, fileOf };
}

test('parts that are too large for one memory are left to the others', () => {
  const [part] = new MadeParts(SHAPE).make();
  const chunk = { ...part!.part.chunks[0]!, rowCount: 70_000_000 };
  expect(fitsMemory([part!])).toBe(true);
  expect(fitsMemory([{ ...part!, part: { ...part!.part, chunks: [chunk] } }])).toBe(false);
});

test('there are no compiled loops without memory for them', () => {
  expect(mergeMemory(undefined)).toBeUndefined();
  expect(mergeMemory(MODULE, { buffer: new ArrayBuffer(0), grow: () => 0 })).toBeUndefined();
});
