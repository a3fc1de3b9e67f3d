import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isSoundTable } from '../../core/table/soundTable';
import type { TableData } from '../../core/table/columns';
import { pacer } from '../pacer';
import { aligned, flatten, unflatten } from './flatData';
import { type LogIndex, tableFiles } from './logIndex';

/**
 * An index on disk: `CTINDEX` and a zero, then four 32-bit numbers in the machine's order: 1, the version, the CRC-32 of all that follows the last of
 * them, the bytes of a JSON text; then that text and the arrays it speaks of, each at a multiple of 8.
 */
const MAGIC = Buffer.from('CTINDEX\0');
const VERSION = 3;
const HEADER = MAGIC.length + 4 * 4;

/** What has to be the same for a saved index to hold. */
export interface IndexIdentity {
  readonly sources: readonly string[];
  /** Tells the rules apart whose conditions were asked while records were read. */
  readonly rules: string;
}

/** A table's files are the logs of the readings. */
type SavedTable = Omit<TableData, 'files'>;

interface Saved {
  readonly identity: IndexIdentity;
  readonly readings: LogIndex['readings'];
  readonly problems: LogIndex['problems'];
  readonly tables: readonly [table: SavedTable, duplicates: SavedTable];
}

/** Writes an index to `path`; what was there before stays until all is written. Throws when it cannot be written. */
export async function saveIndex(path: string, identity: IndexIdentity, index: LogIndex): Promise<void> {
  const { readings, problems, table, duplicates } = index;
  const tables = [withoutFiles(table), withoutFiles(duplicates)] as const;
  const { json, arrays } = flatten({ identity, readings, problems, tables } satisfies Saved);
  const text = Buffer.from(json);
  const padded = Buffer.alloc(aligned(HEADER + text.length) - HEADER);
  text.copy(padded);
  // The check sum of no bytes begins anew.
  const pieces = [padded, ...arrays.map(bytesOf)].filter(({ length }) => length > 0);
  const pause = pacer();
  let sum = 0;
  for (const piece of pieces) {
    sum = crc32(piece, sum);
    await pause();
  }
  const numbers = Uint32Array.of(1, VERSION, sum, text.length);
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(unfinished, 'wx');
    try {
      await file.writev([MAGIC, bytesOf(numbers), ...pieces]);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** The array's bytes, filled up to where the next one begins. */
function bytesOf(array: Uint8Array | Uint16Array | Uint32Array | Float64Array): Buffer {
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  const rest = aligned(bytes.length) - bytes.length;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(rest)]);
}

/** Opens a saved index. Undefined when there is none, or one that is damaged, of another version, of other sources or rules. */
export async function openSavedIndex(path: string, identity: IndexIdentity): Promise<LogIndex | undefined> {
  try {
    const bytes = await readAligned(path);
    const saved = bytes && readSaved(bytes, identity);
    // What was used last is kept longest.
    if (saved !== undefined) await utimes(path, new Date(), new Date());
    return saved;
  } catch {
    return undefined;
  }
}

function readSaved(bytes: Buffer, identity: IndexIdentity): LogIndex | undefined {
  if (bytes.length < HEADER || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const [order, version, sum, length] = new Uint32Array(bytes.buffer, bytes.byteOffset + MAGIC.length, 4);
  if (order !== 1 || version !== VERSION || sum !== crc32(bytes.subarray(HEADER))) return undefined;
  const json = bytes.toString('utf8', HEADER, HEADER + length!);
  const saved = unflatten(json, bytes, aligned(HEADER + length!)) as Saved;
  if (JSON.stringify(saved.identity) !== JSON.stringify(identity)) return undefined;
  const { readings, problems } = saved;
  const files = tableFiles(readings);
  const [table, duplicates] = saved.tables.map((each): TableData => ({ ...each, files }));
  // A check sum is no proof of where a file comes from.
  const isSound = table !== undefined && duplicates !== undefined && isSoundTable(table) && isSoundTable(duplicates);
  return isSound ? { table, duplicates, readings, problems } : undefined;
}

function withoutFiles(table: TableData): SavedTable {
  return { ...table, files: undefined } as SavedTable;
}

/** The file in memory of its own, so that arrays of any kind can be views of it. */
async function readAligned(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) return undefined;
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
