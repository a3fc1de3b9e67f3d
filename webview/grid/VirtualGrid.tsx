import './grid.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useUniqueId } from '../common/uniqueId';
import { GridHeader } from './GridHeader';
import { offsets } from './columnLayout';
import { moveInGrid } from './gridKeys';
import { type RowSelection, chooseRow, extendTo, isChosen, toggleRow } from './rowSelection';
import { Scroller } from './scroller';

/** Height of a row and of the header in px. */
const ROW_HEIGHT = 24;
const HEADER_HEIGHT = 28;
/** Rows beyond what is seen that are asked for ahead. */
const AHEAD = 40;

export interface GridColumn<Field extends string> {
  readonly field: Field;
  readonly name: string;
  /** In px. */
  readonly width: number;
  readonly sorted: 'ascending' | 'descending' | null;
}

export interface GridPosition<Field extends string> {
  readonly row: number;
  readonly field: Field;
}

export interface VirtualGridProps<Field extends string> {
  readonly label: string;
  readonly rowCount: number;
  readonly columns: readonly GridColumn<Field>[];
  readonly selection: RowSelection;
  /** A row to bring into view, whenever this is another object. */
  readonly revealed: { readonly row: number } | undefined;
  /** What stands in a cell; undefined while it is on its way. */
  readonly cell: (position: GridPosition<Field>) => ComponentChildren | undefined;
  readonly rowClass: (row: number) => string;
  /** Called with the rows on screen and some around, `[from, to)`, whenever they change. */
  readonly onVisible: (from: number, to: number) => void;
  readonly onSelect: (selection: RowSelection) => void;
  readonly onOpen: (row: number, keepFocus: boolean) => void;
  readonly onCopy: () => void;
  readonly onMenu: (position: GridPosition<Field>, at: { readonly x: number; readonly y: number }) => void;
  readonly onSort: (field: Field) => void;
  readonly onResize: (field: Field, width: number) => void;
  readonly onMove: (field: Field, steps: number) => void;
}

/** A table of any number of rows of which only what is on screen is in the page. */
export function VirtualGrid<Field extends string>(props: VirtualGridProps<Field>) {
  const { label, rowCount, columns, selection, revealed, cell, rowClass, onVisible, onSelect, onOpen, onMenu } = props;
  const id = useUniqueId();
  const box = useRef<HTMLDivElement>(null);
  const scroller = useRef(new Scroller()).current;
  const [viewHeight, setViewHeight] = useState(400);
  const [, setTop] = useState(0);
  const [column, setColumn] = useState(0);
  const active = Math.min(selection.active, Math.max(rowCount - 1, 0));
  const activeColumn = Math.min(column, columns.length - 1);
  const starts = offsets(columns);
  scroller.resize({ rows: rowCount, rowHeight: ROW_HEIGHT, viewHeight });

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setViewHeight(Math.max(ROW_HEIGHT, element.clientHeight - HEADER_HEIGHT));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    const onScroll = (): void => {
      if (scroller.scrolledTo(element.scrollTop)) setTop(scroller.top);
    };
    const onWheel = (event: WheelEvent): void => {
      // Where a pixel of the bar is many of the rows, the wheel would jump over some.
      if (!scroller.isScaled || event.deltaY === 0 || event.shiftKey || event.ctrlKey) return;
      event.preventDefault();
      scroller.scrollBy(event.deltaY * (event.deltaMode === 0 ? 1 : ROW_HEIGHT));
      setTop(scroller.top);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, []);
  useLayoutEffect(() => {
    if (revealed === undefined) return;
    if (revealed.row === 0) scroller.reveal(0);
    else if (!isInView(scroller, revealed.row)) scroller.center(revealed.row);
    setTop(scroller.top);
  }, [revealed, rowCount > 0]);
  useLayoutEffect(() => {
    const element = box.current!;
    if (Math.abs(element.scrollTop - scroller.scrollTop) >= 1) element.scrollTop = scroller.scrollTop;
  });

  const { from, to } = scroller.visible;
  useEffect(() => onVisible(Math.max(0, from - AHEAD), Math.min(rowCount, to + AHEAD)));

  const go = (next: RowSelection): void => {
    scroller.reveal(next.active);
    setTop(scroller.top);
    onSelect(next);
  };
  const goToColumn = (next: number): void => {
    const element = box.current!;
    const [left, right] = [starts[next]!, starts[next + 1]!];
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
    setColumn(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (rowCount === 0 || event.altKey || event.target !== box.current) return;
    const place = { selection: { ...selection, active }, column: activeColumn, rows: rowCount };
    const keys = { key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
    const move = moveInGrid(keys, { ...place, columns: columns.length, page: scroller.pageRows });
    if (move === undefined) return;
    event.preventDefault();
    if (move.kind === 'rows') go(move.selection);
    else if (move.kind === 'column') goToColumn(move.column);
    else if (move.kind === 'open') onOpen(active, false);
    else if (move.kind === 'copy') props.onCopy();
    else openMenu(active, activeColumn);
  };
  const openMenu = (row: number, at: number, place?: { x: number; y: number }): void => {
    const rect = document.getElementById(`${id}-${row}-${at}`)?.getBoundingClientRect();
    const below = { x: rect?.left ?? 0, y: rect?.bottom ?? 0 };
    onMenu({ row, field: columns[at]!.field }, place ?? below);
  };
  const onPointer = (event: MouseEvent, row: number, at: number): void => {
    setColumn(at);
    if (event.shiftKey) onSelect(extendTo(selection, row));
    else if (event.ctrlKey || event.metaKey) onSelect(toggleRow(selection, row));
    else if (event.button === 0 || !isChosen(selection.ranges, row)) onSelect(chooseRow(row));
  };

  // What is read out must be in the page even when it was scrolled off the screen.
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  if (rowCount > 0 && (active < from || active >= to)) rows.push(active);
  return (
    <div
      ref={box}
      class="grid"
      role="grid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      {...(rowCount > 0 && { 'aria-activedescendant': `${id}-${active}-${activeColumn}` })}
      onKeyDown={onKeyDown}
    >
      <div
        class="grid-space"
        role="presentation"
        style={{ height: `${scroller.elementHeight + HEADER_HEIGHT}px`, width: `${starts.at(-1)!}px` }}
      >
        <div class="grid-view" role="presentation" style={{ height: `${viewHeight + HEADER_HEIGHT}px` }}>
          <GridHeader
            columns={columns}
            starts={starts}
            height={HEADER_HEIGHT}
            onSort={props.onSort}
            onResize={props.onResize}
            onMove={props.onMove}
          />
          <div class="grid-rows" role="rowgroup" style={{ top: `${HEADER_HEIGHT}px` }}>
            {rows.map((row) => (
              <div
                key={row}
                class={`grid-row ${rowClass(row)}${row === active ? ' active' : ''}`}
                role="row"
                aria-rowindex={row + 2}
                aria-selected={isChosen(selection.ranges, row)}
                style={{ transform: `translateY(${row * ROW_HEIGHT - scroller.top}px)`, height: `${ROW_HEIGHT}px` }}
                onDblClick={() => onOpen(row, false)}
              >
                {columns.map(({ field, width }, at) => (
                  <div
                    key={field}
                    id={`${id}-${row}-${at}`}
                    class={`grid-cell${row === active && at === activeColumn ? ' active' : ''}`}
                    role="gridcell"
                    aria-colindex={at + 1}
                    style={{ left: `${starts[at]!}px`, width: `${width}px` }}
                    onMouseDown={(event) => onPointer(event, row, at)}
                    onContextMenu={(event) => {
                      event.preventDefault();
                      openMenu(row, at, { x: event.clientX, y: event.clientY });
                    }}
                  >
                    {cell({ row, field }) ?? <span class="grid-waiting" />}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

function isInView(scroller: Scroller, row: number): boolean {
  const { from, to } = scroller.visible;
  return row > from && row < to - 1;
}
