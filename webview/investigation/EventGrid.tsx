import { useState } from 'preact/hooks';
import type { CellField } from '../../src/core/table/pages';
import type { ViewField } from '../../src/core/table/views';
import { severityRank } from '../../src/core/rules/severity';
import { visibleText } from '../../src/core/text';
import { severitySign } from '../common/severity';
import { t } from '../common/text';
import { moved, resized } from '../grid/columnLayout';
import { type GridColumn, type GridPosition, VirtualGrid } from '../grid/VirtualGrid';
import { Menu } from '../menu/Menu';
import { fieldName } from './fieldName';
import type { EventRow } from './eventPages';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { timeText } from './times';

export interface EventGridProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

interface OpenMenu extends GridPosition<CellField> {
  readonly at: { readonly x: number; readonly y: number };
}

/** The events found, a row each. */
export function EventGrid({ model, state }: EventGridProps) {
  const { columns, sort, rowCount, selection, revealed } = state;
  const [menu, setMenu] = useState<OpenMenu>();
  const shown = columns.map(({ field, width }): GridColumn<CellField> => {
    const sorted = sort?.by === field ? (sort.descending ? 'descending' : 'ascending') : null;
    return {
      field,
      name: fieldName(field),
      width,
      sorted: sort === undefined && field === 'eventTime' ? 'ascending' : sorted,
    };
  });
  return (
    <>
      <VirtualGrid
        label={t('Events')}
        rowCount={rowCount}
        columns={shown}
        selection={selection}
        revealed={revealed}
        cell={({ row, field }) => <Cell event={model.pages.at(row)} field={field} state={state} />}
        rowClass={(row) => (model.pages.isCurrent(row) ? '' : 'stale')}
        onVisible={(from, to) => model.pages.fetch(from, to)}
        onSelect={(next) => model.select(next)}
        onOpen={(row, keepFocus) => model.open(row, keepFocus)}
        onCopy={() => model.take('copy', 'csv')}
        onMenu={(position, at) => setMenu({ ...position, at })}
        onSort={(by) => model.sortBy(nextSort(state, by))}
        onResize={(field, width) => model.setColumns(resized(columns, field, width))}
        onMove={(field, steps) => model.setColumns(moved(columns, field, steps))}
      />
      {menu !== undefined && <CellMenu model={model} state={state} menu={menu} onClose={() => setMenu(undefined)} />}
    </>
  );
}

/** Ascending, descending, and back to the order of time. */
function nextSort({ sort }: InvestigationViewState, by: CellField): InvestigationViewState['sort'] {
  if (by === 'eventTime') return sort === undefined ? { by, descending: true } : undefined;
  // The most severe are looked for first.
  const first = by === 'severity';
  if (sort?.by !== by) return { by, descending: first };
  return sort.descending === first ? { by, descending: !first } : undefined;
}

interface CellProps {
  readonly event: EventRow | undefined;
  readonly field: CellField;
  readonly state: InvestigationViewState;
}

function Cell({ event, field, state }: CellProps) {
  if (event === undefined) return <span class="grid-waiting" />;
  if (field === 'eventTime' && event.time !== null) return <span class="event-time">{timeText(event.time)}</span>;
  if (field === 'severity') return <Severity event={event} />;
  const text = event.cell(field);
  if (text === undefined) return <span class="grid-waiting" />;
  if (text === null) return null;
  const shown = visibleText(cellText(field, text, state));
  return (
    <span class={CLASSES[field]} title={shown}>
      {shown}
    </span>
  );
}

const CLASSES: Partial<Record<CellField, string>> = {
  eventName: 'event-name',
  errorCode: 'event-error',
  errorMessage: 'event-error',
};

function Severity({ event: { severity } }: { readonly event: EventRow }) {
  if (severity === null) return null;
  const { sign, name } = severitySign(severity);
  const weight = severityRank(severity) >= severityRank('high') ? ' event-severe' : '';
  return (
    <span class={`severity-${severity}${weight}`}>
      <span aria-hidden="true">{sign}</span> {name}
    </span>
  );
}

/** Several tactics and rules are joined by a blank. */
function cellText(field: CellField, text: string, { tactics, rules }: InvestigationViewState): string {
  if (field === 'eventSource') return text.replace(/\.amazonaws\.com$/, '');
  const names = (nameOf: (id: string) => string | undefined): string =>
    text
      .split(' ')
      .map((id) => nameOf(id) ?? id)
      .join(', ');
  if (field === 'tactic') return names((id) => tactics.find((each) => each.id === id)?.name);
  return field === 'rule' ? names((id) => rules[id]) : text;
}

interface CellMenuProps extends EventGridProps {
  readonly menu: OpenMenu;
  readonly onClose: () => void;
}

function CellMenu({ model, state, menu, onClose }: CellMenuProps) {
  const { row, field, at } = menu;
  const event = model.pages.at(row);
  const text = field === 'severity' ? (event?.severity ?? null) : (event?.cell(field) ?? null);
  const shown = text === null ? t('(none)') : visibleText(cellText(field, text, state));
  const pivot = (wanted: boolean) => (): void => void model.pivotCell(field, text, wanted);
  const canPivot = isViewField(field) && event !== undefined;
  return (
    <Menu
      label={t('Event')}
      at={at}
      onClose={onClose}
      groups={[
        [
          { text: t('Filter for {0}', shown), disabled: !canPivot, onChoose: pivot(true) },
          { text: t('Filter out {0}', shown), disabled: !canPivot, onChoose: pivot(false) },
        ],
        [
          { text: t('Open in Log Editor'), keys: 'Enter', onChoose: () => model.open(row, false) },
          {
            text: t('Copy Value'),
            disabled: text === null,
            onChoose: () => model.post({ kind: 'copyText', text: text ?? '' }),
          },
          { text: t('Copy as CSV'), keys: 'Ctrl+C', onChoose: () => model.take('copy', 'csv') },
          { text: t('Copy as NDJSON'), onChoose: () => model.take('copy', 'ndjson') },
        ],
      ]}
    />
  );
}

/** Ids and times are no facets: what is filtered for is a value among few. */
function isViewField(field: CellField): field is ViewField {
  return !['eventTime', 'eventID', 'requestID', 'sharedEventID'].includes(field);
}
