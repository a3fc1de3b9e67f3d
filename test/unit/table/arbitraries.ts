import fc from 'fast-check';
import { SPELLINGS } from '../../../src/core/events/recordView';

const TEXTS = ['a', 'ab', 'Root', 'IAMUser', 'AccessDenied', 'aws-cli/2.0 kali', 'true', '1', 'é😀', '', 'a b'];
const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.constantFrom('true', 'false', 'null', '1', '1.0', '-0', '10') },
  { weight: 1, arbitrary: fc.constantFrom('"\\u0061"', '"a\\/b"', '{"b":1}', '[]', '[null]', '["a"]', '[[null]]') },
);
const uuid = fc.nat(3).map((i) => `"00000000-0000-4000-8000-00000000000${i}"`);
const time = fc.constantFrom(
  '"2026-03-04T05:06:07Z"',
  '"2026-03-04T05:06:08Z"',
  '"2026-03-05T00:00:00.000Z"',
  '"2026-02-30T00:00:00Z"',
  '1772600000',
  '"2025-01-01T00:00:00+09:00"',
);

/** What a path of a record holds: usually what belongs there. */
function tokenFor(path: string): fc.Arbitrary<string> {
  const name = path.split('.').at(-1)!;
  if (/ID$|^eventId$/.test(name)) return fc.oneof({ weight: 3, arbitrary: uuid }, scalar);
  return /Time|Start|Date/.test(name) ? fc.oneof({ weight: 3, arbitrary: time }, scalar) : scalar;
}

const PATHS = [...new Set(Object.values(SPELLINGS).flat()), 'a', 'a.b', 'requestParameters.key', 'resources'];
const member = fc.constantFrom(...PATHS).chain((path) => tokenFor(path).map((token) => [path, token] as const));

/** JSON texts of records with fields that tables hold, in every spelling, and some they do not. */
export const recordJson: fc.Arbitrary<string> = fc
  .array(member, { maxLength: 14 })
  .map((members) => nested(new Map(members)));

interface Tree {
  [key: string]: Tree | string;
}

/** Paths and tokens as one JSON object; a path below a scalar is left out. */
export function nested(members: ReadonlyMap<string, string>): string {
  const root: Tree = {};
  for (const [path, token] of members) {
    const keys = path.split('.');
    let at: Tree | string = root;
    for (const key of keys.slice(0, -1)) if (typeof at !== 'string') at = at[key] ??= {};
    if (typeof at !== 'string') at[keys.at(-1)!] ??= token;
  }
  return textOf(root);
}

function textOf(tree: Tree): string {
  const members = Object.entries(tree).map(([key, value]) => {
    return `${JSON.stringify(key)}:${typeof value === 'string' ? value : textOf(value)}`;
  });
  return `{${members.join(',')}}`;
}
