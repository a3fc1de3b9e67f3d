#!/usr/bin/env node
// npm test: everything, from a fresh clone: checks, unit tests, tests in real VS Codes, UI tests, the package and its size.
// Ends with a line "N passed, N failed".
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { CACHE } from './lib/paths.mjs';
import { must, run } from './lib/run.mjs';

const failures = [];
let passed = 0;

/** Runs one stage and counts; a stage that throws is one failure and does not keep the others from running. */
async function stage(title, body) {
  const started = Date.now();
  console.log(`\n${title}`);
  try {
    const result = await body();
    passed += result.passed;
    failures.push(...result.failed.map((each) => ({ ...each, title: `${title}: ${each.title}` })));
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`  ${result.passed} passed, ${result.failed.length} failed in ${seconds} s`);
  } catch (error) {
    failures.push({ title, error: error.stack ?? String(error) });
    console.log(`  failed: ${error.message}`);
  }
}

/** Runs a vitest configuration and reads its report. */
async function vitest(config, name) {
  const report = join(CACHE, `vitest-${name}.json`);
  const args = ['vitest', 'run', '--config', config, '--reporter=json', `--outputFile=${report}`, '--reporter=dot'];
  await run('npx', ['--no-install', ...args]);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = tests.filter(({ status }) => status === 'failed');
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: [
      ...failed.map(({ fullName, failureMessages }) => ({ title: fullName, error: failureMessages.join('\n') })),
      ...broken.map(({ name: file, message }) => ({ title: file, error: message })),
    ],
  };
}

await ensureDependencies();
await stage('Build', async () => {
  await must(process.execPath, ['scripts/build.mjs', '--production']);
  return { passed: 1, failed: [] };
});
await stage('Checks', async () => (await import('./check.mjs')).check());
await stage('Unit tests', () => vitest('vitest.config.ts', 'unit'));
const { hostTests } = await import('./hostTests.mjs');
for (const which of ['newest', 'oldest']) {
  await stage(`Tests in VS Code (${which})`, async () => {
    const result = await hostTests(which);
    console.log(`  ${result.name} ${JSON.stringify(result.figures)}`);
    return result;
  });
}
await stage('UI tests', async () => {
  const { ensureChromium } = await import('./lib/chromium.mjs');
  await ensureChromium();
  return vitest('test/ui/vitest.config.ts', 'ui');
});
await stage('Package', async () => (await import('./package.mjs')).packageExtension());

for (const { title, error } of failures) console.log(`\n✗ ${title}\n${error}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
if (passed === 0) process.exitCode = 1;
