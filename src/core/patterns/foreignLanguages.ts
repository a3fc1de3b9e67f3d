import { message } from '../message';
import type { SelectorStep } from './ast';
import { MAX_PATTERN_CHARACTERS } from './limits';
import type { Cursor } from './cursor';
import { isWritableKey, printSelector, quoteText } from './print';

const EXAMPLE = '{ $.eventName = "CreateUser" }';
const JSON_OBJECT = /\{\s*"[^"]{0,256}"\s*:/y;
/** With a mark that a term cannot hold: `select a from b` is four terms. */
const SQL = /(?=[^]*[*=<>()'",])(?:select\b[^]*\bfrom\b|with\s+\w+\s+as\s*\()/iy;
const INSIGHTS = /(?=[^]*\|)(?:fields|filter|stats|sort|display|parse)\s+@?\w/iy;
/** What stands beside `detail` in an EventBridge pattern and not in the record itself. */
const ENVELOPE = new Set(['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources']);
/** Longer texts are not translated: what comes out is far shorter than what goes in, but not that much. */
const LONGEST_TRANSLATED = 10 * MAX_PATTERN_CHARACTERS;

/** Reports a query of another language pasted into the pattern box; the simple forms of an EventBridge pattern are translated. False when it is none. */
export function reportForeignLanguage(cursor: Cursor): boolean {
  const end = cursor.text.trimEnd().length;
  if (cursor.match(JSON_OBJECT) !== null) {
    const what = message('This is JSON, as EventBridge writes its patterns. A filter pattern is written {0}.', EXAMPLE);
    const translated = translateEventBridge(cursor.text.slice(cursor.at));
    const fix = translated === undefined ? undefined : { title: message('Translate it'), text: translated };
    cursor.error(cursor.at, end, what, fix);
  } else if (cursor.match(SQL) !== null) {
    cursor.error(cursor.at, end, message('This is SQL. A filter pattern has only conditions, written {0}.', EXAMPLE));
  } else if (cursor.match(INSIGHTS) !== null) {
    cursor.error(
      cursor.at,
      end,
      message('This is a Logs Insights query. A filter pattern has only conditions, written {0}.', EXAMPLE),
    );
  } else return false;
  return true;
}

function translateEventBridge(text: string): string | undefined {
  if (text.length > LONGEST_TRANSLATED) return undefined;
  const json = parseObject(text);
  if (json === undefined) return undefined;
  const { detail } = json;
  const inside = isObject(detail) ? detail : withoutEnvelope(json);
  const conditions = conditionsOf(inside, []);
  if (conditions === undefined || conditions.length === 0) return undefined;
  const pattern = `{ ${conditions.join(' && ')} }`;
  return pattern.length > MAX_PATTERN_CHARACTERS ? undefined : pattern;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function withoutEnvelope(json: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !ENVELOPE.has(key)));
}

/** The conditions that an object stands for, all of which must hold; undefined when one of them cannot be written as a filter pattern. */
function conditionsOf(object: Record<string, unknown>, path: readonly SelectorStep[]): string[] | undefined {
  const conditions: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const steps: SelectorStep[] = [...path, { kind: 'key', key }];
    if (isObject(value)) {
      const below = conditionsOf(value, steps);
      if (below === undefined) return undefined;
      conditions.push(...below);
    } else {
      const any = Array.isArray(value) && isWritable(key) ? anyOf(printSelector({ steps }), value) : undefined;
      if (any === undefined) return undefined;
      conditions.push(any);
    }
  }
  return conditions;
}

/** `$or` and the like are no keys. */
function isWritable(key: string): boolean {
  return !key.startsWith('$') && isWritableKey(key);
}

/** An array of EventBridge means any of its values. */
function anyOf(selector: string, values: readonly unknown[]): string | undefined {
  const tests = values.map(testOf);
  if (tests.length === 0 || tests.includes(undefined)) return undefined;
  const conditions = tests.map((test) => `${selector} ${test!}`);
  return conditions.length === 1 ? `(${conditions[0]!})` : `(${conditions.map((each) => `(${each})`).join(' || ')})`;
}

/** Only plain values, `prefix`, `suffix`, `anything-but` a value and `exists: false` have a twin. A star in a text would become a wildcard. */
function testOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('*') ? undefined : `= ${quoteText(value)}`;
  if (typeof value === 'number') return `= ${value}`;
  if (typeof value === 'boolean') return value ? 'IS TRUE' : 'IS FALSE';
  if (value === null) return 'IS NULL';
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const [matcher, operand] = Object.entries(value)[0]!;
  if (matcher === 'exists') return operand === false ? 'NOT EXISTS' : undefined;
  if (typeof operand !== 'string' || operand.includes('*')) return undefined;
  switch (matcher) {
    case 'prefix':
      return `= ${quoteText(`${operand}*`)}`;
    case 'suffix':
      return `= ${quoteText(`*${operand}`)}`;
    case 'anything-but':
      return `!= ${quoteText(operand)}`;
    default:
      return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
