import { createReadStream } from 'node:fs';
import { message } from '../core/message';
import { type Problem, problem } from '../core/problem';

const READ_CHUNK = 256 * 1024;

/** The bytes of a file; a file that cannot be opened or read is reported and gives what could be read. */
export async function* readFileChunks(path: string, report: (problem: Problem) => void): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_CHUNK })) yield chunk as Uint8Array;
  } catch (error) {
    report(problem('unreadable', 'error', null, unreadableReason(error)));
  }
}

/** Why a file could not be opened or read. */
export function unreadableReason(error: unknown): ReturnType<typeof message> {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return message('There is no such file.');
    case 'EACCES':
    case 'EPERM':
      return message('You have no permission to read this file.');
    default:
      return message('The file could not be read: {0}', error instanceof Error ? error.message : String(error));
  }
}
