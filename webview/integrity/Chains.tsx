import { useState } from 'preact/hooks';
import type { StripSegment, StripState } from '../../src/core/integrity/strip';
import type { ChainView, IntegrityToHost } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';
import { ChainStrip } from './ChainStrip';
import { chainSubtitle, segmentText, stateName, timeText } from './chainText';

interface Props {
  readonly chains: readonly ChainView[];
  readonly post: (message: IntegrityToHost) => void;
}

const STATES: readonly StripState[] = ['valid', 'unproven', 'invalid', 'missing', 'gap'];

/** The chains over time, all on one scale, and the same as a table. */
export function Chains({ chains, post }: Props) {
  const [shown, setShown] = useState<StripSegment | null>(null);
  const segments = chains.flatMap((chain) => chain.segments);
  if (segments.length === 0) return null;
  const from = segments.reduce((least, segment) => Math.min(least, segment.from), Infinity);
  const to = segments.reduce((most, segment) => Math.max(most, segment.to), -Infinity);
  const states = STATES.filter((state) => segments.some((segment) => segment.state === state));
  return (
    <section aria-label={t('Chains')}>
      <h2>{t('Chains')}</h2>
      {chains.map((chain, index) => (
        <div class="chain" key={index}>
          <div class="chain-name">
            <strong>{chain.region}</strong> <span class="muted">{chainSubtitle(chain)}</span>
          </div>
          <ChainStrip
            segments={chain.segments}
            label={t('{0}, {1}: use the arrow keys', chain.region, chainSubtitle(chain))}
            from={from}
            to={to}
            onOpen={(segment) => post({ kind: 'openSegment', chain: index, segment })}
            onShow={setShown}
          />
        </div>
      ))}
      <div class="chain-axis muted">
        <span>{timeText(from)}</span>
        <span>{`${timeText(to)} UTC`}</span>
      </div>
      <ul class="chain-legend" aria-label={t('Legend')}>
        {states.map((state) => (
          <li key={state}>
            <span class={`segment segment-${state}`} aria-hidden="true" /> {stateName(state)}
          </li>
        ))}
      </ul>
      <p class="chain-shown muted">{shown === null ? t('Choose a span to open its digest.') : segmentText(shown)}</p>
      <details class="chain-table">
        <summary>{t('As a table')}</summary>
        <div class="table-scroll" tabIndex={0} role="group" aria-label={t('Chains')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('Region')}</th>
                <th scope="col">{t('Account and trail')}</th>
                <th scope="col">{t('State')}</th>
                <th scope="col">{t('from (UTC)')}</th>
                <th scope="col">{t('to (UTC)')}</th>
                <th scope="col">{t('Digests')}</th>
                <th scope="col">{t('Logs')}</th>
              </tr>
            </thead>
            <tbody>
              {chains.flatMap((chain, at) =>
                chain.segments.map((segment, index) => (
                  <tr key={`${at} ${index}`}>
                    <td>{chain.region}</td>
                    <td>{chainSubtitle(chain)}</td>
                    <td>{stateName(segment.state)}</td>
                    <td>{timeText(segment.from)}</td>
                    <td>{timeText(segment.to)}</td>
                    <td>{count(segment.digests)}</td>
                    <td>{count(segment.logs)}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
