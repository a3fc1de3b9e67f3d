import { availableParallelism } from 'node:os';
import type { Rule } from '../../core/rules/rule';
import { type Arrays, PLAIN_ARRAYS } from '../../core/table/arrays';
import type { TableData, TableFile } from '../../core/table/columns';
import { rowCountOf } from '../../core/table/intake/columns';
import type { MergePart } from '../../core/table/merge/flatRows';
import { fitsMemory } from '../../core/table/merge/mergeModule';
import { type MergedTable, mergeParts, mergingHere } from '../../core/table/merge/mergeParts';
import { partOfTable } from '../../core/table/merge/partOfTable';
import { pacer } from '../pacer';
import type { FileReading } from './fileReading';
import { type DiskFile, type Listing, listFiles } from './listFiles';
import { mergeMemory } from './mergeMemory';
import { mergingIn } from './mergeWorkers';
import { readPreview } from './preview';
import type { ScanResult } from './scan';
import { ScanPool, type Scanned } from './scanPool';
import { isAborted } from './scanShared';
import { GrowingSpace } from './space';

/** The most workers that help: beyond it memory and the disk are what is short. */
const MOST_WORKERS = 8;
/** So many bytes, or fewer, are there before anybody has looked at the first events. */
const READ_AT_ONCE = 2 * 1024 * 1024;

/** All events of some sources as a table, and what became of each file. */
export interface LogIndex {
  readonly table: TableData;
  /** Records whose event the table has from another place: kept, for that place may vanish. */
  readonly duplicates: TableData;
  /** By path. Their logs with records are the table's files, in this order. */
  readonly readings: readonly FileReading[];
  /** Sources and folders that could not be looked at. */
  readonly problems: Listing['problems'];
}

/** How far the work is. `bytes` are those on disk. */
export interface IndexProgress {
  readonly phase: 'listing' | 'reading' | 'merging';
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
}

export interface IndexOptions {
  /** Files and folders, absolute. */
  readonly sources: readonly string[];
  /** Those whose conditions are asked while records are read. */
  readonly rules: readonly Rule[];
  /** The compiled scanner; undefined where WebAssembly is not to be had. */
  readonly module: WebAssembly.Module | undefined;
  /** The compiled loops of merging; undefined where WebAssembly is not to be had. */
  readonly merger: WebAssembly.Module | undefined;
  /** The script of a reading worker; undefined: this thread reads. */
  readonly script: string | undefined;
  /** How many workers read; by default what the machine has. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  /**
   * Given the first events, when nothing is known yet and reading takes a while: an index like the whole one, of the files whose events it has.
   * `unwanted`: aborted as soon as the whole one is there, or never will be.
   */
  readonly onPreview?: ((preview: LogIndex, unwanted: AbortSignal) => Promise<void>) | undefined;
}

export interface UpdatedIndex {
  readonly index: LogIndex;
  /** How many files were read. */
  readonly filesRead: number;
  /** False when nothing was new, changed or gone: the index is the one that was there before. */
  readonly isChanged: boolean;
}

/**
 * Reads the sources, or of an index of the same sources and rules only what is new or has changed; what vanished is let go of. Undefined when
 * aborted. The table of an index that is brought up to date may go on to be asked.
 */
export async function updateIndex(
  known: LogIndex | undefined,
  options: IndexOptions,
): Promise<UpdatedIndex | undefined> {
  const { sources, signal, onProgress } = options;
  onProgress?.({ phase: 'listing', files: 0, totalFiles: 0, bytes: 0, totalBytes: 0, records: 0 });
  const byPath = new Map(known?.readings.map((reading) => [reading.path, reading]));
  const totals = { totalFiles: 0, totalBytes: 0 };
  const { rules, module } = options;
  const pool = new ScanPool(
    { rules, module },
    {
      workers: options.workers ?? Math.min(MOST_WORKERS, Math.max(2, availableParallelism())),
      ...{ script: options.script, signal },
      onProgress: onProgress && ((counts) => onProgress({ phase: 'reading', ...counts, ...totals })),
    },
  );
  try {
    // A file of one source may be named by another.
    const begin = sources.length === 1;
    const listing = await listFiles(sources, signal, (file) => {
      if (!isUnchanged(byPath.get(file.path), file)) pool.expect(file, begin);
    });
    if (isAborted(signal)) return undefined;
    const kept = keptReadings(byPath, listing.files);
    const toRead = listing.files.filter(({ path }) => !kept.has(path)).sort((a, b) => b.size - a.size);
    if (known !== undefined && toRead.length === 0 && kept.size === known.readings.length) {
      return { index: { ...known, problems: listing.problems }, filesRead: 0, isChanged: false };
    }
    Object.assign(totals, totalsOf(toRead));
    const read = (): Promise<LogIndex | undefined> =>
      pool.scan(toRead, async (scanned) => {
        const records = rowCountOf(scanned.results);
        onProgress?.({ phase: 'merging', files: totals.totalFiles, bytes: totals.totalBytes, records, ...totals });
        return merge(known, kept, scanned, { problems: listing.problems, merger: options.merger });
      });
    const takesLong = known === undefined && totals.totalBytes > READ_AT_ONCE;
    const index = takesLong ? await readWithPreview(read, pool, listing, options) : await read();
    if (index === undefined || isAborted(signal)) return undefined;
    return { index, filesRead: toRead.length, isChanged: true };
  } finally {
    pool.end();
  }
}

/** Reads all, and hands out the first events: meanwhile, where workers read and this thread has nothing to do, else before. */
async function readWithPreview(
  read: () => Promise<LogIndex | undefined>,
  { hasWorkers }: ScanPool,
  listing: Listing,
  options: IndexOptions,
): Promise<LogIndex | undefined> {
  const late = new AbortController();
  const unwanted = AbortSignal.any([late.signal, ...(options.signal ? [options.signal] : [])]);
  if (!hasWorkers) {
    await preview(listing, options, unwanted);
    return read();
  }
  const reading = read().finally(() => late.abort());
  const [index] = await Promise.all([reading, preview(listing, options, unwanted)]);
  return index;
}

/**
 * Hands out the first events in the order of paths, which is mostly that of time, unless they are unwanted by then. Never rejects: whatever went wrong
 * with them is met again, and told, when all is read.
 */
async function preview(listing: Listing, options: IndexOptions, unwanted: AbortSignal): Promise<void> {
  try {
    await givePreview(listing, options, unwanted);
  } catch {
    // Nobody has to see the first events.
  }
}

async function givePreview(
  { files, problems }: Listing,
  { rules, module, merger, onPreview }: IndexOptions,
  unwanted: AbortSignal,
): Promise<void> {
  if (onPreview === undefined) return;
  const result = await readPreview(files, { rules, module }, unwanted);
  if (result === undefined) return;
  const index = await merge(undefined, new Map(), { results: [result], workers: [] }, { problems, merger });
  if (!unwanted.aborted) await onPreview(index, unwanted);
}

/** What is known of files that are still as they were, by path. */
function keptReadings(known: ReadonlyMap<string, FileReading>, files: readonly DiskFile[]): Map<string, FileReading> {
  const kept = new Map<string, FileReading>();
  for (const file of files) {
    const reading = known.get(file.path);
    if (reading !== undefined && isUnchanged(reading, file)) kept.set(file.path, reading);
  }
  return kept;
}

function isUnchanged(reading: FileReading | undefined, { size, modified, named }: DiskFile): boolean {
  return reading?.size === size && reading.modified === modified && reading.named === named;
}

function totalsOf(files: readonly DiskFile[]): { totalFiles: number; totalBytes: number } {
  return { totalFiles: files.length, totalBytes: files.reduce((sum, { size }) => sum + size, 0) };
}

async function merge(
  known: LogIndex | undefined,
  kept: ReadonlyMap<string, FileReading>,
  { results, workers }: Scanned,
  { problems, merger }: Pick<LogIndex, 'problems'> & Pick<IndexOptions, 'merger'>,
): Promise<LogIndex> {
  const newReadings = results.flatMap(({ files }) => files.map(({ reading }) => reading));
  const readings = [...kept.values(), ...newReadings].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = tableFiles(readings);
  const places = new Map(files.map(({ path }, place) => [path, place]));
  const newParts = results.map((result): MergePart => ({ part: result.part, fileOf: placesOf(result, places) }));
  const arrays = workers.length > 0 ? new GrowingSpace() : PLAIN_ARRAYS;
  const parts = [...oldParts(known, kept, places, arrays), ...newParts];
  const loops = fitsMemory(parts) ? merger : undefined;
  const merging = workers.length > 0 ? mergingIn(workers, parts, loops) : undefined;
  const merged = await mergeParts(files, merging ?? mergingHere(parts, mergeMemory(loops), pacer()));
  return { ...merged, readings, problems };
}

/** The files of a table: the logs with records, in the order of the readings. */
export function tableFiles(readings: readonly FileReading[]): TableFile[] {
  return readings.flatMap(({ logs }) => logs.filter(({ records }) => records > 0).map(asTableFile));
}

function asTableFile({ path, size, modified, unpacked, compression }: TableFile): TableFile {
  return { path, size, modified, unpacked, compression };
}

/** For each reading of a worker the place of its log among the table's files. */
function placesOf({ fileOf, logOf, files }: ScanResult, places: ReadonlyMap<string, number>): Int32Array {
  const logs = new Map(files.map(({ file, reading }) => [file, reading.logs]));
  return fileOf.map((file, reading) => {
    const path = file < 0 ? undefined : logs.get(file)?.[logOf[reading]!]?.path;
    return (path === undefined ? undefined : places.get(path)) ?? -1;
  });
}

function oldParts(
  known: LogIndex | undefined,
  kept: ReadonlyMap<string, FileReading>,
  places: ReadonlyMap<string, number>,
  arrays: Arrays,
): MergePart[] {
  if (known === undefined) return [];
  const stays = new Set([...kept.values()].flatMap(({ logs }) => logs.map(({ path }) => path)));
  const fileOf = (table: MergedTable['table']): Int32Array =>
    Int32Array.from(table.files, ({ path }) => (stays.has(path) ? (places.get(path) ?? -1) : -1));
  return [known.table, known.duplicates].map((table) => ({ part: partOfTable(table, arrays), fileOf: fileOf(table) }));
}
