import { readEvent } from '../core/events/event';
import { RecordView } from '../core/events/recordView';
import { keyMakers } from '../core/identity/keyMakers';
import type { Link, Origin, Session } from '../core/identity/session';
import { SessionBuilder } from '../core/identity/sessionBuilder';
import type { SessionGraph } from '../core/identity/sessionGraph';
import { sessionRecord } from '../core/identity/sessionRecord';
import { pacer } from '../node/pacer';
import { builtInCatalogue } from '../node/referenceData';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { readPaths } from './readPaths';
import { sessionLines } from './sessionLines';
import { oneOf, parseArguments, requirePaths } from './usage';

/** `sessions PATH…`: who is behind each key and session, and what it did. */
export async function sessions(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, { format: { type: 'string' } });
  const format = oneOf('format', parsed.text('format'), ['tree', 'json'], 'tree');
  requirePaths(parsed.paths);
  const { graph, unreadable } = await readSessions(parsed.paths, format === 'tree');
  const shown = graph.sessions.filter(({ kind }) => kind !== 'identity');
  if (format === 'json') await writeJson(graph, shown, output);
  else await writeTree(graph, output);
  tellLimits(graph);
  if (unreadable) return EXIT.unreadable;
  return shown.length > 0 ? EXIT.found : EXIT.nothing;
}

async function readSessions(
  paths: readonly string[],
  withFindings: boolean,
): Promise<{ graph: SessionGraph; unreadable: boolean }> {
  const catalogue = withFindings ? builtInCatalogue() : undefined;
  const builder = new SessionBuilder();
  const indexes = new Map<string, number>();
  const unreadable = await readPaths(paths, {
    onRecord: ({ bytes, start }, path) => {
      const record = new RecordView(bytes);
      const event = readEvent(record);
      const index = indexes.get(path) ?? 0;
      indexes.set(path, index + 1);
      const place = { file: path, index, offset: start };
      builder.add(sessionRecord(record, event, place, catalogue?.find(event, record)?.severity));
    },
    onSummary: ({ path }) => void indexes.delete(path),
  });
  return { graph: await builder.build(pacer()), unreadable };
}

async function writeJson(graph: SessionGraph, shown: readonly Session[], output: Output): Promise<void> {
  output.write('[');
  for (const [i, session] of shown.entries()) {
    output.write(`${i === 0 ? '\n' : ',\n'}${jsonText(jsonSession(graph, session))}`);
    await output.flush();
  }
  output.line(shown.length === 0 ? ']' : '\n]');
}

function jsonSession(graph: SessionGraph, session: Session): object {
  const { origin, link, events, firstTime, lastTime, addresses, agents } = session;
  return {
    ...jsonName(session),
    origin: jsonOrigin(origin),
    keyMadeBy: keyMakers(graph, session).map(({ key, maker, link: made, confidence }) => ({
      ...jsonName(maker),
      origin: jsonOrigin(maker.origin),
      madeKey: key.accessKeyId ?? null,
      issuedBy: jsonLink(made),
      confidence,
    })),
    issuedBy: link ? jsonLink(link) : null,
    via: graph.via(session).map((hop) => ({ ...jsonName(hop), confidence: hop.link?.confidence ?? 'unknown' })),
    confidence: origin.confidence,
    events,
    firstTime: isoTime(firstTime),
    lastTime: isoTime(lastTime),
    sourceIPs: addresses.map(({ value }) => value),
    userAgents: agents.map(({ value }) => value),
  };
}

function jsonName(session: Session): object {
  return { accessKeyId: session.accessKeyId ?? null, principal: principalOf(session) };
}

function jsonOrigin({ type, arn, userName }: Origin): object {
  return { type, arn: arn ?? null, userName: userName ?? null };
}

/** `confidence`: how sure it is that this call issued it, and who made the call. */
function jsonLink({ issue: { eventID, place, eventName }, confidence }: Link): object {
  return { eventID: eventID ?? null, file: place.file, eventName, confidence };
}

function principalOf({ arn, userName, principalId, origin }: Session): string | null {
  return arn ?? userName ?? principalId ?? origin.userName ?? null;
}

function isoTime(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

async function writeTree(graph: SessionGraph, output: Output): Promise<void> {
  for await (const line of sessionLines(graph)) {
    output.line(line);
    await output.flush();
  }
}

function tellLimits({ limits }: SessionGraph): void {
  if (limits.leftOut > 0)
    process.stderr.write(`${limits.leftOut} records of sessions beyond the limit were left out.\n`);
  if (limits.countsRepeats)
    process.stderr.write('There are too many events to tell repeats: some may be counted twice.\n');
}
