/** As much of VS Code as unit tests of the host need: `vi.mock('vscode', () => import('./fakeVscode'))`. */

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class CancellationTokenSource {
  private readonly requested = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.requested.event };

  cancel(): void {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.requested.fire();
  }

  dispose(): void {
    this.requested.dispose();
  }
}

interface UriParts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path: string;
  readonly query?: string;
}

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;

  private constructor({ scheme, authority = '', path, query = '' }: UriParts) {
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
    this.query = query;
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts);
  }

  static parse(text: string): Uri {
    const [, scheme, authority, path, query] = /^([\w-]+):\/\/([^/?]*)([^?]*)\??(.*)$/.exec(text) as string[];
    return new Uri({ scheme: scheme!, authority: authority!, path: path!, query: query! });
  }

  static file(path: string): Uri {
    return new Uri({ scheme: 'file', path });
  }

  static joinPath(base: Uri, ...names: readonly string[]): Uri {
    return new Uri({ ...base, path: [base.path, ...names].join('/') });
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}

export const EndOfLine = { LF: 1, CRLF: 2 };

const nothing = (): { dispose(): void } => ({ dispose: () => undefined });

/** Tests put in what is to be there. */
export const window = {
  activeTextEditor: undefined as unknown,
  activated: new EventEmitter<unknown>(),
  onDidChangeActiveTextEditor: (listener: (editor: unknown) => void) => window.activated.event(listener),
  visibleTextEditors: [],
  onDidChangeVisibleTextEditors: nothing,
  tabGroups: { onDidChangeTabs: nothing, all: [] },
};

/** Every setting is `info`. */
export const workspace = {
  textDocuments: [] as { readonly uri: Uri }[],
  openTextDocument: (uri: Uri): Promise<{ readonly uri: Uri }> => Promise.reject(new Error(`no ${uri.toString()}`)),
  changed: new EventEmitter<unknown>(),
  closed: new EventEmitter<unknown>(),
  onDidOpenTextDocument: nothing,
  onDidChangeTextDocument: (listener: (change: unknown) => void) => workspace.changed.event(listener),
  onDidCloseTextDocument: (listener: (document: unknown) => void) => workspace.closed.event(listener),
  getConfiguration: () => ({ get: () => 'info' }),
};

export const l10n = {
  t: (text: string, ...args: readonly unknown[]) => text.replace(/\{(\d+)\}/g, (_, at) => String(args[Number(at)])),
};

export const commands = {
  registered: new Map<string, (...args: readonly unknown[]) => unknown>(),
  registerCommand: (id: string, call: (...args: readonly unknown[]) => unknown) => {
    commands.registered.set(id, call);
    return { dispose: () => void commands.registered.delete(id) };
  },
};
