import { parentPort, workerData } from 'node:worker_threads';
import { readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import { FindingsCollector } from '../core/export/findingsCollector';
import type { Problem } from '../core/problem';
import { Catalogue } from '../core/rules/catalogue';
import { Mutes } from '../core/rules/mutes';
import type { ReadLogOptions } from '../node/readLog';
import { readLogs } from '../node/readLogs';
import type { FindingsRequest, FromFindingsWorker, UnreadFile } from '../protocol/findingsProtocol';

/** The host is told so often at most, in ms. */
const PROGRESS_MS = 100;

/** Holds every record of the sources against the rules. */
async function find({ sources, rules, mutes, least }: FindingsRequest): Promise<FromFindingsWorker> {
  const collector = new FindingsCollector(new Catalogue(rules, new Mutes(mutes, Date.now())), least);
  const unread: UnreadFile[] = [];
  let [files, records, told] = [0, 0, 0];
  const tell = (): void => {
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    post({ kind: 'progress', files, records, found: collector.count });
  };
  const options: ReadLogOptions = {
    onRecord: ({ bytes, start, end }, path) => {
      records++;
      const record = new RecordView(bytes);
      collector.add(readEvent(record), record, { path, start, end });
    },
    afterChunk: () => Promise.resolve(tell()),
  };
  const report = (path: string, problem: Problem): void => void unread.push({ path, problem });
  for await (const { logs } of readLogs(sources, () => options, report)) {
    files++;
    for (const { path, problems } of logs) {
      for (const problem of problems) if (problem.level !== 'note') report(path, problem);
    }
  }
  return { kind: 'done', report: collector.report(), records, unread, problems: collector.problems() };
}

function post(message: FromFindingsWorker): void {
  parentPort?.postMessage(message);
}

void find(workerData as FindingsRequest).then(post);
