import { parentPort } from 'node:worker_threads';
import type { FileAnswers, FileBatch, FileContent } from '../node/integrity/fileWorkers';
import { hashLog, readDigest } from '../node/integrity/readFiles';

/** Reads, unpacks and hashes the files of a batch and answers them together. */
parentPort?.on('message', ({ id, jobs }: FileBatch) => {
  void (async () => {
    const contents: FileContent[] = [];
    for (const { kind, path } of jobs) contents.push(kind === 'digest' ? readDigest(path) : await hashLog(path));
    parentPort!.postMessage({ id, contents } satisfies FileAnswers);
  })();
});
