#!/usr/bin/env node
// npm run package: makes the .vsix and holds it to its limits: only listed files, small bundles.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/paths.mjs';

/** Bytes. The first is what every window with a JSON file loads; see also the activation time in the host tests. */
const LIMITS = {
  'dist/extension.js': 300_000,
  'dist/host/logEditor.js': 300_000,
  'dist/host/integrity.js': 200_000,
  'dist/host/panel.js': 300_000,
  'dist/host/investigationEditor.js': 300_000,
  'dist/cli.js': 300_000,
  'dist/node/ruleFiles.js': 300_000,
};
const ALLOWED =
  /^(extension\/(package(\.nls(\.ja)?)?\.json|readme\.md|changelog\.md|LICENSE(\.txt)?|NOTICE\.md|dist\/[\w/.-]+\.(js|css|json|wasm)|samples\/[\w/.-]+|media\/[\w/.-]+|l10n\/[\w/.-]+\.json)|extension\.vsixmanifest|\[Content_Types\]\.xml)$/i;

/** Packages the extension as it stands in dist/. @returns {{ passed: number, failed: { title: string, error: string }[] }} */
export function packageExtension() {
  const { version, name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const file = `${name}-${version}.vsix`;
  rmSync(join(ROOT, file), { force: true });
  const args = [
    '--no-install',
    'vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  const vsce = spawnSync('npx', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  if (vsce.status !== 0)
    return { passed: 0, failed: [{ title: 'vsce package', error: `${vsce.stdout}${vsce.stderr}` }] };
  const listed = spawnSync('npx', ['--no-install', 'vsce', 'ls', '--no-dependencies'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const files = listed.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn'));
  const failed = files
    .filter((each) => !ALLOWED.test(`extension/${each}`))
    .map((each) => ({ title: `${each} is in the package`, error: 'no pattern of scripts/package.mjs allows it' }));
  for (const [bundle, limit] of Object.entries(LIMITS)) {
    const { size } = statSync(join(ROOT, bundle));
    console.log(`  ${bundle}: ${(size / 1000).toFixed(0)} KB of ${limit / 1000} KB`);
    if (size > limit) failed.push({ title: `${bundle} ≤ ${limit} bytes`, error: `it has ${size}` });
  }
  console.log(`  ${file}: ${(statSync(join(ROOT, file)).size / 1000).toFixed(0)} KB, ${files.length} files`);
  return { passed: 1 + Object.keys(LIMITS).length - failed.length, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = packageExtension();
  for (const { title, error } of failed) console.log(`✗ ${title}: ${error}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
