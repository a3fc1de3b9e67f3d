#!/usr/bin/env node
// Opens, asks and closes an investigation over and over: memory must not grow. Exits with 1 when it does.
//   node scripts/build.mjs && node bench/soak.mjs [CYCLES=50] [EVENTS=100000]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TableWorker } from './tableWorker.mjs';

const CYCLES = Number(process.argv[2] ?? 50);
const EVENTS = Number(process.argv[3] ?? 100_000);
/** Growth from the first fifth of the cycles to the last that is still noise: a share, and bytes. */
const NOISE = 0.1;
const NOISE_BYTES = 16e6;
const SETTLE_MS = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-soak-'));
const logs = join(folder, 'logs');
spawnSync(process.execPath, [
  join(fileURLToPath(new URL('.', import.meta.url)), 'generate.mjs'),
  logs,
  String(EVENTS),
  '1',
]);
const cacheFolder = join(folder, 'cache');

/** A worker for each cycle, as an editor has that is closed; every second one opens twice. */
async function cycle(number) {
  const table = new TableWorker();
  for (let opening = 0; opening <= number % 2; opening++) {
    await table.ask('open', { sources: [logs], cacheFolder: number % 5 === 0 ? null : cacheFolder, workers: 2 });
    await table.ask('save', null);
    const query = { pattern: '{ ($.errorCode = "*") && ($.requestParameters.bucketName = "*") }' };
    await table.ask('filter', { query });
    await table.ask('facets', {
      query,
      facets: [
        { field: 'principal', top: 20 },
        { field: 'eventName', top: 20 },
      ],
    });
    await table.ask('page', {
      query,
      sort: { by: 'eventName', descending: true },
      from: 0,
      count: 1000,
      fields: ['eventTime', 'eventName'],
    });
    await table.ask('refresh', null);
    await table.ask('close', null);
  }
  await table.end();
}

/** Bytes of memory once V8 has given back the pages of workers that ended, which takes it some seconds. */
async function settled() {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return process.memoryUsage.rss();
}

const mb = (bytes) => (bytes / 1e6).toFixed(0);
const fifth = Math.max(1, Math.floor(CYCLES / 5));
let early = 0;
for (let number = 0; number < CYCLES; number++) {
  await cycle(number);
  if (number % 5 === 4)
    console.log(
      `${number + 1}: ${mb(process.memoryUsage.rss())} MB, ${process.getActiveResourcesInfo().length} resources`,
    );
  if (number + 1 === fifth) early = await settled();
}
const late = await settled();
const grew = late - early > Math.max(NOISE_BYTES, early * NOISE);
console.log(`${mb(early)} MB early, ${mb(late)} MB late: ${grew ? 'grew' : 'no growth'}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = grew ? 1 : 0;
