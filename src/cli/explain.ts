import { english } from '../core/message';
import { type ExplainedLine, explain as explainPattern, flatLines } from '../core/patterns/explain';
import { visibleText } from '../core/text';
import { EXIT, type ExitCode } from './exitCodes';
import { jsonText } from './jsonText';
import type { Output } from './output';
import { jsonNote, onePattern, readPattern, said } from './patternArgument';
import { parseArguments } from './usage';

/** `explain PATTERN`: what a filter pattern means, and what about it may surprise. */
export function explain(args: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = parseArguments(args, { json: { type: 'boolean' } });
  const text = onePattern(parsed.paths);
  const json = parsed.flag('json');
  const read = readPattern(text, json);
  if (read === undefined) return Promise.resolve(EXIT.usage);
  const { meaning, notes } = explainPattern(read.pattern, read.notes);
  if (json) {
    output.line(jsonText({ meaning: jsonLine(meaning), notes: notes.map((note) => jsonNote(text, note)) }, 2));
    return Promise.resolve(EXIT.found);
  }
  for (const line of flatLines(meaning)) output.line(`${'  '.repeat(line.depth)}${visibleText(english(line.text))}`);
  if (notes.length > 0) output.write(`\n${notes.map((note) => said(text, note)).join('\n')}`);
  return Promise.resolve(EXIT.found);
}

function jsonLine({ text, below }: ExplainedLine): object {
  return { text: english(text), below: below.map(jsonLine) };
}
