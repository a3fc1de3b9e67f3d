import { useMemo } from 'preact/hooks';
import { isSeverity } from '../../src/core/rules/severity';
import { severitySign } from '../common/severity';
import { count, t } from '../common/text';
import { Dropdown } from '../ui/Dropdown';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { spanOf } from './narrowing';
import { seriesColour } from './seriesStyle';
import { TimelineCanvas } from './TimelineCanvas';
import { SEVERITY_ORDER, type TimelineBars, barsOf, partsOf, spanOfBars, widened } from './timelineBars';
import { barText, spanText } from './times';

export interface TimelineProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** When the events were: bars by severity or tactic, to zoom into; or the same as a table. */
export function Timeline({ model, state }: TimelineProps) {
  const { histogram, by, asTable, query, table, tactics } = state;
  const order = by === 'severity' ? SEVERITY_ORDER : tactics.map(({ id }) => id);
  const bars = useMemo(() => (histogram === undefined ? undefined : barsOf(histogram, order)), [histogram, tactics]);
  const span = spanOf(query);
  const whole =
    table === undefined || table.first === null || table.last === null
      ? null
      : { from: table.first, to: table.last + 1 };
  const zoomOut = (): void => {
    if (span !== null && whole !== null) model.zoom(widened(span, whole));
  };
  const name = (text: string | null): string => seriesName(text, state);
  return (
    <section class="timeline" aria-label={t('Timeline')}>
      <div class="timeline-bar">
        <Dropdown
          label={t('Stacked by')}
          value={by}
          options={[
            { value: 'severity', text: t('severity') },
            { value: 'tactic', text: t('tactic') },
          ]}
          onChange={(next) => model.stackBy(next)}
        />
        <Legend model={model} state={state} bars={bars} />
        {(histogram?.undated ?? 0) > 0 && (
          <span class="muted">{t('{0} without a time', count(histogram!.undated))}</span>
        )}
        {span !== null && (
          <>
            <button type="button" class="tool" onClick={zoomOut}>
              {t('Zoom out')}
            </button>
            <button type="button" class="tool" onClick={() => model.zoom(null)}>
              {t('All of the time')}
            </button>
          </>
        )}
        <button type="button" class="tool" aria-pressed={asTable} onClick={() => model.choose({ asTable: !asTable })}>
          {t('As a table')}
        </button>
      </div>
      {bars !== undefined && bars.count > 0 && !asTable && (
        <TimelineCanvas
          bars={bars}
          tactics={order}
          describe={(bar) => describe(bars, bar, name)}
          onZoom={(to) => model.zoom(to)}
          onZoomOut={zoomOut}
        />
      )}
      {bars !== undefined && bars.count > 0 && asTable && <TimelineTable bars={bars} name={name} model={model} />}
      {bars?.count === 0 && <p class="timeline-none muted">{t('No event with a time.')}</p>}
      {bars === undefined && <div class="timeline-none" />}
    </section>
  );
}

function Legend({ model, state, bars }: TimelineProps & { readonly bars: TimelineBars | undefined }) {
  const order = state.tactics.map(({ id }) => id);
  const { where = [] } = state.query;
  return (
    <ul class="legend" aria-label={t('Parts of the bars')}>
      {bars?.series.toReversed().map(({ text, total }) => {
        const chosen = where.some(({ field, anyOf }) => field === state.by && anyOf.includes(text));
        return (
          <li key={text ?? ''}>
            <button
              type="button"
              class="tool"
              aria-pressed={chosen}
              title={t('Only these')}
              onClick={() => model.toggleFilter(state.by, text)}
            >
              <span
                class="swatch"
                aria-hidden="true"
                ref={(element) => {
                  if (element !== null) element.style.background = seriesColour(text, order);
                }}
              />
              {seriesName(text, state)} <span class="muted">{count(total)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface TimelineTableProps {
  readonly bars: TimelineBars;
  readonly name: (text: string | null) => string;
  readonly model: InvestigationModel;
}

/** The bars for those who do not see them; empty ones are left out. */
function TimelineTable({ bars, name, model }: TimelineTableProps) {
  const parts = bars.series.toReversed();
  const full = Array.from({ length: bars.count }, (_, bar) => bar).filter((bar) => bars.totals[bar]! > 0);
  return (
    <div class="timeline-table" tabIndex={0} role="region" aria-label={t('Events over time, as a table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('From (UTC)')}</th>
            <th scope="col">{t('Events')}</th>
            {parts.map(({ text }) => (
              <th key={text ?? ''} scope="col">
                {name(text)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {full.map((bar) => (
            <tr key={bar}>
              <th scope="row">
                <button
                  type="button"
                  class="link-button"
                  title={t('Zoom to this time')}
                  onClick={() => model.zoom(spanOfBars(bars, bar, bar))}
                >
                  {barText(bars.start + bar * bars.width, bars.width)}
                </button>
              </th>
              <td>{count(bars.totals[bar]!)}</td>
              {parts.map(({ text, counts }) => (
                <td key={text ?? ''}>{counts[bar] === 0 ? '' : count(counts[bar]!)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describe(bars: TimelineBars, bar: number, name: (text: string | null) => string): string {
  const from = bars.start + bar * bars.width;
  const parts = partsOf(bars, bar)
    .filter(({ text }) => text !== null)
    .map(({ text, count: of }) => `${name(text)} ${count(of)}`);
  return [spanText(from, from + bars.width), t('{0} events', count(bars.totals[bar] ?? 0)), ...parts].join(' · ');
}

/** What a part is called. */
export function seriesName(text: string | null, { tactics }: Pick<InvestigationViewState, 'tactics'>): string {
  if (text === null) return t('no finding');
  if (isSeverity(text)) return severitySign(text).name;
  return tactics.find(({ id }) => id === text)?.name ?? text;
}
