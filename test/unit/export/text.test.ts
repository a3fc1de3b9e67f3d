import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english, message } from '../../../src/core/message';
import { escapeControls, shorten, visibleText } from '../../../src/core/text';

/** What must not reach a terminal or a label from a log. */
const DANGEROUS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('visibleText', () => {
  it.each([
    ['plain', 'plain'],
    ['日本 😀 é', '日本 😀 é'],
    ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
    ['\u001b]0;title\u0007', '␛]0;title␇'],
    ['a\r\nb\tc\u0000', 'a␍␊b␉c␀'],
    ['\u007f', '␡'],
    ['\u009b31m', '\\u009b31m'],
    ['\u0085', '\\u0085'],
    ['user\u202egpj.exe', 'user\\u202egpj.exe'],
    ['\u2066a\u2069', '\\u2066a\\u2069'],
    ['\u200fa\u061c', '\\u200fa\\u061c'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\ufeff', '\\ufeff'],
    ['\ud800', '\ud800'],
  ])('%j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('leaves nothing that moves the cursor or turns text around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(DANGEROUS);
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });
});

describe('escapeControls', () => {
  it('keeps the value of JSON and leaves line breaks only', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(0, 2), (json, indent) => {
        const value = JSON.parse(json) as unknown;
        const escaped = escapeControls(JSON.stringify(value, null, indent));
        expect(JSON.parse(escaped)).toEqual(value);
        expect(escaped.replaceAll('\n', '')).not.toMatch(DANGEROUS);
      }),
    );
  });
});

describe('shorten', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 5, 'too …'],
    ['ab😀cd', 4, 'ab…'],
    ['ab😀cd', 5, 'ab😀…'],
    ['', 3, ''],
  ])('%j to %i', (text, length, short) => {
    expect(shorten(text, length)).toBe(short);
  });
});

describe('english', () => {
  it.each([
    [message('no places'), 'no places'],
    [message('{0} of {1}, {0}', 1, 'two'), '1 of two, 1'],
    [message('{0} {1}', 'a'), 'a {1}'],
    [message('{0}', '{1}'), '{1}'],
    [message('{x} {}', 'a'), '{x} {}'],
    [message('{0}', '$&'), '$&'],
  ])('%j', (text, sentence) => {
    expect(english(text)).toBe(sentence);
  });
});
