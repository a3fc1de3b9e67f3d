import { readSync } from 'node:fs';

/** Reads an open file from its beginning into `bytes`, until they are full or it ends; answers how many it gave. Throws when it cannot be read. */
export function readInto(file: number, bytes: Uint8Array): number {
  let filled = 0;
  for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
    read = readSync(file, bytes, filled, bytes.length - filled, filled);
  }
  return filled;
}
