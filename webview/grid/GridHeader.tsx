import { useRef, useState } from 'preact/hooks';
import { t } from '../common/text';
import type { GridColumn } from './VirtualGrid';

export interface GridHeaderProps<Field extends string> {
  readonly columns: readonly GridColumn<Field>[];
  /** Where each column begins, in px. */
  readonly starts: readonly number[];
  readonly height: number;
  readonly onSort: (field: Field) => void;
  readonly onResize: (field: Field, width: number) => void;
  readonly onMove: (field: Field, steps: number) => void;
}

/** By how much the keyboard widens a column, in px. */
const STEP = 16;

/** The names of the columns: a click sorts, dragging the edge widens, dragging the name moves; Ctrl and Alt with the arrows do as much. */
export function GridHeader<Field extends string>(props: GridHeaderProps<Field>) {
  const { columns, starts, height, onSort, onResize, onMove } = props;
  const header = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const current = Math.min(at, columns.length - 1);
  const focus = (index: number): void => {
    setAt(index);
    header.current!.querySelectorAll<HTMLElement>('button')[index]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { field, width } = columns[index]!;
    const next = Math.min(Math.max(index + step, 0), columns.length - 1);
    if (event.altKey) return onResize(field, width + step * STEP);
    if (event.ctrlKey || event.metaKey) onMove(field, step);
    focus(next);
  };
  return (
    <div ref={header} class="grid-header" role="row" aria-rowindex={1} style={{ height: `${height}px` }}>
      {columns.map(({ field, name, width, sorted }, index) => (
        <div
          key={field}
          class="grid-column"
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={sorted ?? 'none'}
          style={{ left: `${starts[index]!}px`, width: `${width}px` }}
        >
          <button
            type="button"
            tabIndex={index === current ? 0 : -1}
            title={t('Sort by {0}. Ctrl and the arrows move the column, Alt and the arrows widen it.', name)}
            draggable
            onClick={() => {
              setAt(index);
              onSort(field);
            }}
            onKeyDown={(event) => onKeyDown(event, index)}
            onDragStart={({ dataTransfer }) => dataTransfer?.setData(COLUMN, field)}
            onDragOver={(event) => {
              if (event.dataTransfer?.types.includes(COLUMN) === true) event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              const dragged = event.dataTransfer?.getData(COLUMN);
              const from = columns.findIndex((column) => column.field === dragged);
              if (from >= 0) onMove(columns[from]!.field, index - from);
            }}
          >
            <span class="grid-column-name">{name}</span>
            {sorted !== null && <span aria-hidden="true">{sorted === 'ascending' ? '▲' : '▼'}</span>}
          </button>
          <Edge width={width} onResize={(to) => onResize(field, to)} />
        </div>
      ))}
    </div>
  );
}

const COLUMN = 'application/x-cloudtrail-column';

function Edge({ width, onResize }: { readonly width: number; readonly onResize: (width: number) => void }) {
  const begun = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  return (
    <div
      class="grid-edge"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { x: event.clientX, width };
      }}
      onPointerMove={({ clientX }) => {
        if (begun.current !== undefined) onResize(begun.current.width + clientX - begun.current.x);
      }}
      onLostPointerCapture={() => (begun.current = undefined)}
    />
  );
}
