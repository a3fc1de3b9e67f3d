import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Attack, type AttackData, type AttackVersion } from '../core/rules/attack';
import { Catalogue } from '../core/rules/catalogue';
import type { Rule } from '../core/rules/rule';

/** The build puts the data files of core beside the bundles. */
const DATA_FOLDER = join(__dirname, 'data');

/** Reads one of core's data files, e.g. `catalogue.json`. They are part of the package: a missing one is a broken installation and throws. */
export function readData<T>(name: string): T {
  return JSON.parse(readFileSync(join(DATA_FOLDER, name), 'utf8')) as T;
}

/** The built-in rules. */
export function builtInCatalogue(): Catalogue {
  return new Catalogue(readData<Rule[]>('catalogue.json'));
}

/** Names of tactics and techniques. */
export function attackNames(version: AttackVersion): Attack {
  return new Attack(readData<AttackData>('attack.json'), version);
}
