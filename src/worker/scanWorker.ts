import { parentPort, workerData } from 'node:worker_threads';
import { answerMerges } from '../node/index/mergeWorkers';
import { type ScanSetup, buffersOf, scan } from '../node/index/scan';

/** Reads files into columns until there are no more, and then merges columns: see `node/index/scanPool.ts`. */
const port = parentPort!;
void scan(workerData as ScanSetup).then((result) => {
  port.postMessage(result, buffersOf(result));
  answerMerges(port);
});
