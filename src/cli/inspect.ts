import { RecordView } from '../core/events/recordView';
import { readEvent } from '../core/events/event';
import { formatTime } from '../core/events/time';
import { english } from '../core/message';
import { visibleText } from '../core/text';
import type { LogSummary } from '../node/readLog';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { problemLine, readPaths } from './readPaths';
import { oneOf, parseArguments, requirePaths } from './usage';

/** What is learnt of a file's records while it is read. */
interface Facts {
  firstEventName: string | null;
  firstTime: number | undefined;
  lastTime: number | undefined;
  duplicates: number;
  readonly ids: Set<string>;
}

/** `inspect PATH…`: what each file is, how many records it holds, and what is wrong with it. */
export async function inspect(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, { format: { type: 'string' } });
  const format = oneOf('format', parsed.text('format'), ['table', 'json'], 'table');
  requirePaths(parsed.paths);
  const facts = new Map<string, Facts>();
  const rows: object[] = [];
  let files = 0;
  const unreadable = await readPaths(parsed.paths, {
    onRecord: ({ bytes }, path) => learn(factsOf(facts, path), bytes),
    onSummary: (summary) => {
      files++;
      const known = factsOf(facts, summary.path);
      if (format === 'table') printSummary(summary, known, output);
      else rows.push(jsonSummary(summary, known));
      facts.delete(summary.path);
    },
    afterChunk: () => output.flush(),
  });
  if (format === 'json') output.line(jsonText(rows, 2));
  if (unreadable) return EXIT.unreadable;
  return files > 0 ? EXIT.found : EXIT.nothing;
}

function factsOf(all: Map<string, Facts>, path: string): Facts {
  const known = all.get(path);
  if (known !== undefined) return known;
  const facts: Facts = {
    firstEventName: null,
    firstTime: undefined,
    lastTime: undefined,
    duplicates: 0,
    ids: new Set(),
  };
  all.set(path, facts);
  return facts;
}

function learn(facts: Facts, bytes: Uint8Array): void {
  const { eventName, eventID, time } = readEvent(new RecordView(bytes));
  facts.firstEventName ??= eventName ?? null;
  if (time !== undefined) {
    facts.firstTime = Math.min(facts.firstTime ?? time, time);
    facts.lastTime = Math.max(facts.lastTime ?? time, time);
  }
  if (eventID === undefined) return;
  if (facts.ids.has(eventID)) facts.duplicates++;
  facts.ids.add(eventID);
}

function jsonSummary({ path, format, compression, records, problems }: LogSummary, facts: Facts): object {
  return {
    path,
    format,
    compression,
    records,
    firstEventName: facts.firstEventName,
    firstTime: timeText(facts.firstTime),
    lastTime: timeText(facts.lastTime),
    duplicates: facts.duplicates,
    problems: problems.map(({ kind, level, message, at }) => ({ kind, level, message: english(message), at })),
  };
}

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : formatTime(time);
}

function printSummary(summary: LogSummary, facts: Facts, output: Output): void {
  const { path, format, compression, records, problems } = summary;
  const count = `${records} ${records === 1 ? 'record' : 'records'}`;
  const packed = compression === 'none' ? '' : `, ${compression}`;
  output.line(visibleText(path));
  output.line(`  ${format}${packed}, ${count}${facts.duplicates > 0 ? `, ${facts.duplicates} delivered twice` : ''}`);
  if (facts.firstEventName !== null) output.line(`  first event ${visibleText(facts.firstEventName)}`);
  const [first, last] = [timeText(facts.firstTime), timeText(facts.lastTime)];
  if (first !== null) output.line(first === last ? `  at ${first}` : `  from ${first} to ${last ?? ''}`);
  for (const problem of problems) output.line(`  ${problem.level}: ${problemLine('', problem).replace(/^[ :]+/, '')}`);
}
