#!/usr/bin/env node
// npm run check: format, lint, types, who may import whom, dead exports, and that texts and settings agree. One line each.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';

const CHECKS = [
  ['format', ['prettier', '--check', '--log-level=warn', '.']],
  ['lint', ['eslint', '--max-warnings=0', '.']],
  ['types', ['tsc', '-p', 'tsconfig.json']],
  ['types of core', ['tsc', '-p', 'src/core/tsconfig.json']],
  ['types of webviews', ['tsc', '-p', 'webview/tsconfig.json']],
  ['types of the scanner', ['tsc', '-p', 'src/core/json/wasm/tsconfig.json']],
  ['types of the loops of merging', ['tsc', '-p', 'src/core/table/merge/wasm/tsconfig.json']],
  ['types of UI tests', ['tsc', '-p', 'test/ui/tsconfig.json']],
  ['imports', ['node', 'scripts/imports.mjs']],
  ['dead exports', ['knip', '--no-progress']],
];

/** Runs all checks. @returns {{ passed: number, failed: { title: string, error: string }[] }} */
export function check() {
  const failed = [];
  for (const [title, [command, ...args]] of CHECKS) {
    const started = Date.now();
    const npx = command === 'node' ? [process.execPath, args] : ['npx', ['--no-install', command, ...args]];
    const { status, stdout, stderr } = spawnSync(npx[0], npx[1], {
      cwd: ROOT,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const output = `${stdout}${stderr}`.replace(/^npm warn .*\n/gm, '');
    console.log(`  ${status === 0 ? '✓' : '✗'} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (status !== 0) {
      console.log(output);
      failed.push({ title, error: output });
    }
  }
  return { passed: CHECKS.length - failed.length, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureDependencies();
  process.exitCode = check().failed.length === 0 ? 0 : 1;
}
