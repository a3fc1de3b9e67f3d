#!/usr/bin/env node
// How fast a folder of logs is indexed, beside others on the same files, in memory, in the same run: medians, and ratios to the index.
//   node bench/index.mjs [EVENTS=1000000] [--logs=FOLDER] [--runs=5] [--workers=2] [--growth]
// FOLDER: logs of bench/generate.mjs with its truth beside it; without it they are made, and removed afterwards. DuckDB: `npm install --prefix
// bench/peers`; libdeflate-gunzip and jq where they are installed.
import { build } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MERGER, SCANNER, buildModules } from '../scripts/lib/wasm.mjs';
import { openDuckDB } from './duckdb.mjs';
import { countByName, load } from './duckdbLogs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const option = (name, otherwise) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const EVENTS = Number(process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? 1e6);
const RUNS = Number(option('runs', 5));
const WORKERS = Number(option('workers', 2));
const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-index-'));
const bundles = join(folder, 'bundles');

/** The index as a module and the worker's script, from the sources. */
async function bundle() {
  await buildModules();
  await build({
    absWorkingDir: root,
    entryPoints: { openIndex: 'src/node/index/openIndex.ts', scanWorker: 'src/worker/scanWorker.ts' },
    ...{ bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], outdir: bundles },
  });
  copyFileSync(SCANNER, join(bundles, 'scanner.wasm'));
  copyFileSync(MERGER, join(bundles, 'merger.wasm'));
  copyFileSync(join(root, 'src/core/rules/data/catalogue.json'), join(bundles, 'catalogue.json'));
}

function generate(events) {
  const logs = join(folder, `logs-${events}`);
  spawnSync(process.execPath, [join(root, 'bench/generate.mjs'), logs, String(events), '1']);
  return logs;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function index(logs) {
  const cache = join(folder, 'cache');
  const args = ['--expose-gc', join(root, 'bench/indexOnce.mjs'), bundles, logs, cache, String(WORKERS)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(cache, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Fails unless the table counts what the generator says it wrote. */
function check({ rows, counts }, logs) {
  const truth = JSON.parse(readFileSync(`${logs}.truth.json`, 'utf8'));
  const expected = {
    ...{ eventName: truth.byEventName, eventSource: truth.bySource, identityType: truth.byType },
    ...{ errorCode: truth.byError, awsRegion: truth.byRegion },
  };
  if (rows !== truth.n) throw new Error(`${rows} events instead of ${truth.n}`);
  for (const [field, texts] of Object.entries(expected)) {
    for (const [text, count] of Object.entries(texts)) {
      const found = counts[field][JSON.stringify(text)];
      if (found !== count) throw new Error(`${field} ${text}: ${found} instead of ${count}`);
    }
    const all = Object.entries(counts[field]).filter(([token]) => token !== '');
    if (all.length !== Object.keys(texts).length) throw new Error(`${field}: other values than there are`);
  }
}

const filesOf = (logs) =>
  readdirSync(logs, { recursive: true })
    .filter((name) => name.endsWith('.gz'))
    .map((name) => join(logs, name));

/** The same files unpacked by two processes, what comes out thrown away. */
async function unpackTwice(tool, logs) {
  const files = filesOf(logs);
  const halves = [files.filter((_, i) => i % 2 === 0), files.filter((_, i) => i % 2 === 1)];
  const start = performance.now();
  await Promise.all(
    halves.map((half, i) => {
      const list = join(folder, `half-${i}`);
      writeFileSync(list, half.join('\n'));
      const run = spawn('sh', ['-c', `xargs -a '${list}' ${tool} -c > /dev/null`], { stdio: 'ignore' });
      return new Promise((resolve) => run.on('exit', resolve));
    }),
  );
  return performance.now() - start;
}

/** The names counted from a part of the files, as time for all of them. */
function jq(logs) {
  const files = filesOf(logs);
  const some = files.filter((_, i) => i % 20 === 0);
  const list = join(folder, 'some');
  writeFileSync(list, some.join('\n'));
  const start = performance.now();
  spawnSync('sh', ['-c', `xargs -a '${list}' zcat | jq -r '.Records[].eventName' | sort | uniq -c > /dev/null`]);
  return ((performance.now() - start) * files.length) / some.length;
}

const has = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

async function compare(logs) {
  // Whoever reads the files first would pay for the disk.
  for (const file of filesOf(logs)) readFileSync(file);
  const duckdb = await openDuckDB(WORKERS);
  const times = {};
  const note = (name, ms) => (times[name] ??= []).push(ms);
  const indexes = [];
  for (let run = 0; run < RUNS; run++) {
    const made = index(logs);
    check(made, logs);
    indexes.push(made);
    note('index', made.cold);
    if (duckdb !== undefined) {
      note('DuckDB, 30 fields loaded', await load(duckdb, logs));
      note('DuckDB, counted by eventName from gz', await countByName(duckdb, logs));
    }
    if (has('libdeflate-gunzip'))
      note('libdeflate-gunzip, two processes', await unpackTwice('libdeflate-gunzip', logs));
  }
  if (has('jq')) note('jq, one process (a twentieth, scaled)', jq(logs));
  const own = median(times['index']);
  console.table(
    Object.entries(times).map(([name, values]) => ({
      what: name,
      'median ms': Math.round(median(values)),
      'times the index': Number((median(values) / own).toFixed(2)),
    })),
  );
  const of = (pick) => median(indexes.map(pick));
  console.log(
    [
      `reading ${of((each) => each.reading).toFixed(0)} ms, merging ${of((each) => each.cold - each.reading).toFixed(0)} ms,`,
      `saving ${of((each) => each.saving).toFixed(0)} ms, opening what was saved ${of((each) => each.reopen).toFixed(0)} ms;`,
      `peak ${mb(of((each) => each.peak))}, of it Node.js ${mb(of((each) => each.before))};`,
      `resident ${mb(of((each) => each.resident))}, arrays ${mb(of((each) => each.arrays))}`,
    ].join(' '),
  );
}

const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

/** The same for ever more events. */
function growth() {
  const rows = [1e4, 1e5, 1e6, 2e6].map((events) => {
    const logs = generate(events);
    const runs = Array.from({ length: 3 }, () => index(logs));
    rmSync(logs, { recursive: true, force: true });
    const of = (pick) => median(runs.map(pick));
    return {
      events,
      'cold ms': Math.round(of((each) => each.cold)),
      'µs an event': Number(((of((each) => each.cold) * 1000) / events).toFixed(2)),
      'opened again, ms': Math.round(of((each) => each.reopen)),
      'peak MB': Math.round(of((each) => each.peak) / 1e6),
      'resident MB': Math.round(of((each) => each.resident) / 1e6),
    };
  });
  console.table(rows);
}

try {
  await bundle();
  if (process.argv.includes('--growth')) growth();
  else await compare(option('logs', undefined) ?? generate(EVENTS));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
