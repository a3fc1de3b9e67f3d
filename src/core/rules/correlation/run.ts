/** A record that a rule counts: when it was, and where it can be found again. */
export interface Entry<Place> {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Its eventID, or nothing: what orders records of the same time, whatever order they are read in. */
  readonly id: string;
  readonly place: Place;
}

/** Records that met a rule together: every window that did, brought together while they share records. */
export interface Run<Place> {
  /** What the rule counts: records, or different values. */
  readonly count: number;
  /** Epoch milliseconds. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** In order of time; of very many only the first and the last. */
  readonly entries: readonly Entry<Place>[];
}

/** The records of one group, from which its runs are found. */
export interface Runs<Place> {
  /** How many entries are held. */
  readonly size: number;
  /** Takes a record: the steps of a sequence that it meets, and the value where different ones are counted. */
  add(entry: Entry<Place>, steps: readonly number[], value: string): void;
  /** The runs of what was added so far, in order of time. */
  runs(): Run<Place>[];
}

/** Of a long run so many entries are kept from each end. */
export const KEPT_AT_EACH_END = 100;

export function byTime(a: Entry<unknown>, b: Entry<unknown>): number {
  return a.time - b.time || (a.id < b.id ? -1 : Number(a.id > b.id));
}
