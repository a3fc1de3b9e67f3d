import * as vscode from 'vscode';
import type { CloudTrailEvent } from '../../core/events/event';
import { readEvent } from '../../core/events/event';
import type { FormatId } from '../../core/events/formats';
import { RecordReader } from '../../core/events/recordReader';
import { RecordView } from '../../core/events/recordView';
import { TextIndex } from '../../core/events/textIndex';
import { encodeUtf8 } from '../../core/json/bytes';
import type { Problem } from '../../core/problem';
import type { Finding } from '../../core/rules/catalogue';
import type { Pause } from '../../core/slices';
import { reference } from '../common/reference';

/** Lines handed to the scanner at a time: a few hundred KB, a few milliseconds. */
const LINES_PER_SLICE = 8000;
const NUMBERS_PER_RECORD = 4;

/** One record of a document: where it stands, its row, and what the rules find. */
export interface LogRecord {
  readonly index: number;
  readonly range: vscode.Range;
  readonly view: RecordView;
  readonly event: CloudTrailEvent;
  readonly finding: Finding | undefined;
}

/**
 * The records of one text document. It keeps where each record begins and ends and nothing else; a record is read from the text when it is
 * asked for, and the last ones asked for are remembered.
 */
export class LogDocument {
  /** Line and character of each record's start and end. */
  private places = new Uint32Array(256 * NUMBERS_PER_RECORD);
  private readonly read = new Map<number, LogRecord>();
  private readonly foundProblems: Problem[] = [];
  private count = 0;
  private scanned = false;
  format: FormatId | undefined;
  readonly version: number;

  constructor(readonly document: vscode.TextDocument) {
    this.version = document.version;
  }

  /** Records found so far. */
  get recordCount(): number {
    return this.count;
  }

  /** True when the whole text was scanned. */
  get isComplete(): boolean {
    return this.scanned;
  }

  get problems(): readonly Problem[] {
    return this.foundProblems;
  }

  /** True when the text has changed since: what is here no longer fits it. */
  get isStale(): boolean {
    return this.document.isClosed || this.document.version !== this.version;
  }

  /** Finds all records, in slices; `progress` is called after each. Ends early when the text changes. */
  async scan(pause: Pause, progress: () => void): Promise<void> {
    const index = new TextIndex();
    const textOfLine = (line: number): string => this.document.lineAt(line).text;
    const reader = new RecordReader({
      record: ({ start, end, embedded }) => {
        if (embedded) this.add(index.positionAt(start, textOfLine), index.positionAt(end, textOfLine));
      },
      problem: (problem) => void this.foundProblems.push(problem),
    });
    const { lineCount } = this.document;
    for (let line = 0; line < lineCount && !reader.isHopeless; line += LINES_PER_SLICE) {
      const end = Math.min(line + LINES_PER_SLICE, lineCount);
      const bytes = encodeUtf8(this.textOfLines(line, end));
      index.push(bytes);
      reader.push(bytes);
      progress();
      await pause();
      if (this.isStale) return;
    }
    this.format = reader.end().format;
    this.scanned = true;
    progress();
  }

  /** The text of lines `[from, to)`, each with a line feed whatever the file's own line ends are. */
  private textOfLines(from: number, to: number): string {
    const text = this.document.getText(new vscode.Range(from, 0, to, 0));
    const normal = this.document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\r\n', '\n') : text;
    return to === this.document.lineCount && !normal.endsWith('\n') ? `${normal}\n` : normal;
  }

  private add(start: { line: number; character: number }, end: { line: number; character: number }): void {
    const at = this.count++ * NUMBERS_PER_RECORD;
    if (at === this.places.length) {
      const wider = new Uint32Array(at * 2);
      wider.set(this.places);
      this.places = wider;
    }
    this.places.set([start.line, start.character, end.line, end.character], at);
  }

  /** Where the record stands. */
  rangeOf(index: number): vscode.Range {
    const at = index * NUMBERS_PER_RECORD;
    const [startLine, startCharacter, endLine, endCharacter] = this.places.subarray(at, at + NUMBERS_PER_RECORD);
    return new vscode.Range(startLine!, startCharacter!, endLine!, endCharacter!);
  }

  /** The record, read from the text. */
  record(index: number): LogRecord {
    const known = this.read.get(index);
    if (known !== undefined) return known;
    const range = this.rangeOf(index);
    const view = new RecordView(encodeUtf8(this.document.getText(range)));
    const event = readEvent(view);
    const record: LogRecord = { index, range, view, event, finding: reference.catalogue.find(event, view) };
    this.remember(record);
    return record;
  }

  /** Forgets what the rules found: they are others now. */
  forgetFindings(): void {
    this.read.clear();
  }

  private remember(record: LogRecord): void {
    // What was asked for first is the least likely to be asked for again.
    if (this.read.size >= 2000) this.read.delete(this.read.keys().next().value!);
    this.read.set(record.index, record);
  }

  /** The record that `position` is in; undefined between records. */
  recordAt(position: vscode.Position): LogRecord | undefined {
    const index = this.lastRecordBefore(position);
    return index >= 0 && this.rangeOf(index).contains(position) ? this.record(index) : undefined;
  }

  /** Indexes of the records that touch the lines `[first, last]`. */
  recordsInLines(first: number, last: number): number[] {
    const indexes: number[] = [];
    let index = Math.max(0, this.lastRecordBefore(new vscode.Position(Math.max(first, 0), Number.MAX_SAFE_INTEGER)));
    for (; index < this.count && this.places[index * NUMBERS_PER_RECORD]! <= last; index++) {
      if (this.places[index * NUMBERS_PER_RECORD + 2]! >= first) indexes.push(index);
    }
    return indexes;
  }

  private lastRecordBefore(position: vscode.Position): number {
    let low = -1;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const line = this.places[middle * NUMBERS_PER_RECORD]!;
      const character = this.places[middle * NUMBERS_PER_RECORD + 1]!;
      if (line < position.line || (line === position.line && character <= position.character)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
