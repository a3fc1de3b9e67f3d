import type { FieldSummary } from '../events/fieldReference';
import { type Message, message } from '../message';
import type { Replacement, SelectorStep } from './ast';
import { type CompletionPlace, completionPlace } from './completionPlace';
import { fieldCandidates, matchingFields } from './fieldCandidates';
import { printSelector, quoteText } from './print';

/** A field that occurs in the data. */
export interface SeenField {
  /** As in a pattern: `$.requestParameters.bucketName`. */
  readonly selector: string;
  readonly count: number;
}

/** A value that a field has in the data. */
export interface SeenValue {
  /** A text, or a number as written in the log. */
  readonly text: string;
  readonly type: 'string' | 'number';
  readonly count: number;
}

/** Where candidates come from. */
export interface CompletionSources {
  /** The field reference. */
  readonly fields?: Iterable<FieldSummary>;
  readonly seen?: Iterable<SeenField>;
  /** The values of a field, in any order. */
  values?(selector: string): Iterable<SeenValue>;
}

export interface Completion {
  readonly kind: 'field' | 'operator' | 'value' | 'joiner';
  readonly label: string;
  /** What it means: ours to be translated, or the reference's own text. */
  readonly detail: Message | string | undefined;
  /** How often it occurs in the data. */
  readonly count: number | undefined;
  readonly edit: Replacement;
}

/**
 * What may be written where the caret stands in an unfinished JSON pattern, best first: fields, operators, values, and what joins conditions.
 * `caret` and the edits are UTF-16 offsets in `text`; the caret belongs at the end of the edit's text.
 */
export function completePattern(text: string, caret: number, sources: CompletionSources, limit = 100): Completion[] {
  const place = completionPlace(text, caret);
  if (place === undefined) return [];
  return completionsAt(place, text, sources).slice(0, limit);
}

function completionsAt(place: CompletionPlace, text: string, sources: CompletionSources): Completion[] {
  switch (place.kind) {
    case 'field':
      return fields(place, sources);
    case 'operator':
      return operators(place, text, fieldOf(place.selector.steps, sources));
    case 'value':
      return values(place, sources);
    case 'joiner':
      return joiners(place, text);
  }
}

function fields(
  place: CompletionPlace & { kind: 'field' },
  { fields = [], seen = [] }: CompletionSources,
): Completion[] {
  const found = matchingFields(fieldCandidates(fields, seen), place.prefix);
  const { start, end } = place;
  return found.map(({ selector, field, count }) => ({
    kind: 'field',
    label: selector,
    detail: field?.description,
    count,
    edit: { start, end, text: place.bare ? `{ ${selector}` : selector },
  }));
}

/** The entry of the reference for a selector, whatever its indexes. */
function fieldOf(steps: readonly SelectorStep[], { fields = [] }: CompletionSources): FieldSummary | undefined {
  const path = steps
    .map((step) => (step.kind === 'key' ? `.${step.key}` : '[]'))
    .join('')
    .slice(1);
  for (const field of fields) if (field.path === path) return field;
  return undefined;
}

const OPERATORS: readonly (readonly [operator: string, detail: () => Message])[] = [
  ['=', () => message('is; a star at either end stands for anything')],
  ['!=', () => message('is there and differs: false where the field is missing')],
  ['NOT EXISTS', () => message('is missing')],
  ['IS TRUE', () => message('is the JSON value true')],
  ['IS FALSE', () => message('is the JSON value false')],
  ['>', () => message('is a number greater than')],
  ['>=', () => message('is a number of at least')],
  ['<', () => message('is a number less than')],
  ['<=', () => message('is a number of at most')],
  ['IS NULL', () => message('is null, or a list with a null in it')],
];

/** Those first that can match a field of the type. */
function operators(
  { start, end, prefix }: CompletionPlace,
  text: string,
  field: FieldSummary | undefined,
): Completion[] {
  const fits = OPERATOR_FITS[field === undefined ? '' : field.type.replace(/[(<].*/, '')] ?? /^(=|!=|NOT)/;
  const wanted = prefix.toUpperCase().replace(/\s+/g, ' ');
  const ranked = OPERATORS.filter(([operator]) => operator.startsWith(wanted));
  const before = /[\s]$/.test(text.slice(0, start)) ? '' : ' ';
  return [...ranked.filter(([each]) => fits.test(each)), ...ranked.filter(([each]) => !fits.test(each))].map(
    ([operator, detail]) => {
      const after = /[A-Z]$/.test(operator) || /^\s/.test(text.slice(end)) ? '' : ' ';
      return {
        kind: 'operator',
        label: operator,
        detail: detail(),
        count: undefined,
        edit: { start, end, text: before + operator + after },
      };
    },
  );
}

const OPERATOR_FITS: Readonly<Record<string, RegExp>> = {
  boolean: /^IS (TRUE|FALSE)|^NOT/,
  number: /^[=!<>]/,
  object: /^(NOT|IS NULL)/,
  array: /^(NOT|IS NULL)/,
};

/** Those of the data by how often they occur, then those that the reference names. */
function values(place: CompletionPlace & { kind: 'value' }, sources: CompletionSources): Completion[] {
  const field = fieldOf(place.selector.steps, sources);
  if (field?.type === 'boolean') return [];
  const seen = [...(sources.values?.(printSelector(place.selector)) ?? [])].sort((a, b) => b.count - a.count);
  const known = new Set(seen.map(({ text }) => text));
  const meanings = new Map(field?.values.map(({ value, meaning }) => [value, meaning]));
  const candidates: { text: string; type: 'string' | 'number'; count: number | undefined }[] = [
    ...seen,
    ...(field?.values ?? [])
      // `<service>.amazonaws.com` describes values and is none.
      .filter(({ value }) => !known.has(value) && !value.includes('<'))
      .map(({ value }) => ({ text: value, type: 'string' as const, count: undefined })),
  ];
  const numbersOnly = /[<>]/.test(place.operator);
  const wanted = place.prefix.replace(/^\*|\*$/g, '').toLowerCase();
  const fitting = candidates.filter(({ type }) => !numbersOnly || type === 'number');
  const begins = fitting.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  const contains = fitting.filter(
    ({ text }) => !text.toLowerCase().startsWith(wanted) && text.toLowerCase().includes(wanted),
  );
  const { start, end } = place;
  return [...begins, ...contains].map(({ text, type, count }) => ({
    kind: 'value',
    label: text,
    detail: meanings.get(text),
    count,
    edit: { start, end, text: valueText(text, type, place) },
  }));
}

/** Numbers as they are; texts in quotes, unless a plain word was begun without and the value is one. */
function valueText(
  text: string,
  type: 'string' | 'number',
  { quoted, prefix }: CompletionPlace & { kind: 'value' },
): string {
  if (type === 'number' && !quoted) return text;
  const plain = /^[A-Za-z][A-Za-z0-9_.+]*$/.test(text) && !/^(null|true|false)$/i.test(text);
  return plain && !quoted && prefix !== '' ? text : quoteText(text);
}

function joiners({ start, end, prefix, open }: CompletionPlace & { kind: 'joiner' }, text: string): Completion[] {
  const rest = text.slice(end);
  const offered: [string, Message][] = [
    ['&&', message('and')],
    ['||', message('or: conditions joined with {0} hold together first', '&&')],
  ];
  if (open > 0) offered.push([')', message('close the parenthesis')]);
  else if (!rest.includes('}')) offered.push(['}', message('end the pattern')]);
  const blank = /\s$/.test(text.slice(0, start)) ? '' : ' ';
  return offered
    .filter(([joiner]) => joiner.startsWith(prefix))
    .map(([joiner, detail]) => {
      const before = joiner === ')' ? '' : blank;
      const after = joiner.length === 1 || /^\s/.test(rest) ? '' : ' ';
      return {
        kind: 'joiner',
        label: joiner,
        detail,
        count: undefined,
        edit: { start, end, text: before + joiner + after },
      };
    });
}
