import { getLocation } from 'jsonc-parser';
import * as vscode from 'vscode';
import { decodeUtf8 } from '../../core/json/bytes';
import type { LogRecord } from './logDocument';

/** The place in a record that a position points at. */
export interface RecordLocation {
  /** Keys and indexes from the record's top, e.g. `['resources', 0, 'ARN']`. */
  readonly path: readonly (string | number)[];
  readonly onKey: boolean;
  /** The scalar value pointed at, escapes resolved; undefined on keys, objects and arrays. */
  readonly value: string | undefined;
  /** Of the key or value pointed at. */
  readonly range: vscode.Range;
}

/** What `position` points at in a record; undefined where that is nothing. Tolerates a record that is being edited. */
export function locate(
  document: vscode.TextDocument,
  record: LogRecord,
  position: vscode.Position,
): RecordLocation | undefined {
  const text = decodeUtf8(record.view.bytes);
  const base = document.offsetAt(record.range.start);
  const { path, isAtPropertyKey, previousNode } = getLocation(text, document.offsetAt(position) - base);
  if (previousNode === undefined || path.length === 0) return undefined;
  const range = new vscode.Range(
    document.positionAt(base + previousNode.offset),
    document.positionAt(base + previousNode.offset + previousNode.length),
  );
  if (!range.contains(position)) return undefined;
  const value = isAtPropertyKey ? undefined : scalarText(previousNode.value);
  return { path, onKey: isAtPropertyKey, value, range };
}

/** A string as it is, a number or boolean as JSON writes it; undefined for null, objects and arrays. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A path as a selector of filter patterns: `$.requestParameters.instancesSet.items[0].instanceId`. */
export function selectorText(path: readonly (string | number)[]): string {
  const parts = path.map((part) => {
    if (typeof part === 'number') return `[${part}]`;
    return /^[A-Za-z0-9_-]+$/.test(part) ? `.${part}` : `.['${part}']`;
  });
  return `$${parts.join('')}`;
}
