import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErrorCodes } from '../core/events/errorCodes';
import { FieldReference } from '../core/events/fieldReference';
import { IdentityTypes } from '../core/events/identityTypes';
import { Identifiers } from '../core/events/identifiers';
import {
  type RuleTexts,
  withErrorCodeTexts,
  withFieldTexts,
  withIdTexts,
  withIdentityTexts,
  withResponseTexts,
  withRuleTexts,
} from '../core/referenceTexts';
import { Attack, type AttackData, type AttackVersion } from '../core/rules/attack';
import { Catalogue } from '../core/rules/catalogue';
import { type CatalogueRow, type Responses, ruleOfRow } from '../core/rules/catalogueRow';
import { type RuleDefinition, ruleOfDefinition } from '../core/rules/definition';
import type { Rule } from '../core/rules/rule';

/** The build puts core's data files in dist/data; bundles stand in dist/ or one folder below. */
const DATA_FOLDER =
  [join(__dirname, 'data'), join(__dirname, '..', 'data')].find((folder) => existsSync(folder)) ?? __dirname;

/** Reads a data file. They are part of the package: a missing one is a broken installation and throws. */
function readData(name: string): unknown {
  return JSON.parse(readFileSync(join(DATA_FOLDER, name), 'utf8'));
}

/** The texts of a data file in another language, e.g. `ja`; undefined where the package has none. */
function readTexts(name: string, language: string): unknown {
  const [base] = language.toLowerCase().split('-');
  const path = join(DATA_FOLDER, base ?? '', name);
  return base !== 'en' && existsSync(path) ? readData(join(base ?? '', name)) : undefined;
}

/** A data file with its texts in a language where the package has them. */
function readIn<Data, Texts>(language: string, name: string, withTexts: (data: Data, texts: Texts) => Data): Data {
  const data = readData(name) as Data;
  const texts = readTexts(name, language) as Texts | undefined;
  return texts === undefined ? data : withTexts(data, texts);
}

/** The built-in rules, their texts in the given language where there is one. */
export function builtInRules(language = 'en'): Rule[] {
  const responses = readIn<Responses, Responses>(language, 'responses.json', withResponseTexts);
  const rows = (readData('catalogue.json') as CatalogueRow[]).map((row) => ruleOfRow(row, responses));
  const definitions = (readData('rules.json') as RuleDefinition[]).map((each) => ({
    ...ruleOfDefinition(each, 'built-in'),
    respond: responses[each.tactics?.[0] ?? ''] ?? '',
  }));
  return [
    ...withRuleTexts(rows, (readTexts('catalogue.json', language) ?? {}) as RuleTexts),
    ...withRuleTexts(definitions, (readTexts('rules.json', language) ?? {}) as RuleTexts),
  ];
}

/** The built-in rules as a catalogue. */
export function builtInCatalogue(language = 'en'): Catalogue {
  return new Catalogue(builtInRules(language));
}

/** Names of tactics and techniques. They are ATT&CK's own and stay English. */
export function attackNames(version: AttackVersion): Attack {
  return new Attack(readData('attack.json') as AttackData, version);
}

export function fieldReference(language: string): FieldReference {
  return new FieldReference(readIn(language, 'record-fields.json', withFieldTexts));
}

export function errorCodes(language: string): ErrorCodes {
  return new ErrorCodes(readIn(language, 'error-codes.json', withErrorCodeTexts));
}

export function identityTypes(language: string): IdentityTypes {
  return new IdentityTypes(readIn(language, 'identity-types.json', withIdentityTexts));
}

export function identifiers(language: string): Identifiers {
  return new Identifiers(readIn(language, 'identifiers.json', withIdTexts));
}
