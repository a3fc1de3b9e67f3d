import { type RowSelection, chooseAll, chooseRow, extendTo, toggleRow } from './rowSelection';

export interface GridPlace {
  readonly selection: RowSelection;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown go. */
  readonly page: number;
}

export interface Keys {
  readonly key: string;
  readonly shift: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly ctrl: boolean;
}

export type GridMove =
  | { readonly kind: 'rows'; readonly selection: RowSelection }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'open' | 'copy' | 'menu' };

/**
 * What a key does in a grid; undefined for other keys. Home and End go to the first and last row, as in the lists of VS Code; with Ctrl the
 * arrows to the sides, Home and End go to the first and last column.
 */
export function moveInGrid({ key, shift, ctrl }: Keys, place: GridPlace): GridMove | undefined {
  const row = targetRow(key, ctrl, place);
  if (row !== undefined) {
    const to = Math.min(Math.max(row, 0), place.rows - 1);
    return { kind: 'rows', selection: shift ? extendTo(place.selection, to) : chooseRow(to) };
  }
  const { selection, column, columns, rows } = place;
  switch (key) {
    case 'ArrowRight':
      return { kind: 'column', column: ctrl ? columns - 1 : Math.min(column + 1, columns - 1) };
    case 'ArrowLeft':
      return { kind: 'column', column: ctrl ? 0 : Math.max(column - 1, 0) };
    case 'Home':
      return { kind: 'column', column: 0 };
    case 'End':
      return { kind: 'column', column: columns - 1 };
    case ' ':
      return { kind: 'rows', selection: toggleRow(selection, selection.active) };
    case 'a':
      return ctrl ? { kind: 'rows', selection: chooseAll(selection, rows) } : undefined;
    case 'c':
      return ctrl ? { kind: 'copy' } : undefined;
    case 'Enter':
      return { kind: 'open' };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return shift ? { kind: 'menu' } : undefined;
    default:
      return undefined;
  }
}

function targetRow(key: string, ctrl: boolean, { selection, rows, page }: GridPlace): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return selection.active + 1;
    case 'ArrowUp':
      return selection.active - 1;
    case 'PageDown':
      return selection.active + page;
    case 'PageUp':
      return selection.active - page;
    case 'Home':
      return ctrl ? undefined : 0;
    case 'End':
      return ctrl ? undefined : rows - 1;
    default:
      return undefined;
  }
}
