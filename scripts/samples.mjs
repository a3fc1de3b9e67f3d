#!/usr/bin/env node
// Writes the sample logs: a made-up attack on two AWS accounts (samples/README.md tells the story).
//   npm run samples [-- FOLDER]   FOLDER: samples/ when left out
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GENERATED, generate } from './samples/generate.mjs';

const folder = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'samples'));
const files = generate();
let written = 0;
for (const [path, text] of files) written += write(join(folder, path), Buffer.from(text));
const removed = removeOthers();
console.log(`${files.size} files in ${folder}: ${written} written, ${removed} removed.`);

/**
 * A file whose unpacked content is right already stays as it is: zlib differs between versions of Node, and packed bytes that change for
 * no reason would be a change in git.
 */
function write(path, bytes) {
  const packed = path.endsWith('.gz');
  if (existsSync(path) && contentOf(path, packed)?.equals(bytes)) return 0;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, packed ? gzipSync(bytes, { level: 9 }) : bytes);
  return 1;
}

function contentOf(path, packed) {
  const bytes = readFileSync(path);
  try {
    return packed ? gunzipSync(bytes) : bytes;
  } catch {
    return undefined; // Damaged, perhaps on purpose.
  }
}

/** Files of an earlier run that the generator no longer makes. */
function removeOthers() {
  const others = GENERATED.map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
    .filter((path) => !files.has(relative(folder, path).split(sep).join('/')));
  for (const path of others) rmSync(path);
  return others.length;
}

function filesIn(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
