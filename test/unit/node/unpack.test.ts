import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Unpacked, unpack } from '../../../src/node/unpack';
import { concat, textOf, utf8 } from '../../fixtures/bytes';
import { type Collected, collect, streamOf } from '../../fixtures/chunks';
import { ZSTD_LONG, ZSTD_SAMPLES, ZSTD_TEXT, skippableFrame, zstdFrame } from '../../fixtures/zstd';

const TEXT = '{"Records":[{"eventVersion":"1.11","eventName":"日本"}]}';
const MEGABYTE = 1024 * 1024;

async function unpacked(
  bytes: Uint8Array,
  { size = Infinity, packedBytes }: { readonly size?: number; readonly packedBytes?: number } = {},
): Promise<Collected & Pick<Unpacked, 'compression' | 'isZip'>> {
  const layers = { compression: '', isZip: false };
  const collected = await collect(async (report) => {
    const { chunks, ...rest } = await unpack(streamOf(bytes, size), report, packedBytes);
    Object.assign(layers, rest);
    return chunks;
  });
  return { ...collected, ...layers };
}

describe('unpack tells by the first bytes', () => {
  it.each<[name: string, bytes: Uint8Array, compression: string, text: string]>([
    ['nothing', utf8(''), 'none', ''],
    ['one byte', utf8('{'), 'none', '{'],
    ['text', utf8(TEXT), 'none', TEXT],
    ['a long text', utf8(TEXT.repeat(100)), 'none', TEXT.repeat(100)],
    ['gzip', gzipSync(TEXT), 'gzip', TEXT],
    ['gzip in gzip', gzipSync(gzipSync(TEXT)), 'gzip+gzip', TEXT],
    [
      'gzip of gzip members one after another',
      gzipSync(concat(gzipSync(TEXT), gzipSync(TEXT))),
      'gzip+gzip',
      TEXT + TEXT,
    ],
    ['an empty gzip', gzipSync(''), 'gzip', ''],
    ['zstd', zstdFrame([utf8(TEXT)]), 'zstd', TEXT],
    ['gzip in zstd', zstdFrame([gzipSync(TEXT)]), 'zstd+gzip', TEXT],
    ['zstd in gzip', gzipSync(zstdFrame([utf8(TEXT)])), 'gzip+zstd', TEXT],
    ['text that begins like gzip', Uint8Array.of(0x1f, 0x7b), 'none', '\x1f{'],
  ])('%s', async (_, bytes, compression, text) => {
    for (const size of [Infinity, 1, 100]) {
      const read = await unpacked(bytes, { size });
      expect(textOf(read.bytes)).toBe(text);
      expect(read).toMatchObject({ compression, isZip: false, problems: [] });
    }
  });

  it.each<[name: string, bytes: Uint8Array, kind: string]>([
    ['bzip2', utf8('BZh91AY&SY'), 'bzip2'],
    ['xz', concat(Uint8Array.of(0xfd), '7zXZ\0'), 'xz'],
    ['7-Zip', concat('7z', Uint8Array.of(0xbc, 0xaf, 0x27, 0x1c)), '7z'],
    ['tar', concat(new Uint8Array(257), 'ustar\0'), 'tar'],
    ['PNG', concat(Uint8Array.of(0x89), 'PNG\r\n'), 'image'],
    ['JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'image'],
    ['a tar in gzip', gzipSync(concat(new Uint8Array(257), 'ustar\0')), 'tar'],
  ])('%s, which it names', async (_, bytes, kind) => {
    for (const size of [Infinity, 1]) {
      const read = await unpacked(bytes, { size });
      expect(read.bytes.length).toBe(0);
      expect(read.problems).toEqual([[kind, 'warning', null]]);
    }
  });

  it.each<[name: string, bytes: Uint8Array, compression: string]>([
    ['zip', utf8('PK\x03\x04…'), 'zip'],
    ['an empty zip', utf8('PK\x05\x06…'), 'zip'],
    ['zip in gzip', gzipSync('PK\x03\x04'), 'gzip+zip'],
  ])('%s, which is opened by its name', async (_, bytes, compression) => {
    expect(await unpacked(bytes)).toMatchObject({ compression, isZip: true, problems: [] });
  });

  it('and leaves what is packed more often than anybody means', async () => {
    const often = Array.from({ length: 6 }).reduce<Uint8Array>((bytes) => gzipSync(bytes), utf8(TEXT));
    expect((await unpacked(often)).compression).toBe('gzip+gzip+gzip+gzip');
  });
});

describe('zstd', () => {
  it.each(ZSTD_SAMPLES)('%s', async (_, packed) => {
    for (const size of [Infinity, 1, 19]) {
      const { bytes, problems } = await unpacked(packed, { size });
      expect(textOf(bytes)).toBe(ZSTD_TEXT);
      expect(problems).toEqual([]);
    }
  });

  it.each<[name: string, packed: Uint8Array, text: string]>([
    ['frames one after another', concat(...ZSTD_SAMPLES.map(([, packed]) => packed)), ZSTD_TEXT.repeat(3)],
    ['many blocks', zstdFrame(['a', 'bc', '', 'd'].map(utf8)), 'abcd'],
    ['a byte many times over', zstdFrame([{ byte: 0x61, count: 1000 }, utf8('b')]), `${'a'.repeat(1000)}b`],
    ['an empty frame', zstdFrame([utf8('')]), ''],
    ['empty frames between', concat(zstdFrame([utf8('a')]), zstdFrame([utf8('')]), zstdFrame([utf8('b')])), 'ab'],
    [
      'frames to be passed over',
      concat(
        zstdFrame([utf8('a')]),
        skippableFrame(new Uint8Array(5000)),
        zstdFrame([utf8('b')]),
        skippableFrame(utf8('')),
      ),
      'ab',
    ],
  ])('%s', async (_, packed, text) => {
    for (const size of [Infinity, 1, 19]) {
      const { bytes, problems } = await unpacked(packed, { size });
      expect(textOf(bytes)).toBe(text);
      expect(problems).toEqual([]);
    }
  });

  it.each(ZSTD_SAMPLES)('%s, cut off at every byte', async (_, packed) => {
    const whole = concat(zstdFrame([utf8('first,')]), packed);
    const before = whole.length - packed.length;
    for (let cut = before + 1; cut < whole.length; cut++) {
      const { bytes, problems } = await unpacked(whole.subarray(0, cut));
      expect(`first,${ZSTD_TEXT}`.startsWith(textOf(bytes))).toBe(true);
      expect(bytes.length).toBeGreaterThanOrEqual(6);
      const [problem] = problems;
      expect(problems.length).toBe(1);
      if (cut < before + 4) expect(problem).toEqual(['zstd-trailing', 'warning', 6]);
      // Only the check sum is missing.
      else if (problem![1] === 'warning') expect(bytes.length).toBe(utf8(ZSTD_TEXT).length + 6);
      else expect(problem).toEqual(['zstd-truncated', 'error', bytes.length]);
    }
  });

  it('cut off gives the blocks before', async () => {
    const packed = zstdFrame([utf8('a'), utf8('b'.repeat(100)), utf8('c'.repeat(100))]);
    const { bytes, problems } = await unpacked(packed.subarray(0, packed.length - 1));
    expect(textOf(bytes)).toBe(`a${'b'.repeat(100)}`);
    expect(problems).toEqual([['zstd-truncated', 'error', 101]]);
  });

  it.each<[name: string, packed: Uint8Array, problem: readonly unknown[]]>([
    [
      'a block of a reserved type',
      concat(zstdFrame([utf8('a')]).subarray(0, -4), Uint8Array.of(7, 0, 0)),
      ['zstd-corrupt', 'error', 0],
    ],
    ['a reserved bit', zstdFrame([utf8('a')], { descriptor: 8 }), ['zstd-corrupt', 'error', 0]],
    ['a dictionary', zstdFrame([utf8('a')], { descriptor: 1, window: 0x38 }), ['zstd-unsupported', 'error', 0]],
    ['a window of 128 MB', ZSTD_LONG, ['zstd-unsupported', 'error', 0]],
    ['a window of 2 GB', zstdFrame([utf8('a')], { window: 0xa8 }), ['zstd-unsupported', 'error', 0]],
    ['garbage after it', concat(zstdFrame([utf8('a')]), 'garbage'), ['zstd-trailing', 'warning', 1]],
  ])('%s is told of', async (_, packed, problem) => {
    expect((await unpacked(packed)).problems).toEqual([problem]);
  });

  it('damaged at any byte is no exception', async () => {
    for (const [, packed] of ZSTD_SAMPLES) {
      for (let at = 4; at < packed.length; at++) {
        for (const bit of [0, 2, 5, 7]) {
          const damaged = packed.slice();
          damaged[at]! ^= 1 << bit;
          await unpacked(damaged);
        }
      }
    }
  });

  it('of any bytes is no exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await unpacked(concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), bytes));
        await unpacked(concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x24), bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('that makes much work of little is given up', async () => {
    // Each of these blocks of a byte moves a window of 8 MB.
    const block = zstdFrame([utf8('a'), utf8('a')]).subarray(6, 10);
    const header = zstdFrame([], { window: 0x68 });
    const { bytes, problems } = await unpacked(concat(header, ...Array.from({ length: 20_000 }, () => block)));
    expect(bytes.length).toBeLessThan(20_000);
    expect(problems.map(([kind]) => kind)).toEqual(['zstd-corrupt']);
  });
});

describe('what unpacks to hundreds of times its size', () => {
  const zeros = gzipSync(new Uint8Array(100 * MEGABYTE), { level: 9 });

  it.each<[name: string, bytes: Uint8Array, packedBytes?: number]>([
    ['gzip at 1000:1', zeros],
    ['many gzip members', concat(...Array.from({ length: 40 }, () => gzipSync(new Uint8Array(3 * MEGABYTE))))],
    ['gzip in gzip', gzipSync(concat(zeros, zeros, zeros, zeros, zeros, zeros, zeros, zeros))],
    ['zstd', zstdFrame(Array.from({ length: 1000 }, () => ({ byte: 0, count: 128 * 1024 })))],
    ['text that an archive unpacked', new Uint8Array(80 * MEGABYTE), 10_000],
  ])('is stopped: %s', async (_, bytes, packedBytes) => {
    let length = 0;
    const kinds: string[] = [];
    const { chunks } = await unpack(streamOf(bytes, MEGABYTE), ({ kind }) => kinds.push(kind), packedBytes);
    for await (const chunk of chunks) {
      length += chunk.length;
      expect(chunk.length).toBeLessThanOrEqual(MEGABYTE);
    }
    expect(kinds).toEqual(['ratio']);
    expect(length).toBeLessThan(66 * MEGABYTE);
  });

  it('but not what packs well and is small', async () => {
    const { bytes, problems } = await unpacked(gzipSync(new Uint8Array(20 * MEGABYTE)), { size: 4096 });
    expect(bytes.length).toBe(20 * MEGABYTE);
    expect(problems).toEqual([]);
  });

  it('nor a text of any size', async () => {
    const { bytes, problems } = await unpacked(new Uint8Array(70 * MEGABYTE), { size: MEGABYTE });
    expect(bytes.length).toBe(70 * MEGABYTE);
    expect(problems).toEqual([]);
  });
});

describe('a stream that nobody reads to its end', () => {
  const endless = (first: Uint8Array, state: { open: boolean }): AsyncIterable<Uint8Array> =>
    (async function* () {
      state.open = true;
      try {
        for (;;) yield await Promise.resolve(first);
      } finally {
        state.open = false;
      }
    })();

  it.each<[name: string, bytes: Uint8Array]>([
    ['a zip archive', utf8('PK\x03\x04'.padEnd(1000))],
    ['an image', concat(Uint8Array.of(0x89), 'PNG'.padEnd(1000))],
  ])('is let go of: %s', async (_, bytes) => {
    const state = { open: false };
    await unpack(endless(bytes, state), () => undefined);
    expect(state.open).toBe(false);
  });

  it.each<[name: string, bytes: Uint8Array]>([
    ['text', utf8('{'.padEnd(1000))],
    ['gzip', concat(gzipSync('a'.repeat(1000)))],
    ['gzip in gzip', concat(gzipSync(gzipSync('a'.repeat(1000))))],
    ['zstd', zstdFrame([utf8('a'.repeat(1000))])],
    ['deflate in what looks like gzip', concat(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0), deflateRawSync('a'))],
  ])('is let go of where reading stops: %s', async (_, bytes) => {
    const state = { open: false };
    const { chunks } = await unpack(endless(bytes, state), () => undefined);
    for await (const chunk of chunks) if (chunk.length > 0) break;
    expect(state.open).toBe(false);
  });
});
