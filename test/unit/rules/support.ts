import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvent } from '../../../src/core/events/event';
import type { AttackData } from '../../../src/core/rules/attack';
import { Catalogue, type Finding } from '../../../src/core/rules/catalogue';
import { type CatalogueRow, type Responses, ruleOfRow } from '../../../src/core/rules/catalogueRow';
import { type RuleDefinition, ruleOfDefinition } from '../../../src/core/rules/definition';
import type { Rule } from '../../../src/core/rules/rule';
import { recordOf } from '../patterns/support';

const DATA = join(__dirname, '../../../src/core/rules/data');

const readData = <T>(name: string): T => JSON.parse(readFileSync(join(DATA, name), 'utf8')) as T;

export const rows = readData<CatalogueRow[]>('catalogue.json');
export const responses = readData<Responses>('responses.json');
/** The rows of the catalogue as rules. */
export const rules = rows.map((row) => ruleOfRow(row, responses));
export const definitions = readData<RuleDefinition[]>('rules.json');
/** The other built-in rules: patterns to ask for, thresholds, sequences. */
export const defined = definitions.map((each) => ruleOfDefinition(each, 'built-in'));
export const attackData = readData<AttackData>('attack.json');

/** A rule about one event, as tests need it. */
export function ruleWith(given: Partial<Rule>): Rule {
  return {
    id: 'test.rule',
    title: '',
    eventSource: 's3.amazonaws.com',
    eventName: 'PutThing',
    condition: null,
    correlation: null,
    tactics: [],
    techniques: [],
    severity: 'low',
    why: '',
    check: '',
    respond: '',
    references: [],
    origin: 'built-in',
    onRequest: false,
    ...given,
  };
}
export const builtIn = new Catalogue(rules);

export function findIn(catalogue: Catalogue, record: Readonly<Record<string, unknown>>): Finding | undefined {
  const view = recordOf(record);
  return catalogue.find(readEvent(view), view);
}

/** The ids of the built-in rules that a record meets, most specific first. */
export function idsOf(record: Readonly<Record<string, unknown>>): string[] {
  return findIn(builtIn, record)?.rules.map(({ id }) => id) ?? [];
}
