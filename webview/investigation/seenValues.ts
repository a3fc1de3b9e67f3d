import type { SeenValue } from '../../src/core/patterns/complete';
import type { Asker } from './asker';
import type { InvestigationStore } from './investigationStore';

const MOST_COMPLETED_VALUES = 50;

/** Values that occur in the table, for the completion of patterns; each field's are asked for when they are first wanted. */
export class SeenValues {
  private seen = new Map<string, readonly SeenValue[]>();

  constructor(
    private readonly store: InvestigationStore,
    private readonly asker: Asker,
  ) {}

  /** The values of a selector of the pattern language; none while they are on their way. */
  of(selector: string): readonly SeenValue[] {
    const { seen } = this;
    const known = seen.get(selector);
    if (known !== undefined || this.store.state.table === undefined) return known ?? [];
    seen.set(selector, []);
    const request = { path: selector.replace(/^\$\./, ''), prefix: '', most: MOST_COMPLETED_VALUES };
    void this.asker.ask('values', request).then((values) => {
      const texts = values.flatMap(({ text, type, count }) =>
        type === 'string' || type === 'number' ? [{ text, type, count }] : [],
      );
      // Those of another version are let go of by now.
      seen.set(selector, texts);
      this.store.changed();
    }, ignored);
    return [];
  }

  /** Forgets all of them: another version of the table has others. */
  clear(): void {
    this.seen = new Map();
  }
}

function ignored(): void {
  // Without values the box completes fields.
}
