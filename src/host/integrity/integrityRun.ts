import type { IntegrityReport } from '../../core/integrity/report';
import type { ReportOrigin } from '../../core/integrity/reportMarkdown';
import { type IntegrityProgress, validate } from '../../core/integrity/validate';
import { listCopy, readPublicKeys, readSignatures } from '../../node/integrity/inputFiles';
import type { NodePorts } from '../../node/integrity/nodePorts';
import { reportOrigin } from '../../node/integrity/origin';
import { pacer } from '../../node/pacer';

export interface RunInputs {
  readonly folder: string;
  readonly keys: readonly string[];
  readonly signatures: string | undefined;
  readonly version: string;
}

export interface FinishedRun {
  readonly report: IntegrityReport;
  readonly origin: ReportOrigin;
}

/** Validates a copy, the files read in workers. An aborted run ends at once, with what it has. */
export async function runValidation(
  { folder, keys, signatures, version }: RunInputs,
  ports: NodePorts,
  onProgress: (progress: IntegrityProgress) => void,
  signal: AbortSignal,
): Promise<FinishedRun> {
  const stop = (): void => ports.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const isCancelled = (): boolean => signal.aborted;
    const [read, saved] = await Promise.all([readPublicKeys(keys), readSignatures(signatures)]);
    const copy = await listCopy([folder], isCancelled);
    const report = await validate(
      {
        paths: copy.paths,
        keys: read.keys,
        signatures: saved.signatures,
        span: { from: undefined, to: undefined },
        problems: [...read.problems, ...saved.problems, ...copy.problems],
      },
      ports,
      { onProgress, isCancelled, pause: pacer() },
    );
    const given = { folders: [folder], keys: read.files, signatures: saved.files };
    return { report, origin: reportOrigin(report, version, given) };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
