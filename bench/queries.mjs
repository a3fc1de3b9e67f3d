#!/usr/bin/env node
// How fast questions to a table are answered, beside DuckDB over the same events in memory: medians, message to the worker and back included.
//   node scripts/build.mjs && node bench/queries.mjs [EVENTS=1000000] [--logs=FOLDER] [--runs=9]
// FOLDER: logs of bench/generate.mjs; without it they are made, and removed afterwards.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDuckDB } from './duckdb.mjs';
import { TableWorker } from './tableWorker.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const option = (name, otherwise) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const EVENTS = Number(process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? 1e6);
const RUNS = Number(option('runs', 9));
const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-queries-'));
const logs = option('logs', join(folder, 'logs'));
if (logs === join(folder, 'logs')) spawnSync(process.execPath, [join(here, 'generate.mjs'), logs, String(EVENTS), '1']);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
async function timed(runs, work) {
  const times = [];
  let result;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    result = await work(run);
    times.push(performance.now() - start);
  }
  return { ms: median(times), result };
}

/** A time range that holds everything and is never the same: what was worked out before must not answer. */
let salt = 0;
const fresh = (pattern) => ({ pattern, from: 0, to: 4e12 + ++salt });

const FILTERS = [
  ['one event', '{ $.eventName = "AssumeRole" }', `eventName = 'AssumeRole'`],
  ['any error', '{ $.errorCode = "*" }', `errorCode IS NOT NULL`],
  [
    'two fields',
    '{ ($.eventSource = "s3.amazonaws.com") && ($.errorCode = "AccessDenied") }',
    `eventSource = 's3.amazonaws.com' AND errorCode = 'AccessDenied'`,
  ],
  ['part of an ARN', '{ $.userIdentity.arn = "*alice*" }', `arn LIKE '%alice%'`],
  [
    'either of two',
    '{ ($.userIdentity.type = "Root") || ($.sourceIPAddress = "203.0.113.*") }',
    `identityType = 'Root' OR sourceIPAddress LIKE '203.0.113.%'`,
  ],
  ['writes', '{ $.readOnly IS FALSE }', `readOnly = false`],
];
const FACETS = [
  'eventName',
  'eventSource',
  'identityType',
  'arn',
  'sourceIPAddress',
  'awsRegion',
  'errorCode',
  'userAgent',
];
const RAW = [
  ['no column, selective', '{ ($.eventName = "RunInstances") && ($.requestParameters.instanceType = "p3.*") }'],
  ['no column, every record', '{ $.requestParameters.policyArn = "*AdministratorAccess" }'],
];

/** The same events in memory, as DuckDB holds them: the columns that the questions are about. */
async function loadDuckDB() {
  const duck = await openDuckDB(2);
  if (duck === undefined) return undefined;
  const identity = 'STRUCT("type" VARCHAR, arn VARCHAR)';
  const fields = ['eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode'];
  const record = `STRUCT(${fields.map((field) => `${field} VARCHAR`).join(', ')}, readOnly BOOLEAN, userIdentity ${identity})`;
  await duck.run(`CREATE TABLE events AS
    SELECT r.eventTime::TIMESTAMP AS time, r.userIdentity."type" AS identityType, r.userIdentity.arn AS arn, r.readOnly AS readOnly,
           ${fields
             .slice(1)
             .map((field) => `r.${field} AS ${field}`)
             .join(', ')}
    FROM (SELECT unnest(Records) AS r FROM read_json('${logs}/**/*.gz', columns = {Records: '${record}[]'}, maximum_object_size = 268435456))`);
  return duck;
}

const rows = [];
const report = (what, ours, theirs) =>
  rows.push({
    what,
    ms: ours.toFixed(1),
    DuckDB: theirs?.toFixed(1) ?? '',
    times: theirs ? (theirs / ours).toFixed(1) : '',
  });

const table = new TableWorker();
const cacheFolder = join(folder, 'cache');
const info = await table.ask('open', { sources: [logs], cacheFolder, workers: 2 });
await table.ask('save', null);
const duck = await loadDuckDB();
const count = async (where) => {
  const reader = await duck.runAndReadAll(`SELECT count(*) FROM events WHERE ${where}`);
  return Number(reader.getRows()[0][0]);
};

for (const [what, pattern, where] of FILTERS) {
  const ours = await timed(RUNS, () => table.ask('filter', { query: fresh(pattern) }));
  const theirs = duck && (await timed(RUNS, () => count(where)));
  if (theirs && theirs.result !== ours.result.count) throw new Error(`${what}: ${ours.result.count}, ${theirs.result}`);
  report(`filter: ${what} (${ours.result.count.toLocaleString('en')})`, ours.ms, theirs?.ms);
}
for (const [what, pattern, where] of [['all', '', 'true'], ...FILTERS]) {
  const facets = FACETS.map((field) => ({ field, top: 10 }));
  const ours = await timed(RUNS, () => {
    const query = fresh(pattern);
    return Promise.all([
      table.ask('facets', { query, facets }),
      table.ask('histogram', { query, bins: 120, by: 'readOnly' }),
    ]);
  });
  const theirs =
    duck &&
    (await timed(RUNS, async () => {
      for (const field of FACETS)
        await duck.runAndReadAll(
          `SELECT ${field}, count(*) n FROM events WHERE ${where} GROUP BY 1 ORDER BY n DESC LIMIT 10`,
        );
      await duck.runAndReadAll(
        `SELECT time_bucket(INTERVAL 2 HOUR, time) t, readOnly, count(*) FROM events WHERE ${where} GROUP BY ALL`,
      );
    }));
  report(`8 facets and histogram: ${what}`, ours.ms, theirs?.ms);
}
for (const [what, by] of [
  ['time', 'eventTime'],
  ['event', 'eventName'],
  ['id', 'eventID'],
]) {
  const sort = { by, descending: true };
  const page = { sort, from: 0, count: 200, fields: ['eventTime', 'eventName', 'principal'] };
  report(`page sorted by ${what}`, (await timed(RUNS, () => table.ask('page', { query: fresh(''), ...page }))).ms);
}
for (const [what, pattern] of RAW) {
  const { ms, result } = await timed(3, () => table.ask('filter', { query: fresh(pattern) }));
  report(`filter: ${what} (${result.count} of ${result.scanned.toLocaleString('en')})`, ms);
}
const waits = [];
for (let run = 0; run < 5; run++) {
  const answer = table.ask('filter', { query: fresh(RAW[1][1]) }).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const start = performance.now();
  table.cancel();
  await answer;
  waits.push(performance.now() - start);
}
report('cancelling a search of every record', median(waits));
await table.end();
console.table(rows);

const again = spawnSync(process.execPath, ['--expose-gc', join(here, 'resident.mjs'), logs, cacheFolder], {
  encoding: 'utf8',
});
console.log(
  `${info.rowCount.toLocaleString('en')} events; arrays ${(info.residentBytes / 1e6).toFixed(0)} MB; ${again.stdout.trim()}`,
);
rmSync(folder, { recursive: true, force: true });
