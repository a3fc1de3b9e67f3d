import * as vscode from 'vscode';
import type { Session } from '../../core/identity/session';
import { SessionBuilder } from '../../core/identity/sessionBuilder';
import type { SessionGraph } from '../../core/identity/sessionGraph';
import { sessionRecord } from '../../core/identity/sessionRecord';
import { pacer } from '../../node/pacer';
import { Disposables } from '../common/disposables';
import type { LogDocument, LogRecord } from '../editor/logDocument';
import type { LogDocuments, OpenLog } from '../editor/logDocuments';
import { openLogs } from './openLogs';

/** Logs that are opened one after another are read in one go. */
const REST_MS = 150;

/** A session in the graph that it is of. */
export interface FoundSession {
  readonly graph: SessionGraph;
  readonly session: Session;
}

/** The sessions of other files than the open ones: of the sources of the investigation. */
export interface SessionSources {
  /** Places name their file by its URI. */
  readonly graph: SessionGraph;
  /** The records that hold `token`, a JSON string with its quotes, of other files than `besides`; at most `most` of them. */
  find(
    token: string,
    most: number,
    besides: ReadonlySet<string>,
    cancel: vscode.CancellationToken,
  ): Promise<readonly RecordAt[]>;
}

/** A record of a file. */
export interface RecordAt {
  /** The file's URI as text. */
  readonly file: string;
  /** Number of the record in the file, from 0. */
  readonly index: number;
}

/**
 * The sessions of all logs that are open, as one graph, so that a chain is followed from one open file into the next. Made in the
 * background when logs were read; while it is made anew the one before stands.
 */
export class OpenSessions extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  /** There is another graph. */
  readonly onDidChange = this.changed.event;
  private current: SessionGraph | undefined;
  private sources: SessionSources | undefined;
  private building: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private round = 0;
  private logs: readonly OpenLog[] = [];

  constructor(private readonly documents: LogDocuments) {
    super();
    this.own(documents.onDidAnalyse(() => this.renewIfOthers()));
    this.own(documents.onDidClose(() => this.renewIfOthers()));
    this.own(vscode.window.tabGroups.onDidChangeTabs(() => this.renewIfOthers()));
    this.own({ dispose: () => clearTimeout(this.timer) });
  }

  /** Of the open logs; undefined until they were read. */
  get graph(): SessionGraph | undefined {
    return this.current;
  }

  /** True while a newer graph is being made. */
  get isBuilding(): boolean {
    return this.building !== undefined || this.timer !== undefined;
  }

  /** Sessions of other files, which are asked first: they know more. Undefined when there are no sources. */
  get investigation(): SessionSources | undefined {
    return this.sources;
  }

  set investigation(sources: SessionSources | undefined) {
    this.sources = sources;
    this.changed.fire();
  }

  /** All graphs there are, the widest first. */
  get graphs(): readonly SessionGraph[] {
    return [this.sources?.graph, this.current].filter((graph) => graph !== undefined);
  }

  /** Waits until the open logs were read. */
  async whenReady(): Promise<void> {
    this.renewIfOthers();
    if (this.timer !== undefined) this.start();
    for (let building = this.building; building !== undefined; building = this.building) await building;
  }

  /** The session that a record belongs to; undefined when there is none, or it is not known yet. */
  sessionOf(record: LogRecord): FoundSession | undefined {
    const owner = sessionRecord(record.view, record.event, { file: '', index: record.index, offset: 0 });
    const found = this.graphs.flatMap((graph) => {
      const session = graph.sessionOf(owner);
      return session === undefined ? [] : [{ graph, session }];
    });
    return found.find(({ session }) => session.link !== undefined) ?? found[0];
  }

  /** The session that a value names: an access key, or the ARN or principalId of a session. */
  sessionNamed(value: string): FoundSession | undefined {
    const found = this.graphs.flatMap((graph) => {
      const [ofKey] = graph.ofAccessKey(value);
      const session =
        ofKey ??
        graph.sessions.find(
          ({ kind, arn, principalId }) => kind === 'session' && (arn === value || principalId === value),
        );
      return session === undefined ? [] : [{ graph, session }];
    });
    return found.find(({ session }) => session.link !== undefined) ?? found[0];
  }

  /** Tabs come and go; only other logs, other texts of them, or other findings in them make other sessions. */
  private renewIfOthers(): void {
    const logs = openLogs(this.documents).map(({ log, analysis }) => ({ log, analysis }));
    const isSame = ({ log, analysis }: OpenLog): boolean =>
      this.logs.some((known) => known.log === log && known.analysis === analysis);
    if (logs.length === this.logs.length && logs.every(isSame)) return;
    this.logs = logs;
    this.round++;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), REST_MS);
  }

  private start(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const building = this.build(this.round).then(() => {
      if (this.building === building) this.building = undefined;
    });
    this.building = building;
  }

  private async build(round: number): Promise<void> {
    const builder = new SessionBuilder();
    const pause = pacer();
    for (const { log } of this.logs) {
      for (let index = 0; index < log.recordCount && this.round === round && !log.isStale; index++) {
        add(builder, log, index);
        await pause();
      }
    }
    if (this.round !== round) return;
    const graph = await builder.build(pause);
    if (this.round !== round) return;
    this.current = graph;
    this.changed.fire();
  }
}

function add(builder: SessionBuilder, log: LogDocument, index: number): void {
  const { view, event, finding } = log.record(index);
  const place = { file: log.document.uri.toString(), index, offset: 0 };
  builder.add(sessionRecord(view, event, place, finding?.severity));
}
