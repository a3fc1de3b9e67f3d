import { parseTime } from '../core/events/time';
import { toSql } from '../core/patterns/toSql';
import { sqlStatement } from '../core/patterns/sqlStatement';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { jsonNote, onePattern, readPattern, said, tellNotes } from './patternArgument';
import { UsageError, oneOf, parseArguments } from './usage';

/** `sql PATTERN`: a filter pattern as an SQL statement for Athena or CloudTrail Lake. */
export function sql(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    dialect: { type: 'string' },
    table: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    condition: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const dialect = oneOf('dialect', parsed.text('dialect'), ['athena', 'lake'], 'athena');
  const table = parsed.text('table');
  const scope = {
    ...(table !== undefined && { table }),
    from: timeOf('from', parsed.text('from')),
    to: timeOf('to', parsed.text('to')),
  };
  const text = onePattern(parsed.paths);
  const json = parsed.flag('json');
  const read = readPattern(text, json);
  if (read === undefined) return Promise.resolve(EXIT.usage);
  const { condition, notes, refusals } = toSql(read.pattern, dialect);
  if (condition === undefined) {
    const told = json
      ? `${jsonText({ refusals: refusals.map((refusal) => jsonNote(text, refusal)) }, 2)}\n`
      : refusals.map((refusal) => said(text, refusal)).join('');
    process.stderr.write(told);
    if (!json) tellNotes(read);
    return Promise.resolve(EXIT.nothing);
  }
  // What is told of the pattern itself need not be told again of its SQL.
  const news = notes.filter((note) => read.notes.every(({ start, end }) => start !== note.start || end !== note.end));
  if (!json) tellNotes({ ...read, notes: [...read.notes, ...news] });
  output.line(parsed.flag('condition') ? condition : `${sqlStatement(condition, dialect, scope)};`);
  return Promise.resolve(EXIT.found);
}

function timeOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === null) throw new UsageError(`--${option} is a time such as 2026-03-04T05:00:00Z; not ${text}`);
  return time;
}
