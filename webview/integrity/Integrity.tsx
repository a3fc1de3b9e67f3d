import './integrity.css';
import type { IntegrityToHost } from '../../src/protocol/integrityProtocol';
import { t } from '../common/text';
import { Chains } from './Chains';
import { Inputs } from './Inputs';
import { Problems } from './Problems';
import { Progress } from './Progress';
import { ReportActions } from './ReportActions';
import { Verdict } from './Verdict';
import { Welcome } from './Welcome';
import type { IntegrityViewState } from './integrityModel';

export interface IntegrityProps {
  readonly state: IntegrityViewState;
  readonly post: (message: IntegrityToHost) => void;
}

/** The Integrity view: choose, run, and then the verdict first. */
export function Integrity({ state: { told, progress }, post }: IntegrityProps) {
  if (told === null) return null;
  if (told.folder === null) return <Welcome post={post} />;
  const { phase, report, failure } = told;
  return (
    <div class="integrity">
      <Inputs state={told} post={post} />
      <div class="integrity-live" role="status">
        {phase === 'running' && <Progress progress={progress} />}
      </div>
      {failure !== null && (
        <p class="integrity-failure" role="alert">
          {t('Validation could not be finished: {0}', failure)}
        </p>
      )}
      {report !== null && phase === 'idle' && (
        <>
          <Verdict report={report} />
          <Chains chains={report.chains} post={post} />
          <Problems report={report} post={post} />
          <ReportActions watching={told.watching} post={post} />
        </>
      )}
      {report === null && phase === 'idle' && failure === null && (
        <p class="muted">{t('Not validated yet: choose Validate to see whether the logs can be trusted.')}</p>
      )}
    </div>
  );
}
