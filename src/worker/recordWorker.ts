import { parentPort } from 'node:worker_threads';
import { type RecordTask, runRecordTask } from '../node/table/recordTasks';

/** Reads records again from their files, one task after another, and asks patterns of them. */
parentPort?.on('message', (task: RecordTask) => {
  void runRecordTask(task).then((result) => {
    parentPort?.postMessage(result, 'bytes' in result ? [result.bytes.buffer] : []);
  });
});
