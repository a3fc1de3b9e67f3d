import type { Facet } from '../../src/core/table/facets';
import type { LoginTally, Overview, Tally, TallyOverTime } from '../../src/core/table/overview';
import type { Histogram } from '../../src/core/table/histogram';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count, t } from '../common/text';
import { ProgressRing } from '../ui/ProgressRing';
import { fieldName } from './fieldName';
import { valueText } from './Facets';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { spanText } from './times';

export interface DashboardsProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The events found in numbers; each leads to its events. */
export function Dashboards({ model, state }: DashboardsProps) {
  const { overview } = state;
  if (overview === undefined)
    return (
      <div class="note">
        <ProgressRing label={t('Counting')} />
      </div>
    );
  const follow = (condition: string | null): void => {
    if (condition !== null && model.narrow(condition)) model.showTab('events');
  };
  return (
    <section class="dashboards" tabIndex={0} aria-label={t('Dashboards')}>
      <OverTime title={t('Failed calls')} tally={overview.failed} all={overview.all} kind="failed" onFollow={follow} />
      <OverTime title={t('Denied calls')} tally={overview.denied} all={overview.all} kind="denied" onFollow={follow} />
      <Logins logins={overview.logins} onFollow={follow} />
      <ReadWrite overview={overview} onFollow={follow} />
      {overview.tops.map((facet) => (
        <Top key={facet.field} facet={facet} model={model} state={state} />
      ))}
    </section>
  );
}

interface FollowProps {
  readonly onFollow: (condition: string | null) => void;
}

function Top({ facet, model, state }: DashboardsProps & { readonly facet: Facet }) {
  // Most calls have no error; how many is on the card of the failed ones.
  const values = facet.values.filter(({ text }) => text !== null || facet.field !== 'errorCode');
  const highest = Math.max(1, ...values.map((value) => value.count));
  return (
    <article class="card">
      <h2>
        {fieldName(facet.field)}{' '}
        <span class="muted">{count(facet.distinct - (facet.values.length - values.length))}</span>
      </h2>
      <ul>
        {values.map((value) => (
          <li key={value.text ?? ''}>
            <Share
              text={valueText(facet.field, value, state)}
              value={value.count}
              highest={highest}
              onClick={() => {
                const { text, include, exclude } = value;
                model.include({ field: facet.field, text, include, exclude });
                model.showTab('events');
              }}
            />
          </li>
        ))}
      </ul>
    </article>
  );
}

interface ShareProps {
  readonly text: string;
  readonly value: number;
  readonly highest: number;
  readonly onClick: (() => void) | undefined;
}

/** A line with a bar behind it as long as its share. */
function Share({ text, value, highest, onClick }: ShareProps) {
  return (
    <button type="button" class="facet-value" disabled={onClick === undefined} title={text} onClick={onClick}>
      <span class="facet-share" aria-hidden="true" style={{ width: `${(value / Math.max(1, highest)) * 100}%` }} />
      <span class="facet-text">{text}</span>
      <span class="facet-count">{count(value)}</span>
    </button>
  );
}

interface OverTimeProps extends FollowProps {
  readonly title: string;
  readonly tally: TallyOverTime;
  readonly all: Histogram;
  readonly kind: string;
}

function OverTime({ title, tally, all, kind, onFollow }: OverTimeProps) {
  const total = all.totals.reduce((sum, n) => sum + n, 0);
  const share = total === 0 ? 0 : Math.round((tally.count / total) * 1000) / 10;
  return (
    <article class="card card-wide">
      <h2>{title}</h2>
      <button
        type="button"
        class="card-number"
        disabled={tally.condition === null || tally.count === 0}
        title={t('Show these events')}
        onClick={() => onFollow(tally.condition)}
      >
        {count(tally.count)} <span class="muted">{t('{0}% of all', share)}</span>
      </button>
      <Spark bars={tally.histogram} kind={kind} />
    </article>
  );
}

/** Bars without an axis; what they say is in the text beside them. */
function Spark({ bars, kind }: { readonly bars: Histogram; readonly kind: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const highest = bars.totals.reduce((most, n) => Math.max(most, n), 0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(canvas.current!.parentElement!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const context = canvas.current!.getContext('2d');
    if (context === null) return;
    const ratio = window.devicePixelRatio;
    const [across, down] = [Math.round(width * ratio), Math.round(48 * ratio)];
    canvas.current!.width = across;
    canvas.current!.height = down;
    context.fillStyle = getComputedStyle(canvas.current!).color;
    bars.totals.forEach((value, bar) => {
      if (value === 0) return;
      const height = Math.max(2, (value / highest) * down);
      const pitch = across / bars.bins;
      context.fillRect(bar * pitch, down - height, Math.max(1, pitch - 1), height);
    });
  }, [bars, width]);
  const peak = bars.totals.indexOf(highest);
  const at = bars.start + peak * bars.width;
  const text = highest === 0 ? t('none') : t('most at {0}: {1}', spanText(at, at + bars.width), count(highest));
  return (
    <div>
      <canvas ref={canvas} class={`spark spark-${kind}`} aria-hidden="true" />
      <p class="muted">{text}</p>
    </div>
  );
}

function Logins({ logins, onFollow }: FollowProps & { readonly logins: readonly LoginTally[] }) {
  const cell = (outcome: LoginTally['outcome'], mfa: LoginTally['mfa']) => {
    const tally = logins.find((each) => each.outcome === outcome && each.mfa === mfa);
    return (
      <td>
        {tally === undefined || tally.count === 0 || tally.condition === null ? (
          <span class="muted">{count(tally?.count ?? 0)}</span>
        ) : (
          <button
            type="button"
            class="link-button"
            title={t('Show these events')}
            onClick={() => onFollow(tally.condition)}
          >
            {count(tally.count)}
          </button>
        )}
      </td>
    );
  };
  return (
    <article class="card">
      <h2>{t('Console sign-ins')}</h2>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('succeeded')}</th>
            <th scope="col">{t('failed')}</th>
          </tr>
        </thead>
        <tbody>
          {(['Yes', 'No', null] as const).map((mfa) => (
            <tr key={mfa ?? ''}>
              <th scope="row">{mfa === 'Yes' ? t('with MFA') : mfa === 'No' ? t('without MFA') : t('MFA not said')}</th>
              {cell('Success', mfa)}
              {cell('Failure', mfa)}
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function ReadWrite({ overview: { read, write }, onFollow }: FollowProps & { readonly overview: Overview }) {
  const highest = Math.max(read.count, write.count);
  const line = (text: string, tally: Tally) => (
    <li>
      <Share
        text={text}
        value={tally.count}
        highest={highest}
        onClick={tally.condition === null || tally.count === 0 ? undefined : () => onFollow(tally.condition)}
      />
    </li>
  );
  return (
    <article class="card">
      <h2>{t('Read against write')}</h2>
      <ul>
        {line(t('read'), read)}
        {line(t('write'), write)}
      </ul>
    </article>
  );
}
