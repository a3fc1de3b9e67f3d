import { message } from '../../core/message';
import { type Problem, problem } from '../../core/problem';
import type { Pause } from '../../core/slices';
import { rowsOf } from '../../core/table/intake/readContent';
import type { RecordScanner } from '../../core/table/intake/recordScanner';
import { isOtherFile } from '../otherFile';
import { readFileChunks } from '../readFileChunks';
import { type LogSummary, readLog } from '../readLog';
import { unpack } from '../unpack';
import type { FileReading, ReadLogFile } from './fileReading';
import type { DiskFile } from './listFiles';
import { type FileMemory, gunzipPieces, gunzipWhole, memberOf, readWholeFile } from './wholeFile';

/**
 * Distinct values of one worker, and ids that are no UUIDs, may take so many bytes: real logs have some ten MB for a million events. Those of eight
 * workers together have to be counted in 32 bits.
 */
const MOST_HELD = 480 * 1024 * 1024;

/** Content is handed over in pieces of so many bytes, some milliseconds of work, so that others have their turn. */
const PIECE = 1024 * 1024;
/** More content than this is unpacked piece by piece. */
const LARGE = 4 * PIECE;

/** Where rows go, and what their readings are called. */
export interface Intake {
  readonly scanner: RecordScanner;
  /** A new number for a reading of log `log` of the file under way. */
  readonly nextReading: (log: number) => number;
  /** Makes all readings of the file under way void. */
  readonly voidReadings: () => void;
  readonly signal: { readonly aborted: boolean };
  readonly memory: FileMemory;
  /** Awaited after each piece of work. */
  readonly pause: Pause;
}

/** Reads a file of any kind into a scanner: the fast way when it is plain, else by the general reader. */
export async function readIntoScanner(file: DiskFile, intake: Intake): Promise<FileReading> {
  const log = (await readWhole(file, intake)) ?? (await readStream(file, intake));
  if (log !== undefined) return { ...file, logs: [log], isOther: false };
  return isFull(intake.scanner) ? notRead(file, intake) : readGenerally(file, intake);
}

async function readWhole(file: DiskFile, intake: Intake): Promise<ReadLogFile | undefined> {
  const { scanner, memory, nextReading, voidReadings } = intake;
  const whole = isFull(scanner) ? undefined : readWholeFile(file.path, file.size, memory);
  if (whole === undefined) return undefined;
  const before = scanner.rowCount;
  scanner.begin(nextReading(0));
  const isPlain = whole.compression === 'none';
  const unpacked = await (isPlain ? pushPieces(intake, whole.content) : unpackInto(intake, whole.packed));
  if (unpacked === undefined || !scanner.end()) {
    voidReadings();
    return undefined;
  }
  return plainLog(file, whole.compression, unpacked, scanner.rowCount - before);
}

/** How many bytes of plain content the scanner took; undefined when it did not take them all. */
async function pushPieces({ scanner, signal, pause }: Intake, content: Uint8Array): Promise<number | undefined> {
  for (let at = 0; at < content.length; at += PIECE) {
    if (signal.aborted || !scanner.push(content.subarray(at, at + PIECE))) return undefined;
    await pause();
  }
  return content.length;
}

/** The same for gzip: the scanner inflates what it can itself; of what is large, another thread unpacks a piece while it reads the one before. */
async function unpackInto(intake: Intake, packed: Buffer): Promise<number | undefined> {
  const { scanner, signal, pause } = intake;
  const member = memberOf(packed);
  if (member !== undefined && scanner.inflate(member.stream, member.isSound)) return member.stream.length;
  const content = member !== undefined && member.stream.length > LARGE ? undefined : gunzipWhole(packed);
  if (content !== undefined) return pushPieces(intake, content);
  return gunzipPieces(packed, async (piece) => {
    const isTaken = !signal.aborted && scanner.push(piece);
    await pause();
    return isTaken;
  });
}

/** Reads a large file, or an oddly packed one, chunk by chunk, as long as it is plain and nothing is wrong with it. */
async function readStream(file: DiskFile, intake: Intake): Promise<ReadLogFile | undefined> {
  const { scanner, nextReading, voidReadings, signal } = intake;
  const before = scanner.rowCount;
  const problems: Problem[] = [];
  const report = (each: Problem): void => void problems.push(each);
  const { compression, chunks, isZip } = await unpack(readFileChunks(file.path, report), report);
  if (isZip) return undefined;
  let unpacked = 0;
  let isPlain = true;
  scanner.begin(nextReading(0));
  for await (const chunk of chunks) {
    unpacked += chunk.length;
    isPlain = problems.length === 0 && !signal.aborted && !isFull(scanner) && scanner.push(chunk);
    if (!isPlain) break;
  }
  if (isPlain && problems.length === 0 && scanner.end())
    return plainLog(file, compression, unpacked, scanner.rowCount - before);
  voidReadings();
  return undefined;
}

function isFull({ heldBytes }: RecordScanner): boolean {
  return heldBytes > MOST_HELD;
}

function plainLog(file: DiskFile, compression: string, unpacked: number, records: number): ReadLogFile {
  const { path, size, modified } = file;
  return { path, size, modified, unpacked, compression, records, problems: [] };
}

function notRead(file: DiskFile, { voidReadings }: Intake): FileReading {
  voidReadings();
  const { path, size, modified } = file;
  const text = message(
    'The files before this one have so many distinct values that there is no room for more of them.',
  );
  const problems = [problem('too-many-values', 'error', null, text)];
  const log = { path, size, modified, unpacked: 0, compression: 'none', records: 0, problems };
  return { ...file, logs: [log], isOther: false };
}

async function readGenerally(file: DiskFile, intake: Intake): Promise<FileReading> {
  const { scanner, nextReading, signal } = intake;
  const rows = new Map<string, ReturnType<typeof rowsOf>>();
  const ended = {
    get aborted() {
      return signal.aborted || isFull(scanner);
    },
  };
  const summaries = await readLog(file.path, {
    onRecord: (record, path) => {
      let add = rows.get(path);
      if (add === undefined) rows.set(path, (add = rowsOf(scanner, nextReading(rows.size))));
      add(record);
    },
    signal: ended,
  });
  if (isFull(scanner)) return notRead(file, intake);
  const isOther = !file.named && summaries.every((summary) => isOtherFile(summary));
  return { ...file, logs: logsOf(file, summaries, [...rows.keys()]), isOther };
}

/** Logs in the order in which their records came, as their rows count them; those without any are behind. */
function logsOf(
  { size, modified }: DiskFile,
  summaries: readonly LogSummary[],
  order: readonly string[],
): ReadLogFile[] {
  const logs = new Map<string, ReadLogFile>();
  for (const { path, unpacked, compression, records, problems } of summaries) {
    // Archives may hold two files of one name.
    const known = logs.get(path);
    logs.set(path, {
      ...{ path, size, modified, compression },
      unpacked: (known?.unpacked ?? 0) + unpacked,
      records: (known?.records ?? 0) + records,
      problems: [...(known?.problems ?? []), ...problems],
    });
  }
  const isFirst = new Set(order);
  return [...order.map((path) => logs.get(path)!), ...[...logs.values()].filter(({ path }) => !isFirst.has(path))];
}
