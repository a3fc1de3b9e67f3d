import { Layout } from '../../src/core/json/layout';
import type { FoundValue } from '../../src/core/json/foundValue';
import type { FieldPath } from '../../src/core/patterns/fromValue';

/** A line of a record laid out, one field a line. */
export interface RecordLine {
  /** Levels in. */
  readonly level: number;
  /** The key as it is written, with its quotes; null in lists and on closing lines. */
  readonly key: string | null;
  /** What stands after the key, as it is written, without the comma. */
  readonly value: string;
  readonly comma: boolean;
  /** Where the value stands; null on lines that only close. */
  readonly path: FieldPath | null;
  /** The value, where it is one that patterns compare. */
  readonly found: FoundValue | undefined;
}

/** `  "key": value,` */
const LINE = /^( *)(?:("(?:[^"\\]|\\.)*"): )?(.*?)(,?)$/s;

interface Level {
  readonly path: FieldPath;
  /** The next index of a list; null in an object. */
  index: number | null;
}

/** A record's JSON as lines: every token as delivered, with the path to it. */
export function recordLines(json: string): RecordLine[] {
  const text = new TextDecoder().decode(new Layout().push(new TextEncoder().encode(json)));
  const levels: Level[] = [];
  return text
    .trimEnd()
    .split('\n')
    .map((line) => readLine(line, levels));
}

function readLine(line: string, levels: Level[]): RecordLine {
  const [, indent = '', key, value = '', comma] = LINE.exec(line)!;
  const base = { level: indent.length / 2, key: key ?? null, value, comma: comma === ',' };
  if (value === '}' || value === ']') {
    levels.pop();
    return { ...base, path: null, found: undefined };
  }
  const path = pathOf(key, levels.at(-1));
  if (value === '{' || value === '[') levels.push({ path, index: value === '[' ? 0 : null });
  return { ...base, path, found: scalar(value) };
}

function pathOf(key: string | undefined, level: Level | undefined): FieldPath {
  if (level === undefined) return [];
  if (level.index !== null) return [...level.path, level.index++];
  return [...level.path, key === undefined ? '' : unquote(key)];
}

function scalar(value: string): FoundValue | undefined {
  if (value.startsWith('"')) return { type: 'string', text: unquote(value) };
  if (value === 'true' || value === 'false' || value === 'null') return { type: value, text: '' };
  return /^-?\d/.test(value) ? { type: 'number', text: value } : undefined;
}

/** A string as it reads; as it is written where JSON would not take it. */
function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1, -1);
  }
}
