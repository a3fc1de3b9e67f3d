import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encoding, Utf8Stream, detectEncoding } from '../../../src/core/events/encoding';
import { concat, cutAt, inPieces, textOf, utf16, utf8 } from '../../fixtures/bytes';

function convert(pieces: Iterable<Uint8Array>): string {
  const stream = new Utf8Stream();
  const converted = [...pieces].map((piece) => stream.push(piece));
  return textOf(concat(...converted, stream.end()));
}

const TEXT = '{"Records":[{"eventName":"日本😀","a":"é"}]}'.repeat(3);

describe('detectEncoding', () => {
  it.each<[name: string, bytes: Uint8Array, encoding: Encoding, bom: number]>([
    ['nothing', utf8(''), 'utf-8', 0],
    ['UTF-8', utf8(TEXT), 'utf-8', 0],
    ['UTF-8 with a mark', utf8(`\ufeff${TEXT}`), 'utf-8', 3],
    ['UTF-16LE', utf16(TEXT, 'le', false), 'utf-16le', 0],
    ['UTF-16LE with a mark', utf16(TEXT, 'le', true), 'utf-16le', 2],
    ['UTF-16BE', utf16(TEXT, 'be', false), 'utf-16be', 0],
    ['UTF-16BE with a mark', utf16(TEXT, 'be', true), 'utf-16be', 2],
    ['bytes of a kind not known', new Uint8Array(100), 'utf-8', 0],
    ['UTF-16LE of other scripts', utf16('{"a":"日一二三日本"}', 'le', false), 'utf-16le', 0],
    ['UTF-16BE of other scripts', utf16('{"a":"日一二三日本"}', 'be', false), 'utf-16be', 0],
    ['two NULs', utf8('{"\0":"\0"}'), 'utf-8', 0],
  ])('%s', (_, bytes, encoding, bom) => {
    expect(detectEncoding(bytes)).toEqual({ encoding, bom });
  });
});

describe('Utf8Stream', () => {
  it.each<[name: string, bytes: Uint8Array]>([
    ['UTF-8', utf8(TEXT)],
    ['UTF-8 with a mark', utf8(`\ufeff${TEXT}`)],
    ['UTF-16LE', utf16(TEXT, 'le', false)],
    ['UTF-16LE with a mark', utf16(TEXT, 'le', true)],
    ['UTF-16BE', utf16(TEXT, 'be', false)],
    ['UTF-16BE with a mark', utf16(TEXT, 'be', true)],
  ])('converts %s in any pieces', (_, bytes) => {
    for (const size of [1, 2, 3, 63, 64, 65, Infinity]) expect(convert(inPieces(bytes, size))).toBe(TEXT);
    fc.assert(fc.property(fc.array(fc.nat()), (cuts) => convert(cutAt(bytes, cuts)) === TEXT));
  });

  it('passes UTF-8 on uncopied', () => {
    const stream = new Utf8Stream();
    stream.push(utf8(TEXT));
    const chunk = utf8('more');
    expect(stream.push(chunk)).toBe(chunk);
  });

  it('keeps a mark that is not at the beginning', () => {
    expect(convert([utf8(`${TEXT}\ufeff`)])).toBe(`${TEXT}\ufeff`);
  });

  it('drops half a character that UTF-16 ends with', () => {
    expect(convert([utf16(TEXT, 'le', true).subarray(0, -1)])).toBe(TEXT.slice(0, -1));
  });

  it.each(['', 'a', '{}'])('gives the whole of a short text: %j', (text) => {
    expect(convert([utf8(text)])).toBe(text);
    expect(convert([utf16(text, 'be', true)])).toBe(text);
  });
});
