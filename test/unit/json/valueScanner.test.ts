import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MALFORMED, NEED_MORE, ValueScanner } from '../../../src/core/json/valueScanner';
import { cutAt, inPieces, utf8 } from '../../fixtures/bytes';
import { brokenJsonText, jsonText } from '../../fixtures/jsonText';

/** Where the value that `pieces` begin with ends, or what is wrong with it. */
function scan(pieces: Iterable<Uint8Array>): { end: number } | { errorAt: number; inString: boolean } | 'unfinished' {
  const scanner = new ValueScanner();
  let before = 0;
  for (const piece of pieces) {
    const end = scanner.scan(piece, 0, piece.length);
    if (end === MALFORMED) return { errorAt: before + scanner.errorAt, inString: scanner.errorInString };
    if (end !== NEED_MORE) return { end: before + end };
    before += piece.length;
  }
  return scanner.endsHere() ? { end: before } : 'unfinished';
}

function accepts(text: string): boolean {
  const bytes = utf8(text);
  const result = scan([bytes]);
  return (
    typeof result === 'object' &&
    'end' in result &&
    /^[ \t\r\n]*$/.test(Buffer.from(bytes.subarray(result.end)).toString())
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('ValueScanner accepts what JSON.parse accepts', () => {
  it.each([
    ...['0', '-0', '10', '1.5', '1e5', '1E-5', '1e+05', '-1.0E+10', '123456789012345678901234567890'],
    ...[
      '',
      ' ',
      '-',
      '+1',
      '01',
      '00',
      '-01',
      '1.',
      '.5',
      '1.e5',
      '1e',
      '1e+',
      '1e5.5',
      '0x10',
      'NaN',
      'Infinity',
      '1_000',
    ],
    ...['true', 'false', 'null', 'tru', 'truE', 'nul', 'nulll', 'TRUE', 'True', 'undefined'],
    ...['""', '"a"', '"\\u00e9"', '"\\uD83D\\uDE00"', '"\\ud800"', '"é😀"', '"\u007f"', '"\u2028"'],
    ...['"', '"a', '"\\"', '"\\x41"', '"\\u12"', '"\\u12g4"', '"\\U0041"', '"\n"', '"\t"', '"\u0000"', "'a'", '"a""b"'],
    ...['[]', '[ ]', '[1]', '[1,2]', '[[[]]]', '[1,]', '[,1]', '[1 2]', '[', ']', '[1', '[1}', '[}', '[1,,2]'],
    ...['{}', '{ }', '{"a":1}', '{"a":1,"a":2}', '{"":{}}', '{"a":1,}', '{,}', '{"a"}', '{"a":}', '{"a" 1}', '{a:1}'],
    ...['{"a":1', '{"a":1]', '{"a":1}}', '{1:2}', '{"a":1 "b":2}', '{"a"::1}', '{null:1}', '{', '}', '{]'],
    ...[' 1 ', '\t{"a":\r\n1}\n', '\u00a01', '\ufeff1', '1\u000b', '// 1', '1 // 2', '/**/1', '1,2', '1 2'],
  ])('%j', (text) => {
    expect(accepts(text)).toBe(isJson(text));
  });

  it('on any JSON', () => {
    fc.assert(
      fc.property(jsonText, (text) => accepts(text)),
      { numRuns: 500 },
    );
  });

  it('on JSON with a few characters changed', () => {
    fc.assert(
      fc.property(brokenJsonText, (text) => {
        expect(accepts(text)).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('ValueScanner in pieces', () => {
  it('answers the same wherever the text is cut', () => {
    fc.assert(
      fc.property(brokenJsonText, fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
        const bytes = utf8(text);
        const whole = scan([bytes]);
        expect(scan(cutAt(bytes, cuts))).toEqual(whole);
        expect(scan(inPieces(bytes, 1))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('asks for more at every place before the end, and for nothing at it', () => {
    const bytes = utf8('{"a":[1.5e-3,"\\u0041\\n",true,null],"b":{"c":""}}');
    for (let to = 0; to < bytes.length; to++) expect(scan([bytes.subarray(0, to)])).toBe('unfinished');
    expect(scan([bytes])).toEqual({ end: bytes.length });
  });
});

describe('ValueScanner says where', () => {
  it.each([
    ['{"a":1}{"b":2}', 7],
    ['{"a":1} ,', 7],
    ['[1,2]]', 5],
    ['"a""b"', 3],
    ['true,', 4],
    ['nullx', 4],
    ['12,', 2],
    ['1.5e3]', 5],
    ['0 1', 1],
    ['  7 ', 3],
    ['7', 1],
  ])('the value of %j ends', (text, end) => {
    expect(scan([utf8(text)])).toEqual({ end });
    expect(scan(inPieces(utf8(text), 1))).toEqual({ end });
  });

  it.each([
    ['{"a":}', 5, false],
    ['{"a":tru }', 8, false],
    ['[1,]', 3, false],
    ['-x', 1, false],
    ['{"a":"b\nc"}', 7, true],
    ['"\\x"', 2, true],
    ['"\\u00zz"', 5, true],
    ['{"a\u0001":1}', 3, true],
  ])('%j makes no sense', (text, errorAt, inString) => {
    expect(scan([utf8(text)])).toEqual({ errorAt, inString });
    expect(scan(inPieces(utf8(text), 1))).toEqual({ errorAt, inString });
  });

  it('the value ends in a buffer that holds more on both sides', () => {
    const scanner = new ValueScanner();
    const bytes = utf8('xx{"a":1}yy');
    expect(scanner.scan(bytes, 2, bytes.length)).toBe(9);
    scanner.reset();
    expect(scanner.scan(bytes, 2, 8)).toBe(NEED_MORE);
    expect(scanner.scan(bytes, 8, bytes.length)).toBe(9);
  });

  it('the next value ends after an error and a reset', () => {
    const scanner = new ValueScanner();
    expect(scanner.scan(utf8('[[{"a":"\n'), 0, 9)).toBe(MALFORMED);
    scanner.reset();
    expect(scanner.errorAt).toBe(-1);
    expect(scanner.errorInString).toBe(false);
    expect(scanner.scan(utf8('[1]'), 0, 3)).toBe(3);
  });
});

describe('ValueScanner at any depth', () => {
  it.each([10_000, 1_000_000])('%i brackets', (depth) => {
    const closed = utf8('['.repeat(depth) + ']'.repeat(depth));
    expect(scan([closed])).toEqual({ end: 2 * depth });
    expect(scan([closed.subarray(0, -1)])).toBe('unfinished');
    const mixed = utf8('{"a":['.repeat(depth) + ']}'.repeat(depth));
    expect(scan([mixed])).toEqual({ end: 8 * depth });
    const crossed = utf8(`${'{"a":['.repeat(depth)}${']}'.repeat(depth - 1)}}`);
    expect(scan([crossed])).toEqual({ errorAt: crossed.length - 1, inString: false });
  });
});
