import * as vscode from 'vscode';
import { pacer } from '../../node/pacer';
import { LOG_SCHEME } from '../common/contributions';
import { Disposables } from '../common/disposables';
import { reference } from '../common/reference';
import { LogAnalysis } from './logAnalysis';
import { LogDocument } from './logDocument';
import { mayBeLog } from './sniff';

/** Typing is not answered at once but when it rests. */
const REST_MS = 300;

/** A log that is open, with what is known of it so far. */
export interface OpenLog {
  readonly log: LogDocument;
  /** Undefined until every record was read. */
  readonly analysis: LogAnalysis | undefined;
}

interface State {
  log: LogDocument;
  analysis: LogAnalysis | undefined;
  /** Runs while the text is being typed in. */
  timer: NodeJS.Timeout | undefined;
  /** Ends the wait for the typing to rest. */
  rested: (() => void) | undefined;
  /** The latest work on the log; another promise when its text or the rules change. */
  whenDone: Promise<void>;
}

/**
 * The text documents that hold CloudTrail records. A document is looked at when it becomes visible; one that is no log costs a look at
 * its first lines and nothing more.
 */
export class LogDocuments extends Disposables {
  private readonly states = new Map<vscode.TextDocument, State>();
  private readonly scannedEmitter = this.own(new vscode.EventEmitter<LogDocument>());
  private readonly analysedEmitter = this.own(new vscode.EventEmitter<OpenLog>());
  private readonly closedEmitter = this.own(new vscode.EventEmitter<vscode.TextDocument>());

  /** More records of a log were found. Fires often while a large log is scanned. */
  readonly onDidScan = this.scannedEmitter.event;
  /** All of a log was read. */
  readonly onDidAnalyse = this.analysedEmitter.event;
  /** A document is closed, or is no log any more. */
  readonly onDidClose = this.closedEmitter.event;

  /** `shownElsewhere`: documents that are about to be replaced by a laid-out one, which is not worth reading twice. */
  constructor(private readonly shownElsewhere: (document: vscode.TextDocument) => boolean) {
    super();
    // A laid-out log is opened to be shown, and VS Code takes its time between the two.
    this.own(
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === LOG_SCHEME) this.look(document);
      }),
    );
    this.own(
      vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(({ document }) => this.look(document))),
    );
    this.own(vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)));
    this.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.changed(document);
      }),
    );
    vscode.window.visibleTextEditors.forEach(({ document }) => this.look(document));
  }

  /** The log in a document; undefined when it holds none, or was not looked at yet. */
  get(document: vscode.TextDocument): OpenLog | undefined {
    const state = this.states.get(document);
    return state === undefined || state.log.isStale ? undefined : state;
  }

  /** The logs that are open and were read to their end. */
  *analysed(): Iterable<OpenLog> {
    for (const state of this.states.values()) if (state.analysis !== undefined && !state.log.isStale) yield state;
  }

  /** The log in a document when all of it was read; undefined when it holds none. */
  async whenAnalysed(document: vscode.TextDocument): Promise<OpenLog | undefined> {
    this.look(document);
    for (let state = this.states.get(document); state !== undefined; state = this.states.get(document)) {
      const { whenDone } = state;
      await whenDone;
      if (this.states.get(document) === state && state.whenDone === whenDone) return this.get(document);
    }
    return undefined;
  }

  /** Asks the rules again, of all logs: they are others now. */
  askAgain(): void {
    for (const state of this.states.values()) {
      state.log.forgetFindings();
      // What is still being scanned asks for itself when it comes to that.
      if (state.log.isComplete && state.timer === undefined) state.whenDone = this.analyse(state);
    }
  }

  private look(document: vscode.TextDocument): void {
    if (!this.states.has(document) && mayBeLog(document) && !this.shownElsewhere(document)) this.start(document);
  }

  private start(document: vscode.TextDocument): void {
    const state: State = {
      log: new LogDocument(document),
      analysis: undefined,
      timer: undefined,
      rested: undefined,
      whenDone: Promise.resolve(),
    };
    this.states.set(document, state);
    state.whenDone = this.read(state);
  }

  private async read(state: State): Promise<void> {
    const { log } = state;
    await log.scan(pacer(), () => this.scannedEmitter.fire(log));
    if (this.states.get(log.document) !== state || log.isStale) return;
    if (log.recordCount === 0 && (log.format === 'unknown' || log.format === 'empty')) {
      this.forget(log.document);
      return;
    }
    await this.analyse(state);
  }

  private async analyse(state: State): Promise<void> {
    const { log } = state;
    const { catalogue } = reference;
    const analysis = new LogAnalysis();
    const whole = await analysis.read(log, pacer());
    // Rules that came meanwhile are asked by an analysis of their own.
    if (!whole || this.states.get(log.document) !== state || reference.catalogue !== catalogue) return;
    state.analysis = analysis;
    this.analysedEmitter.fire(state);
  }

  private changed(document: vscode.TextDocument): void {
    const state = this.states.get(document);
    if (state === undefined) return;
    if (state.rested === undefined) state.whenDone = new Promise((resolve) => (state.rested = resolve));
    clearTimeout(state.timer);
    state.timer = setTimeout(() => {
      this.states.delete(document);
      if (mayBeLog(document)) this.start(document);
      else this.closedEmitter.fire(document);
      state.rested?.();
    }, REST_MS);
  }

  private forget(document: vscode.TextDocument): void {
    const state = this.states.get(document);
    if (state === undefined) return;
    clearTimeout(state.timer);
    this.states.delete(document);
    state.rested?.();
    this.closedEmitter.fire(document);
  }
}
