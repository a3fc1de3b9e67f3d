import { BACKSLASH, CLOSE_BRACE, COLON, COMMA, OPEN_BRACE, QUOTE, encodeUtf8, isWhiteSpace } from './bytes';
import { skipString, skipValue, stringValue } from './tokens';

interface Node {
  /** Where the value's span goes, or -1 when only something below it is wanted. */
  slot: number;
  /** The last reading that met the key. */
  round: number;
  readonly children: Map<string, Node>;
  /** The children again, by the hash of their key's bytes. */
  readonly byHash: Map<number, { readonly key: Uint8Array; readonly node: Node }[]>;
}

/**
 * A set of paths of object keys, compiled so that one walk over a record finds all of them. Build it once; reading allocates
 * nothing.
 */
export class FieldPlan {
  private readonly root: Node = newNode();
  private round = 0;
  /** Spans of the last record read: `[start, end)` of slot `i` at `2i` and `2i + 1`, both -1 when the field is absent. */
  readonly spans: Int32Array;

  /** `paths[i]` fills slot `i`. */
  constructor(paths: readonly (readonly string[])[]) {
    this.spans = new Int32Array(paths.length * 2);
    paths.forEach((path, slot) => {
      let node = this.root;
      for (const key of path) node = childOf(node, key);
      node.slot = slot;
    });
  }

  /**
   * Fills {@link spans} from the validated object whose `{` is at `start`. Of duplicate keys the last wins, with all that is below it. Anything but an
   * object leaves every slot empty.
   */
  read(bytes: Uint8Array, start: number): void {
    this.spans.fill(-1);
    this.round++;
    if (bytes[start] === OPEN_BRACE) this.readObject(bytes, start, this.root);
  }

  private readObject(bytes: Uint8Array, start: number, node: Node): number {
    let at = skipSpace(bytes, start + 1);
    while (bytes[at] === QUOTE) {
      const keyEnd = skipString(bytes, at);
      const child = findChild(node, bytes, at, keyEnd);
      at = skipSpace(bytes, keyEnd);
      at = skipSpace(bytes, bytes[at] === COLON ? at + 1 : at);
      at = child === undefined ? skipValue(bytes, at) : this.readMember(bytes, at, child);
      at = skipSpace(bytes, at);
      if (bytes[at] !== COMMA) break;
      at = skipSpace(bytes, at + 1);
    }
    return bytes[at] === CLOSE_BRACE ? at + 1 : at;
  }

  private readMember(bytes: Uint8Array, start: number, node: Node): number {
    // An earlier duplicate of this key may have filled slots below it.
    if (node.round === this.round) this.forget(node);
    node.round = this.round;
    const descends = node.children.size > 0 && bytes[start] === OPEN_BRACE;
    const end = descends ? this.readObject(bytes, start, node) : skipValue(bytes, start);
    if (node.slot >= 0) {
      this.spans[node.slot * 2] = start;
      this.spans[node.slot * 2 + 1] = end;
    }
    return end;
  }

  private forget(node: Node): void {
    for (const child of node.children.values()) {
      if (child.slot >= 0) this.spans.fill(-1, child.slot * 2, child.slot * 2 + 2);
      this.forget(child);
    }
  }
}

function newNode(): Node {
  return { slot: -1, round: 0, children: new Map(), byHash: new Map() };
}

function childOf(node: Node, key: string): Node {
  const known = node.children.get(key);
  if (known !== undefined) return known;
  const child = newNode();
  node.children.set(key, child);
  // A backslash is never itself in JSON: such a key is found when its escapes are resolved.
  if (key.includes('\\')) return child;
  const bytes = encodeUtf8(key);
  const hash = hashKey(bytes, 0, bytes.length);
  const bucket = node.byHash.get(hash) ?? [];
  bucket.push({ key: bytes, node: child });
  node.byHash.set(hash, bucket);
  return child;
}

/** Cheap and good enough for CloudTrail's keys: length, first and last byte. */
function hashKey(bytes: Uint8Array, from: number, to: number): number {
  if (to === from) return 0;
  return ((to - from) << 16) | (bytes[from]! << 8) | bytes[to - 1]!;
}

function findChild(node: Node, bytes: Uint8Array, keyStart: number, keyEnd: number): Node | undefined {
  const from = keyStart + 1;
  const to = keyEnd - 1;
  const bucket = node.byHash.get(hashKey(bytes, from, to));
  if (bucket !== undefined) {
    for (const entry of bucket)
      if (entry.key.length === to - from && sameBytes(bytes, from, entry.key)) return entry.node;
  }
  for (let i = from; i < to; i++) {
    // An escape may spell a known key in another way.
    if (bytes[i] === BACKSLASH) return node.children.get(stringValue(bytes, keyStart, keyEnd));
  }
  return undefined;
}

function sameBytes(bytes: Uint8Array, from: number, key: Uint8Array): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[from + i] !== key[i]) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, at: number): number {
  while (isWhiteSpace(bytes[at])) at++;
  return at;
}
