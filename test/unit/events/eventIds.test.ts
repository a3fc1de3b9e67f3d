import { describe, expect, it } from 'vitest';
import { EventIds } from '../../../src/core/events/eventIds';

describe('EventIds', () => {
  it('knows what it has seen, and nothing else', () => {
    const ids = new EventIds();
    const names = Array.from({ length: 100_000 }, (_, i) => `0f7e${i}-b1c2-4d3e-8f90-${i * 31}`);
    expect(names.every((name) => ids.add(name))).toBe(true);
    expect(names.some((name) => ids.add(name))).toBe(false);
  });

  it('says when it is full, and lets everything pass then', () => {
    const ids = new EventIds(2);
    expect([ids.add('a'), ids.add('b'), ids.isFull, ids.add('c'), ids.add('c'), ids.add('a')]).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
