#!/usr/bin/env node
// What a filter pattern costs: ns a record over COUNT records, and as a share of what JSON.parse and a predicate written by hand take for
// the same records in the same run. Medians over RUNS rounds in which all take turns.
//   indexed   the record's view stands already, as in a table or a log that is open: only the pattern is asked
//   from bytes  the view is made too, as when a file is read
//   node bench/patterns.mjs [COUNT=100000] [RUNS=5]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { generatedRecords } from './records.mjs';

const COUNT = Number(process.argv[2] ?? 100_000);
const RUNS = Number(process.argv[3] ?? 5);

/** Patterns, and the same question over a parsed record. */
const QUESTIONS = [
  {
    title: 'one indexed field',
    pattern: '{ $.eventName = "ConsoleLogin" }',
    predicate: (r) => r.eventName === 'ConsoleLogin',
  },
  {
    title: '16 event names',
    pattern: `{ ${'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy'
      .split(' ')
      .map((name) => `($.eventName = ${name})`)
      .join(' || ')} }`,
    predicate: (r) =>
      /^(Delete(Group|Role|User)Policy|Put(Group|Role|User)Policy|(Create|Delete)Policy(Version)?|(At|De)tach(Role|User|Group)Policy)$/.test(
        r.eventName,
      ),
  },
  {
    title: 'indexed, all kinds of tests',
    pattern:
      '{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.eventName != "Decrypt" || $.userIdentity.invokedBy NOT EXISTS) && $.readOnly IS TRUE }',
    predicate: (r) =>
      typeof r.errorCode === 'string' &&
      (r.errorCode.endsWith('UnauthorizedOperation') || r.errorCode.startsWith('AccessDenied')) &&
      (r.eventName !== 'Decrypt' || r.userIdentity?.invokedBy === undefined) &&
      r.readOnly === true,
  },
  {
    title: 'indexed, regular expression',
    pattern: '{ $.userAgent = %^aws-cli/[12]\\.% }',
    predicate: (r) => typeof r.userAgent === 'string' && /^aws-cli\/[12]\./.test(r.userAgent),
  },
  {
    title: 'unindexed field',
    pattern: '{ $.requestParameters.userName = "admin*" }',
    predicate: (r) =>
      typeof r.requestParameters?.userName === 'string' && r.requestParameters.userName.startsWith('admin'),
  },
  {
    title: 'unindexed, behind an indexed one',
    pattern: '{ $.eventSource = "s3.amazonaws.com" && $.requestParameters.bucketName = "*backup*" }',
    predicate: (r) =>
      r.eventSource === 's3.amazonaws.com' &&
      typeof r.requestParameters?.bucketName === 'string' &&
      r.requestParameters.bucketName.includes('backup'),
  },
  {
    title: 'wildcard selector',
    pattern: '{ $.resources[*].ARN = "*:key/*" }',
    predicate: (r) =>
      Array.isArray(r.resources) && r.resources.some(({ ARN }) => typeof ARN === 'string' && ARN.includes(':key/')),
  },
  {
    title: 'terms',
    pattern: 'AccessDenied -"aws-cli"',
    predicate: (r, text) => text.includes('AccessDenied') && !text.includes('aws-cli'),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-bench-'));
const bundle = join(folder, 'patterns.mjs');
await build({
  stdin: {
    contents: `export { compilePattern } from './src/core/patterns/match';
      export { parsePattern } from './src/core/patterns/parse';
      export { RecordView } from './src/core/events/recordView';`,
    resolveDir: join(import.meta.dirname, '..'),
  },
  bundle: true,
  format: 'esm',
  outfile: bundle,
  logLevel: 'error',
});
const { compilePattern, parsePattern, RecordView } = await import(pathToFileURL(bundle).href);
rmSync(folder, { recursive: true });

const some = generatedRecords(Math.min(COUNT, 20_000));
const texts = Array.from({ length: COUNT }, (_, i) => some[i % some.length]);
const encoder = new TextEncoder();
const records = texts.map((text) => encoder.encode(text));
const views = records.map((bytes) => new RecordView(bytes));

/** ns a record that `ask` takes, and how many it finds. */
function measure(ask) {
  const started = process.hrtime.bigint();
  let found = 0;
  for (let i = 0; i < COUNT; i++) if (ask(i)) found++;
  return { ns: Number(process.hrtime.bigint() - started) / COUNT, found };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const decoder = new TextDecoder();
const rows = [];
for (const { title, pattern, predicate } of QUESTIONS) {
  const matches = compilePattern(parsePattern(pattern).pattern);
  const ways = {
    indexed: (i) => matches(views[i]),
    'from bytes': (i) => matches(new RecordView(records[i])),
    parsed: (i) => {
      const text = decoder.decode(records[i]);
      return predicate(JSON.parse(text), text);
    },
  };
  const times = { indexed: [], 'from bytes': [], parsed: [] };
  for (let run = 0; run <= RUNS; run++) {
    const found = new Set();
    for (const [way, ask] of Object.entries(ways)) {
      const each = measure(ask);
      found.add(each.found);
      // The first round warms the code up and decodes what views keep.
      if (run > 0) times[way].push(each.ns);
    }
    if (found.size > 1) throw new Error(`${pattern} finds ${[...found].join(' and ')} records`);
    if (run === 0) rows.push({ pattern: title, found: [...found][0] });
  }
  const [indexed, bytes, parsed] = Object.values(times).map(median);
  Object.assign(rows.at(-1), {
    'indexed, ns': Math.round(indexed),
    'from bytes, ns': Math.round(bytes),
    'JSON.parse + predicate, ns': Math.round(parsed),
    'indexed / parse': Number((indexed / parsed).toFixed(3)),
    'from bytes / parse': Number((bytes / parsed).toFixed(3)),
  });
}
console.table(rows);
