import * as vscode from 'vscode';
import { readEvent } from '../../core/events/event';
import { RecordView } from '../../core/events/recordView';
import { encodeUtf8 } from '../../core/json/bytes';
import { compactJson } from '../../core/json/compact';
import { pacer } from '../../node/pacer';
import { LOG_SCHEME } from '../common/contributions';
import type { LogDocument, LogRecord } from './logDocument';
import type { LogDocuments, OpenLog } from './logDocuments';
import type { LogFileSystem } from './logFileSystem';
import { laidOutUri } from './logUri';
import { revealRecord } from './showLog';

/** A record that is known from elsewhere: its file, and as much as is known of what tells it from the others there. */
export interface WantedRecord {
  /** URI of the file, as text. */
  readonly file: string;
  /** Number of the record in the file, from 0. */
  readonly index?: number | undefined;
  readonly eventID?: string | undefined;
  /** The record as delivered. */
  readonly json?: string | undefined;
}

/** A record in the document that shows it. */
export interface ShownRecord {
  readonly log: LogDocument;
  readonly record: LogRecord;
}

/** What tells a record from others. `tokens`: its JSON without white space, of a record without an eventID. */
interface Marks {
  readonly index: number | undefined;
  readonly eventID: string | undefined;
  readonly tokens: Buffer | undefined;
}

/** VS Code opens these as texts. */
const TEXT_FILE = /\.(json|jsonl|ndjson|log)$/i;

/** Finds records that are known from elsewhere in the documents that show them, and opens documents where none does yet. */
export class RecordFinder {
  constructor(
    private readonly documents: LogDocuments,
    private readonly files: LogFileSystem,
  ) {}

  /**
   * The record, in whatever part of the log it stands; undefined when its file cannot be read or does not hold it any more. The eventID decides
   * where there is one, and the number among records that have the same; of records without one the number, else the same tokens.
   */
  async find(wanted: WantedRecord): Promise<ShownRecord | undefined> {
    const marks = marksOf(wanted);
    if (marks === undefined) return undefined;
    for await (const { open, before } of this.logsOf(vscode.Uri.parse(wanted.file, true))) {
      const record = await recordIn(open, marks, before);
      if (record !== undefined) return { log: open.log, record };
    }
    return undefined;
  }

  /** Shows the record in an editor; answers false when it was not found. */
  async show(wanted: WantedRecord, { preserveFocus = false } = {}): Promise<boolean> {
    const found = await this.find(wanted);
    if (found === undefined) return false;
    revealRecord(await vscode.window.showTextDocument(found.log.document, { preserveFocus }), found.record);
    return true;
  }

  /** The logs that hold the records of a file: the document that shows it or can, then all of its parts. `before`: records in the parts before. */
  private async *logsOf(uri: vscode.Uri): AsyncGenerator<{ open: OpenLog; before: number }> {
    if (showsItself(uri)) {
      const open = await this.open(uri);
      if (open !== undefined) yield { open, before: 0 };
    }
    if (uri.scheme === LOG_SCHEME) return;
    for (let part = 0, parts = 1, before = 0; part < parts; part++) {
      const laidOut = laidOutUri({ uri, part });
      const open = await this.open(laidOut);
      if (open === undefined) return;
      yield { open, before };
      parts = this.files.laidOut(laidOut)?.parts ?? 1;
      before += open.log.recordCount;
    }
  }

  private async open(uri: vscode.Uri): Promise<OpenLog | undefined> {
    const document = await vscode.workspace.openTextDocument(uri).then(
      (opened) => opened,
      // A file that is gone, packed otherwise or too large: another document may do.
      () => undefined,
    );
    return document && this.documents.whenAnalysed(document);
  }
}

/** Whether a file's own text is shown rather than the file laid out: it is already, or neither is and VS Code can. */
function showsItself(uri: vscode.Uri): boolean {
  if (uri.scheme === LOG_SCHEME || isOpen(uri)) return true;
  return TEXT_FILE.test(uri.path) && !isOpen(laidOutUri({ uri, part: 0 }));
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}

/** Undefined when nothing is known that could tell the record. */
function marksOf({ index, eventID, json }: WantedRecord): Marks | undefined {
  const record = json === undefined ? undefined : new RecordView(encodeUtf8(json));
  const id = eventID ?? (record && readEvent(record).eventID);
  const tokens = record && id === undefined ? Buffer.from(compactJson(record.bytes)) : undefined;
  return index === undefined && id === undefined && tokens === undefined ? undefined : { index, eventID: id, tokens };
}

async function recordIn(
  { log, analysis }: OpenLog,
  { index, eventID, tokens }: Marks,
  before: number,
): Promise<LogRecord | undefined> {
  const at = index === undefined ? -1 : index - before;
  const record = at >= 0 && at < log.recordCount ? log.record(at) : undefined;
  if (eventID === undefined) return record ?? (tokens && recordWith(tokens, log));
  if (record?.event.eventID === eventID) return record;
  const other = analysis?.recordOf(eventID);
  return other === undefined ? undefined : log.record(other);
}

async function recordWith(tokens: Buffer, log: LogDocument): Promise<LogRecord | undefined> {
  const pause = pacer();
  for (let index = 0; index < log.recordCount && !log.isStale; index++) {
    const record = log.record(index);
    if (tokens.equals(compactJson(record.view.bytes))) return record;
    await pause();
  }
  return undefined;
}
