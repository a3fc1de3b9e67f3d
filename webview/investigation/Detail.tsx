import { useMemo } from 'preact/hooks';
import type { MetRule, RecordDetail } from '../../src/protocol/investigationProtocol';
import { visibleText } from '../../src/core/text';
import { severitySign } from '../common/severity';
import { t } from '../common/text';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { RecordText } from './RecordText';
import { recordLines } from './recordLines';

export interface DetailProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The record of the active row: what it deserves attention for, and all of it, one field a line. */
export function Detail({ model, state }: DetailProps) {
  const { detail, selection } = state;
  return (
    <section class="detail" aria-label={t('Record')}>
      <div class="pane-head">
        <h2>{t('Record')}</h2>
        <span class="spring" />
        {detail?.record !== undefined && (
          <>
            <button
              type="button"
              class="tool"
              onClick={() => model.post({ kind: 'copyText', text: detail.record!.json })}
            >
              {t('Copy')}
            </button>
            <button type="button" class="tool" onClick={() => model.open(selection.active, false)}>
              {t('Open in Log Editor')}
            </button>
          </>
        )}
        <button
          type="button"
          class="tool"
          aria-label={t('Hide the record')}
          title={t('Hide the record')}
          onClick={() => model.choose({ showsDetail: false })}
        >
          ✕
        </button>
      </div>
      {detail?.failure !== undefined && (
        <p class="note problem-error" role="alert">
          {detail.failure}
        </p>
      )}
      {detail?.record === undefined ? (
        detail?.failure === undefined && <p class="note muted">{t('Choose an event to see its record.')}</p>
      ) : (
        <Record record={detail.record} model={model} state={state} />
      )}
    </section>
  );
}

function Record({ record, model, state }: DetailProps & { readonly record: RecordDetail }) {
  const lines = useMemo(() => recordLines(record.json), [record.json]);
  const descriptions = useMemo(
    () => new Map(state.fields.map(({ path, description }) => [path, description])),
    [state.fields],
  );
  return (
    <div class="detail-body">
      {record.rules.map((rule) => (
        <RuleCard key={rule.id} rule={rule} />
      ))}
      <p class="detail-path muted" title={record.path}>
        {visibleText(record.path.slice(record.path.lastIndexOf('/') + 1))}
      </p>
      <RecordText
        key={record.row}
        lines={lines}
        descriptions={descriptions}
        onPivot={(line, wanted) => model.pivot(line, wanted)}
      />
    </div>
  );
}

/** Why a record deserves attention, what to check, and what to do. */
function RuleCard({ rule }: { readonly rule: MetRule }) {
  const { sign, name } = severitySign(rule.severity);
  return (
    <details class={`rule severity-${rule.severity}`} open>
      <summary>
        <span class={`severity-${rule.severity}`}>
          <span aria-hidden="true">{sign}</span> {name}
        </span>{' '}
        <strong>{rule.title}</strong>
      </summary>
      <p>{rule.why}</p>
      <p>
        <strong>{t('Check')}</strong> {rule.check}
      </p>
      {rule.respond !== '' && (
        <p>
          <strong>{t('Respond')}</strong> {rule.respond}
        </p>
      )}
      <p class="rule-attack">
        {rule.attack.map(({ id, name: of, url }) => (
          <a key={id} href={url}>
            {id} {of}
          </a>
        ))}
        <code>{rule.id}</code>
      </p>
    </details>
  );
}
