import type { Counts } from '../../src/core/integrity/report';
import type { ReportView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';

/** The verdict: a sentence, and the numbers it stands on. */
export function Verdict({ report }: { readonly report: ReportView }) {
  const { state, verdict, digests, backfillDigests, logs } = report;
  // A column of noughts says nothing and takes room.
  const columns = COLUMNS.filter(
    (column) => column === 'valid' || [digests, backfillDigests, logs].some((counts) => counts[column] > 0),
  );
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
            {columns.map((column) => (
              <th scope="col" key={column}>
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={t('Digests')} counts={digests} columns={columns} />
          {backfillDigests.total > 0 && <Row name={t('Backfill')} counts={backfillDigests} columns={columns} />}
          <Row name={t('Logs')} counts={logs} columns={columns} />
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

type Column = 'valid' | 'unproven' | 'invalid' | 'missing';
const COLUMNS: readonly Column[] = ['valid', 'unproven', 'invalid', 'missing'];

function columnName(column: Column): string {
  switch (column) {
    case 'valid':
      return t('proven');
    case 'unproven':
      return t('unproven');
    case 'invalid':
      return t('invalid');
    case 'missing':
      return t('missing');
  }
}

interface RowProps {
  readonly name: string;
  readonly counts: Counts;
  readonly columns: readonly Column[];
}

function Row({ name, counts, columns }: RowProps) {
  const isBad = (column: Column): boolean => (column === 'invalid' || column === 'missing') && counts[column] > 0;
  return (
    <tr>
      <th scope="row">{name}</th>
      {columns.map((column) => (
        <td key={column} class={isBad(column) ? 'bad' : ''}>
          {column === 'valid' ? `${count(counts.valid)} / ${count(counts.total)}` : count(counts[column])}
        </td>
      ))}
    </tr>
  );
}
