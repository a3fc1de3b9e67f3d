/** One JSON value of interest: a top-level value, or an element of an array that holds records. */
export interface Unit {
  /** The whole value and nothing else. A view that lasts only until the sink returns. */
  readonly bytes: Uint8Array;
  /** Offset of the value in the stream, in bytes. */
  readonly start: number;
  readonly end: number;
  /** The array it stood in: `''` none (a top-level value), `'[]'` a top-level array, else the path of keys, e.g. `hits.hits`. */
  readonly container: string;
}

export type DamageKind = 'malformed' | 'cut' | 'truncated' | 'too-large';

export interface Damage {
  readonly kind: DamageKind;
  /** Where the bytes stop making sense; for `too-large`, where the value begins. */
  readonly at: number;
  /** Where the value that was lost begins. */
  readonly start: number;
}

export interface UnitSink {
  unit(unit: Unit): void;
  damage(damage: Damage): void;
  /** A top-level value begins. `lineBreak`: a line break stood between it and the one before; `linePrefix`: a time stamp did. */
  topLevelValue?(lineBreak: boolean, linePrefix: boolean): void;
  /** A container array begins. */
  container?(container: string): void;
  /** A member of a top-level object that the plan names, e.g. `NextToken`; the text is its JSON. */
  member?(key: string, json: string): void;
}
