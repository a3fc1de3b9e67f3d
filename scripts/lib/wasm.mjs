import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Named apart from its import: its types declare globals (an `at` that is never undefined) for every program that reads them. */
const COMPILER = 'assemblyscript/asc';
/** Where the sources stand: each module may use what others have. */
const SOURCES = ['src/core/json/wasm', 'src/core/table/merge/wasm'];
const LAYOUT = 'src/core/json/scannerLayout.ts';

/** Where the build puts the modules, and where the bundles look for them: the scanner of delivered logs, and the loops of merging. */
export const SCANNER = join(ROOT, 'dist/scanner.wasm');
export const MERGER = join(ROOT, 'dist/merger.wasm');

const OPTIONS = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
  ...['--enable', 'simd'],
  // No function is imported: where AssemblyScript would call `abort`, the module traps.
  ...['--use', 'abort='],
];

const MODULES = [
  { file: SCANNER, entry: 'src/core/json/wasm/index.ts', options: ['--runtime', 'minimal'] },
  // It works in memory that others have no more use for.
  { file: MERGER, entry: 'src/core/table/merge/wasm/index.ts', options: ['--runtime', 'stub', '--importMemory'] },
];

/** Compiles the modules (AssemblyScript) to dist/, unless what is there is newer than the sources. */
export async function buildModules() {
  const changed = newest();
  for (const module of MODULES) {
    if (!existsSync(module.file) || changed > statSync(module.file).mtimeMs) await compile(module);
  }
}

async function compile({ file, entry, options }) {
  const { default: asc } = await import(COMPILER);
  let bytes;
  const { error, stderr } = await asc.main(
    [entry, '--baseDir', ROOT, '--outFile', 'module.wasm', ...options, ...OPTIONS],
    { writeFile: (_name, contents) => (bytes = contents) },
  );
  if (error) throw new Error(`${entry} does not compile.\n${stderr.toString()}`);
  mkdirSync(dirname(file), { recursive: true });
  // Tests that run at the same time may all build it: each sees a whole file.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, file);
}

function newest() {
  const sources = SOURCES.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)));
  return Math.max(...[join(ROOT, LAYOUT), ...sources].map((path) => statSync(path).mtimeMs));
}
