#!/usr/bin/env node
// npm start: opens VS Code with the extension on the sample logs. Installs and builds what is missing.
//   npm start [-- FOLDER] [-- --served]   --served: in the browser even when the desktop VS Code is installed
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { CACHE, ROOT } from './lib/paths.mjs';
import { must, run } from './lib/run.mjs';

const args = process.argv.slice(2);
const served = args.includes('--served');
const folder = resolve(args.find((arg) => !arg.startsWith('--')) ?? join(ROOT, 'samples'));

await ensureDependencies();
await must(process.execPath, ['scripts/build.mjs']);

const desktop = !served && spawnSync('code', ['--version'], { shell: process.platform === 'win32' }).status === 0;
if (desktop) {
  console.log(`Opening ${folder} in VS Code with CloudTrail Investigator…`);
  process.exitCode = await run('code', ['--new-window', `--extensionDevelopmentPath=${ROOT}`, folder]);
} else {
  const { startServer, workbenchUrl } = await import('./lib/vscodeServer.mjs');
  const profile = join(CACHE, 'start');
  mkdirSync(profile, { recursive: true });
  const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'workbench.startupEditor': 'readme' };
  const server = await startServer({ profile, settings, extension: ROOT });
  console.log(
    `\nVS Code with CloudTrail Investigator is served here; open it in a browser:\n\n  ${workbenchUrl(server, folder)}\n`,
  );
  console.log('Press Ctrl+C to stop it.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.stop().then(() => process.exit(0)));
  server.child.on('exit', (code) => process.exit(code ?? 0));
}
