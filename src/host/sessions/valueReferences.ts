import * as vscode from 'vscode';
import { type Pause } from '../../core/slices';
import { pacer } from '../../node/pacer';
import type { LogDocument } from '../editor/logDocument';
import type { LogDocuments } from '../editor/logDocuments';
import { sourceOf } from '../editor/logUri';
import type { RecordFinder } from '../editor/recordFinder';
import { locate } from '../editor/recordLocation';
import { openLogs } from './openLogs';
import type { OpenSessions } from './openSessions';

/** More than these nobody looks through; they would only make the list slow. */
const MOST_REFERENCES = 5000;
/** Files that are opened to show where in them a record stands. */
const MOST_FILES_OPENED = 100;

/** Find All References: every record that holds the value at the cursor: an access key, a principal, an address, an ARN. */
export class ValueReferences implements vscode.ReferenceProvider {
  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
    private readonly records: RecordFinder,
  ) {}

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    _context: vscode.ReferenceContext,
    cancel: vscode.CancellationToken,
  ): Promise<vscode.Location[] | undefined> {
    const open = await this.documents.whenAnalysed(document);
    const record = open?.log.recordAt(position);
    const place = record && locate(document, record, position);
    if (place === undefined || place.onKey || place.value === undefined || place.value === '') return undefined;
    const token = document.getText(place.range);
    const pause = pacer();
    const found: vscode.Location[] = [];
    // The document at hand first: its references must not fall to the limit.
    const logs = openLogs(this.documents).map(({ log }) => log);
    logs.sort((a, b) => Number(b.document === document) - Number(a.document === document));
    for (const log of logs) await findInLog(log, token, found, cancel, pause);
    const searched = new Set(logs.map(({ document: { uri } }) => (sourceOf(uri)?.uri ?? uri).toString()));
    await this.findInSources(token, searched, found, cancel);
    return found;
  }

  private async findInSources(
    token: string,
    searched: ReadonlySet<string>,
    found: vscode.Location[],
    cancel: vscode.CancellationToken,
  ): Promise<void> {
    const most = MOST_REFERENCES - found.length;
    if (this.sessions.investigation === undefined || most <= 0) return;
    const places = await this.sessions.investigation.find(token, most, searched, cancel);
    const opened = new Set<string>();
    for (const place of places) {
      if (cancel.isCancellationRequested) return;
      opened.add(place.file);
      if (opened.size > MOST_FILES_OPENED) return;
      const shown = await this.records.find(place);
      const range = shown && tokenRange(shown.log, shown.record.range, token);
      if (shown !== undefined && range !== undefined) found.push(new vscode.Location(shown.log.document.uri, range));
    }
  }
}

/** Adds the first place of the token in each record of a log. */
async function findInLog(
  log: LogDocument,
  token: string,
  found: vscode.Location[],
  cancel: vscode.CancellationToken,
  pause: Pause,
): Promise<void> {
  for (let index = 0; index < log.recordCount; index++) {
    if (cancel.isCancellationRequested || log.isStale || found.length >= MOST_REFERENCES) return;
    const range = tokenRange(log, log.rangeOf(index), token);
    if (range !== undefined) found.push(new vscode.Location(log.document.uri, range));
    await pause();
  }
}

function tokenRange({ document }: LogDocument, range: vscode.Range, token: string): vscode.Range | undefined {
  const at = document.getText(range).indexOf(token);
  if (at < 0) return undefined;
  const base = document.offsetAt(range.start);
  // Line ends count as they are in the document, in its text and in its offsets alike.
  return new vscode.Range(document.positionAt(base + at), document.positionAt(base + at + token.length));
}
