import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moved, offsets, resized, toggled } from '../../../webview/grid/columnLayout';
import { type GridMove, type Keys, moveInGrid } from '../../../webview/grid/gridKeys';
import {
  NO_ROWS,
  type RowSelection,
  chooseAll,
  chooseRow,
  chosenCount,
  extendTo,
  isChosen,
  toggleRow,
} from '../../../webview/grid/rowSelection';
import { MOST_PIXELS, Scroller } from '../../../webview/grid/scroller';

function scroller(rows: number, viewHeight = 240): Scroller {
  const made = new Scroller();
  made.resize({ rows, rowHeight: 24, viewHeight });
  return made;
}

describe('scrolling a grid', () => {
  it('shows the first rows at first', () => expect(scroller(1000).visible).toEqual({ from: 0, to: 10 }));

  it('is as high as its rows while that is not too high', () => {
    expect(scroller(1000).elementHeight).toBe(24_000);
    expect(scroller(1000).isScaled).toBe(false);
  });

  it.each([1_000_000, 10_000_000, 300_000_000])('reaches the first and last of %d rows by the scroll bar', (rows) => {
    const large = scroller(rows);
    expect(large.elementHeight).toBe(MOST_PIXELS);
    large.scrolledTo(MOST_PIXELS - 240);
    expect(large.visible.to).toBe(rows);
    large.scrolledTo(0);
    expect(large.visible.from).toBe(0);
  });

  it('goes row by row where a pixel of the bar is many rows', () => {
    const large = scroller(300_000_000);
    large.reveal(150_000_000);
    large.scrollBy(24);
    expect(large.visible.from).toBe(150_000_000 - 9 + 1);
    // What the bar says then is what it was set to: the place stays as fine as it is.
    expect(large.scrolledTo(Math.round(large.scrollTop))).toBe(false);
    expect(large.visible.from).toBe(150_000_000 - 9 + 1);
  });

  it('stays within the rows when there are fewer', () => {
    const shrunk = scroller(1000);
    shrunk.reveal(999);
    shrunk.resize({ rows: 3, rowHeight: 24, viewHeight: 240 });
    expect(shrunk.visible).toEqual({ from: 0, to: 3 });
  });

  it('brings any row into view, and moves no further than it must', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.nat(), fc.nat(), (rows, one, other) => {
        const any = scroller(rows);
        for (const row of [one % rows, other % rows]) {
          any.reveal(row);
          const { top } = any;
          expect(row * 24).toBeGreaterThanOrEqual(top);
          expect(row * 24 + 24).toBeLessThanOrEqual(top + 240);
          any.reveal(row);
          expect(any.top).toBe(top);
        }
      }),
    );
  });
});

describe('choosing rows', () => {
  it.each<[what: string, selection: RowSelection, ranges: RowSelection['ranges']]>([
    ['one', chooseRow(5), [[5, 6]]],
    ['down to', extendTo(chooseRow(5), 8), [[5, 9]]],
    ['up to', extendTo(chooseRow(5), 2), [[2, 6]]],
    ['back over the anchor', extendTo(extendTo(chooseRow(5), 8), 4), [[4, 6]]],
    [
      'one more',
      toggleRow(chooseRow(5), 9),
      [
        [5, 6],
        [9, 10],
      ],
    ],
    ['the next one', toggleRow(chooseRow(5), 6), [[5, 7]]],
    [
      'one less',
      toggleRow(extendTo(chooseRow(5), 8), 6),
      [
        [5, 6],
        [7, 9],
      ],
    ],
    ['the last one less', toggleRow(chooseRow(5), 5), []],
    ['all', chooseAll(chooseRow(5), 1_000_000), [[0, 1_000_000]]],
    ['all of none', chooseAll(NO_ROWS, 0), []],
  ])('%s', (_what, selection, ranges) => expect(selection.ranges).toEqual(ranges));

  it('agrees with a set of rows, whatever is done', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 30 }), (rows) => {
        const expected = new Set<number>();
        let selection = NO_ROWS;
        for (const row of rows) {
          selection = toggleRow(selection, row);
          if (!expected.delete(row)) expected.add(row);
        }
        for (let row = 0; row < 14; row++) expect(isChosen(selection.ranges, row)).toBe(expected.has(row));
        expect(chosenCount(selection.ranges)).toBe(expected.size);
      }),
    );
  });
});

describe('keys in a grid', () => {
  const key = (name: string, held: Partial<Keys> = {}): Keys => ({ key: name, shift: false, ctrl: false, ...held });
  const place = { selection: chooseRow(50), column: 2, rows: 100, columns: 5, page: 20 };
  const rows = (selection: RowSelection): GridMove => ({ kind: 'rows', selection });
  it.each<[Keys, GridMove | undefined]>([
    [key('ArrowDown'), rows(chooseRow(51))],
    [key('ArrowUp'), rows(chooseRow(49))],
    [key('PageDown'), rows(chooseRow(70))],
    [key('PageUp'), rows(chooseRow(30))],
    [key('Home'), rows(chooseRow(0))],
    [key('End'), rows(chooseRow(99))],
    [key('ArrowDown', { shift: true }), rows(extendTo(chooseRow(50), 51))],
    [key('End', { shift: true }), rows(extendTo(chooseRow(50), 99))],
    [key('ArrowRight'), { kind: 'column', column: 3 }],
    [key('ArrowLeft'), { kind: 'column', column: 1 }],
    [key('ArrowRight', { ctrl: true }), { kind: 'column', column: 4 }],
    [key('Home', { ctrl: true }), { kind: 'column', column: 0 }],
    [key('End', { ctrl: true }), { kind: 'column', column: 4 }],
    [key(' '), rows(toggleRow(chooseRow(50), 50))],
    [key('a', { ctrl: true }), rows(chooseAll(chooseRow(50), 100))],
    [key('a'), undefined],
    [key('c', { ctrl: true }), { kind: 'copy' }],
    [key('Enter'), { kind: 'open' }],
    [key('F10', { shift: true }), { kind: 'menu' }],
    [key('F10'), undefined],
    [key('Tab'), undefined],
  ])('%o', (pressed, move) => expect(moveInGrid(pressed, place)).toEqual(move));

  it('stop at the ends', () => {
    expect(moveInGrid(key('PageDown'), { ...place, selection: chooseRow(95) })).toEqual(rows(chooseRow(99)));
    expect(moveInGrid(key('ArrowUp'), { ...place, selection: chooseRow(0) })).toEqual(rows(chooseRow(0)));
    expect(moveInGrid(key('ArrowRight'), { ...place, column: 4 })).toEqual({ kind: 'column', column: 4 });
  });
});

describe('columns', () => {
  const columns = [
    { field: 'a', width: 100 },
    { field: 'b', width: 200 },
    { field: 'c', width: 300 },
  ];
  const fields = (list: readonly { field: string }[]): string => list.map(({ field }) => field).join('');
  it.each([
    ['a', 1, 'bac'],
    ['c', -2, 'cab'],
    ['a', -1, 'abc'],
    ['b', 9, 'acb'],
    ['x', 1, 'abc'],
  ])('%s moved by %d', (field, steps, order) => expect(fields(moved(columns, field, steps))).toBe(order));

  it('are shown and hidden, but for the last', () => {
    expect(fields(toggled(columns, 'b', 50))).toBe('ac');
    expect(toggled(columns, 'd', 50).at(-1)).toEqual({ field: 'd', width: 50 });
    expect(toggled([columns[0]!], 'a', 50)).toEqual([columns[0]]);
  });

  it('keep a width that can be seen', () => {
    expect(resized(columns, 'a', 5)[0]!.width).toBe(48);
    expect(resized(columns, 'a', 99_999)[0]!.width).toBe(1200);
    expect(resized(columns, 'b', 120.4)[1]!.width).toBe(120);
  });

  it('begin where the one before ends', () => expect(offsets(columns)).toEqual([0, 100, 300, 600]));
});
