import type { FieldSummary } from '../../src/core/events/fieldReference';
import { type Completion, type SeenField, type SeenValue, completePattern } from '../../src/core/patterns/complete';
import type { ParsedPattern } from '../../src/core/patterns/ast';
import { addCondition } from '../../src/core/patterns/addCondition';
import { parsePattern } from '../../src/core/patterns/parse';
import { checkFields } from '../../src/core/patterns/unknownFields';
import type {
  Grouping,
  HuntGroup,
  HuntOutcome,
  HuntRow,
  HuntScope,
  HuntToHost,
  HuntToWebview,
  SavedPattern,
  ScopeInfo,
} from '../../src/protocol/huntProtocol';
import type { HostLink } from '../common/hostLink';
import { GroupedLines, type ResultLine } from './groupedLines';

const MOST_COMPLETIONS = 60;

/** Rows asked for at a time. */
export const PAGE_ROWS = 100;

/** What survives hiding the view and reloading the window. */
export interface KeptHunt {
  readonly pattern: string;
  readonly scope: HuntScope;
  readonly grouping: Grouping;
  readonly ran: boolean;
}

export interface HuntState extends KeptHunt {
  readonly parsed: ParsedPattern;
  readonly phase: 'idle' | 'running' | 'done';
  readonly progress: { readonly searched: number; readonly total: number | null; readonly matched: number };
  readonly outcome: HuntOutcome | undefined;
  /** The pattern that the results are of. */
  readonly shownPattern: string;
  readonly fields: readonly FieldSummary[];
  /** Fields that occur in what would be searched. */
  readonly seen: readonly SeenField[];
  readonly history: readonly string[];
  readonly saved: readonly SavedPattern[];
  readonly file: ScopeInfo | null;
  readonly investigation: ScopeInfo | null;
  /** False until the host has told what there is to look through. */
  readonly ready: boolean;
  readonly groups: readonly HuntGroup[] | undefined;
  readonly expanded: ReadonlySet<string>;
}

/** The state of the Hunt view and everything that changes it. It holds the rows that were on screen and no others. */
export class HuntModel {
  state: HuntState;
  private run = 0;
  private readonly pages = new Map<string, readonly HuntRow[]>();
  private readonly requested = new Set<string>();
  private readonly values = new Map<string, readonly SeenValue[]>();
  private readonly askedValues = new Set<string>();
  private askedSeen = false;
  private lines: GroupedLines | undefined;
  /** Whether what was on screen before a reload has yet to be looked for again. */
  private resumes: boolean;

  constructor(
    private readonly host: HostLink<HuntToHost, KeptHunt>,
    private readonly changed: () => void,
  ) {
    const { pattern = '', scope = 'file', grouping = 'none', ran = false } = host.kept ?? {};
    this.resumes = ran;
    this.state = {
      pattern,
      scope,
      grouping,
      ran,
      parsed: parsePattern(pattern),
      phase: 'idle',
      progress: { searched: 0, total: null, matched: 0 },
      outcome: undefined,
      shownPattern: '',
      fields: [],
      seen: [],
      history: [],
      saved: [],
      file: null,
      investigation: null,
      ready: false,
      groups: undefined,
      expanded: new Set(),
    };
  }

  /** Tells the host that messages can come. */
  begin(): void {
    this.host.post({ kind: 'ready' });
    this.changed();
  }

  /** The scope that a run would have: the chosen one while there is something in it. */
  get scope(): HuntScope {
    const { scope, file, investigation } = this.state;
    if (scope === 'file') return file === null && investigation !== null ? 'investigation' : 'file';
    return investigation === null && file !== null ? 'file' : 'investigation';
  }

  get canRun(): boolean {
    const { file, investigation, parsed } = this.state;
    return parsed.pattern !== undefined && (file !== null || investigation !== null);
  }

  receive(message: HuntToWebview): void {
    switch (message.kind) {
      case 'setup':
        this.set({ fields: message.fields });
        return this.write(this.state.pattern);
      case 'patterns':
        return this.set({ history: message.history, saved: message.saved });
      case 'scopes':
        return this.setScopes(message);
      case 'pattern':
        this.write(message.pattern);
        if (message.scope !== null) this.set({ scope: message.scope });
        if (message.run) this.start();
        return;
      case 'add':
        return this.add(message.pattern);
      case 'seen':
        return this.set({ seen: message.fields });
      case 'values':
        this.values.set(message.path, message.values);
        return this.changed();
      case 'progress':
        if (message.run === this.run) this.set({ progress: message });
        return;
      case 'done':
        if (message.run === this.run) this.finish(message.outcome);
        return;
      case 'groups':
        if (message.run !== this.run || message.grouping !== this.state.grouping) return;
        this.lines = undefined;
        return this.set({ groups: message.groups });
      case 'rows':
        if (message.run !== this.run) return;
        this.pages.set(pageKey(message.group, message.from / PAGE_ROWS), message.rows);
        return this.changed();
    }
  }

  /** Takes a new text of the pattern; what was found with the old one stays until the next run. */
  write(pattern: string): void {
    this.set({ pattern, parsed: this.parse(pattern) });
  }

  /** Adds a condition to the pattern and runs it; where it cannot be added it takes the pattern's place. */
  private add(pattern: string): void {
    const added = parsePattern(pattern).pattern;
    const root = added?.kind === 'json' ? added.root : undefined;
    this.write((root && addCondition(this.state.pattern, root)) ?? pattern);
    this.start();
  }

  choose(change: { readonly scope: HuntScope } | { readonly grouping: Grouping }): void {
    this.set(change);
    if ('scope' in change) this.forgetSeen();
    else {
      this.lines = undefined;
      this.set({ groups: undefined, expanded: new Set() });
      if (this.state.phase === 'done') this.askGroups();
    }
  }

  start(): void {
    if (!this.canRun) return;
    const { pattern } = this.state;
    const { scope } = this;
    this.resumes = false;
    this.run++;
    this.forgetRows();
    this.set({
      phase: 'running',
      ran: true,
      // The scope stays what was searched, though a log is opened from the results.
      scope,
      outcome: undefined,
      shownPattern: pattern,
      progress: { searched: 0, total: null, matched: 0 },
      groups: undefined,
      expanded: new Set(),
    });
    this.host.post({ kind: 'run', run: this.run, pattern, scope });
  }

  cancel(): void {
    this.host.post({ kind: 'cancel' });
  }

  toggle(index: number): void {
    const line = this.lineAt(index);
    if (line?.kind !== 'group') return;
    const expanded = new Set(this.state.expanded);
    if (!expanded.delete(line.group.key)) expanded.add(line.group.key);
    this.lines = undefined;
    this.set({ expanded });
  }

  open(index: number, keepFocus: boolean): void {
    const line = this.lineAt(index);
    const row = line?.kind === 'row' ? this.rowOf(line) : undefined;
    if (row !== undefined) this.host.post({ kind: 'open', run: this.run, row: row.id, keepFocus });
  }

  post(message: HuntToHost): void {
    this.host.post(message);
  }

  /** Lines of the list: rows, or groups with the rows of those that are open. */
  get lineCount(): number {
    const { grouping, groups, phase, progress, outcome } = this.state;
    if (grouping !== 'none' && phase === 'done') return groups === undefined ? 0 : this.grouped(groups).count;
    return outcome?.matched ?? progress.matched;
  }

  lineAt(index: number): ResultLine | undefined {
    const { grouping, groups, phase } = this.state;
    if (grouping === 'none' || phase !== 'done')
      return { kind: 'row', group: null, index, position: index + 1, siblings: this.lineCount };
    return groups === undefined ? undefined : this.grouped(groups).lineAt(index);
  }

  /** The row on a line; undefined while it is on its way. */
  rowOf({ group, index }: { readonly group: string | null; readonly index: number }): HuntRow | undefined {
    return this.pages.get(pageKey(group, Math.floor(index / PAGE_ROWS)))?.[index % PAGE_ROWS];
  }

  /** Asks for the rows of the lines `[from, to)` that are not here yet. */
  fetch(from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const line = this.lineAt(index);
      if (line?.kind !== 'row' || this.rowOf(line) !== undefined) continue;
      const page = Math.floor(line.index / PAGE_ROWS);
      // While a run goes on a page grows: it is asked for again when more of it is known.
      const request = `${pageKey(line.group, page)} ${this.state.phase === 'done' ? 'all' : line.siblings}`;
      if (this.requested.has(request)) continue;
      this.requested.add(request);
      const first = page * PAGE_ROWS;
      const { grouping } = this.state;
      this.host.post({
        ...{ kind: 'rows', run: this.run, grouping, group: line.group },
        ...{ from: first, to: first + PAGE_ROWS },
      });
    }
  }

  /** Values of a field seen in the logs, the most frequent first; asked for when they are first wanted. */
  private valuesOf(path: string): readonly SeenValue[] {
    if (!this.askedValues.has(path)) {
      this.askedValues.add(path);
      this.host.post({ kind: 'values', path, scope: this.scope });
    }
    return this.values.get(path) ?? [];
  }

  /** Completions at the caret: what the reference and the logs have. */
  complete(text: string, caret: number): Completion[] {
    if (!this.askedSeen) {
      this.askedSeen = true;
      this.host.post({ kind: 'seen', scope: this.scope });
    }
    const { fields, seen } = this.state;
    return completePattern(
      text,
      caret,
      { fields, seen, values: (selector) => this.valuesOf(selector) },
      MOST_COMPLETIONS,
    );
  }

  private setScopes({ file, investigation }: HuntToWebview & { kind: 'scopes' }): void {
    const moved = this.state.file?.label !== file?.label;
    this.set({ file, investigation, ready: true });
    if (moved) this.forgetSeen();
    // What was on screen before a reload is looked for again.
    if (this.resumes && this.canRun) this.start();
  }

  /** What was seen in the logs belongs to one scope. */
  private forgetSeen(): void {
    this.values.clear();
    this.askedValues.clear();
    this.askedSeen = false;
  }

  private finish(outcome: HuntOutcome): void {
    this.forgetRows();
    this.set({ phase: 'done', outcome });
    if (this.state.grouping !== 'none') this.askGroups();
  }

  /** Parses a pattern; its notes tell of fields that CloudTrail does not have, too. */
  private parse(text: string): ParsedPattern {
    const parsed = parsePattern(text);
    if (parsed.pattern === undefined || this.state.fields.length === 0) return parsed;
    return { ...parsed, notes: [...parsed.notes, ...checkFields(parsed.pattern, this.state)] };
  }

  private askGroups(): void {
    const { grouping } = this.state;
    if (grouping !== 'none') this.host.post({ kind: 'groups', run: this.run, grouping });
  }

  private forgetRows(): void {
    this.pages.clear();
    this.requested.clear();
    this.lines = undefined;
  }

  private grouped(groups: readonly HuntGroup[]): GroupedLines {
    return (this.lines ??= new GroupedLines(groups, this.state.expanded));
  }

  private set(change: Partial<HuntState>): void {
    this.state = { ...this.state, ...change };
    const { pattern, scope, grouping, ran } = this.state;
    this.host.keep({ pattern, scope, grouping, ran });
    this.changed();
  }
}

function pageKey(group: string | null, page: number): string {
  return `${page} ${group === null ? '' : `=${group}`}`;
}
