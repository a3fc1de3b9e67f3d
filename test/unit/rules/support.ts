import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvent } from '../../../src/core/events/event';
import type { AttackData } from '../../../src/core/rules/attack';
import { Catalogue, type Finding } from '../../../src/core/rules/catalogue';
import type { Rule } from '../../../src/core/rules/rule';
import { recordOf } from '../patterns/support';

const DATA = join(__dirname, '../../../src/core/rules/data');

export const rules = JSON.parse(readFileSync(join(DATA, 'catalogue.json'), 'utf8')) as Rule[];
export const attackData = JSON.parse(readFileSync(join(DATA, 'attack.json'), 'utf8')) as AttackData;
export const builtIn = new Catalogue(rules);

export function findIn(catalogue: Catalogue, record: Readonly<Record<string, unknown>>): Finding | undefined {
  const view = recordOf(record);
  return catalogue.find(readEvent(view), view);
}

/** The ids of the built-in rules that a record meets, most specific first. */
export function idsOf(record: Readonly<Record<string, unknown>>): string[] {
  return findIn(builtIn, record)?.rules.map(({ id }) => id) ?? [];
}
