import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** From the folder of the bundles, and from that of the bundles below it. */
const PLACES = [join(__dirname, '..', 'package.json'), join(__dirname, '..', '..', 'package.json')];

/** The version in `package.json`, which stands beside the folder of the bundles. */
export function version(): string {
  const path = PLACES.find((place) => existsSync(place)) ?? PLACES[0]!;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return manifest.version;
}
