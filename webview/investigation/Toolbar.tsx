import { useRef, useState } from 'preact/hooks';
import { count, t } from '../common/text';
import { chosenCount } from '../grid/rowSelection';
import { Menu } from '../menu/Menu';
import { ColumnChooser } from './ColumnChooser';
import type { InvestigationModel } from './investigationModel';
import { type InvestigationViewState, type Tab, isPreview } from './investigationState';

export interface ToolbarProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The tabs, how many events were found, and what can be done with them. */
export function Toolbar({ model, state }: ToolbarProps) {
  const { tab, showsFacets, showsDetail } = state;
  const chosen = chosenCount(state.selection.ranges);
  return (
    <div class="toolbar">
      <Tabs tab={tab} onShow={(next) => model.showTab(next)} />
      <Found model={model} state={state} />
      {chosen > 1 && <span class="muted">{t('{0} chosen', count(chosen))}</span>}
      <span class="spring" />
      {tab === 'events' && (
        <>
          <button
            type="button"
            class="tool"
            aria-pressed={showsFacets}
            onClick={() => model.choose({ showsFacets: !showsFacets })}
          >
            {t('Facets')}
          </button>
          <button
            type="button"
            class="tool"
            aria-pressed={showsDetail}
            onClick={() => model.choose({ showsDetail: !showsDetail })}
          >
            {t('Record')}
          </button>
          <ColumnChooser model={model} state={state} />
        </>
      )}
      <TakeMenu model={model} />
      <button
        type="button"
        class="tool"
        title={t('Read what is new or has changed in the sources')}
        onClick={() => model.post({ kind: 'refresh' })}
      >
        {t('Refresh')}
      </button>
    </div>
  );
}

const TABS: readonly Tab[] = ['events', 'dashboards'];

function Tabs({ tab, onShow }: { readonly tab: Tab; readonly onShow: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={list}
      class="tabs"
      role="tablist"
      aria-label={t('What is shown')}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const next = (TABS.indexOf(tab) + step + TABS.length) % TABS.length;
        onShow(TABS[next]!);
        list.current!.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
      }}
    >
      {TABS.map((each) => (
        <button
          key={each}
          type="button"
          id={`tab-${each}`}
          role="tab"
          aria-selected={each === tab}
          aria-controls="tab-panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onShow(each)}
        >
          {each === 'events' ? t('Events') : t('Dashboards')}
        </button>
      ))}
    </div>
  );
}

function Found({ model, state }: ToolbarProps) {
  const { found, table } = state;
  const all = count(table?.rowCount ?? 0);
  switch (found.kind) {
    case 'waiting':
      return <span role="status" class="found muted" />;
    case 'searching':
      return (
        <span class="found">
          <span role="status">
            {t('{0} of {1} records searched, {2} match', count(found.scanned), count(found.toScan), count(found.count))}
          </span>{' '}
          <button type="button" class="tool" onClick={() => model.cancelSearch()}>
            {t('Cancel')}
          </button>
        </span>
      );
    case 'found': {
      const some = count(found.count);
      const text = isPreview(state) ? t('{0} of the first {1} events', some, all) : t('{0} of {1} events', some, all);
      const unreadable = found.unreadable > 0 ? t('{0} records could not be read again.', count(found.unreadable)) : '';
      return (
        <span role="status" class="found">
          {text} <span class="muted">{unreadable}</span>
        </span>
      );
    }
    case 'cancelled':
    case 'failed':
      return (
        <span class="found" role="alert">
          <span class="problem-error">{found.kind === 'failed' ? found.reason : t('Cancelled.')}</span>{' '}
          <button type="button" class="tool" onClick={() => model.retry()}>
            {t('Try Again')}
          </button>
        </span>
      );
  }
}

function TakeMenu({ model }: Pick<ToolbarProps, 'model'>) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const rect = button.current?.getBoundingClientRect();
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t('Copy and Export')}
      </button>
      {open && (
        <Menu
          label={t('Copy and Export')}
          at={{ x: rect?.left ?? 0, y: rect?.bottom ?? 0 }}
          onClose={() => setOpen(false)}
          groups={[
            [
              { text: t('Copy as CSV'), keys: 'Ctrl+C', onChoose: () => model.take('copy', 'csv') },
              { text: t('Copy as NDJSON'), onChoose: () => model.take('copy', 'ndjson') },
            ],
            [
              { text: t('Export all as CSV…'), onChoose: () => model.take('export', 'csv') },
              { text: t('Export all as NDJSON…'), onChoose: () => model.take('export', 'ndjson') },
            ],
          ]}
        />
      )}
    </>
  );
}
