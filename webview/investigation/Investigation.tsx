import './investigation.css';
import { useState } from 'preact/hooks';
import { t } from '../common/text';
import { Button } from '../ui/Button';
import { Dashboards } from './Dashboards';
import { Detail } from './Detail';
import { EventGrid } from './EventGrid';
import { Facets } from './Facets';
import type { InvestigationModel } from './investigationModel';
import { type InvestigationViewState, isPreview } from './investigationState';
import { QueryBar } from './QueryBar';
import { Splitter } from './Splitter';
import { Failed, NoneFound, Notices, Reading, type ReadingProps, Unread, Welcome } from './States';
import { Timeline } from './Timeline';
import { Toolbar } from './Toolbar';

export interface InvestigationProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The investigation editor: all events of the sources on one screen. */
export function Investigation({ model, state }: InvestigationProps) {
  const [dropping, setDropping] = useState(false);
  return (
    <div
      class={`investigation${dropping ? ' dropping' : ''}`}
      onDragOver={(event) => {
        if (urisOf(event.dataTransfer) === undefined) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false);
        const type = urisOf(event.dataTransfer);
        if (type === undefined) return;
        event.preventDefault();
        const uris = (event.dataTransfer?.getData(type) ?? '').split(/\r?\n/).filter((uri) => /^[\w+.-]+:/.test(uri));
        if (uris.length > 0) model.post({ kind: 'drop', uris });
      }}
    >
      <Screen model={model} state={state} />
    </div>
  );
}

function Screen({ model, state }: InvestigationProps) {
  const { phase, table } = state;
  if (phase === undefined) return null;
  if (phase.kind === 'empty') return <Welcome model={model} />;
  if (phase.kind === 'failed') return <Failed model={model} state={state} reason={phase.reason} />;
  if (table === undefined) {
    if (phase.kind === 'reading') return <FirstReading model={model} state={state} phase={phase} />;
    return <Unread model={model} state={state} />;
  }
  return (
    <>
      {phase.kind === 'reading' && <Reading model={model} phase={phase} />}
      {table.rowCount === 0 ? (
        <NoneFound model={model} state={state} table={table} />
      ) : (
        <Events model={model} state={state} />
      )}
    </>
  );
}

function FirstReading({ model, state: { sources }, phase }: InvestigationProps & ReadingProps) {
  return (
    <section class="state" aria-label={t('Reading the logs')}>
      <h2>{t('Reading the logs')}</h2>
      <ul class="source-list mono">
        {sources.map((source) => (
          <li key={source}>{source}</li>
        ))}
      </ul>
      <Reading model={model} phase={phase} />
    </section>
  );
}

function Events({ model, state }: InvestigationProps) {
  const { tab, table } = state;
  return (
    <>
      <QueryBar model={model} state={state} />
      <Notices table={table!} />
      <Toolbar model={model} state={state} />
      <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <Timeline model={model} state={state} />
        {tab === 'dashboards' ? <Dashboards model={model} state={state} /> : <Panes model={model} state={state} />}
      </div>
    </>
  );
}

/** Facets, grid and record side by side; in a narrow window the record goes below. */
function Panes({ model, state }: InvestigationProps) {
  const { showsFacets, showsDetail, paneWidths, found } = state;
  return (
    <div class="panes">
      {showsFacets && (
        <>
          <div class="pane pane-facets" style={{ '--pane-width': `${paneWidths.facets}px` }}>
            <Facets model={model} state={state} />
          </div>
          <Splitter
            label={t('Width of the facets')}
            width={paneWidths.facets}
            pane="before"
            onResize={(facets) => model.choose({ paneWidths: { ...paneWidths, facets } })}
          />
        </>
      )}
      <div class="pane pane-grid">
        {found.kind === 'found' && found.count === 0 ? (
          <NoMatch model={model} state={state} />
        ) : (
          <EventGrid model={model} state={state} />
        )}
      </div>
      {showsDetail && (
        <>
          <Splitter
            label={t('Width of the record')}
            width={paneWidths.detail}
            pane="after"
            onResize={(detail) => model.choose({ paneWidths: { ...paneWidths, detail } })}
          />
          <div class="pane pane-detail" style={{ '--pane-width': `${paneWidths.detail}px` }}>
            <Detail model={model} state={state} />
          </div>
        </>
      )}
    </div>
  );
}

function NoMatch({ model, state }: InvestigationProps) {
  const { parsed } = state;
  return (
    <section class="state" aria-label={t('Events')}>
      <h2>{isPreview(state) ? t('None of the first events matches.') : t('No event matches.')}</h2>
      {parsed.notes.length > 0 && <p>{t('Look at the warnings under the pattern: one of them may be why.')}</p>}
      <div class="state-buttons">
        <Button onClick={() => model.clear()}>{t('Show All Events')}</Button>
      </div>
    </section>
  );
}

/** What a drag from the Explorer brings, by what VS Code calls it. */
function urisOf(data: DataTransfer | null): string | undefined {
  return ['application/vnd.code.uri-list', 'text/uri-list'].find((type) => data?.types.includes(type) === true);
}
