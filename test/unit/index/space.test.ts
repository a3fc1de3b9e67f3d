import { describe, expect, test } from 'vitest';
import { GrowingSpace, Space } from '../../../src/node/index/space';

describe('a space', () => {
  test('gives arrays of zeros that do not overlap, and other threads see', () => {
    const space = Space.of(1000);
    const bytes = space.make(Uint8Array, 3).fill(1);
    const numbers = space.make(Float64Array, 2).fill(2);
    const elsewhere = new Space(space.buffer).make(Uint16Array, 5).fill(3);
    expect([...bytes, ...numbers, ...elsewhere]).toEqual([1, 1, 1, 2, 2, 3, 3, 3, 3, 3]);
    expect(bytes.buffer).toBe(elsewhere.buffer);
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('gives what it has no room for with memory of its own, and goes on', () => {
    const space = Space.of(10);
    const large = space.make(Uint32Array, 100_000);
    expect(large.length).toBe(100_000);
    expect(large.buffer).not.toBe(space.buffer);
    expect(space.tryMake(Uint32Array, 100_000)).toBeUndefined();
    expect(space.make(Uint8Array, 1).buffer).toBe(space.buffer);
  });

  test('that grows takes what is larger than a block, and goes on', () => {
    const space = new GrowingSpace();
    const arrays = [1, 40 * 1024 * 1024, 7].map((length, i) => space.make(Uint8Array, length).fill(i + 1));
    expect(arrays.map((array) => [array[0], array.at(-1), array.length])).toEqual([
      [1, 1, 1],
      [2, 2, 40 * 1024 * 1024],
      [3, 3, 7],
    ]);
    expect(arrays.every(({ buffer }) => buffer instanceof SharedArrayBuffer)).toBe(true);
  });
});
