import { randomBytes } from 'node:crypto';
import type { Rule } from '../../core/rules/rule';
import type { TablePart } from '../../core/table/intake/columns';
import { PlainScanner } from '../../core/table/intake/plainScanner';
import type { RecordScanner } from '../../core/table/intake/recordScanner';
import type { ScannerExports } from '../../core/table/intake/scannerModule';
import { WasmScanner } from '../../core/table/intake/wasmScanner';
import type { LoopMemory } from '../../core/table/merge/mergeModule';
import { RuleProbe } from '../../core/table/ruleProbe';
import { pacer } from '../pacer';
import type { ComingFiles } from './comingFiles';
import type { FileReading } from './fileReading';
import type { DiskFile } from './listFiles';
import { readIntoScanner } from './readIntoScanner';
import { ScanShared } from './scanShared';
import { GrowingSpace } from './space';
import { FileMemory } from './wholeFile';

/** What a worker is given at first. */
export interface ScanSetup {
  readonly rules: readonly Rule[];
  /** The compiled scanner; undefined: the plain one reads. */
  readonly module: WebAssembly.Module | undefined;
}

/** What a worker is given to do. */
export interface ScanTask extends ScanFiles {
  readonly shared: SharedArrayBuffer;
  readonly worker: number;
}

/** Files to read, in the order in which they are to be taken. They come in several messages, each behind those before. */
export interface ScanFiles {
  readonly files: readonly DiskFile[];
  /** There will be no more. */
  readonly isLast: boolean;
}

/** What a worker read. */
export interface ScanResult {
  readonly part: TablePart;
  /** By number of a reading: its file, by index among all that came, or -1 for a void one; and which of the file's logs it is. */
  readonly fileOf: Int32Array;
  readonly logOf: Int32Array;
  readonly files: readonly { readonly file: number; readonly reading: FileReading }[];
}

/** Reads files until there are no more, or the scan is cancelled. The scanner is used up. */
export async function scan(
  scanner: RecordScanner,
  files: ComingFiles,
  { shared, worker }: Pick<ScanTask, 'shared' | 'worker'>,
): Promise<ScanResult> {
  const state = new ScanShared(shared);
  const fileOf: number[] = [];
  const logOf: number[] = [];
  const readings: { file: number; reading: FileReading }[] = [];
  const memory = new FileMemory();
  const pause = pacer();
  let bytes = 0;
  for (;;) {
    const file = state.take();
    const next = await files.at(file);
    if (next === undefined || state.aborted) break;
    const firstReading = fileOf.length;
    const reading = await readIntoScanner(next, {
      scanner,
      ...{ signal: state, memory, pause },
      nextReading: (log) => {
        logOf.push(log);
        return fileOf.push(file) - 1;
      },
      voidReadings: () => fileOf.fill(-1, firstReading),
    });
    readings.push({ file, reading });
    bytes += next.size;
    state.count(worker, { files: readings.length, bytes, records: scanner.rowCount });
    await pause();
  }
  return { part: scanner.finish(), fileOf: Int32Array.from(fileOf), logOf: Int32Array.from(logOf), files: readings };
}

/**
 * A scanner for one {@link scan}, and the memory it works in, if it has one for itself: nobody needs it after the scan. `window`: how many bytes of
 * content it takes at a time, where not as usual.
 */
export function newScanner(
  { module, rules }: ScanSetup,
  window?: number,
): { readonly scanner: RecordScanner; readonly memory: LoopMemory | undefined } {
  const probe = new RuleProbe(rules);
  const exports = (module && instanceOf(module))?.exports as ScannerExports | undefined;
  if (exports === undefined) return { scanner: new PlainScanner(probe), memory: undefined };
  const seed = randomBytes(6).readUIntBE(0, 6);
  const scanner = new WasmScanner(exports, seed, probe, window, new GrowingSpace());
  return { scanner, memory: exports.memory as LoopMemory };
}

/** Undefined where there is no memory for it. */
function instanceOf(module: WebAssembly.Module): WebAssembly.Instance | undefined {
  try {
    return new WebAssembly.Instance(module);
  } catch {
    return undefined;
  }
}

/** The memory of a result that threads do not share, to be handed over instead of copied. */
export function buffersOf({ part, fileOf, logOf }: ScanResult): ArrayBuffer[] {
  const chunks = part.chunks.flatMap(({ reading, offset, length, time, codes, ids }) => [
    ...[reading, offset, length, time, ...codes],
    ...ids.flatMap(({ present, packed }) => [present, packed]),
  ]);
  const dictionaries = part.dictionaries.flatMap(({ spellings, offsets, bytes }) => [spellings, offsets, bytes]);
  const arrays = [...chunks, ...dictionaries, fileOf, logOf];
  const buffers = new Set<ArrayBufferLike>(arrays.map(({ buffer }) => buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}
