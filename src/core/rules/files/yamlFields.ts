import { type Node, isScalar } from 'yaml';
import { type Message, message } from '../../message';
import type { YamlMap, YamlReader } from './yamlReader';

/** A text of a file with its node. */
export interface Located {
  readonly text: string;
  readonly node: Node;
}

/** The fields of one map, read with what they have to be; what is wrong is reported. */
export class YamlFields {
  /** True when something that has to be there, or has to be right, is not. */
  failed = false;

  constructor(
    private readonly reader: YamlReader,
    readonly map: YamlMap,
  ) {}

  node(key: string): Node | null | undefined {
    return this.map.keys.get(key)?.value;
  }

  has(key: string): boolean {
    return this.map.keys.has(key);
  }

  fail(kind: string, place: Node | readonly [number, number], text: Message): undefined {
    this.failed = true;
    return this.reader.report(kind, place, text);
  }

  /** Where to point for a key: at its value, or at the key itself. */
  placeOf(key: string): Node {
    const found = this.map.keys.get(key);
    return found?.value ?? found?.key ?? this.map.node;
  }

  /** A text; reports one that is missing, unless it is `optional`, and what is no text. */
  text(key: string, optional = false): Located | undefined {
    if (!this.has(key)) return optional ? undefined : this.missing(key);
    const node = this.node(key) ?? null;
    if (!isScalar(node) || typeof node.value !== 'string')
      return this.fail('type', this.placeOf(key), message('{0} has to be a text.', key));
    if (node.value.trim() === '') return this.fail('type', node, message('{0} is empty.', key));
    return { text: node.value, node };
  }

  /** A whole number of `least` or more, up to `most`. */
  number(key: string, least: number, most: number, fallback?: number): number | undefined {
    if (!this.has(key) && fallback !== undefined) return fallback;
    if (!this.has(key)) return this.missing(key);
    const node = this.node(key) ?? null;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return this.fail(
      'type',
      this.placeOf(key),
      message('{0} has to be a whole number from {1} to {2}.', key, least, most),
    );
  }

  flag(key: string): boolean {
    if (!this.has(key)) return false;
    const node = this.node(key) ?? null;
    if (isScalar(node) && typeof node.value === 'boolean') return node.value;
    this.fail('type', this.placeOf(key), message('{0} has to be true or false.', key));
    return false;
  }

  /** A list of texts, without those that are none. */
  texts(key: string): Located[] {
    if (!this.has(key)) return [];
    const what = message('{0} has to be a list of texts.', key);
    const nodes = this.reader.list(this.node(key) ?? this.placeOf(key), what);
    if (nodes === undefined) this.failed = true;
    return (nodes ?? []).flatMap((node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return [{ text: node.value, node }];
      this.fail('type', node, what);
      return [];
    });
  }

  missing(key: string): undefined {
    const [start] = this.reader.rangeOf(this.map.node);
    const lineEnd = this.reader.text.indexOf('\n', start);
    const end = lineEnd < 0 ? this.reader.text.length : lineEnd;
    return this.fail('missing-key', [start, end], message('{0} is missing.', key));
  }
}
