import { promisify } from 'node:util';
import { type Entry, type ZipFile, open as openZip } from 'yauzl';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';

/** One file inside a zip archive. */
export interface ZipMember {
  readonly name: string;
  chunks(report: (problem: Problem) => void): AsyncIterable<Uint8Array>;
}

const openArchive = promisify((path: string, done: (error: Error | null, zip: ZipFile) => void) =>
  openZip(path, { lazyEntries: true, autoClose: false }, done),
);

/** The files inside the zip archive at `path`, one after another. An archive whose directory cannot be read is reported. */
export async function* zipMembers(path: string, report: (problem: Problem) => void): AsyncGenerator<ZipMember> {
  let zip: ZipFile;
  try {
    zip = await openArchive(path);
  } catch (error) {
    report(damaged(error));
    return;
  }
  try {
    for (let entry = await nextEntry(zip); entry !== undefined; entry = await nextEntry(zip)) {
      if (!entry.fileName.endsWith('/')) yield member(zip, entry);
    }
  } catch (error) {
    report(damaged(error));
  } finally {
    zip.close();
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    zip.once('entry', resolve);
    zip.once('end', () => resolve(undefined));
    zip.once('error', reject);
    zip.readEntry();
  }).finally(() => zip.removeAllListeners()) as Promise<Entry | undefined>;
}

function member(zip: ZipFile, entry: Entry): ZipMember {
  return {
    name: entry.fileName,
    async *chunks(report) {
      let unpacked = 0;
      try {
        const open = promisify((done: (error: Error | null, stream: AsyncIterable<Uint8Array>) => void) =>
          zip.openReadStream(entry, done as Parameters<ZipFile['openReadStream']>[1]),
        );
        for await (const chunk of await open()) {
          unpacked += chunk.length;
          yield chunk;
        }
      } catch (error) {
        report(problem('zip-corrupt', 'error', unpacked, message('A file in the archive could not be read beyond byte {0}: {1}', unpacked, reason(error))));
      }
    },
  };
}

function damaged(error: unknown): Problem {
  return problem('zip-corrupt', 'error', null, message('The zip archive could not be opened: {0}', reason(error)));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
