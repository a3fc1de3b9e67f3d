import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The build puts the module in dist; bundles stand there or one folder below. */
const PLACES = [join(__dirname, 'scanner.wasm'), join(__dirname, '..', 'scanner.wasm')];

/** The compiled scanner of the package; undefined where WebAssembly is switched off, or lacks vectors. */
export function scannerModule(): WebAssembly.Module | undefined {
  const path = PLACES.find((each) => existsSync(each));
  try {
    return path === undefined ? undefined : new WebAssembly.Module(readFileSync(path));
  } catch {
    return undefined;
  }
}
