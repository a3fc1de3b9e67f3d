import type { Field } from '../events/fieldReference';
import { message } from '../message';
import type { Pattern, PatternNote, Selector, SelectorStep } from './ast';
import { leavesOf } from './logic';
import { nearestName } from './nearestName';
import { printSelector } from './print';

/** Objects whose fields CloudTrail itself defines. Below others (`requestParameters` …) every service writes what it likes. */
const CLOSED = [
  '',
  'userIdentity',
  'userIdentity.sessionContext',
  'userIdentity.sessionContext.sessionIssuer',
  'userIdentity.onBehalfOf',
  'userIdentity.inScopeOf',
  'resources[]',
  'addendum',
  'tlsDetails',
];

/** What of the field reference is needed here. */
type KnownField = Pick<Field, 'path' | 'type'>;

/** Notes on selectors that no CloudTrail record can have, with the name that was most likely meant. */
export function checkFields(pattern: Pattern, { fields }: { readonly fields: Iterable<KnownField> }): PatternNote[] {
  if (pattern.kind !== 'json') return [];
  const names = new Names(fields);
  return leavesOf(pattern.root).flatMap(({ selector }) => checkSelector(selector, names));
}

/** The field reference by paths, and the names below the closed objects. */
class Names {
  readonly byPath = new Map<string, KnownField>();
  private readonly children = new Map<string, string[]>();

  constructor(fields: Iterable<KnownField>) {
    for (const path of CLOSED) this.children.set(path, []);
    for (const field of fields) {
      this.byPath.set(field.path, field);
      const dot = field.path.lastIndexOf('.');
      this.children.get(dot < 0 ? '' : field.path.slice(0, dot))?.push(field.path.slice(dot + 1));
    }
  }

  /** Undefined for an object that is not closed. */
  below(path: string): readonly string[] | undefined {
    return this.children.get(path);
  }

  /** The one path whose last name this is. */
  anywhere(name: string): string | undefined {
    const paths = [...this.byPath.keys()].filter((path) => path.endsWith(`.${name}`) && !path.includes('[]'));
    const usual = paths.filter((path) => path.startsWith('userIdentity.'));
    return paths.length === 1 ? paths[0] : usual[0];
  }
}

function checkSelector(selector: Selector, names: Names): PatternNote[] {
  let path = '';
  for (const [i, step] of selector.steps.entries()) {
    const parent = names.byPath.get(path);
    if (step.kind === 'any' && !step.bracket) return [];
    if (step.kind !== 'key') {
      path += '[]';
      continue;
    }
    if (parent?.type.startsWith('array') === true && !path.endsWith('[]')) return [listNote(selector, i)];
    const below = names.below(path);
    if (below === undefined) return [];
    if (!below.includes(step.key)) return [unknownNote(selector, i, below, names)];
    path = path === '' ? step.key : `${path}.${step.key}`;
  }
  return [];
}

/** `$.resources.ARN` for `$.resources[*].ARN`. */
function listNote(selector: Selector, at: number): PatternNote {
  const steps: SelectorStep[] = [...selector.steps];
  const list = printSelector({ steps: steps.slice(0, at) });
  steps.splice(at, 0, { kind: 'any', bracket: true });
  const text = printSelector({ steps });
  const what = message('{0} is a list: ask for its elements with {1}.', list, text);
  return noteOf(selector, what, text);
}

function unknownNote(selector: Selector, at: number, below: readonly string[], names: Names): PatternNote {
  const { steps } = selector;
  const key = (steps[at] as Extract<SelectorStep, { kind: 'key' }>).key;
  const unknown = printSelector({ steps: steps.slice(0, at + 1) });
  const near = nearestName(key, below);
  const elsewhere = near === undefined && at === steps.length - 1 ? names.anywhere(key) : undefined;
  const meant: readonly SelectorStep[] | undefined =
    near !== undefined
      ? [...steps.slice(0, at), { kind: 'key', key: near }, ...steps.slice(at + 1)]
      : elsewhere?.split('.').map((each) => ({ kind: 'key', key: each }));
  if (meant === undefined) {
    return noteOf(selector, message('CloudTrail records have no field {0}.', unknown), undefined);
  }
  const text = printSelector({ steps: meant });
  return noteOf(selector, message('CloudTrail records have no field {0}; there is {1}.', unknown, text), text);
}

function noteOf({ start, end }: Selector, what: PatternNote['message'], text: string | undefined): PatternNote {
  const range = { start, end };
  if (text === undefined) return { ...range, message: what };
  return { ...range, message: what, fix: { ...range, title: message('Write {0}', text), text } };
}
