import { type Message, message } from '../message';

/** Queries of other languages that are pasted into a pattern box, and what to say about them. */
interface Hint {
  readonly message: Message;
  readonly fix?: { readonly title: Message; readonly text: string };
}

const SQL = /^\s*(select\b[\s\S]*\bfrom\b|with\s+\w+\s+as\s*\()/i;
const INSIGHTS = /^\s*(fields|filter|stats|sort|display|parse)\s+@?\w/i;

/** A hint when `text`, from its `{` on, is JSON like an EventBridge pattern; its simple forms are translated. */
export function eventBridgeHint(text: string): Hint | undefined {
  if (!/^\{\s*"[^"]*"\s*:/.test(text)) return undefined;
  const translated = translateEventBridge(text);
  const what = message(
    'This is JSON, as EventBridge writes its patterns. A filter pattern is written {0}.',
    '{ $.eventName = "CreateUser" }',
  );
  return translated === undefined
    ? { message: what }
    : { message: what, fix: { title: message('Translate it'), text: translated } };
}

/** A hint when `text` is SQL or a Logs Insights query. */
export function queryLanguageHint(text: string): Message | undefined {
  if (SQL.test(text))
    return message('This is SQL. A filter pattern has only conditions, written {0}.', '{ $.eventName = "CreateUser" }');
  if (INSIGHTS.test(text) && text.includes('|')) {
    return message(
      'This is a Logs Insights query. A filter pattern has only conditions, written {0}.',
      '{ $.eventName = "CreateUser" }',
    );
  }
  return undefined;
}

function translateEventBridge(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const detail = isObject(json) && isObject(json['detail']) ? json['detail'] : json;
  const conditions = isObject(detail) ? conditionsOf(detail, '$') : undefined;
  return conditions === undefined || conditions.length === 0 ? undefined : `{ ${conditions.join(' && ')} }`;
}

function conditionsOf(object: Record<string, unknown>, path: string): string[] | undefined {
  const conditions: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (path === '$' && ['source', 'detail-type', 'account', 'region'].includes(key)) continue;
    const selector = /^[A-Za-z0-9_-]+$/.test(key) ? `${path}.${key}` : `${path}.['${key}']`;
    const own = Array.isArray(value)
      ? anyOf(selector, value)
      : isObject(value)
        ? conditionsOf(value, selector)
        : undefined;
    if (own === undefined) return undefined;
    conditions.push(...(typeof own === 'string' ? [own] : own));
  }
  return conditions;
}

/** An array of EventBridge means any of its values; only plain ones, `prefix`, `suffix`, `anything-but` a value and `exists: false` have a twin. */
function anyOf(selector: string, values: readonly unknown[]): string | undefined {
  const tests = values.map((value) => {
    if (typeof value === 'string') return `${selector} = ${JSON.stringify(value)}`;
    if (typeof value === 'number') return `${selector} = ${value}`;
    if (typeof value === 'boolean') return `${selector} IS ${value ? 'TRUE' : 'FALSE'}`;
    if (value === null) return `${selector} IS NULL`;
    if (!isObject(value)) return undefined;
    if (typeof value['prefix'] === 'string') return `${selector} = ${JSON.stringify(`${value['prefix']}*`)}`;
    if (typeof value['suffix'] === 'string') return `${selector} = ${JSON.stringify(`*${value['suffix']}`)}`;
    if (typeof value['anything-but'] === 'string') return `${selector} != ${JSON.stringify(value['anything-but'])}`;
    return value['exists'] === false ? `${selector} NOT EXISTS` : undefined;
  });
  if (tests.length === 0 || tests.includes(undefined)) return undefined;
  return tests.length === 1 ? `(${tests[0]!})` : `(${tests.map((test) => `(${test!})`).join(' || ')})`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
