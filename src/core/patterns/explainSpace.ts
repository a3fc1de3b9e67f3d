import { message } from '../message';
import type { Comparison, SpaceField, SpacePattern } from './ast';
import { type ExplainedLine, explainLogic, line } from './explainLogic';
import { explainTest } from './explainTest';

/** What a space-delimited pattern means: its fields one by one, counted as a person counts them. */
export function explainSpacePattern({ fields }: SpacePattern): ExplainedLine {
  if (fields.length === 0) return line(message('Every message that is not empty matches.'));
  const gap = fields.findIndex(({ kind }) => kind === 'ellipsis');
  const named = fields.length - (gap < 0 ? 0 : 1);
  const lines = fields.map((field, i) => {
    const number = gap >= 0 && i > gap ? i - fields.length : i + 1;
    return explainField(field, number);
  });
  if (gap < 0) lines.push(line(message('Further words belong to the last field.')));
  return line(
    message(
      'A message matches when it has at least this many fields, split at blanks, with {0} and {1} around one field: {2}',
      '"…"',
      '[…]',
      named,
    ),
    lines,
  );
}

/** `number` from 1, or from -1 backwards after the gap. */
function explainField(field: SpaceField, number: number): ExplainedLine {
  if (field.kind === 'ellipsis') return line(message('Then any number of fields'));
  const { name, condition } = field;
  if (condition === undefined) {
    return line(
      number > 0
        ? message('Field {0}, {1}: anything', number, name)
        : message('Field {0} from the end, {1}: anything', -number, name),
    );
  }
  const { heads, below } = explainLogic<Comparison>(condition, {
    same: () => name,
    test: asWord,
    leaf: (test) => line(explainTest(name, asWord(test))),
    details: () => [],
  });
  const texts = {
    one: () => message('Field {0}, {1}:', number, name),
    and: () => message('Field {0}, {1}: all of these hold:', number, name),
    or: () => message('Field {0}, {1}: at least one of these holds:', number, name),
  };
  const fromEnd = {
    one: () => message('Field {0} from the end, {1}:', -number, name),
    and: () => message('Field {0} from the end, {1}: all of these hold:', -number, name),
    or: () => message('Field {0} from the end, {1}: at least one of these holds:', -number, name),
  };
  return line((number > 0 ? texts : fromEnd)[heads](), below);
}

/** Words of a message are texts: `= 1` means the text `1` and nothing else. */
function asWord(test: Comparison): Comparison {
  if (test.kind !== 'equals' || test.value.kind !== 'number') return test;
  const { raw, start, end } = test.value;
  return { ...test, value: { kind: 'text', text: raw, quoted: false, start, end } };
}
