import { parentPort } from 'node:worker_threads';
import { scannerModule } from '../node/index/compiledModules';
import { GzipReader } from '../node/table/gzipReader';
import { type RecordTask, runRecordTask } from '../node/table/recordTasks';

const scanner = scannerModule();
const gzip = scanner && readerOf(scanner);

/** Undefined where there is no memory for it: then zlib does the work. */
function readerOf(module: WebAssembly.Module): GzipReader | undefined {
  try {
    return new GzipReader(module);
  } catch {
    return undefined;
  }
}

/** Reads records again from their files, one task after another, and asks patterns of them. */
parentPort?.on('message', (task: RecordTask) => {
  void runRecordTask(task, gzip).then((result) => {
    parentPort?.postMessage(result, 'bytes' in result ? [result.bytes.buffer] : []);
  });
});
