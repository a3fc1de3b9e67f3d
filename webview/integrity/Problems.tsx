import type { IntegrityToHost, ProblemView, ReportView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';
import { chainSubtitle } from './chainText';

interface Props {
  readonly report: ReportView;
  readonly post: (message: IntegrityToHost) => void;
}

/** So many problems stand open: the worst come first. */
const OPEN = 3;

/** Each problem with what it means and what to do. */
export function Problems({ report, post }: Props) {
  const { problems, moreProblems, chains, state } = report;
  if (problems.length === 0) {
    return state === 'proven' ? (
      <p class="muted">{t('Nothing else to tell: no gaps, no strangers, no doubts.')}</p>
    ) : null;
  }
  return (
    <section aria-label={t('What to look at')}>
      <h2>
        {t('What to look at')} <span class="muted">{count(problems.length + moreProblems)}</span>
      </h2>
      <ul class="problems">
        {problems.map((problem, index) => (
          <Problem
            key={index}
            problem={problem}
            where={problem.chain === null ? null : chains[problem.chain]!}
            open={index < OPEN && problem.level === 'error'}
            onOpen={() => post({ kind: 'openProblem', problem: index })}
          />
        ))}
      </ul>
      {moreProblems > 0 && <p class="muted">{t('{0} more are in the exported report.', count(moreProblems))}</p>}
    </section>
  );
}

interface ProblemProps {
  readonly problem: ProblemView;
  readonly where: ReportView['chains'][number] | null;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function Problem({ problem, where, open, onOpen }: ProblemProps) {
  const { level, title, meaning, action, keys, moreKeys, opens } = problem;
  const { sign, name } = levelSign(level);
  return (
    <li>
      <details class={`problem problem-${level}`} open={open}>
        <summary>
          <span class="problem-sign" role="img" aria-label={name}>
            {sign}
          </span>
          <span>
            {title} {where !== null && <span class="muted">{where.region}</span>}
          </span>
        </summary>
        <div class="problem-body">
          {where !== null && (
            <p class="muted">
              {where.region} · {chainSubtitle(where)}
            </p>
          )}
          <p>{meaning}</p>
          <p>
            <strong>{t('What to do:')}</strong> {action}
          </p>
          <ul class="problem-keys mono">
            {keys.map((key) => (
              <li key={key} title={key}>
                {key.slice(key.lastIndexOf('/') + 1)}
              </li>
            ))}
          </ul>
          {moreKeys > 0 && <p class="muted">{t('and {0} more', count(moreKeys))}</p>}
          {opens !== null && (
            <button type="button" class="link-button" onClick={onOpen}>
              {opens === 'file' ? t('Open the file') : t('Open the digest that names it')}
            </button>
          )}
        </div>
      </details>
    </li>
  );
}

function levelSign(level: ProblemView['level']): { readonly sign: string; readonly name: string } {
  switch (level) {
    case 'error':
      return { sign: '✗', name: t('broken') };
    case 'warning':
      return { sign: '▲', name: t('doubtful') };
    case 'note':
      return { sign: '●', name: t('note') };
  }
}
