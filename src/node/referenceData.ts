import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCodeData } from '../core/events/errorCodes';
import { ErrorCodes } from '../core/events/errorCodes';
import type { FieldData } from '../core/events/fieldReference';
import { FieldReference } from '../core/events/fieldReference';
import type { IdentityTypeData } from '../core/events/identityTypes';
import { IdentityTypes } from '../core/events/identityTypes';
import { type IdData, Identifiers } from '../core/events/identifiers';
import {
  type ErrorCodeTexts,
  type FieldTexts,
  type IdTexts,
  type IdentityTexts,
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

/** The built-in rules, their texts in the given language where there is one. */
export function builtInRules(language = 'en'): Rule[] {
  const responses = withResponseTexts(
    readData('responses.json') as Responses,
    (readTexts('responses.json', language) ?? {}) as Responses,
  );
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
  const data = readData('record-fields.json') as FieldData;
  const texts = readTexts('record-fields.json', language) as FieldTexts | undefined;
  return new FieldReference(texts === undefined ? data : withFieldTexts(data, texts));
}

export function errorCodes(language: string): ErrorCodes {
  const data = readData('error-codes.json') as ErrorCodeData;
  const texts = readTexts('error-codes.json', language) as ErrorCodeTexts | undefined;
  return new ErrorCodes(texts === undefined ? data : withErrorCodeTexts(data, texts));
}

export function identityTypes(language: string): IdentityTypes {
  const data = readData('identity-types.json') as IdentityTypeData;
  const texts = readTexts('identity-types.json', language) as IdentityTexts | undefined;
  return new IdentityTypes(texts === undefined ? data : withIdentityTexts(data, texts));
}

export function identifiers(language: string): Identifiers {
  const data = readData('identifiers.json') as IdData;
  const texts = readTexts('identifiers.json', language) as IdTexts | undefined;
  return new Identifiers(texts === undefined ? data : withIdTexts(data, texts));
}
