import { SPELLINGS } from '../events/recordView';
import type { FoundValue } from '../json/foundValue';
import type { Condition, Selector, SelectorTest, Test, Value } from '../patterns/ast';
import { printCondition } from '../patterns/print';
import { parseRegex } from '../patterns/regexSyntax';
import type { DecodedDictionary } from './decodedDictionary';
import type { TableField } from './table';

const NOWHERE = { start: 0, end: 0 };
const NOT_EXISTS: Test = { kind: 'not-exists' };

/** What clicks on a value write into the pattern box: conditions as they stand between braces. */
export interface ValueConditions {
  /** Holds for the records with the value. */
  readonly include: string | undefined;
  /** Holds for all others: `!=` alone passes over records that have no such field. */
  readonly exclude: string | undefined;
}

/** The conditions for the value that stands at `codes`, in whatever spellings and types. */
export function conditionsFor(
  field: TableField,
  dictionary: DecodedDictionary,
  codes: readonly number[],
): ValueConditions {
  const wanted = new Set(codes);
  const include: Condition[] = [];
  const exclude: Condition[] = [];
  SPELLINGS[field].forEach((path, spelling) => {
    const { inside, outside } = kindsOf(dictionary, spelling, codes);
    if (!occurringIn(dictionary, spelling).isUsed && !(wanted.has(0) && spelling === 0)) return;
    include.push(...inside.map((test) => testOf(path, test)));
    const others = [...outside, ...(wanted.has(0) ? [] : [NOT_EXISTS])];
    const [one, ...rest] = others.map((test) => testOf(path, test));
    if (one !== undefined) exclude.push(joined('or', [one, ...rest]));
  });
  if (wanted.has(0)) {
    const absent = absentConditions(field, dictionary);
    include.push(joined('and', absent as [Condition, ...Condition[]]));
  }
  return { include: printed('or', include), exclude: printed(wanted.has(0) ? 'or' : 'and', exclude) };
}

/** Joins conditions, printed; undefined for none. */
export function printed(kind: 'and' | 'or', conditions: readonly Condition[]): string | undefined {
  const [first, ...rest] = conditions;
  return first === undefined ? undefined : printCondition(joined(kind, [first, ...rest]));
}

/** A test of the field at `path`, keys joined by dots. */
export function testOf(path: string, test: Test): SelectorTest {
  const selector: Selector = { steps: path.split('.').map((key) => ({ kind: 'key', key })), ...NOWHERE };
  return { kind: 'test', selector, test, range: NOWHERE };
}

/** That a field is exactly a text. */
export function equalsText(text: string, negated = false): Test {
  return { kind: 'equals', negated, value: exactValue(text) };
}

/** Conditions joined; a single one as it is. */
export function joined(kind: 'and' | 'or', [first, ...rest]: readonly [Condition, ...Condition[]]): Condition {
  return rest.length === 0 ? first : { kind, operands: [first, ...rest] };
}

/** That a record has the field in none of the spellings that occur. */
function absentConditions(field: TableField, dictionary: DecodedDictionary): Condition[] {
  return SPELLINGS[field]
    .filter((_, spelling) => spelling === 0 || occurringIn(dictionary, spelling).isUsed)
    .map((path) => testOf(path, NOT_EXISTS));
}

/** What stands in a spelling of a field, all over the table. */
interface Occurring {
  /** Entries that are texts. */
  readonly texts: number;
  /** Tests of the other kinds that occur, by kind. */
  readonly kinds: ReadonlyMap<string, Test>;
  readonly isUsed: boolean;
}

const occurring = new WeakMap<DecodedDictionary, Occurring[]>();

/** Worked out once for each dictionary: a list of values asks again and again. */
function occurringIn(dictionary: DecodedDictionary, spelling: number): Occurring {
  let known = occurring.get(dictionary);
  if (known === undefined) occurring.set(dictionary, (known = []));
  return (known[spelling] ??= lookThrough(dictionary, spelling));
}

function lookThrough(dictionary: DecodedDictionary, spelling: number): Occurring {
  const kinds = new Map<string, Test>();
  let texts = 0;
  let isUsed = false;
  for (let code = 1; code < dictionary.size; code++) {
    const found = dictionary.value(code, spelling);
    if (found === undefined) continue;
    isUsed = true;
    const test = testOfKind(found);
    if (isText(found)) texts++;
    else if (test !== undefined) kinds.set(found.type, test);
  }
  return { texts, kinds, isUsed };
}

interface Kinds {
  /** Tests that hold for what the wanted codes have in the spelling, */
  readonly inside: readonly Test[];
  /** and for what other codes have there. */
  readonly outside: readonly Test[];
}

function kindsOf(dictionary: DecodedDictionary, spelling: number, wanted: readonly number[]): Kinds {
  const { texts, kinds } = occurringIn(dictionary, spelling);
  const inside = new Map<string, Test>();
  const outside = new Map(kinds);
  let ownTexts = 0;
  let text: string | undefined;
  for (const code of wanted) {
    const found = dictionary.value(code, spelling);
    if (found === undefined) continue;
    if (isText(found)) {
      ownTexts++;
      text = found.text;
      inside.set(`text ${text}`, equalsText(text));
      continue;
    }
    const test = testOfKind(found);
    if (test !== undefined) inside.set(found.type, test);
    outside.delete(found.type);
  }
  const others = [...outside.values()];
  if (texts > ownTexts) others.unshift(equalsText(text ?? '', true));
  return { inside: [...inside.values()], outside: others };
}

function isText({ type }: FoundValue): boolean {
  return type === 'string' || type === 'number';
}

/** Objects and arrays cannot be asked for. */
function testOfKind({ type, holdsNull }: FoundValue): Test | undefined {
  if (type === 'true') return { kind: 'is', what: 'TRUE' };
  if (type === 'false') return { kind: 'is', what: 'FALSE' };
  return type === 'null' || holdsNull === true ? { kind: 'is', what: 'NULL' } : undefined;
}

/** A text as a value: stars would be wildcards, so a text with stars becomes a regular expression where AWS's syntax can say it. */
function exactValue(text: string): Value {
  if (text.includes('*')) {
    const source = `^${text.replace(/[\\^$.*+?()[\]{}|%]/g, (character) => (character === '%' ? '\\x25' : `\\${character}`))}$`;
    if (!('error' in parseRegex(source))) return { kind: 'regex', source, ...NOWHERE };
  }
  return { kind: 'text', text, quoted: true, ...NOWHERE };
}
