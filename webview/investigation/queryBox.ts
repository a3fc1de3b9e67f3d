import type { ParsedPattern } from '../../src/core/patterns/ast';
import { parsePattern } from '../../src/core/patterns/parse';
import { checkFields } from '../../src/core/patterns/unknownFields';
import type { EventQuery } from '../../src/core/table/selection';
import type { InvestigationToHost } from '../../src/protocol/investigationProtocol';
import type { InvestigationStore } from './investigationStore';

/** A pattern that is typed runs when nothing was typed for so long, in ms. */
export const TYPING_REST_MS = 350;

/** The query, and the box its pattern is typed into. */
export class QueryBox {
  private typing: ReturnType<typeof setTimeout> | undefined;

  /** `run` is called when the query has changed. */
  constructor(
    private readonly store: InvestigationStore,
    private readonly post: (message: InvestigationToHost) => void,
    private readonly run: () => void,
  ) {}

  /** Takes a new text of the pattern; it runs when the typing rests. */
  write(text: string): void {
    this.store.set({ text, parsed: this.parse(text), refused: false });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.runTyped(), TYPING_REST_MS);
  }

  /** Runs what stands in the box at once, and remembers it. */
  submit(): void {
    this.runTyped();
    const { text, parsed } = this.store.state;
    if (parsed.pattern !== undefined && text.trim() !== '') this.post({ kind: 'remember', pattern: text });
  }

  /** Asks for other events: the box follows, and what was typed and did not run is gone. */
  ask(query: EventQuery): void {
    clearTimeout(this.typing);
    if (query.pattern !== this.store.state.text) {
      this.store.set({ text: query.pattern, parsed: this.parse(query.pattern) });
    }
    this.store.set({ query, refused: false });
    this.run();
  }

  /** Undefined: what was asked for cannot be said, and the view says so. */
  askOrRefuse(query: EventQuery | undefined): void {
    if (query === undefined) this.store.set({ refused: true });
    else this.ask(query);
  }

  /** The query with the pattern in the box, as far as it runs. */
  get settled(): EventQuery {
    const { text, parsed, query } = this.store.state;
    return parsed.pattern === undefined ? query : { ...query, pattern: text };
  }

  /** Checks the text in the box again: the fields of records are known now. */
  checkAgain(): void {
    this.store.set({ parsed: this.parse(this.store.state.text) });
  }

  private runTyped(): void {
    clearTimeout(this.typing);
    const { text, parsed, query } = this.store.state;
    if (parsed.pattern === undefined || text === query.pattern) return;
    this.ask({ ...query, pattern: text });
  }

  private parse(text: string): ParsedPattern {
    const parsed = parsePattern(text);
    if (parsed.pattern === undefined || this.store.state.fields.length === 0) return parsed;
    return { ...parsed, notes: [...parsed.notes, ...checkFields(parsed.pattern, this.store.state)] };
  }
}
