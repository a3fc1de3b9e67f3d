#!/usr/bin/env node
// Bundles the extension, the command line and the webviews into dist/, compiles WebAssembly, and puts core's data files beside them.
//   node scripts/build.mjs [--watch] [--production]
import { build, context } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAZY, lazyImports } from './lib/lazyBundles.mjs';
import { buildModules } from './lib/wasm.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  outdir: 'dist',
  logLevel: 'warning',
  metafile: true,
};
/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // The lazy bundles are CommonJS, found by require without an ending.
  supported: { 'dynamic-import': false },
  // jsonc-parser's main entry is UMD, which no bundler sees through.
  mainFields: ['module', 'main'],
};

/** One bundle a view: `webview/<name>/main.tsx` becomes `dist/webview/<name>.js` and `.css`. */
const VIEWS = ['hunt', 'integrity', 'investigation'];
/** @type {import('esbuild').BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
};
/** What runs in a thread of its own: the extension and the command line both find it in dist/worker/. */
const WORKERS = [
  'worker/integrity',
  'worker/tableWorker',
  'worker/recordWorker',
  'worker/scanWorker',
  'worker/findingsWorker',
];

const bundles = [
  // What activation loads must not carry what it does not need.
  { ...node, entryPoints: { extension: 'src/extension.ts' }, plugins: [lazyImports('extension')] },
  ...LAZY.map((name) => ({ ...node, entryPoints: { [name]: `src/${name}.ts` }, plugins: [lazyImports(name)] })),
  ...WORKERS.map((name) => ({ ...node, entryPoints: { [name]: `src/${name}.ts` } })),
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
    plugins: [lazyImports('cli')],
  },
  ...VIEWS.map((name) => ({ ...browser, entryPoints: { [`webview/${name}`]: `webview/${name}/main.tsx` } })),
].filter(({ entryPoints }) => Object.values(entryPoints).every((file) => existsSync(join(root, file))));

/** Core's reference data and its translations, read at run time so that no bundle carries them. White space goes. */
async function copyData() {
  const folders = {
    'src/core/events/data': 'dist/data',
    'src/core/rules/data': 'dist/data',
    'l10n/data/ja': 'dist/data/ja',
  };
  for (const [from, to] of Object.entries(folders)) {
    await mkdir(join(root, to), { recursive: true });
    for (const name of await readdir(join(root, from))) {
      if (!name.endsWith('.json')) continue;
      const json = JSON.parse(await readFile(join(root, from, name), 'utf8'));
      await writeFile(join(root, to, basename(name)), JSON.stringify(json));
    }
  }
}

// What is packaged must hold nothing of an earlier build; while developing, a window may be using it.
if (production) await rm(join(root, 'dist'), { recursive: true, force: true });
await copyData();
await buildModules();
if (watch) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
} else await Promise.all(bundles.map((options) => build(options)));
