#!/usr/bin/env node
// What an investigation that is opened from its saved index takes in memory, and how long opening takes.
//   node bench/resident.mjs FOLDER CACHE
import { TableWorker } from './tableWorker.mjs';

const [logs, cacheFolder] = process.argv.slice(2);
const table = new TableWorker();
await table.ask('close', null);
const before = process.memoryUsage.rss();
const start = performance.now();
const info = await table.ask('open', { sources: [logs], cacheFolder, workers: 2 });
const opened = performance.now() - start;
await table.ask('facets', { query: { pattern: '' }, facets: [{ field: 'principal', top: 10 }] });
await new Promise((resolve) => setTimeout(resolve, 2000));
const resident = process.memoryUsage.rss() - before;
const from = info.fromCache ? 'the saved index' : 'its files';
console.log(
  `opened from ${from} in ${opened.toFixed(0)} ms, rules and all; resident ${(resident / 1e6).toFixed(0)} MB`,
);
// The next run opens it.
if (!info.fromCache) await table.ask('save', null);
await table.end();
