import type { Counts } from '../../src/core/integrity/report';
import type { ReportView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';

/** The verdict: a sentence, and the numbers it stands on. */
export function Verdict({ report }: { readonly report: ReportView }) {
  const { state, verdict, digests, backfillDigests, logs } = report;
  return (
    <section class={`integrity-verdict verdict-${state}`} aria-label={t('Verdict')}>
      <h2>
        <span class="verdict-sign" aria-hidden="true">
          {SIGNS[state]}
        </span>
        <span>{verdict}</span>
      </h2>
      <table class="integrity-counts">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('proven')}</th>
            <th scope="col">{t('unproven')}</th>
            <th scope="col">{t('invalid')}</th>
            <th scope="col">{t('missing')}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={t('Digests')} counts={digests} />
          {backfillDigests.total > 0 && <Row name={t('Backfill')} counts={backfillDigests} />}
          <Row name={t('Logs')} counts={logs} />
        </tbody>
      </table>
    </section>
  );
}

const SIGNS: Readonly<Record<ReportView['state'], string>> = {
  proven: '✓',
  unproven: '◐',
  broken: '✗',
  nothing: '?',
  cancelled: '■',
};

function Row({ name, counts }: { readonly name: string; readonly counts: Counts }) {
  const { valid, unproven, invalid, missing } = counts;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{count(valid)}</td>
      <td>{count(unproven)}</td>
      <td class={invalid > 0 ? 'bad' : ''}>{count(invalid)}</td>
      <td class={missing > 0 ? 'bad' : ''}>{count(missing)}</td>
    </tr>
  );
}
