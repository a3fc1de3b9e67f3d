import type { Counts } from '../../src/core/integrity/report';
import type { ReportView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';
import { stateName } from './chainText';

/** The verdict: a sentence, and the numbers it stands on. */
export function Verdict({ report }: { readonly report: ReportView }) {
  const { state, verdict, digests, backfillDigests, logs } = report;
  const columns: readonly Column[] = [
    { name: t('Digests'), counts: digests },
    ...(backfillDigests.total > 0 ? [{ name: t('Backfill'), counts: backfillDigests }] : []),
    { name: t('Logs'), counts: logs },
  ];
  // A row of noughts says nothing.
  const rows = ROWS.filter((row) => row === 'valid' || columns.some(({ counts }) => counts[row] > 0));
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
            {columns.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{stateName(row)}</th>
              {columns.map(({ name, counts }) => (
                <td key={name} class={isBad(row, counts) ? 'bad' : ''}>
                  {row === 'valid' ? `${count(counts.valid)} / ${count(counts.total)}` : count(counts[row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Column {
  readonly name: string;
  readonly counts: Counts;
}

type Row = 'valid' | 'unproven' | 'invalid' | 'missing';
const ROWS: readonly Row[] = ['valid', 'unproven', 'invalid', 'missing'];

const SIGNS: Readonly<Record<ReportView['state'], string>> = {
  proven: '✓',
  unproven: '◐',
  broken: '✗',
  nothing: '?',
  cancelled: '■',
};

function isBad(row: Row, counts: Counts): boolean {
  return (row === 'invalid' || row === 'missing') && counts[row] > 0;
}
