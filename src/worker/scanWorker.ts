import { parentPort, workerData } from 'node:worker_threads';
import { answerMerges } from '../node/index/mergeWorkers';
import { type ScanSetup, type ScanTask, buffersOf, newScanner, scan } from '../node/index/scan';

/** Reads files into columns until there are no more, and then merges columns: see `node/index/scanPool.ts`. */
const port = parentPort!;
const scanner = newScanner(workerData as ScanSetup);
port.once('message', (task: ScanTask) => {
  void scan(scanner, task).then((result) => {
    port.postMessage(result, buffersOf(result));
    answerMerges(port);
  });
});
