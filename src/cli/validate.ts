import { parseTime } from '../core/events/time';
import { awsCliText } from '../core/integrity/awsCliText';
import { beyondCliText } from '../core/integrity/beyondCliText';
import type { IntegrityReport } from '../core/integrity/report';
import type { ReportOrigin } from '../core/integrity/reportMarkdown';
import { reportJson } from '../core/integrity/reportJson';
import { validate as validateCopy } from '../core/integrity/validate';
import type { TimeSpan } from '../core/integrity/walk';
import { visibleText } from '../core/text';
import { findInputs, listCopy, readPublicKeys, readSignatures } from '../node/integrity/inputFiles';
import { nodePorts } from '../node/integrity/nodePorts';
import { reportOrigin } from '../node/integrity/origin';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { ProgressLine } from './progressLine';
import { problemLine } from './readPaths';
import { type Arguments, UsageError, oneOf, parseArguments, requirePaths } from './usage';
import { version } from './version';

/** `validate PATH…`: the verdict of the digest chains on a local copy of a trail's bucket. */
export async function validate(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    'public-keys': { type: 'string', multiple: true },
    signatures: { type: 'string' },
    start: { type: 'string' },
    end: { type: 'string' },
    region: { type: 'string' },
    account: { type: 'string' },
    bucket: { type: 'string' },
    verbose: { type: 'boolean' },
    format: { type: 'string' },
  });
  const format = oneOf('format', parsed.text('format'), ['text', 'json'], 'text');
  requirePaths(parsed.paths);
  const span = spanOf(parsed);
  const { report, origin } = await run(parsed, span);
  for (const { path, problem } of report.problems) tell(problemLine(path, problem));
  if (format === 'json') output.line(jsonText(reportJson(report, origin), 2));
  else await printText(report, span, parsed, output);
  return exitCode(report);
}

async function run(parsed: Arguments, span: TimeSpan): Promise<{ report: IntegrityReport; origin: ReportOrigin }> {
  const keyFiles = parsed.texts('public-keys');
  const keys = await readPublicKeys(keyFiles);
  const signatures = await readSignatures(parsed.text('signatures'));
  const unusable = [...keys.problems, ...signatures.problems].filter(({ problem }) => problem.level === 'error');
  if (
    (keyFiles.length > 0 && keys.keys.length === 0) ||
    (signatures.problems.length > 0 && signatures.signatures.size === 0)
  ) {
    throw new UsageError(unusable.map(({ path, problem }) => problemLine(path, problem)).join('\n'));
  }
  const copy = await listCopy(parsed.paths);
  const ports = nodePorts();
  const line = new ProgressLine(process.stderr);
  try {
    const report = await validateCopy(
      {
        ...{ paths: copy.paths, keys: keys.keys, signatures: signatures.signatures, span },
        ...{ account: parsed.text('account'), region: parsed.text('region'), bucket: parsed.text('bucket') },
        problems: [...keys.problems, ...signatures.problems, ...copy.problems],
      },
      ports,
      {
        onProgress: ({ digests, totalDigests, logs, totalLogs }) =>
          line.show(`${digests} of ${totalDigests} digests read, ${logs} of ${totalLogs} logs checked`),
      },
    );
    const given = { folders: parsed.paths, keys: keys.files, signatures: signatures.files };
    return { report, origin: reportOrigin(report, version(), given) };
  } finally {
    line.clear();
    ports.stop();
  }
}

function spanOf(parsed: Arguments): TimeSpan {
  const [from, to] = [timeOf('start', parsed.text('start')), timeOf('end', parsed.text('end'))];
  if (from !== undefined && to !== undefined && from > to) throw new UsageError('--start must not be after --end.');
  return { from, to };
}

/** Epoch ms. Offsets count; a time without one is UTC, a day its first moment. */
function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === null) throw new UsageError(`--${name} is a time such as 2026-03-04T05:00:00Z; not ${text}`);
  return time;
}

async function printText(report: IntegrityReport, span: TimeSpan, parsed: Arguments, output: Output): Promise<void> {
  if (report.chains.length === 0) output.line('No digests found');
  for (const part of awsCliText(report, span, parsed.flag('verbose'))) {
    output.write(
      part
        .split(/(?<=[\n\t])|(?=[\n\t])/)
        .map((piece) => (/^[\n\t]$/.test(piece) ? piece : visibleText(piece)))
        .join(''),
    );
    await output.flush();
  }
  for (const line of beyondCliText(report)) output.line(visibleText(line));
  if (!report.hasKeys) {
    tell(
      'No public keys were given: the files were checked against each other only, and a complete rewrite would go unseen.',
    );
  }
  if (parsed.text('bucket') === undefined && report.chains.length > 0) {
    tell('The names of buckets are those in the digests; --bucket B checks them against the one you know.');
  }
  await hintInputs(parsed);
}

/** Files of keys or signatures that lie there and were not given. */
async function hintInputs(parsed: Arguments): Promise<void> {
  for (const path of parsed.paths) {
    const found = await findInputs(path);
    const [keys] = found.keys;
    if (parsed.texts('public-keys').length === 0 && keys !== undefined)
      tell(`Public keys were found: --public-keys ${visibleText(keys)}`);
    if (parsed.text('signatures') === undefined && found.signatures !== undefined) {
      tell(`Saved signatures were found: --signatures ${visibleText(found.signatures)}`);
    }
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function exitCode({ chains, isBroken }: IntegrityReport): ExitCode {
  if (isBroken) return EXIT.nothing;
  const isChecked = chains.some(({ digests }) => digests.some(({ unproven }) => unproven !== 'unreadable'));
  return isChecked ? EXIT.found : EXIT.unreadable;
}
