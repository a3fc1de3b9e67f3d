import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in `package.json`, which stands beside the folder of the bundles. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}
