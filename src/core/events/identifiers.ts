import type { IdKind } from './accessKey';

/** A text that AWS puts in place of a value. */
export interface Marker {
  readonly text: string;
  readonly meaning: string;
}

/** The shape of `data/identifiers.json`, as far as it is looked up. */
export interface IdData {
  readonly idPrefixes: readonly IdKind[];
  readonly markers: readonly Marker[];
}

/** What is known of ids by their prefixes, and of texts that stand for a value that is not shown. */
export class Identifiers {
  private readonly kinds: ReadonlyMap<string, IdKind>;
  private readonly markers: ReadonlyMap<string, Marker>;

  constructor({ idPrefixes, markers }: IdData) {
    this.kinds = new Map(idPrefixes.map((kind) => [kind.prefix, kind]));
    this.markers = new Map(markers.map((marker) => [marker.text, marker]));
  }

  /** The kind of an access key id or unique id; undefined when its prefix is unknown. */
  kindOf(id: string): IdKind | undefined {
    return this.kinds.get(id.slice(0, 4));
  }

  marker(text: string): Marker | undefined {
    return this.markers.get(text);
  }
}
