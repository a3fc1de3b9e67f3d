import { type RecordView, indexedSlot } from '../events/recordView';
import { type FoundValue, readValue } from '../json/foundValue';
import { type Step, findValues, keyStep } from '../json/find';
import type { Span } from '../json/tokens';
import type { SelectorStep } from './ast';
import { printSelector } from './print';

/** Where the steps of a selector lead in the record at hand, one step at a time. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: readonly [Step];
  /** The slot of the record's view that holds the place, where one does. */
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
  private record: RecordView | undefined;
  private round = 0;

  /** Reads the values that a selector leads to. */
  readerOf(steps: readonly SelectorStep[]): (record: RecordView) => readonly FoundValue[] {
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
    const place: Place = {
      parent: this.placeOf(steps.slice(0, -1)),
      step: [stepOf(last)],
      slot: steps.length === 1 ? indexedSlot(keyPath(last)) : undefined,
      round: 0,
      spans: [],
      values: undefined,
    };
    this.places.set(path, place);
    return place;
  }

  private spansOf(place: Place, record: RecordView): readonly Span[] {
    if (place.round === this.round) return place.spans;
    place.round = this.round;
    place.spans = this.seek(place, record);
    place.values = undefined;
    return place.spans;
  }

  private seek({ slot, parent, step }: Place, record: RecordView): readonly Span[] {
    if (slot !== undefined) {
      const span = record.spanOf(slot);
      return span === undefined ? [] : [span];
    }
    const spans: Span[] = [];
    const from = parent === undefined ? [{ start: 0 }] : this.spansOf(parent, record);
    for (const { start } of from) findValues(record.bytes, start, step, (span) => void spans.push(span));
    return spans;
  }
}

/** A key with a dot in it is no path. */
function keyPath(step: SelectorStep): string | undefined {
  return step.kind === 'key' && !step.key.includes('.') ? step.key : undefined;
}

function stepOf(step: SelectorStep): Step {
  if (step.kind === 'key') return keyStep(step.key);
  return step.kind === 'index' ? { kind: 'index', index: step.index } : { kind: 'any' };
}
