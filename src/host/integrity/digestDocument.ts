import { join } from 'node:path';
import * as vscode from 'vscode';
import { type DigestField, digestFields, fieldText } from '../../core/integrity/digestText';
import { fromRoot } from '../../core/integrity/objectKey';
import { sourceOf } from '../editor/logUri';

/** A digest is a few hundred bytes and some for each log; what is larger is none. */
const LARGEST = 16 * 1024 * 1024;
const SIGN = '"digestS3Object"';
const HEAD = 4096;

/** A field of an open digest and where it stands. */
export interface PlacedField extends DigestField {
  readonly text: string | null;
  readonly nameRange: vscode.Range;
  readonly valueRange: vscode.Range;
}

/** A digest in an editor. */
export class DigestDocument {
  constructor(
    readonly document: vscode.TextDocument,
    readonly fields: readonly PlacedField[],
    /** The file on disk that it shows. */
    readonly path: string,
  ) {}

  /** The field of one log, by its index. */
  logField(log: number, name: string): string | null {
    return this.fields.find((field) => field.log === log && field.name === name)?.text ?? null;
  }

  /** Where the object with this key stands in the same copy; undefined when the copy has no `AWSLogs` folder. */
  localPath(key: string): string | undefined {
    const slashed = this.path.replaceAll('\\', '/');
    const own = fromRoot(slashed);
    const wanted = fromRoot(key);
    return own === undefined || wanted === undefined
      ? undefined
      : join(slashed.slice(0, slashed.length - own.length), ...wanted.split('/'));
  }
}

/** The digest that a document shows; undefined when it shows none, or a file that is not on disk. */
export function digestIn(document: vscode.TextDocument): DigestDocument | undefined {
  const uri = sourceOf(document.uri)?.uri ?? document.uri;
  if (uri.scheme !== 'file') return undefined;
  const head = document.getText(new vscode.Range(0, 0, 40, 0)).slice(0, HEAD);
  if (!head.includes(SIGN)) return undefined;
  const text = document.getText();
  const found = text.length > LARGEST ? undefined : digestFields(text);
  if (found === undefined) return undefined;
  const { bytes, fields } = found;
  // Digests are ASCII but for names of buckets' prefixes: offsets in bytes become offsets in UTF-16 units.
  const isAscii = bytes.length === text.length;
  const offset = (at: number): number =>
    isAscii ? at : Buffer.from(bytes.buffer, bytes.byteOffset, at).toString().length;
  const range = (start: number, end: number): vscode.Range =>
    new vscode.Range(document.positionAt(offset(start)), document.positionAt(offset(end)));
  const placed = fields.map((field) => ({
    ...field,
    text: fieldText(bytes, field),
    nameRange: range(field.nameSpan.start, field.nameSpan.end),
    valueRange: range(field.valueSpan.start, field.valueSpan.end),
  }));
  return new DigestDocument(document, placed, uri.fsPath);
}
