#!/usr/bin/env node
// Runs test/host in the extension host of real VS Codes: the oldest supported and the newest, both served and driven by a headless Chromium.
//   node scripts/hostTests.mjs [oldest|newest|desktop …]
// `desktop` runs the same bundle under @vscode/test-electron, where a desktop VS Code or its download is available.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from './lib/chromium.mjs';
import { CACHE, ROOT } from './lib/paths.mjs';
import { bundleHostTests } from './lib/testBundle.mjs';
import { VERSIONS, startServer, testUrl } from './lib/vscodeServer.mjs';

/** Budgets for figures the suites report, in the unit their name ends with. Exceeding one is a failure. */
const BUDGETS = { 'activation ms': 50 };
const RUN_LIMIT_MS = 10 * 60 * 1000;
const WORKSPACE = join(ROOT, 'samples');

/** Runs the suites on one VS Code. @returns {Promise<{ name: string, passed: number, failed: { title: string, error: string }[], figures: Record<string, number> }>} */
export async function hostTests(which) {
  const tests = await bundleHostTests();
  mkdirSync(CACHE, { recursive: true });
  const resultsFile = join(CACHE, `host-results-${which}.json`);
  rmSync(resultsFile, { force: true });
  const env = { CLOUDTRAIL_TEST_RESULTS: resultsFile };
  const output = which === 'desktop' ? await runDesktop(tests, env) : await runServed(VERSIONS[which], tests, env);
  const name = `VS Code ${which === 'desktop' ? 'desktop' : VERSIONS[which].name}`;
  if (!existsSync(resultsFile)) {
    return {
      name,
      passed: 0,
      failed: [{ title: 'the suites did not run to their end', error: output.slice(-4000) }],
      figures: {},
    };
  }
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  for (const [figure, budget] of Object.entries(BUDGETS)) {
    const value = results.figures[figure];
    if (value === undefined || value > budget)
      results.failed.push({ title: `${figure} ≤ ${budget}`, error: `it is ${value}` });
    else results.passed++;
  }
  return { name, ...results };
}

async function runServed(version, tests, env) {
  const server = await startServer({ version, env, tests: true });
  const browser = await launchChromium();
  const lines = [];
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const ended = new Promise((resolve) => {
      page.exposeFunction('codeAutomationLog', (_type, args) => {
        const line = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
        lines.push(line);
        if (/^ {2}[✓✗]/m.test(line)) console.log(line.replace(/^.*?( {2}[✓✗])/s, '$1'));
      });
      page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(resolve, RUN_LIMIT_MS).unref();
    });
    await page.goto(testUrl(server, { folder: WORKSPACE, extension: ROOT, tests }));
    await ended;
  } finally {
    await browser.close();
    await server.stop();
  }
  return `${lines.join('\n')}\n${server.log()}`;
}

async function runDesktop(tests, env) {
  const { runTests } = await import('@vscode/test-electron');
  try {
    await runTests({
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: tests,
      extensionTestsEnv: env,
      launchArgs: [WORKSPACE],
    });
    return '';
  } catch (error) {
    return String(error);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const chosen = process.argv.slice(2);
  let failures = 0;
  for (const which of chosen.length > 0 ? chosen : ['newest', 'oldest']) {
    const { name, passed, failed, figures } = await hostTests(which);
    console.log(`${name}: ${passed} passed, ${failed.length} failed ${JSON.stringify(figures)}`);
    for (const { title, error } of failed) console.log(`✗ ${title}\n${error}`);
    failures += failed.length;
  }
  process.exitCode = failures === 0 ? 0 : 1;
}
