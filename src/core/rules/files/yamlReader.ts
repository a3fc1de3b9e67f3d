import { type Document, type Node, type Scalar, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { type Message, message } from '../../message';
import type { FileProblem } from './fileProblem';
import { nearestWord } from './nearestWord';

/** Larger files are not read: nobody writes them by hand. In UTF-16 units. */
const MOST_TEXT = 2_000_000;

/** A map of a file under its keys, with places. */
export interface YamlMap {
  readonly node: Node;
  readonly keys: ReadonlyMap<string, { readonly key: Scalar; readonly value: Node | null }>;
}

/** Reads a YAML file that people write by hand, and reports what is wrong with it, each thing at its place. */
export class YamlReader {
  readonly problems: FileProblem[] = [];

  constructor(readonly text: string) {}

  /** The maps of the file: its documents, or the items of those that are lists. `what` they should be is told of anything else. */
  items(what: Message): YamlMap[] {
    if (this.text.length > MOST_TEXT) {
      this.report('too-large', [0, 0], message('The file is too large for a file of rules.'));
      return [];
    }
    const parsed = parseAllDocuments(this.text, {
      merge: false,
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: true,
    });
    const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
    return documents.flatMap((document) => this.itemsOf(document, what));
  }

  report(kind: string, place: Node | readonly [number, number], text: Message, fix?: FileProblem['fix']): undefined {
    this.add(kind, 'error', place, text, fix);
  }

  warn(kind: string, place: Node | readonly [number, number], text: Message, fix?: FileProblem['fix']): void {
    this.add(kind, 'warning', place, text, fix);
  }

  /** A node as a map with texts as keys; reports what is none, and keys that are not `allowed`. */
  map(node: Node | null, allowed: readonly string[], what: Message): YamlMap | undefined {
    if (!isMap(node)) return this.report('shape', node ?? [0, 0], what);
    const keys = new Map<string, { key: Scalar; value: Node | null }>();
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== 'string') {
        this.report('unknown-key', isNode(key) ? key : node, message('A key has to be a word.'));
        continue;
      }
      if (!allowed.includes(key.value)) this.unknownKey(key, key.value, allowed);
      else keys.set(key.value, { key, value: value as Node | null });
    }
    return { node, keys };
  }

  /** The nodes of a list; reports what is none. */
  list(node: Node | null, what: Message): Node[] | undefined {
    if (!isSeq(node)) return this.report('shape', node ?? [0, 0], what);
    return node.items.filter(isNode);
  }

  rangeOf(node: Node): [number, number] {
    const [start, end] = node.range ?? [0, 0];
    return [start, Math.max(end, start)];
  }

  private itemsOf(document: Document, what: Message): YamlMap[] {
    for (const { pos, message: text } of document.errors) {
      this.report('yaml', [pos[0], pos[1]], message('Not valid YAML: {0}', text));
    }
    const { contents } = document;
    if (document.errors.length > 0 || contents === null || (isScalar(contents) && contents.value === null)) return [];
    const nodes: readonly unknown[] = isSeq(contents) ? contents.items : [contents];
    return nodes.filter(isNode).flatMap((node) => {
      if (isMap(node)) return [{ node, keys: new Map() }];
      this.report('shape', node, isAlias(node) ? message('Aliases are not read here.') : what);
      return [];
    });
  }

  private unknownKey(key: Scalar, name: string, allowed: readonly string[]): void {
    const nearest = nearestWord(name, allowed);
    if (nearest === undefined) {
      this.report('unknown-key', key, message('Unknown key {0}. Known are: {1}.', name, allowed.join(', ')));
      return;
    }
    const [start, end] = this.rangeOf(key);
    const fix = { title: message('Change to {0}', nearest), text: nearest, start, end };
    this.report('unknown-key', key, message('Unknown key {0}. Is {1} meant?', name, nearest), fix);
  }

  private add(
    kind: string,
    level: FileProblem['level'],
    place: Node | readonly [number, number],
    text: Message,
    fix: FileProblem['fix'],
  ): void {
    const [from, to] = isPlace(place) ? place : this.rangeOf(place);
    // The parser places what it misses at the end beyond it.
    const start = Math.min(from, this.text.length);
    const end = Math.max(start, Math.min(to, this.text.length));
    this.problems.push({ kind, level, message: text, start, end, ...(fix && { fix }) });
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function isPlace(place: Node | readonly [number, number]): place is readonly [number, number] {
  return Array.isArray(place);
}
