import * as vscode from 'vscode';
import { LOG_SCHEME } from '../common/contributions';
import type { LogDocument, LogRecord } from '../editor/logDocument';
import type { LogDocuments } from '../editor/logDocuments';
import { laidOutUri, sourceOf } from '../editor/logUri';
import { fieldRange } from '../editor/recordRanges';
import type { RecordAt } from './openSessions';

/** A record in the document that shows it. */
export interface ShownRecord {
  readonly log: LogDocument;
  readonly record: LogRecord;
}

/** Finds the documents that show records, and opens them where none does yet. */
export class RecordPlaces {
  constructor(private readonly documents: LogDocuments) {}

  /** The record at a place; undefined when its file cannot be read or has changed. `eventID` finds it in a file that is shown in parts. */
  async find({ file, index }: RecordAt, eventID?: string): Promise<ShownRecord | undefined> {
    const uri = vscode.Uri.parse(file, true);
    for (const candidate of candidates(uri)) {
      const document = await openDocument(candidate);
      const open = document && (await this.documents.whenAnalysed(document));
      const record = open && recordIn(open.log, index, eventID);
      if (open !== undefined && record !== undefined) return { log: open.log, record };
    }
    return undefined;
  }

  /** Where the record's name stands. */
  async locate(place: RecordAt, eventID?: string): Promise<vscode.Location | undefined> {
    const found = await this.find(place, eventID);
    return found && new vscode.Location(found.log.document.uri, nameRange(found.record));
  }
}

/** Where the eventName of a record stands, or the record begins. */
export function nameRange(record: LogRecord): vscode.Range {
  return fieldRange(record, 'eventName') ?? new vscode.Range(record.range.start, record.range.start);
}

/** The documents that may show a file: those that do, then the file itself or laid out. */
function candidates(uri: vscode.Uri): vscode.Uri[] {
  if (uri.scheme === LOG_SCHEME) return [uri];
  const shown = vscode.workspace.textDocuments.map((document) => document.uri);
  const open = shown.filter(
    (each) => each.toString() === uri.toString() || sourceOf(each)?.uri.toString() === uri.toString(),
  );
  const own = /\.(json|jsonl|ndjson|log)$/i.test(uri.path) ? [uri] : [];
  return [...open, ...own, laidOutUri({ uri, part: 0 })];
}

function recordIn(log: LogDocument, index: number, eventID: string | undefined): LogRecord | undefined {
  const record = index < log.recordCount ? log.record(index) : undefined;
  if (record !== undefined && (eventID === undefined || record.event.eventID === eventID)) return record;
  for (let other = 0; eventID !== undefined && other < log.recordCount; other++) {
    const each = log.record(other);
    if (each.event.eventID === eventID) return each;
  }
  return undefined;
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // A file that is gone, packed otherwise or too large: another candidate may do.
    return undefined;
  }
}
