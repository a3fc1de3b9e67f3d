import { describe, expect, it } from 'vitest';
import { timeStrip } from '../../../src/host/sessions/timeStrip';

describe('timeStrip', () => {
  it.each([
    [0, 800, '▇▇▇▇▇▇▇▇'],
    [0, 0, '▇▁▁▁▁▁▁▁'],
    [800, 800, '▁▁▁▁▁▁▁▇'],
    [250, 450, '▁▁▇▇▇▁▁▁'],
    [-100, 900, '▇▇▇▇▇▇▇▇'],
  ])('from %i to %i of 0 to 800 is %s', (first, last, strip) => expect(timeStrip(first, last, 0, 800)).toBe(strip));

  it('of no time at all is full', () => expect(timeStrip(5, 5, 5, 5)).toBe('▇▇▇▇▇▇▇▇'));
});
