#!/usr/bin/env node
// All benchmarks, one after another, those of the table over so many events. DuckDB, for comparison, is installed by `npm install --prefix bench/peers`.
//   npm run bench [-- EVENTS=1000000]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const events = process.argv[2] ?? '1000000';
const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-bench-'));
const logs = join(folder, 'logs');

function run(script, ...args) {
  console.log(`\n${script}`);
  const { status } = spawnSync(process.execPath, [join(here, script), ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}

try {
  run('../scripts/build.mjs', '--production');
  run('generate.mjs', logs, events, '1');
  run('index.mjs', `--logs=${logs}`);
  run('queries.mjs', events, `--logs=${logs}`);
  // The first time it saves its index, the second time it opens it.
  for (let time = 0; time < 2; time++) run('resident.mjs', logs, join(folder, 'cache'));
  rmSync(logs, { recursive: true, force: true });
  run('oneFile.mjs');
  run('index.mjs', '--growth');
  run('layout.mjs');
  run('patterns.mjs');
  run('integrity.mjs');
  run('soak.mjs');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
