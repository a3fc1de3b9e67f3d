import { GROUPINGS, type Grouping, type HuntRow } from '../../src/protocol/huntProtocol';
import { formatTime } from '../../src/core/events/time';
import { visibleText } from '../../src/core/text';
import { count, t } from '../common/text';
import { severitySign } from '../common/severity';
import { VirtualTree } from '../list/VirtualTree';
import type { TreeLine } from '../list/treeLine';
import { Badge } from '../ui/Badge';
import { Dropdown } from '../ui/Dropdown';
import { ProgressRing } from '../ui/ProgressRing';
import type { ResultLine } from './groupedLines';
import type { HuntModel, HuntState } from './huntModel';

/** Height of a line of the results in px: two lines of text. */
const LINE_HEIGHT = 44;

export interface ResultsProps {
  readonly model: HuntModel;
  readonly state: HuntState;
}

/** What a run found, as it comes in. */
export function Results({ model, state }: ResultsProps) {
  if (state.phase === 'idle') return null;
  const { outcome } = state;
  if (typeof outcome?.failure === 'string')
    return (
      <p class="hunt-note problem-error" role="alert">
        {outcome.failure}
      </p>
    );
  const lines = model.lineCount;
  return (
    <section class="hunt-results" aria-label={t('Results')}>
      <div class="hunt-summary">
        <Summary state={state} />
        {(outcome?.matched ?? 0) > 1 && (
          <Dropdown
            label={t('Group by')}
            value={state.grouping}
            options={GROUPINGS.map((value) => ({ value, text: groupingText(value) }))}
            onChange={(grouping) => model.choose({ grouping })}
          />
        )}
      </div>
      {outcome?.missing.map((text) => (
        <p key={text} class="hunt-missing">
          <span aria-hidden="true">⚠ </span>
          {text}
        </p>
      ))}
      {outcome?.matched === 0 && <NothingFound model={model} state={state} />}
      {lines > 0 && (
        <VirtualTree
          label={t('Events that match')}
          count={lines}
          lineHeight={LINE_HEIGHT}
          lineAt={(index) => treeLine(model.lineAt(index), index)}
          render={(index) => <Line model={model} line={model.lineAt(index)} />}
          onVisible={(from, to) => model.fetch(from, to)}
          onOpen={(index, keepFocus) => model.open(index, keepFocus)}
          onToggle={(index) => model.toggle(index)}
        />
      )}
    </section>
  );
}

function Summary({ state: { phase, progress, outcome, pattern, shownPattern } }: { readonly state: HuntState }) {
  if (phase === 'running') {
    const { searched, total, matched } = progress;
    const text =
      total === null
        ? t('{0} records searched, {1} match', count(searched), count(matched))
        : t('{0} of {1} records searched, {2} match', count(searched), count(total), count(matched));
    return (
      <div class="hunt-progress" role="status">
        <ProgressRing label={t('Searching')} />
        <span>{text}</span>
      </div>
    );
  }
  if (outcome === undefined) return null;
  const text = t('{0} of {1} events match', count(outcome.matched), count(outcome.searched));
  return (
    <div role="status">
      <span>{outcome.cancelled ? t('Cancelled: {0}', text) : text}</span>
      {pattern !== shownPattern && <span class="muted"> {t('(the pattern has changed since)')}</span>}
    </div>
  );
}

function NothingFound({ model, state: { outcome, parsed, scope, investigation } }: ResultsProps) {
  const empty = outcome?.searched === 0;
  return (
    <div class="hunt-note">
      <p>{empty ? t('There are no records to search here.') : t('No event matches.')}</p>
      {!empty && parsed.notes.length > 0 && (
        <p class="muted">{t('Look at the warnings under the pattern: one of them may be why.')}</p>
      )}
      {scope === 'file' && investigation !== null && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            model.choose({ scope: 'investigation' });
            model.start();
          }}
        >
          {t('Search the investigation instead')}
        </button>
      )}
    </div>
  );
}

function Line({ model, line }: { readonly model: HuntModel; readonly line: ResultLine | undefined }) {
  if (line === undefined) return null;
  if (line.kind === 'group')
    return (
      <div class="hunt-group">
        <span class="twistie" aria-hidden="true">
          {line.expanded ? '▾' : '▸'}
        </span>
        <span class="hunt-group-name">
          {line.group.key === '' ? t('(none)') : visibleText(line.group.label ?? line.group.key)}
        </span>
        <Badge text={count(line.group.count)} />
      </div>
    );
  const row = model.rowOf(line);
  return row === undefined ? <div class="muted">…</div> : <Row row={row} />;
}

function Row({ row }: { readonly row: HuntRow }) {
  const service = row.eventSource.replace(/\.amazonaws\.com$/, '');
  const time = row.time === null ? t('no time') : formatTime(row.time).replace('T', ' ');
  const circumstances = [time, row.principal, row.sourceIPAddress, row.awsRegion].filter((text) => text !== '');
  return (
    <>
      <div class="hunt-row-first">
        {row.severity !== null && (
          <span class={`severity-${row.severity}`} title={severitySign(row.severity).name}>
            <span aria-hidden="true">{severitySign(row.severity).sign}</span>
            <span class="visually-hidden">{severitySign(row.severity).name}</span>
          </span>
        )}
        <span class="hunt-name">{visibleText(row.eventName)}</span>
        <span class="muted hunt-service">{visibleText(service)}</span>
        {row.errorCode !== '' && <span class="hunt-error">{visibleText(row.errorCode)}</span>}
      </div>
      <div class="hunt-row-second muted">{visibleText(circumstances.join(' · '))}</div>
    </>
  );
}

function treeLine(line: ResultLine | undefined, index: number): TreeLine {
  if (line === undefined) return { key: String(index), level: 1, position: 1, siblings: 1 };
  const { position, siblings } = line;
  if (line.kind === 'group')
    return { key: `group ${line.group.key}`, level: 1, expanded: line.expanded, position, siblings };
  return { key: `row ${line.group ?? ''} ${line.index}`, level: line.group === null ? 1 : 2, position, siblings };
}

function groupingText(grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return t('nothing');
    case 'eventName':
      return t('event');
    case 'principal':
      return t('principal');
    case 'sourceIPAddress':
      return t('source IP');
    case 'errorCode':
      return t('error');
    case 'awsRegion':
      return t('region');
    case 'accountId':
      return t('account');
  }
}
