import type { FieldHint } from '../../src/protocol/huntProtocol';
import type { Completions } from '../patternBox/completion';

const MOST = 50;

/** What could stand at the caret: fields. */
export function completionsOf(text: string, caret: number, fields: readonly FieldHint[]): Completions | undefined {
  const typed = /\$[^\s=!<>()]*$/.exec(text.slice(0, caret));
  if (typed === null) return undefined;
  const [start] = typed;
  const items = fields
    .map(({ path, description }) => ({ path: `$.${path.replaceAll('[]', '[*]')}`, description }))
    .filter(({ path }) => path.toLowerCase().includes(start.toLowerCase()) && path !== start)
    .slice(0, MOST)
    .map(({ path, description }) => ({ text: `${path} `, label: path, detail: description }));
  return { start: caret - start.length, end: caret, items };
}
