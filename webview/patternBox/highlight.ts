/** Kinds of tokens that are coloured while a pattern is typed; broken patterns are coloured as far as they go. */
export type TokenKind = 'selector' | 'string' | 'regex' | 'number' | 'keyword' | 'operator' | 'text';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const TOKENS =
  /(?<string>"(?:[^"\\]|\\.)*"?)|(?<selector>\$(?:[.[][^\s=!<>()&|]*)?)|(?<regex>%[^%\s][^%]*%?)|(?<operator>&&|\|\||==|[!<>]?=|[<>{}()[\],])|(?<keyword>\b(?:IS|NOT|EXISTS|NULL|TRUE|FALSE)\b)|(?<number>(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.:*-]))/gi;

/** The tokens of `text`, without gaps: what is none of the others is `text`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const plainUntil = (end: number): void => {
    if (end > at) tokens.push({ kind: 'text', start: at, end });
  };
  for (const match of text.matchAll(TOKENS)) {
    plainUntil(match.index);
    const groups = match.groups as Record<TokenKind, string | undefined>;
    const [kind] = Object.entries(groups).find(([, found]) => found !== undefined)!;
    at = match.index + match[0].length;
    tokens.push({ kind: kind as TokenKind, start: match.index, end: at });
  }
  plainUntil(text.length);
  return tokens;
}

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly level: 'error' | 'note';
}

export interface Piece {
  readonly text: string;
  readonly kind: TokenKind;
  readonly level: Mark['level'] | undefined;
}

/** The text cut at the ends of tokens and marks. An empty mark covers the character at its place, or one behind the end. */
export function piecesOf(text: string, marks: readonly Mark[]): Piece[] {
  const padded = `${text} `;
  const spans = marks.map(({ start, end, level }) => ({ start, end: Math.max(end, start + 1), level }));
  const tokens = tokensOf(text);
  const cuts = new Set([0, text.length, padded.length]);
  for (const { start, end } of [...tokens, ...spans])
    cuts.add(Math.min(start, text.length)).add(Math.min(end, padded.length));
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, index) => {
    const within = spans.filter((span) => span.start <= start && start < span.end).map(({ level }) => level);
    return {
      text: padded.slice(start, ordered[index + 1]),
      kind: tokens.find((token) => token.start <= start && start < token.end)?.kind ?? 'text',
      level: within.includes('error') ? 'error' : within[0],
    };
  });
}
