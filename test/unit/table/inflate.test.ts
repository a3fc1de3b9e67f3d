import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { scannerModule } from '../../fixtures/scanner';

const SLACK = 320;

/** What the compiled scanner inflates a stream to; undefined when it refuses. `most`: the room it is told of. */
function inflate(stream: Uint8Array, most: number): Buffer | undefined {
  const module = scannerModule();
  const input = module.reserveInput(most + SLACK) >>> 0;
  const packed = module.reservePacked(stream.length) >>> 0;
  new Uint8Array(module.memory.buffer).set(stream, packed);
  const length = module.inflate(0, stream.length, most);
  if (length < 0) return undefined;
  expect(module.packedEnd.value >>> 0).toBeLessThanOrEqual(packed + stream.length);
  return Buffer.from(new Uint8Array(module.memory.buffer, input, length));
}

function inflated(stream: Uint8Array): Buffer | undefined {
  try {
    return inflateRawSync(stream);
  } catch {
    return undefined;
  }
}

const random = (length: number, letters: number): Buffer => {
  let state = 1;
  return Buffer.from(Array.from({ length }, () => ((state = (state * 48271) % 2147483647) >> 8) % letters));
};

const CONTENTS: [string, Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('a')],
  ['a run of one byte', Buffer.alloc(100_000, 0x61)],
  ...[2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 300].map((period): [string, Buffer] => [
    `a text that repeats after ${period} bytes`,
    Buffer.concat(Array.from({ length: 2000 }, () => random(period, 200))),
  ]),
  ['a match as far back as one may be', Buffer.concat([random(32_768, 256), random(32_768, 256)])],
  ['few symbols', random(70_000, 3)],
  ['all bytes, which do not pack', random(200_000, 256)],
  ['codes of the greatest length', Buffer.concat(Array.from({ length: 22 }, (_, i) => Buffer.alloc((2 ** i) >> 3, i)))],
];
const FORMS = [
  { level: 0 },
  { level: 1 },
  { level: 9 },
  { strategy: constants.Z_FIXED },
  { strategy: constants.Z_HUFFMAN_ONLY },
  { strategy: constants.Z_RLE, memLevel: 1 },
];

describe('inflating in the compiled scanner', () => {
  test.each(CONTENTS)('%s', (_, content) => {
    for (const form of FORMS) {
      const found = inflate(deflateRawSync(content, form), content.length);
      expect(found?.equals(content)).toBe(true);
    }
  });

  test('takes no more than there is room for', () => {
    const stream = deflateRawSync(Buffer.alloc(5000, 0x61));
    expect(inflate(stream, 5000)).toHaveLength(5000);
    expect(inflate(stream, 4999)).toBeUndefined();
    expect(inflate(deflateRawSync(Buffer.alloc(5000), { level: 0 }), 4999)).toBeUndefined();
  });

  test('refuses a stream that is cut off', () => {
    const stream = deflateRawSync(Buffer.from('a text, and a text, and another text that is none'.repeat(20)));
    for (let length = 0; length < stream.length; length++) {
      expect(inflate(stream.subarray(0, length), 2000)?.length).toBeUndefined();
    }
  });

  test('refuses a single distance code of more than one bit, as zlib does', () => {
    const content = Buffer.concat([
      random(3000, 60),
      Buffer.from('{"eventName":"GetObject"}'.repeat(40)),
      random(500, 9),
    ]);
    const stream = deflateRawSync(content, FORMS[5]);
    stream[28] = 5;
    expect(inflated(stream)).toBeUndefined();
    expect(inflate(stream, 100_000)).toBeUndefined();
  });

  test('takes blocks of all forms one after another', () => {
    const piece = fc.tuple(fc.constantFrom(...FORMS), fc.nat(300), fc.integer({ min: 1, max: 256 }));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const contents = pieces.map(([, length, letters]) => random(length, letters));
        const streams = pieces.map(([form], i) =>
          deflateRawSync(contents[i]!, { ...form, finishFlush: constants.Z_SYNC_FLUSH }),
        );
        const content = Buffer.concat(contents);
        const found = inflate(Buffer.concat([...streams, deflateRawSync('')]), content.length);
        expect(found?.equals(content)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('takes a stream of nothing but empty blocks', () => {
    // Eight blocks of ten bits each: the fixed codes, and the end.
    const empty = Uint8Array.from([2, 8, 32, 128, 0, 2, 8, 32, 128, 0]);
    const stream = Buffer.concat([...Array.from({ length: 10_000 }, () => empty), Buffer.from([3, 0])]);
    expect(inflated(stream)).toHaveLength(0);
    expect(inflate(stream, 0)).toHaveLength(0);
  });

  test('takes of damaged streams only those that zlib takes, and as it does', () => {
    const content = Buffer.concat([
      random(3000, 60),
      Buffer.from('{"eventName":"GetObject"}'.repeat(40)),
      random(500, 9),
    ]);
    const streams = FORMS.map((form) => deflateRawSync(content, form));
    const damage = fc.tuple(fc.nat(FORMS.length - 1), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1 }));
    fc.assert(
      fc.property(damage, ([form, bytes]) => {
        const stream = Buffer.from(streams[form]!);
        for (const [at, byte] of bytes) stream[at % Math.min(stream.length, 400)] = byte;
        const found = inflate(stream, 100_000);
        if (found !== undefined) expect(inflated(stream)?.equals(found)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('takes of bytes that are no stream only what zlib takes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (stream) => {
        const found = inflate(stream, 100_000);
        if (found !== undefined) expect(inflated(stream)?.equals(found)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
