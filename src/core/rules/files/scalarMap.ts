import { Scalar } from 'yaml';

/**
 * Where each character of a scalar's value stands in the text of the file, and one place more for its end: quotes, escapes, folding and
 * indentation lie between. Undefined when the value cannot be found in the text (tags, aliases).
 */
export function scalarPositions(text: string, node: Scalar): number[] | undefined {
  if (typeof node.value !== 'string' || !node.range) return undefined;
  const [start, end] = node.range;
  const walker = new Walker(text, bodyStart(text, start, node), end, node.type);
  const positions: number[] = [];
  for (const character of node.value.split('')) {
    const at = walker.find(character);
    if (at === undefined) return undefined;
    positions.push(at);
  }
  positions.push(Math.min(walker.at, end));
  return positions;
}

/** Where the value begins: after the quote, after the header of a block. */
function bodyStart(text: string, start: number, { type }: Scalar): number {
  if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE) return start + 1;
  if (type !== Scalar.BLOCK_FOLDED && type !== Scalar.BLOCK_LITERAL) return start;
  const lineEnd = text.indexOf('\n', start);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

/** Moves along the text of a scalar and its value at once. */
class Walker {
  /** Characters of the value that the escape at hand still stands for. */
  private pending = 0;
  private pendingAt = 0;

  constructor(
    private readonly text: string,
    public at: number,
    private readonly end: number,
    private readonly type: Scalar['type'],
  ) {}

  /** Where the next character of the value stands; undefined when it is not found. */
  find(character: string): number | undefined {
    if (this.pending > 0) {
      this.pending--;
      return this.pendingAt;
    }
    const escaped = this.escape();
    if (escaped !== undefined) return escaped;
    if (this.at < this.end && this.text[this.at] === character) return this.at++;
    const from = this.at;
    // Folded lines and indentation: a run of blanks stands for one, or for nothing.
    while (this.at < this.end && /\s/.test(this.text[this.at]!)) this.at++;
    if (/\s/.test(character)) return from;
    return this.escape() ?? (this.text[this.at] === character ? this.at++ : undefined);
  }

  private escape(): number | undefined {
    const { text, at } = this;
    if (this.type === Scalar.QUOTE_SINGLE && text.startsWith("''", at)) return this.pass(2, 1);
    if (this.type !== Scalar.QUOTE_DOUBLE || text[at] !== '\\') return undefined;
    const continued = /^\\\r?\n[ \t]*/.exec(text.slice(at, at + 200));
    if (continued !== null) {
      this.at += continued[0].length;
      return this.escape();
    }
    const digits = { x: 2, u: 4, U: 8 }[text[at + 1] ?? ''] ?? 0;
    const isPair = digits === 8 && parseInt(text.slice(at + 2, at + 10), 16) > 0xffff;
    return this.pass(2 + digits, isPair ? 2 : 1);
  }

  private pass(length: number, characters: number): number {
    this.pendingAt = this.at;
    this.pending = characters - 1;
    this.at += length;
    return this.pendingAt;
  }
}
