import { BACKSLASH, encodeUtf8 } from './bytes';
import { stringValue } from './tokens';
import type { UnitStart } from './unitStarts';

export interface UnitPlanOptions {
  /** Paths of the arrays whose elements are units, joined with dots, e.g. `Records`, `hits.hits`. */
  readonly containers: readonly string[];
  /** Keys of scalar members of top-level objects that the sink wants to hear of. */
  readonly members?: readonly string[];
  /** Keys that units are known to begin with: after damage, reading goes on at an object that begins with one of them. */
  readonly firstKeys?: readonly string[];
  /** A value longer than this many bytes is passed over and reported. */
  readonly maxUnitBytes: number;
}

/** An escape is at most six bytes for one. */
const MOST_BYTES_OF_A_KEY_BYTE = 6;

/** What a {@link UnitSplitter} looks for, made ready once for any number of them. */
export class UnitPlan {
  readonly maxUnitBytes: number;
  /** What containers and units are known to begin with. */
  readonly starts: readonly UnitStart[];
  private readonly containers: ReadonlySet<string>;
  private readonly prefixes: ReadonlySet<string>;
  private readonly members: ReadonlySet<string>;
  /** Lengths, in bytes with quotes, of the keys that mean something: of the others only escaped ones are decoded. */
  private readonly keyLengths: ReadonlySet<number>;
  private readonly longestKey: number;

  constructor({ containers, members = [], firstKeys = [], maxUnitBytes }: UnitPlanOptions) {
    this.maxUnitBytes = maxUnitBytes;
    this.containers = new Set(containers);
    this.prefixes = new Set(containers.flatMap(prefixesOf));
    this.members = new Set(members);
    const keys = [...containers.flatMap((path) => path.split('.')), ...members];
    this.keyLengths = new Set(keys.map((key) => encodeUtf8(key).length + 2));
    this.longestKey = Math.max(0, ...this.keyLengths) * MOST_BYTES_OF_A_KEY_BYTE;
    const topKeys = new Set(containers.map((path) => path.split('.')[0]!));
    this.starts = [
      ...[...topKeys].map((key) => ({ kind: 'container' as const, bytes: encodeUtf8(`{"${key}"`) })),
      ...firstKeys.map((key) => ({ kind: 'unit' as const, bytes: encodeUtf8(`{"${key}"`) })),
    ];
  }

  /** Whether the elements of the array at `path` are units. */
  isContainer(path: string): boolean {
    return this.containers.has(path);
  }

  /** Whether the object at `path` may hold a container. */
  leadsToContainer(path: string): boolean {
    return this.prefixes.has(path);
  }

  /** Whether the sink wants to hear of the member `key` of a top-level object. */
  isMember(key: string): boolean {
    return this.members.has(key);
  }

  /** The key in the string token `[start, end)` if it means something here, else an empty text or some other key. */
  keyOf(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    const known = this.keyLengths.has(length);
    if (!known && (length > this.longestKey || !bytes.subarray(start, end).includes(BACKSLASH))) return '';
    return stringValue(bytes, start, end);
  }
}

function prefixesOf(path: string): string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_, i) => keys.slice(0, i + 1).join('.'));
}
