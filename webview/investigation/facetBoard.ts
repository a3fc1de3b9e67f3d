import type { Facet, FacetRequest } from '../../src/core/table/facets';
import type { EventQuery } from '../../src/core/table/selection';
import type { ViewField } from '../../src/core/table/views';
import type { Asker } from './asker';
import { FACET_FIELDS } from './columns';

/** Values shown at first, and how many more "more" shows. */
export const FIRST_VALUES = 6;
const MORE_VALUES = 25;

/** What survives a reload. */
export type OpenFacets = readonly ViewField[];

export const OPEN_AT_FIRST: OpenFacets = FACET_FIELDS.filter((field) => field !== 'tactic' && field !== 'userAgent');

/** The values of the facets that are open, and what is looked for in them. */
export class FacetBoard {
  private readonly facets = new Map<ViewField, Facet>();
  private readonly shown = new Map<ViewField, number>();
  private readonly searches = new Map<ViewField, string>();
  private open: Set<ViewField>;
  private query: EventQuery | undefined;

  constructor(
    private readonly asker: Asker,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
    open: OpenFacets = OPEN_AT_FIRST,
  ) {
    this.open = new Set(open);
  }

  get openFields(): OpenFacets {
    return [...this.open];
  }

  isOpen(field: ViewField): boolean {
    return this.open.has(field);
  }

  /** Undefined while it is on its way. */
  of(field: ViewField): Facet | undefined {
    return this.facets.get(field);
  }

  searchOf(field: ViewField): string {
    return this.searches.get(field) ?? '';
  }

  /** Asks for the facets of the events of a query. */
  show(query: EventQuery): void {
    this.query = query;
    void this.ask([...this.open], 'facets');
  }

  toggle(field: ViewField): void {
    if (!this.open.delete(field)) {
      this.open.add(field);
      void this.ask([field], `facet ${field}`);
    }
    this.changed();
  }

  more(field: ViewField): void {
    this.shown.set(field, this.topOf(field) + MORE_VALUES);
    void this.ask([field], `facet ${field}`);
  }

  search(field: ViewField, text: string): void {
    this.searches.set(field, text);
    void this.ask([field], `facet ${field}`);
    this.changed();
  }

  private topOf(field: ViewField): number {
    return this.shown.get(field) ?? FIRST_VALUES;
  }

  private async ask(fields: readonly ViewField[], slot: string): Promise<void> {
    const { query } = this;
    if (query === undefined || fields.length === 0) return;
    const facets = fields.map((field): FacetRequest => {
      const request = { field, top: this.topOf(field) };
      const search = this.searchOf(field);
      return search === '' ? request : { ...request, search };
    });
    try {
      for (const facet of await this.asker.ask('facets', { query, facets }, { slot })) {
        this.facets.set(facet.field, facet);
      }
      this.changed();
    } catch (error) {
      this.failed(error);
    }
  }
}
