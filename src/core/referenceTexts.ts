import type { ErrorCodeData } from './events/errorCodes';
import type { FieldData } from './events/fieldReference';
import type { IdData } from './events/identifiers';
import type { IdentityTypeData } from './events/identityTypes';
import type { Responses } from './rules/catalogueRow';
import type { Rule } from './rules/rule';

/**
 * Reference data in another language: the texts of `l10n/data/<language>/*.json`, keyed by the ids of the data, laid over the English. What has
 * no translation stays English.
 */

/** Rows of the catalogue have no title and no response of their own to translate. */
export type RuleTexts = Readonly<
  Record<string, Pick<Rule, 'why' | 'check'> & Partial<Pick<Rule, 'title' | 'respond'>>>
>;

export function withRuleTexts(rules: readonly Rule[], texts: RuleTexts): Rule[] {
  return rules.map((rule) => ({ ...rule, ...texts[rule.id] }));
}

export function withResponseTexts(responses: Responses, texts: Responses): Responses {
  return { ...responses, ...texts };
}

type FieldTexts = Readonly<
  Record<
    string,
    {
      readonly description: string;
      readonly investigate: string;
      readonly note?: string;
      readonly maxSize?: string;
      readonly values?: Readonly<Record<string, string>>;
    }
  >
>;

export function withFieldTexts({ fields }: FieldData, texts: FieldTexts): FieldData {
  return {
    fields: fields.map((field) => {
      const { values = {}, ...own } = texts[field.path] ?? {};
      const translated = field.values.map(({ value, meaning }) => ({ value, meaning: values[value] ?? meaning }));
      return { ...field, ...own, values: translated };
    }),
  };
}

type ErrorCodeTexts = Readonly<
  Record<string, { readonly meaning: string; readonly suggests: string; readonly services: string }>
>;

export function withErrorCodeTexts(data: ErrorCodeData, texts: ErrorCodeTexts): ErrorCodeData {
  return { ...data, codes: data.codes.map((code) => ({ ...code, ...texts[code.code] })) };
}

interface IdentityTexts {
  readonly types: Readonly<Record<string, Partial<IdentityTypeData['types'][number]>>>;
  readonly variants: Readonly<
    Record<string, { readonly name: string; readonly meaning: string; readonly risk: string }>
  >;
}

export function withIdentityTexts(data: IdentityTypeData, { types, variants }: IdentityTexts): IdentityTypeData {
  return {
    types: data.types.map((type) => ({ ...type, ...types[type.type] })),
    variants: data.variants.map((variant) => ({ ...variant, ...variants[variant.variant] })),
  };
}

interface IdTexts {
  readonly idPrefixes: Readonly<Record<string, { readonly kind: string; readonly note: string }>>;
  readonly markers: Readonly<Record<string, { readonly meaning: string }>>;
}

export function withIdTexts(data: IdData, { idPrefixes, markers }: IdTexts): IdData {
  return {
    idPrefixes: data.idPrefixes.map((kind) => ({ ...kind, ...idPrefixes[kind.prefix] })),
    markers: data.markers.map((marker) => ({ ...marker, ...markers[marker.text] })),
  };
}
