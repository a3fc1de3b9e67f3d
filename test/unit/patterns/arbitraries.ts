import fc from 'fast-check';
import type {
  Comparison,
  Condition,
  FieldCondition,
  Logic,
  Pattern,
  SelectorStep,
  SpaceField,
  Term,
  Test,
  Value,
} from '../../../src/core/patterns/ast';

/** Positions of generated trees: nothing reads them. */
const NOWHERE = { start: 0, end: 0 };

const KEYS = [
  'a',
  'b',
  'x-y',
  'a.b',
  "it's",
  "a']b",
  'b\\',
  'say"',
  '*',
  '',
  'eventName',
  'errorCode',
  'userIdentity',
  'type',
  'invokedBy',
];
const TEXTS = ['', 'a', 'ab', 'aba', 'b', '1', '1.0', '-0', 'true', 'null', 'A', 'a b', 'é😀', '"', '\\', 'a\nb'];
const NUMBERS = [
  '0',
  '-0',
  '1',
  '1.0',
  '1e0',
  '10',
  '-1',
  '0.5',
  '5e-1',
  '1e1',
  '12345678901234567',
  '12345678901234568',
];

const key = fc.constantFrom(...KEYS);
const barewords = fc.constantFrom(
  'a',
  'ab',
  'a*',
  '*a',
  '*',
  '**',
  'a*b',
  '*a*',
  'true',
  '1*',
  'a.b+c_',
  'x-y',
  'a/b:c',
  'é',
);
const quotedText = fc.oneof(
  fc.constantFrom(...TEXTS, '*', 'a*', '*b', '*a*', 'a*a', '*"*', '*\\'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const regexSource = fc.constantFrom(
  'a',
  '^a',
  'b$',
  '^$',
  '.',
  '[ab]{2}',
  'a|1',
  '\\d',
  '^\\W',
  'a.b',
  '[^a]',
  '',
  '\\x22',
);

const textValue: fc.Arbitrary<Value> = fc.oneof(
  barewords.map((text): Value => ({ kind: 'text', text, quoted: false, ...NOWHERE })),
  quotedText.map((text): Value => ({ kind: 'text', text, quoted: true, ...NOWHERE })),
);
const numberValue = fc
  .constantFrom(...NUMBERS, '+1', '.5', '1.')
  .map((raw) => ({ kind: 'number' as const, raw, ...NOWHERE }));
const regexValue = regexSource.map((source) => ({ kind: 'regex' as const, source, ...NOWHERE }));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: textValue },
  { weight: 3, arbitrary: numberValue },
  { weight: 1, arbitrary: regexValue },
);

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('equals' as const), negated: fc.boolean(), value }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      value: numberValue,
    }),
  },
);

const test: fc.Arbitrary<Test> = fc.oneof(
  { weight: 6, arbitrary: comparison },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('is' as const),
      what: fc.constantFrom('NULL' as const, 'TRUE' as const, 'FALSE' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'not-exists' as const }) },
);

const keyStep = key.map((each): SelectorStep => ({ kind: 'key', key: each }));
const step: fc.Arbitrary<SelectorStep> = fc.oneof(
  { weight: 5, arbitrary: keyStep },
  { weight: 1, arbitrary: fc.nat(2).map((index): SelectorStep => ({ kind: 'index', index })) },
  { weight: 1, arbitrary: fc.boolean().map((bracket): SelectorStep => ({ kind: 'any', bracket })) },
);
const INDEXED = [
  ['eventName'],
  ['errorCode'],
  ['userIdentity', 'type'],
  ['userIdentity', 'invokedBy'],
  ['a'],
  ['a', 'b'],
];
const steps: fc.Arbitrary<SelectorStep[]> = fc.oneof(
  fc.constantFrom(...INDEXED).map((path) => path.map((each): SelectorStep => ({ kind: 'key', key: each }))),
  fc
    .tuple(keyStep, fc.array(step, { maxLength: 3 }))
    .map(([first, rest]) => [first, ...rest])
    .filter((path) => path.filter(({ kind }) => kind === 'any').length <= 1),
);

/** Conditions of the leaves, some deeply nested. */
function logic<Leaf>(leaf: fc.Arbitrary<Leaf>): fc.Arbitrary<Logic<Leaf>> {
  return fc.letrec<{ node: Logic<Leaf> }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        operands: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  })).node;
}

export const condition: fc.Arbitrary<Condition> = logic(
  fc.record({
    kind: fc.constant('test' as const),
    selector: steps.map((path) => ({ steps: path, ...NOWHERE })),
    test,
    range: fc.constant(NOWHERE),
  }),
);

export const jsonPattern: fc.Arbitrary<Pattern> = condition.map((root) => ({ kind: 'json', root }));

const word = fc.constantFrom('a', 'ERROR', 'aws_1', 'é', 'a-b', 'x.y', '1');
const term: fc.Arbitrary<Term> = fc.record({
  mode: fc.constantFrom('required' as const, 'excluded' as const, 'optional' as const),
  value: fc.oneof(
    word.map((text) => ({ kind: 'text' as const, text, quoted: false, ...NOWHERE })),
    quotedText.map((text) => ({ kind: 'text' as const, text, quoted: true, ...NOWHERE })),
    regexValue,
  ),
  start: fc.constant(0),
  end: fc.constant(0),
});
export const termsPattern: fc.Arbitrary<Pattern> = fc
  .array(term, { minLength: 1, maxLength: 4 })
  .map((terms): Pattern => ({ kind: 'terms', terms }));

const fieldCondition: fc.Arbitrary<FieldCondition | undefined> = fc.option(logic(comparison), { nil: undefined });
export const spacePattern: fc.Arbitrary<Pattern> = fc
  .tuple(fc.array(fieldCondition, { maxLength: 4 }), fc.option(fc.nat(4), { nil: undefined }))
  .map(([conditions, gap]) => {
    const fields: SpaceField[] = conditions.map((each, i) => ({ kind: 'field', name: `w${i}`, condition: each }));
    if (gap !== undefined) fields.splice(gap, 0, { kind: 'ellipsis' });
    return { kind: 'space', fields };
  });

const space = fc.constantFrom('', '', '', ' ', '\n\t ');
const stringToken = fc
  .tuple(fc.constantFrom(...TEXTS), fc.boolean())
  .map(([text, escaped]) => (escaped ? escapedJson(text) : JSON.stringify(text)));
const scalarToken = fc.oneof(
  stringToken,
  fc.constantFrom(...NUMBERS.filter((raw) => raw !== '+1')),
  fc.constantFrom('true', 'false', 'null'),
);

/** JSON text of values that no JavaScript value could stand for: raw numbers, duplicate keys, escapes, any white space. */
const valueToken = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalarToken, tie('object'), tie('array')),
  object: fc
    .array(
      fc.tuple(
        space,
        key.map((each) => JSON.stringify(each)),
        space,
        tie('value'),
      ),
      { maxLength: 3 },
    )
    .map((members) => `{${members.map(([a, name, b, inner]) => `${a}${name}${b}:${a}${inner}${b}`).join(',')}}`),
  array: fc
    .array(fc.tuple(space, tie('value')), { maxLength: 3 })
    .map((elements) => `[${elements.map(([a, inner]) => `${a}${inner}${a}`).join(',')}]`),
}));

export const recordText: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.tuple(key, valueToken.value), { maxLength: 5 }),
    fc.option(fc.tuple(valueToken.value, valueToken.value), { nil: undefined }),
    space,
  )
  .map(([members, identity, blank]) => {
    const texts = members.map(([name, inner]) => `${JSON.stringify(name)}:${blank}${inner}`);
    if (identity !== undefined) texts.push(`"userIdentity":{"type":${identity[0]},"invokedBy":${identity[1]}}`);
    return `{${blank}${texts.join(`${blank},`)}}`;
  });

function escapedJson(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}
