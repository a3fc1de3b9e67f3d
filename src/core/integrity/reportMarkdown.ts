import { formatTime } from '../events/time';
import { type Message } from '../message';
import { message } from '../message';
import { visibleText } from '../text';
import { type IntegrityProblem, integrityProblems } from './problems';
import type { Counts, IntegrityReport } from './report';

/** What a report was made of and by: with it another person can make it again. */
export interface ReportOrigin {
  readonly tool: string;
  readonly version: string;
  /** Epoch ms. */
  readonly time: number;
  readonly inputs: readonly ReportInput[];
}

export interface ReportInput {
  readonly kind: 'copy' | 'public-keys' | 'signatures';
  readonly path: string;
  /** SHA-256, hex: of the file; of a copy, over the hashes of its digests. Null when it has none. */
  readonly sha256: string | null;
}

/** Keys of one problem are listed up to here; the JSON report has them all. */
const MOST_KEYS = 50;

/** The report for people. `say` puts a message into the reader's language. */
export function reportMarkdown(report: IntegrityReport, origin: ReportOrigin, say: (text: Message) => string): string {
  const lines = [
    `# ${say(message('CloudTrail integrity report'))}`,
    '',
    `**${say(verdictOf(report))}**`,
    '',
    ...summaryTable(report, say),
    '',
    ...originLines(origin, say),
    '',
    `## ${say(message('Chains'))}`,
    '',
    ...chainTable(report, say),
    '',
    `## ${say(message('Problems'))}`,
    '',
    ...problemLines(integrityProblems(report), say),
  ];
  return `${lines.join('\n')}\n`;
}

/** The verdict in one sentence. */
export function verdictOf({ logs, digests, backfillDigests, isBroken, hasKeys, cancelled }: IntegrityReport): Message {
  if (cancelled)
    return message('Validation was cancelled: {0} of {1} logs were proven by then.', logs.valid, logs.total);
  if (digests.total + backfillDigests.total === 0) return message('No digests were found: nothing could be checked.');
  if (isBroken) {
    const wrong =
      logs.invalid +
      logs.missing +
      digests.invalid +
      digests.missing +
      backfillDigests.invalid +
      backfillDigests.missing;
    return wrong === 0
      ? message('The newest digests are missing; {0} of {1} logs are proven.', logs.valid, logs.total)
      : message('{0} files are invalid or missing; {1} of {2} logs are proven.', wrong, logs.valid, logs.total);
  }
  if (!hasKeys) return message('Nothing is wrong, and nothing is proven: there are no public keys.');
  return message('{0} of {1} logs are proven.', logs.valid, logs.total);
}

function summaryTable({ digests, backfillDigests, logs }: IntegrityReport, say: (text: Message) => string): string[] {
  const head = [message('proven'), message('unproven'), message('invalid'), message('missing'), message('all')];
  const row = (name: Message, { valid, unproven, invalid, missing, total }: Counts): string =>
    tableRow([say(name), ...[valid, unproven, invalid, missing, total].map(String)]);
  return [
    tableRow(['', ...head.map(say)]),
    '| --- | --: | --: | --: | --: | --: |',
    row(message('Digests'), digests),
    ...(backfillDigests.total > 0 ? [row(message('Backfill digests'), backfillDigests)] : []),
    row(message('Logs'), logs),
  ];
}

function originLines({ tool, version, time, inputs }: ReportOrigin, say: (text: Message) => string): string[] {
  const name: Readonly<Record<ReportInput['kind'], Message>> = {
    copy: message('Copy of the bucket'),
    'public-keys': message('Public keys'),
    signatures: message('Saved signatures'),
  };
  return [
    `- ${say(message('Made {0} by {1} {2}', formatTime(time), tool, version))}`,
    ...inputs.map(
      ({ kind, path, sha256 }) =>
        `- ${say(name[kind])}: ${code(path)}${sha256 === null ? '' : ` (SHA-256 ${code(sha256)})`}`,
    ),
  ];
}

function chainTable({ chains }: IntegrityReport, say: (text: Message) => string): string[] {
  if (chains.length === 0) return [say(message('None.'))];
  const head = [
    message('Account'),
    message('Region'),
    message('Trail'),
    message('from'),
    message('to'),
    message('Digests'),
    message('Logs'),
  ];
  return [
    tableRow(head.map(say)),
    '| --- | --- | --- | --- | --- | --: | --: |',
    ...chains.map(({ account, region, trail, backfill, organization, digests }) => {
      const logs = digests.flatMap((digest) => digest.logs);
      const proven = (results: readonly { readonly verdict: string }[]): string =>
        `${results.filter(({ verdict }) => verdict === 'valid').length}/${results.length}`;
      const [newest, oldest] = [digests[0], digests.at(-1)];
      const kind = backfill ? ` (${say(message('backfill'))})` : '';
      return tableRow([
        organization === null ? account : `${organization} ${account}`,
        region,
        cell(trail) + kind,
        oldest === undefined ? '' : formatTime(oldest.start ?? oldest.end),
        newest === undefined ? '' : formatTime(newest.end),
        ...[proven(digests), proven(logs)],
      ]);
    }),
  ];
}

function* problemLines(problems: readonly IntegrityProblem[], say: (text: Message) => string): Generator<string> {
  if (problems.length === 0) yield say(message('None.'));
  for (const { level, title, meaning, action, chain, keys } of problems) {
    const sign = { error: '✗', warning: '!', note: '·' }[level];
    const where = chain === null ? '' : ` (${chain.account}, ${chain.region}, ${cell(chain.trail)})`;
    yield `### ${sign} ${escapeText(say(title))}${where}`;
    yield '';
    yield `${escapeText(say(meaning))} ${escapeText(say(action))}`;
    yield '';
    for (const key of keys.slice(0, MOST_KEYS)) yield `- ${code(key)}`;
    if (keys.length > MOST_KEYS) yield `- ${say(message('{0} more', keys.length - MOST_KEYS))}`;
    yield '';
  }
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell(text: string): string {
  return escapeText(visibleText(text));
}

/** Names come from files of unknown makers: no Markdown of theirs may work. */
function escapeText(text: string): string {
  return visibleText(text).replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&');
}

function code(text: string): string {
  const shown = visibleText(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
