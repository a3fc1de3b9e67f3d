import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { readEvent } from '../../core/events/event';
import { RecordView } from '../../core/events/recordView';
import { encodeUtf8 } from '../../core/json/bytes';
import { compactJson } from '../../core/json/compact';
import type { LogRecord } from './logDocument';
import type { LogDocuments, OpenLog } from './logDocuments';
import type { LogFileSystem } from './logFileSystem';
import { laidOutUri } from './logUri';
import { revealRecord, showLaidOut } from './showLog';

/** Finding the record that is known from elsewhere in the log that holds it. */
export class RecordFinder {
  constructor(
    private readonly documents: LogDocuments,
    private readonly files: LogFileSystem,
  ) {}

  /**
   * Shows a record of a file in the log editor, in whatever part of the log it stands. `json` is the record as delivered. Answers false when the
   * file does not hold it any more.
   */
  async show(file: vscode.Uri, json: string, preserveFocus: boolean): Promise<boolean> {
    const wanted = new RecordView(encodeUtf8(json));
    for (let part = 0, parts = 1; part < parts; part++) {
      const uri = laidOutUri({ uri: file, part });
      const document = await vscode.workspace.openTextDocument(uri);
      parts = this.files.laidOut(uri)?.parts ?? 1;
      const open = await this.documents.whenAnalysed(document);
      const found = open && (await findIn(open, wanted));
      if (found === undefined) continue;
      revealRecord(await showLaidOut(file, { part, preserveFocus }), found);
      return true;
    }
    return false;
  }
}

/** The record with the same eventID; without one, the record with the same tokens. */
async function findIn({ log, analysis }: OpenLog, wanted: RecordView): Promise<LogRecord | undefined> {
  const { eventID } = readEvent(wanted);
  if (eventID !== undefined) {
    const index = analysis?.recordOf(eventID);
    return index === undefined ? undefined : log.record(index);
  }
  const tokens = Buffer.from(compactJson(wanted.bytes));
  for (let index = 0; index < log.recordCount && !log.isStale; index++) {
    const record = log.record(index);
    if (tokens.equals(compactJson(record.view.bytes))) return record;
    if (index % 500 === 0) await setImmediate();
  }
  return undefined;
}
