import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf, tokensOf } from '../../../webview/patternBox/highlight';

const kindsOf = (text: string): string[] =>
  tokensOf(text)
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end).trim()}`);

describe('colours of a pattern', () => {
  it.each([
    [
      '{ $.eventName = "Console*" }',
      ['operator {', 'selector $.eventName', 'operator =', 'string "Console*"', 'operator }'],
    ],
    ['{ $.a NOT EXISTS }', ['operator {', 'selector $.a', 'keyword NOT', 'keyword EXISTS', 'operator }']],
    ['{ $.a.b[0] >= 12 }', ['operator {', 'selector $.a.b[0]', 'operator >=', 'number 12', 'operator }']],
    ['{ $.a = %^x.*$% }', ['operator {', 'selector $.a', 'operator =', 'regex %^x.*$%', 'operator }']],
    ['{ $.ip = 10.0.* }', ['operator {', 'selector $.ip', 'operator =', 'text 10.0.*', 'operator }']],
    ['ERROR -DEBUG', ['text ERROR -DEBUG']],
    ['{ $.a = "open', ['operator {', 'selector $.a', 'operator =', 'string "open']],
  ])('%s', (text, kinds) => expect(kindsOf(text)).toEqual(kinds));

  it('cover every character once, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(
          tokensOf(text)
            .map(({ start, end }) => text.slice(start, end))
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('marks', () => {
  it.each([
    { text: '{ $.a == 1 }', start: 6, end: 8, marked: '==' },
    // An error at the end has a place to stand.
    { text: '{ $.a', start: 5, end: 5, marked: ' ' },
    { text: '', start: 0, end: 0, marked: ' ' },
  ])('an error in "$text" from $start to $end marks "$marked"', ({ text, start, end, marked }) => {
    const pieces = piecesOf(text, [{ start, end, level: 'error' }]);
    expect(
      pieces
        .filter(({ level }) => level === 'error')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(marked);
    expect(pieces.map((piece) => piece.text).join('')).toBe(`${text} `);
  });

  it('an error covers a note at the same place', () => {
    const pieces = piecesOf('abc', [
      { start: 0, end: 3, level: 'note' },
      { start: 1, end: 2, level: 'error' },
    ]);
    expect(pieces.filter(({ text }) => text.trim() !== '').map(({ level }) => level)).toEqual([
      'note',
      'error',
      'note',
    ]);
  });
});
