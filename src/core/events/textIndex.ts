import { LF, decodeUtf8, encodeUtf8 } from '../json/bytes';

/** A place in a text as editors count it: line from 0, and UTF-16 units from its start. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/**
 * Turns byte offsets in UTF-8 text into lines and characters. It is fed the text piece by piece and keeps only where each line begins; the bytes
 * of a line are needed again only when it is not ASCII.
 */
export class TextIndex {
  private starts = new Float64Array(1024);
  private asciiLines = new Uint8Array(1024).fill(1);
  private lines = 1;
  private length = 0;

  /** Takes the next bytes of the text. */
  push(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === LF) this.addLine(this.length + i + 1);
      else if (byte >= 0x80) this.asciiLines[this.lines - 1] = 0;
    }
    this.length += bytes.length;
  }

  get lineCount(): number {
    return this.lines;
  }

  /** The line that the byte at `offset` is on. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.lines - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Offset of the first byte of a line. */
  lineStart(line: number): number {
    return this.starts[line]!;
  }

  /** The position of the byte at `offset`; `textOfLine` gives a line's text and is asked only for lines that are not ASCII. */
  positionAt(offset: number, textOfLine: (line: number) => string): TextPosition {
    const line = this.lineAt(offset);
    const column = offset - this.starts[line]!;
    if (this.asciiLines[line] === 1) return { line, character: column };
    return { line, character: decodeUtf8(encodeUtf8(textOfLine(line)), 0, column).length };
  }

  private addLine(start: number): void {
    if (this.lines === this.starts.length) {
      const starts = new Float64Array(this.lines * 2);
      starts.set(this.starts);
      this.starts = starts;
      const ascii = new Uint8Array(this.lines * 2).fill(1);
      ascii.set(this.asciiLines);
      this.asciiLines = ascii;
    }
    this.starts[this.lines++] = start;
  }
}

/** The position of the byte at `offset` of `bytes`, UTF-8 text that begins at `start`. */
export function positionWithin(bytes: Uint8Array, offset: number, start: TextPosition): TextPosition {
  let line = start.line;
  let lineStart = 0;
  let ascii = true;
  for (let i = 0; i < offset; i++) {
    const byte = bytes[i]!;
    if (byte === LF) {
      line++;
      lineStart = i + 1;
      ascii = true;
    } else if (byte >= 0x80) ascii = false;
  }
  const column = ascii ? offset - lineStart : decodeUtf8(bytes, lineStart, offset).length;
  return { line, character: line === start.line ? start.character + column : column };
}
