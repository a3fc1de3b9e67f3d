#!/usr/bin/env node
// How fast a minified log of 20 MB is laid out without a loss, beside parsing it and writing it with indents: medians in one process.
//   node bench/layout.mjs [RUNS=9]
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedRecords } from './records.mjs';

const RUNS = Number(process.argv[2] ?? 9);
const BYTES = 20e6;
/** As files are read. */
const CHUNK = 256 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-layout-'));
const outfile = join(folder, 'layout.cjs');
await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  ...{ entryPoints: ['src/core/json/layout.ts'], outfile, bundle: true, platform: 'node', format: 'cjs' },
});
const { Layout } = createRequire(import.meta.url)(outfile);
rmSync(folder, { recursive: true, force: true });

const records = generatedRecords(20_000);
const chosen = [];
for (let bytes = 0, i = 0; bytes < BYTES; i++) {
  chosen.push(records[i % records.length]);
  bytes += chosen.at(-1).length + 1;
}
const log = Buffer.from(`{"Records":[${chosen.join(',')}]}`);

function layOut() {
  const layout = new Layout();
  const pieces = [];
  for (let at = 0; at < log.length; at += CHUNK) pieces.push(layout.push(log.subarray(at, at + CHUNK)));
  return Buffer.concat(pieces);
}
const parseAndWrite = () => Buffer.from(JSON.stringify(JSON.parse(log.toString('utf8')), null, 2));

const laidOut = layOut();
if (!laidOut.equals(parseAndWrite())) throw new Error('The layout differs from that of JSON.stringify.');

const times = { layOut: [], parseAndWrite: [] };
for (let run = 0; run < RUNS; run++) {
  for (const work of [layOut, parseAndWrite]) {
    const start = performance.now();
    work();
    times[work.name].push(performance.now() - start);
  }
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const [own, other] = [median(times.layOut), median(times.parseAndWrite)];
console.table([
  { what: 'layout', 'median ms': Math.round(own), 'MB/s': Math.round(log.length / own / 1000) },
  { what: 'parse and stringify', 'median ms': Math.round(other), 'times the layout': Number((other / own).toFixed(2)) },
]);
