import { indexedSlot } from '../events/recordView';
import { type FoundValue, readValue } from '../json/foundValue';
import { type Step, findValues, keyStep } from '../json/find';
import type { Span } from '../json/tokens';
import type { SelectorStep } from './ast';
import type { PatternRecord } from './patternRecord';
import { printSelector } from './print';

/** Where the steps of a selector lead in the record at hand, one step at a time. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: readonly [Step];
  /** The keys up to here, joined by dots; undefined where there is more than keys. */
  readonly keys: string | undefined;
  /** Where the record itself knows it; undefined when it has to be sought. */
  readonly slot: number | undefined;
  /** The round in which the rest was found; of another round it is stale. */
  round: number;
  spans: readonly Span[];
  values: readonly FoundValue[] | undefined;
}

/**
 * Seeks fields that a record's view has not indexed. The tests that share a finder share what it has found in the record at hand, so that
 * `requestParameters` is sought once and not once a test. It keeps the last record.
 */
export class FieldFinder {
  private readonly places = new Map<string, Place>();
  private record: PatternRecord | undefined;
  private round = 0;

  /** Reads the values that a selector leads to. */
  readerOf(steps: readonly SelectorStep[]): (record: PatternRecord) => readonly FoundValue[] {
    const place = this.placeOf(steps);
    if (place === undefined) return () => [];
    return (record) => {
      if (record !== this.record) {
        this.record = record;
        this.round++;
      }
      const spans = this.spansOf(place, record);
      return (place.values ??= spans.map((span) => readValue(record.bytes, span)));
    };
  }

  private placeOf(steps: readonly SelectorStep[]): Place | undefined {
    const last = steps.at(-1);
    if (last === undefined) return undefined;
    const path = printSelector({ steps });
    const known = this.places.get(path);
    if (known !== undefined) return known;
    const parent = this.placeOf(steps.slice(0, -1));
    const keys = joinKeys(parent, last);
    const place: Place = {
      parent,
      step: [stepOf(last)],
      keys,
      slot: indexedSlot(keys),
      round: 0,
      spans: [],
      values: undefined,
    };
    this.places.set(path, place);
    return place;
  }

  private spansOf(place: Place, record: PatternRecord): readonly Span[] {
    if (place.round === this.round) return place.spans;
    const spans: Span[] = [];
    if (place.slot !== undefined) {
      const known = record.spanOf(place.slot);
      if (known !== undefined) spans.push(known);
    } else {
      const from = place.parent === undefined ? [{ start: 0 }] : this.spansOf(place.parent, record);
      for (const { start } of from) findValues(record.bytes, start, place.step, (span) => void spans.push(span));
    }
    place.round = this.round;
    place.spans = spans;
    place.values = undefined;
    return spans;
  }
}

function joinKeys(parent: Place | undefined, last: SelectorStep): string | undefined {
  if (last.kind !== 'key' || last.key.includes('.')) return undefined;
  if (parent === undefined) return last.key;
  return parent.keys === undefined ? undefined : `${parent.keys}.${last.key}`;
}

function stepOf(step: SelectorStep): Step {
  if (step.kind === 'key') return keyStep(step.key);
  return step.kind === 'index' ? { kind: 'index', index: step.index } : { kind: 'any' };
}
