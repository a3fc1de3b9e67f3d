import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';

const SOURCES = join(ROOT, 'src/core/json/wasm');
const LAYOUT = join(ROOT, 'src/core/json/scannerLayout.ts');
/** Named apart from its import: its types declare globals (an `at` that is never undefined) for every program that reads them. */
const COMPILER = 'assemblyscript/asc';
const ENTRY = 'src/core/json/wasm/index.ts';
/** Where the build puts the module, and where the bundles look for it. */
export const SCANNER = join(ROOT, 'dist/scanner.wasm');

const OPTIONS = [
  ...['--runtime', 'minimal', '--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert'],
  ...['--enable', 'simd'],
  // Nothing is imported: where AssemblyScript would call `abort`, the module traps.
  ...['--use', 'abort='],
];

/** Compiles the scanner of delivered logs (AssemblyScript) to dist/scanner.wasm, unless what is there is newer than its sources. */
export async function buildScanner() {
  if (existsSync(SCANNER) && newest() <= statSync(SCANNER).mtimeMs) return;
  const { default: asc } = await import(COMPILER);
  let bytes;
  const { error, stderr } = await asc.main([ENTRY, '--baseDir', ROOT, '--outFile', 'scanner.wasm', ...OPTIONS], {
    writeFile: (_name, contents) => (bytes = contents),
  });
  if (error) throw new Error(`The scanner does not compile.\n${stderr.toString()}`);
  mkdirSync(dirname(SCANNER), { recursive: true });
  // Tests that run at the same time may all build it: each sees a whole file.
  const unfinished = `${SCANNER}.${process.pid}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, SCANNER);
}

function newest() {
  const sources = [LAYOUT, ...readdirSync(SOURCES).map((name) => join(SOURCES, name))];
  return Math.max(...sources.map((path) => statSync(path).mtimeMs));
}
