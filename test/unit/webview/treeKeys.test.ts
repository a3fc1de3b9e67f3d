import { describe, expect, it } from 'vitest';
import type { TreeLine } from '../../../webview/list/treeLine';
import { moveInTree } from '../../../webview/list/treeKeys';

/** An open group of two rows, and a closed one. */
const LINES: TreeLine[] = [
  { key: 'a', level: 1, expanded: true, position: 1, siblings: 2 },
  { key: 'a0', level: 2, position: 1, siblings: 2 },
  { key: 'a1', level: 2, position: 2, siblings: 2 },
  { key: 'b', level: 1, expanded: false, position: 2, siblings: 2 },
];

const press = (key: string, active: number) =>
  moveInTree(key, { active, count: LINES.length, page: 3, lineAt: (index) => LINES[index]! });

describe('keys in a tree', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 3, 3],
    ['ArrowUp', 0, 0],
    ['ArrowUp', 2, 1],
    ['PageDown', 0, 3],
    ['PageUp', 3, 0],
    ['Home', 2, 0],
    ['End', 0, 3],
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 1, 0],
    ['ArrowLeft', 2, 0],
  ])('%s on line %i goes to line %i', (key, active, index) =>
    expect(press(key, active)).toEqual({ kind: 'go', index }),
  );

  it.each([
    ['ArrowRight', 3, 'toggle'],
    ['ArrowLeft', 0, 'toggle'],
    ['Enter', 1, 'open'],
    [' ', 2, 'open'],
  ])('%s on line %i: %s', (key, active, kind) => expect(press(key, active)).toEqual({ kind }));

  it.each([
    ['ArrowRight', 1],
    ['ArrowLeft', 3],
    ['x', 0],
  ])('%s on line %i is left alone', (key, active) => expect(press(key, active)).toBeUndefined());
});
