import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { principalName, serviceName } from '../../core/events/principal';
import { formatTime } from '../../core/events/time';
import { shorten, visibleText } from '../../core/text';
import { pacer } from '../../node/pacer';
import type { LogDocument, LogRecord } from './logDocument';
import type { LogDocuments } from './logDocuments';
import { severityLabel } from './findingText';
import { fieldRange } from './recordRanges';

/** Outline and breadcrumbs: one symbol a record. */
export class RecordSymbols implements vscode.DocumentSymbolProvider {
  /** VS Code asks again and again, for the outline, the breadcrumbs and the lines that stick. */
  private readonly made = new WeakMap<LogDocument, Promise<vscode.DocumentSymbol[]>>();

  constructor(private readonly documents: LogDocuments) {}

  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[] | undefined> {
    const open = await this.documents.whenAnalysed(document);
    if (open === undefined || token.isCancellationRequested) return undefined;
    const made = this.made.get(open.log) ?? symbolsOf(open.log);
    this.made.set(open.log, made);
    return made;
  }
}

async function symbolsOf(log: LogDocument): Promise<vscode.DocumentSymbol[]> {
  const pause = pacer();
  // What was asked of VS Code before goes out first: the annotations.
  await setImmediate();
  const symbols: vscode.DocumentSymbol[] = [];
  for (let index = 0; index < log.recordCount && !log.isStale; index++) {
    symbols.push(symbolOf(log.record(index)));
    await pause();
  }
  return symbols;
}

function symbolOf(record: LogRecord): vscode.DocumentSymbol {
  const { event, finding, range } = record;
  const name = shorten(visibleText(event.eventName ?? event.eventCategory), 80);
  const detail = [
    event.time === undefined ? undefined : formatTime(event.time).slice(11),
    event.eventSource === undefined ? undefined : serviceName(event.eventSource),
    principalName(event),
    event.errorCode,
    finding === undefined ? undefined : severityLabel(finding.severity),
  ].filter((text) => text !== undefined);
  const selection = fieldRange(record, 'eventName') ?? new vscode.Range(range.start, range.start);
  const kind = finding === undefined ? vscode.SymbolKind.Object : vscode.SymbolKind.Event;
  return new vscode.DocumentSymbol(
    name === '' ? '?' : name,
    shorten(visibleText(detail.join(' · ')), 120),
    kind,
    range,
    selection,
  );
}
