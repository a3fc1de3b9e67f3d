import * as vscode from 'vscode';
import { indexedSlot } from '../../core/events/recordView';
import { positionWithin } from '../../core/events/textIndex';
import type { Span } from '../../core/json/tokens';
import type { LogRecord } from './logDocument';

/** Where the value of an indexed field stands, quotes included; undefined when the record has none. */
export function fieldRange(record: LogRecord, path: string): vscode.Range | undefined {
  const slot = indexedSlot(path);
  const span = slot === undefined ? undefined : record.view.spanOf(slot);
  return span === undefined ? undefined : rangeOfSpan(record, span);
}

/** Where the eventName of a record stands, or the record begins. */
export function nameRange(record: LogRecord): vscode.Range {
  return fieldRange(record, 'eventName') ?? new vscode.Range(record.range.start, record.range.start);
}

/** Where a span of the record's bytes stands in the document. */
export function rangeOfSpan({ view, range }: LogRecord, { start, end }: Span): vscode.Range {
  const from = positionWithin(view.bytes, start, range.start);
  const to = positionWithin(view.bytes, end, range.start);
  return new vscode.Range(from.line, from.character, to.line, to.character);
}
