import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The build puts the modules in dist; bundles stand there or one folder below. */
const FOLDERS = [__dirname, join(__dirname, '..')];

/** The compiled scanner of the package; undefined where WebAssembly is switched off, or lacks vectors. */
export function scannerModule(): WebAssembly.Module | undefined {
  return read('scanner.wasm');
}

/** The compiled loops of merging; undefined where the scanner is. */
export function mergerModule(): WebAssembly.Module | undefined {
  return read('merger.wasm');
}

function read(name: string): WebAssembly.Module | undefined {
  const path = FOLDERS.map((folder) => join(folder, name)).find((each) => existsSync(each));
  try {
    return path === undefined ? undefined : new WebAssembly.Module(readFileSync(path));
  } catch {
    return undefined;
  }
}
