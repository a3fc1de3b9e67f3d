import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Where downloaded VS Codes, browsers' profiles and test results go; git ignores it. */
export const CACHE = join(ROOT, '.vscode-test');
