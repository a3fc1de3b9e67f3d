import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';

/** Bundles every test/host/*.test.ts into one module with a `run()`. The list is read from the folder, so that no suite is left out. */
export async function bundleHostTests() {
  const suites = readdirSync(join(ROOT, 'test/host')).filter((name) => name.endsWith('.test.ts'));
  if (suites.length === 0) throw new Error('test/host holds no suites');
  const outfile = join(CACHE, 'host-tests.js');
  await build({
    stdin: {
      contents: `import { runSuites } from './runner';
export const run = () => runSuites([${suites.map((name) => `() => require('./${name}')`).join(', ')}]);`,
      resolveDir: join(ROOT, 'test/host'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    define: { REPOSITORY: JSON.stringify(ROOT) },
    sourcemap: 'inline',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}
