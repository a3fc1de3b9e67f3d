import { parentPort, workerData } from 'node:worker_threads';
import { readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import { FindingsCollector } from '../core/export/findingsCollector';
import { Catalogue } from '../core/rules/catalogue';
import { Mutes } from '../core/rules/mutes';
import { isOtherFile } from '../node/otherFile';
import { readLog } from '../node/readLog';
import { walk } from '../node/walk';
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
  for await (const file of walk(sources, (path, problem) => void unread.push({ path, problem }))) {
    const summaries = await readLog(file.path, {
      onRecord: ({ bytes, start, end }, path) => {
        records++;
        const record = new RecordView(bytes);
        collector.add(readEvent(record), record, { path, start, end });
      },
      afterChunk: () => Promise.resolve(tell()),
    });
    files++;
    for (const summary of summaries) {
      if (!file.named && isOtherFile(summary)) continue;
      for (const problem of summary.problems)
        if (problem.level !== 'note') unread.push({ path: summary.path, problem });
    }
  }
  return { kind: 'done', report: collector.report(), records, unread, problems: collector.problems() };
}

function post(message: FromFindingsWorker): void {
  parentPort?.postMessage(message);
}

void find(workerData as FindingsRequest).then(post);
