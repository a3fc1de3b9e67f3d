import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitStack } from '../../../src/core/json/bitStack';
import { ByteWindow } from '../../../src/core/json/byteWindow';

describe('BitStack', () => {
  it('is a stack', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('true', 'false', 'pop', 'clear')), (moves) => {
        const stack = new BitStack();
        const model: boolean[] = [];
        for (const move of moves) {
          if (move === 'clear') {
            stack.clear();
            model.length = 0;
          } else if (move !== 'pop') {
            stack.push(move === 'true');
            model.push(move === 'true');
          } else if (model.length > 0) {
            stack.pop();
            model.pop();
          }
          expect(stack.size).toBe(model.length);
          expect(stack.top()).toBe(model.at(-1) ?? false);
        }
      }),
    );
  });

  it('grows', () => {
    const stack = new BitStack();
    for (let i = 0; i < 100_000; i++) stack.push(i % 3 === 0);
    for (let i = 99_999; i >= 0; i--) {
      expect(stack.top()).toBe(i % 3 === 0);
      stack.pop();
    }
  });
});

describe('ByteWindow', () => {
  it('is the part of the stream that was not released', () => {
    const move = fc.oneof(fc.record({ append: fc.uint8Array({ maxLength: 40 }) }), fc.record({ release: fc.nat(60) }));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const window = new ByteWindow();
        const stream: number[] = [];
        for (const each of moves) {
          if ('append' in each) {
            window.append(each.append.slice());
            stream.push(...each.append);
          } else window.release(each.release);
          expect(window.end).toBe(stream.length);
          expect([...window.slice(window.base, window.end)]).toEqual(stream.slice(window.base));
        }
      }),
    );
  });

  it('does not copy a chunk that follows nothing', () => {
    const window = new ByteWindow();
    const chunk = new Uint8Array(10);
    window.append(chunk);
    expect(window.bytes).toBe(chunk);
    window.release(10);
    const next = new Uint8Array(5);
    window.append(next);
    expect(window.bytes).toBe(next);
    expect(window.base).toBe(10);
  });

  it('lets go of a buffer that a long value made large', () => {
    const window = new ByteWindow();
    const chunk = new Uint8Array(256 * 1024);
    for (let i = 0; i < 80; i++) window.append(chunk);
    expect(window.bytes.length).toBeGreaterThanOrEqual(80 * chunk.length);
    window.release(window.end - 10);
    window.append(chunk);
    expect(window.bytes.length).toBeLessThan(4 * chunk.length);
  });
});
