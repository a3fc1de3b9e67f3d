import * as vscode from 'vscode';
import { principalName, serviceName } from '../../core/events/principal';
import { formatTime } from '../../core/events/time';
import { shorten, visibleText } from '../../core/text';
import type { LogRecord } from './logDocument';
import type { LogDocuments } from './logDocuments';
import { severityLabel } from './findingText';
import { fieldRange } from './recordRanges';

/** Outline and breadcrumbs: one symbol a record. */
export class RecordSymbols implements vscode.DocumentSymbolProvider {
  constructor(private readonly documents: LogDocuments) {}

  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[] | undefined> {
    const open = await this.documents.whenAnalysed(document);
    if (open === undefined || token.isCancellationRequested) return undefined;
    return Array.from({ length: open.log.recordCount }, (_, index) => symbolOf(open.log.record(index)));
  }
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
