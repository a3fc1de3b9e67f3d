import { countVerdicts } from '../../core/integrity/counts';
import { type IntegrityProblem, integrityProblems } from '../../core/integrity/problems';
import type { ChainName, ChainResult, IntegrityReport } from '../../core/integrity/report';
import { verdictOf } from '../../core/integrity/reportMarkdown';
import { chainStrip } from '../../core/integrity/strip';
import type { ChainView, ProblemView, ReportView } from '../../protocol/integrityProtocol';
import { localize } from '../common/localize';

/** More than anybody reads in a side panel; the exported report has all. */
const MOST_PROBLEMS = 200;
const MOST_KEYS = 5;

/** A report with what its view needs beyond it. */
export interface ShownReport {
  readonly view: ReportView;
  /** What `ProblemView`s stand for, by the same index. */
  readonly problems: readonly IntegrityProblem[];
}

/** A report as the view shows it, in the language of the editor. */
export function shownReport(report: IntegrityReport, time: number): ShownReport {
  const all = integrityProblems(report);
  const problems = all.slice(0, MOST_PROBLEMS);
  const { digests, backfillDigests, logs, chains } = report;
  const view: ReportView = {
    verdict: localize(verdictOf(report)),
    state: stateOf(report),
    ...{ digests, backfillDigests, logs, time },
    chains: chains.map(chainView),
    problems: problems.map((problem) => problemView(problem, chains)),
    moreProblems: all.length - problems.length,
  };
  return { view, problems };
}

function stateOf({ cancelled, digests, backfillDigests, logs, isBroken }: IntegrityReport): ReportView['state'] {
  if (cancelled) return 'cancelled';
  if (digests.total + backfillDigests.total === 0) return 'nothing';
  if (isBroken) return 'broken';
  return logs.unproven + digests.unproven + backfillDigests.unproven > 0 ? 'unproven' : 'proven';
}

function chainView(chain: ChainResult): ChainView {
  const { account, region, trail, organization, backfill } = chain;
  return {
    ...{ account, region, trail, organization, backfill },
    digests: countVerdicts(chain.digests),
    logs: countVerdicts([...chain.digests.flatMap(({ logs }) => logs), ...chain.unlisted]),
    segments: chainStrip(chain),
  };
}

function problemView(problem: IntegrityProblem, chains: readonly ChainName[]): ProblemView {
  const { level, title, meaning, action, chain, keys, path } = problem;
  const index = chain === null ? -1 : chains.findIndex((each) => each === chain);
  return {
    level,
    title: localize(title),
    meaning: localize(meaning),
    action: localize(action),
    chain: index < 0 ? null : index,
    keys: keys.slice(0, MOST_KEYS),
    moreKeys: Math.max(0, keys.length - MOST_KEYS),
    opens: path === null ? null : problem.opensDigest ? 'digest' : 'file',
  };
}
