import { parentPort, workerData } from 'node:worker_threads';
import { answerMerges } from '../node/index/mergeWorkers';
import { ComingFiles } from '../node/index/comingFiles';
import { type ScanFiles, type ScanSetup, type ScanTask, buffersOf, newScanner, scan } from '../node/index/scan';

/** Reads files into columns until there are no more, and then merges columns: see `node/index/scanPool.ts`. */
const port = parentPort!;
const { scanner, memory } = newScanner(workerData as ScanSetup);
const files = new ComingFiles();
const more = (message: ScanFiles): void => void files.add(message.files, message.isLast);
port.once('message', (task: ScanTask) => {
  more(task);
  port.on('message', more);
  void scan(scanner, files, task).then((result) => {
    port.off('message', more);
    port.postMessage(result, buffersOf(result));
    answerMerges(port, memory);
  });
});
