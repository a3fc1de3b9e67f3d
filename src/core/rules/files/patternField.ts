import { isMap, isScalar, type Node } from 'yaml';
import { message } from '../../message';
import type { PatternError, Range } from '../../patterns/ast';
import { parsePattern } from '../../patterns/parse';
import { parseSelector } from '../../patterns/selector';
import { PRINCIPAL } from '../rule';
import { scalarPositions } from './scalarMap';
import type { Located, YamlFields } from './yamlFields';
import type { YamlReader } from './yamlReader';

/** The pattern under a key; its errors and notes are reported at their own column in the file, as far as that can be found. */
export function readPattern(reader: YamlReader, fields: YamlFields, key: string): string | undefined {
  const node = fields.node(key) ?? null;
  if (isMap(node)) {
    const text = message(
      'YAML takes the brace for its own: put the pattern in single quotes, or on the next line after {0}.',
      '>-',
    );
    return fields.fail('pattern', node, text);
  }
  const located = fields.text(key);
  if (located === undefined) return undefined;
  const { errors, notes } = parsePattern(located.text);
  const places = new Places(reader, located);
  for (const error of errors) reportError(reader, places, error);
  if (errors.length > 0) {
    fields.failed = true;
    return undefined;
  }
  for (const note of notes) reader.warn('pattern', places.of(note), note.message);
  return located.text;
}

/** The selectors under a key, among them perhaps `principal`. */
export function readGroupBy(reader: YamlReader, fields: YamlFields, key: string): string[] {
  const texts = fields.texts(key);
  for (const located of texts) if (located.text !== PRINCIPAL) checkSelector(reader, fields, located);
  return texts.map(({ text }) => text);
}

export function readSelectorText(reader: YamlReader, fields: YamlFields, key: string): string | undefined {
  const located = fields.text(key, true);
  if (located !== undefined) checkSelector(reader, fields, located);
  return located?.text;
}

function checkSelector(reader: YamlReader, fields: YamlFields, located: Located): void {
  const { errors } = parseSelector(located.text);
  if (errors.length > 0) fields.failed = true;
  const places = new Places(reader, located);
  for (const error of errors) reportError(reader, places, error);
}

function reportError(reader: YamlReader, places: Places, error: PatternError): void {
  const { fix } = error;
  const mended = fix && places.isPlain && { title: fix.title, text: fix.text, ...places.range(fix) };
  reader.report('pattern', places.of(error), error.message, mended || undefined);
}

/** Places in a scalar's value as places in the file. */
class Places {
  private readonly positions: number[] | undefined;

  constructor(
    private readonly reader: YamlReader,
    private readonly located: Located,
  ) {
    const { node } = located;
    this.positions = isScalar(node) ? scalarPositions(reader.text, node) : undefined;
  }

  /** True when the text stands in the file as it is, so that a fix for the one is a fix for the other. */
  get isPlain(): boolean {
    const { positions } = this;
    return (
      positions !== undefined && positions.every((at, i) => i === 0 || at === positions[i - 1]! + 1) && !this.isQuoted
    );
  }

  private get isQuoted(): boolean {
    const [start] = this.reader.rangeOf(this.located.node);
    return this.reader.text[start] === '"';
  }

  of(range: Range): Node | [number, number] {
    if (this.positions === undefined) return this.located.node;
    const { start, end } = this.range(range);
    return [start, end];
  }

  range({ start, end }: Range): Range {
    const positions = this.positions!;
    const last = positions.length - 1;
    const from = positions[Math.min(start, last)]!;
    // What ends at a character ends after it, not where the next one begins, which may be a line further.
    const to = end > start ? positions[Math.min(end, last + 1) - 1]! + 1 : from;
    return { start: from, end: Math.max(from, to) };
  }
}
