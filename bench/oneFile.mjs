#!/usr/bin/env node
// How soon one large log is there: 41 MB of JSON packed in some 5 MB, in ms from the question to the answers of the first screen, about the first events
// and about all. Workers are started anew each time, as in an editor that is opened. Medians.
//   node scripts/build.mjs && node bench/oneFile.mjs [RUNS=7]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { TableWorker } from './tableWorker.mjs';

const RUNS = Number(process.argv[2] ?? 7);
const UNPACKED = 41e6;
const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-one-'));
const parts = join(folder, 'parts');
const generator = join(fileURLToPath(new URL('.', import.meta.url)), 'generate.mjs');
spawnSync(process.execPath, [generator, parts, '35000', '1']);

const records = [];
let length = 0;
for (const name of readdirSync(parts, { recursive: true }).filter((each) => each.endsWith('.gz'))) {
  const text = gunzipSync(readFileSync(join(parts, name))).toString();
  const inside = text.slice(text.indexOf('[') + 1, text.lastIndexOf(']'));
  if (length < UNPACKED) records.push(inside);
  length += inside.length;
}
const logs = join(folder, 'logs');
mkdirSync(logs);
const file = join(logs, 'one.json.gz');
writeFileSync(file, gzipSync(`{"Records":[${records.join(',')}]}`));

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const times = { 'first screen, of the first events': [], 'whole index': [], 'and its first screen': [] };
const query = { pattern: '' };
const fields = ['eventTime', 'severity', 'eventName', 'eventSource', 'principal', 'sourceIPAddress'];
const facets = ['eventName', 'eventSource', 'identityType', 'principal', 'sourceIPAddress', 'awsRegion', 'errorCode'];

/** What the editor asks for first; answers when it has all of it. */
async function screen(table, { version }) {
  await Promise.all([
    table.ask('filter', { query }, { version }),
    table.ask('page', { query, from: 0, count: 200, fields, partial: true }, { version }),
    table.ask('histogram', { query, by: 'severity', bars: 120 }, { version }),
    table.ask('facets', { query, facets: facets.map((field) => ({ field, top: 6 })) }, { version }),
  ]);
  return performance.now();
}

let events = 0;
let firstEvents = 0;
for (let run = 0; run < RUNS; run++) {
  const table = new TableWorker();
  await table.ask('close', null);
  const start = performance.now();
  let previewed;
  const onProgress = ({ phase, info }) => {
    if (phase !== 'preview') return;
    firstEvents = info.rowCount;
    previewed = screen(table, info);
  };
  const info = await table.ask('open', { sources: [logs], cacheFolder: null, workers: 2 }, { onProgress });
  events = info.rowCount;
  times['whole index'].push(performance.now() - start);
  times['and its first screen'].push((await screen(table, info)) - start);
  times['first screen, of the first events'].push((await previewed) - start);
  await table.end();
}
console.log(
  `${(statSync(file).size / 1e6).toFixed(1)} MB packed, ${(UNPACKED / 1e6).toFixed(0)} MB of JSON, ${events} events, the first ${firstEvents} of them at once`,
);
console.table(Object.entries(times).map(([what, values]) => ({ what, 'median ms': Math.round(median(values)) })));
rmSync(folder, { recursive: true, force: true });
