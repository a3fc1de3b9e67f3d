import { gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../src/node/gunzip';
import { type GzipParts, gzipMember } from '../../fixtures/archives';
import { concat, textOf, utf8 } from '../../fixtures/bytes';
import { type Collected, collect, streamOf } from '../../fixtures/chunks';
import { Random } from '../../fixtures/random';
import { makeRecords } from '../../fixtures/records';

const CONTENT = utf8(JSON.stringify({ Records: makeRecords(1, 2) }));

function unpack(packed: Uint8Array, size?: number): Promise<Collected> {
  return collect((report) => gunzip(streamOf(packed, size), report));
}

describe('gunzip', () => {
  it.each<[name: string, packed: Uint8Array, text: Uint8Array]>([
    ['one member', gzipSync(CONTENT), CONTENT],
    ['a stored member', gzipSync(CONTENT, { level: 0 }), CONTENT],
    ['an empty member', gzipSync(''), utf8('')],
    ['several members', concat(gzipSync('a'), gzipSync(CONTENT), gzipSync('b')), concat('a', CONTENT, 'b')],
    [
      'empty members between',
      concat(gzipSync(''), gzipSync('a'), gzipSync(''), gzipSync(''), gzipSync('b')),
      utf8('ab'),
    ],
    ['nothing', utf8(''), utf8('')],
  ])('unpacks %s', async (_, packed, text) => {
    for (const size of [Infinity, 1, 7, 16 * 1024]) {
      const { bytes, problems } = await unpack(packed, size);
      expect(textOf(bytes)).toBe(textOf(text));
      expect(problems).toEqual([]);
    }
  });

  it.each<[name: string, parts: GzipParts]>([
    ['an extra field', { extra: utf8('extra\0\x1f\x8b') }],
    ['an empty extra field', { extra: utf8('') }],
    ['a long extra field', { extra: new Uint8Array(65_535).fill(8) }],
    ['a name', { name: 'log.json' }],
    ['an empty name', { name: '' }],
    ['a name longer than a piece', { name: 'n'.repeat(10_000) }],
    ['a comment', { comment: 'packed by a test' }],
    ['a check sum of the header', { headerCrc: true }],
    ['all of them', { extra: utf8('x'), name: 'n', comment: 'c', headerCrc: true }],
  ])('passes a header with %s', async (_, parts) => {
    const packed = concat(gzipMember(CONTENT, parts), gzipMember(utf8('b'), parts));
    for (const size of [Infinity, 1, 11, 12]) {
      const { bytes, problems } = await unpack(packed, size);
      expect(textOf(bytes)).toBe(`${textOf(CONTENT)}b`);
      expect(problems).toEqual([]);
    }
  });

  it('unpacks any content in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 9 }),
        async (members, size, level) => {
          const { bytes, problems } = await unpack(concat(...members.map((each) => gzipSync(each, { level }))), size);
          expect(Buffer.compare(bytes, concat(...members))).toBe(0);
          expect(problems).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('unpacks megabytes', async () => {
    const large = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) % 251));
    const { bytes, problems } = await unpack(gzipSync(large, { level: 1 }), 65_536);
    expect(Buffer.compare(bytes, large)).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe('a gzip file that is cut off', () => {
  const packed = gzipMember(CONTENT, { extra: utf8('xy'), name: 'n', comment: 'c', headerCrc: true });
  const trailer = packed.length - 8;

  it('gives what comes before the cut, at every byte', async () => {
    for (let cut = 1; cut < packed.length; cut++) {
      const { bytes, problems } = await unpack(packed.subarray(0, cut), cut % 2 === 0 ? Infinity : 10);
      expect(Buffer.compare(bytes, CONTENT.subarray(0, bytes.length))).toBe(0);
      if (cut < 2) expect(problems).toEqual([['gzip-trailing', 'warning', 0]]);
      else if (cut < trailer) expect(problems).toEqual([['gzip-truncated', 'error', bytes.length]]);
      else {
        expect(bytes.length).toBe(CONTENT.length);
        expect(problems).toEqual([['gzip-truncated', 'warning', CONTENT.length]]);
      }
    }
  });

  it('gives as much as zlib can', async () => {
    const header = packed.length - gzipSync(CONTENT).length + 10;
    for (let cut = header; cut < trailer; cut += 7) {
      const { bytes } = await unpack(packed.subarray(0, cut));
      const best = inflateRawSync(packed.subarray(header, cut), { finishFlush: 2 });
      expect(bytes.length).toBe(best.length);
    }
  });

  it('gives the members before', async () => {
    const { bytes, problems } = await unpack(concat(gzipSync('a'), gzipSync(CONTENT).subarray(0, 5)));
    expect(textOf(bytes)).toBe('a');
    expect(problems).toEqual([['gzip-truncated', 'error', 1]]);
  });
});

describe('a damaged gzip file', () => {
  const packed = concat(gzipSync(CONTENT));

  it('gives what zlib gives up to a flipped bit, at every byte', async () => {
    for (let at = 0; at < packed.length; at++) {
      for (const bit of [0, 3, 7]) {
        const damaged = packed.slice();
        damaged[at]! ^= 1 << bit;
        const { bytes, problems } = await unpack(damaged);
        // Method, time, operating system and the flag for text of the header change nothing; bit 3 says that a name follows.
        const harmless = at >= 2 && at < 10 && !(at === 3 && bit === 3);
        if (harmless) {
          expect(textOf(bytes)).toBe(textOf(CONTENT));
          expect(problems).toEqual([]);
          continue;
        }
        // The last bits of the packed data may mean nothing.
        if (problems.length === 0) expect(Buffer.compare(bytes, CONTENT)).toBe(0);
        if (at < 10) continue;
        const best = bestOf(damaged.subarray(10));
        expect(bytes.length).toBeGreaterThanOrEqual(best.length);
        expect(Buffer.compare(bytes.subarray(0, best.length), best)).toBe(0);
      }
    }
  });

  it('is told by its check sum where zlib sees nothing', async () => {
    const damaged = packed.slice();
    damaged[packed.length - 8]! ^= 1;
    const { bytes, problems } = await unpack(concat(damaged, gzipSync('b')));
    expect(textOf(bytes)).toBe(`${textOf(CONTENT)}b`);
    expect(problems).toEqual([['gzip-checksum', 'error', CONTENT.length]]);
  });

  it.each([
    ['text', 'garbage'],
    ['zeros', '\0'.repeat(1000)],
    ['half a magic number', '\x1f'],
  ])('%s after it is told of and ignored', async (_, garbage) => {
    for (const size of [Infinity, 1]) {
      const { bytes, problems } = await unpack(concat(packed, Buffer.from(garbage, 'latin1')), size);
      expect(textOf(bytes)).toBe(textOf(CONTENT));
      expect(problems).toEqual([['gzip-trailing', 'warning', CONTENT.length]]);
    }
  });

  it('of many pieces gives all before the damage', async () => {
    const large = utf8(
      makeRecords(2000)
        .map((record) => JSON.stringify(record))
        .join('\n'),
    );
    const whole = concat(gzipSync(large));
    const at = Math.floor(whole.length / 2);
    // Not every damage is one that zlib sees: other bytes are tried until it does.
    const damages = Array.from({ length: 100 }, (_, seed) => {
      const random = new Random(seed);
      return concat(
        whole.subarray(0, at),
        Uint8Array.from({ length: 200 }, () => random.below(256)),
        whole.subarray(at + 200),
      );
    });
    const damaged = damages.find((each) => bestOf(each.subarray(10)).length < large.length * 0.9)!;
    const best = bestOf(damaged.subarray(10));
    expect(best.length).toBeGreaterThan(large.length * 0.3);
    for (const size of [Infinity, 5000]) {
      const { bytes, problems } = await unpack(damaged, size);
      expect(bytes.length).toBeGreaterThanOrEqual(best.length);
      expect(Buffer.compare(bytes.subarray(0, best.length), best)).toBe(0);
      expect(problems).toEqual([['gzip-corrupt', 'error', bytes.length]]);
    }
  });

  it('is no exception, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        await unpack(concat(Uint8Array.of(0x1f, 0x8b, 8, 0), bytes), size);
      }),
      { numRuns: 200 },
    );
  });
});

/** The longest beginning of a damaged deflate stream that zlib inflates without an error. */
function bestOf(deflated: Uint8Array): Uint8Array {
  let best: Uint8Array = new Uint8Array(0);
  let [low, high] = [0, deflated.length];
  while (low <= high) {
    const middle = (low + high) >> 1;
    try {
      best = inflateRawSync(deflated.subarray(0, middle), { finishFlush: 2 });
      low = middle + 1;
    } catch {
      high = middle - 1;
    }
  }
  return best;
}

describe('a stream that is not read to its end', () => {
  it('is let go of', async () => {
    let open = true;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield await Promise.resolve(gzipSync(CONTENT));
      } finally {
        open = false;
      }
    }
    for await (const chunk of gunzip(source(), () => undefined)) if (chunk.length > 0) break;
    expect(open).toBe(false);
  });
});
