import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import type { FindingsProgress, FindingsRequest, FromFindingsWorker } from '../../protocol/findingsProtocol';

export type SourceFindings = Extract<FromFindingsWorker, { kind: 'done' }>;

/**
 * Holds every record of the sources against rules, in a worker that `script` starts. Answers undefined when it was cancelled; rejects when the
 * worker breaks.
 */
export function findInSources(
  script: string,
  request: FindingsRequest,
  onProgress: (progress: FindingsProgress) => void,
  cancellation: vscode.CancellationToken,
): Promise<SourceFindings | undefined> {
  const worker = new Worker(script, { workerData: request });
  return new Promise((resolve, reject) => {
    cancellation.onCancellationRequested(() => {
      void worker.terminate();
      resolve(undefined);
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve(undefined));
    worker.on('message', (message: FromFindingsWorker) => {
      if (message.kind === 'progress') onProgress(message);
      else resolve(message);
    });
  });
}
