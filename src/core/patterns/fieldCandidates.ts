import type { FieldSummary } from '../events/fieldReference';
import type { SelectorStep } from './ast';
import { printSelector } from './print';

/** A field that may be asked for. */
export interface FieldCandidate {
  readonly selector: string;
  /** What the reference says of it; undefined for a field that only the data have. */
  readonly field: FieldSummary | undefined;
  /** How often it occurs in the data; undefined when that is not known. */
  readonly count: number | undefined;
}

/** The fields of the data, most frequent first, then those of the reference that the data do not have. */
export function fieldCandidates(
  fields: Iterable<FieldSummary>,
  seen: Iterable<{ readonly selector: string; readonly count: number }>,
): FieldCandidate[] {
  const known = new Map<string, FieldSummary>();
  for (const field of fields) known.set(selectorOf(field.path), field);
  const counts = new Map<string, number>();
  for (const { selector, count } of seen) counts.set(selector, (counts.get(selector) ?? 0) + count);
  const fromData = [...counts].sort(([, a], [, b]) => b - a);
  const others = [...known].filter(([selector]) => !counts.has(selector));
  return [
    ...fromData.map(([selector, count]) => ({ selector, field: known.get(selector), count })),
    ...others.map(([selector, field]) => ({ selector, field, count: undefined })),
  ];
}

/** A path of the reference as a selector. AWS allows one wildcard: lists in lists are asked for their first element. */
function selectorOf(path: string): string {
  let wild = false;
  const steps = path.split('.').flatMap((part): SelectorStep[] => {
    const list = part.endsWith('[]');
    const key: SelectorStep = { kind: 'key', key: list ? part.slice(0, -2) : part };
    if (!list) return [key];
    const element: SelectorStep = wild ? { kind: 'index', index: 0 } : { kind: 'any', bracket: true };
    wild = true;
    return [key, element];
  });
  return printSelector({ steps });
}

/**
 * The candidates that what was typed may become: those that begin with it, then those whose last name does, then those that contain it;
 * capitals do not matter, and indexes that were typed stay. In each group the order stays.
 */
export function matchingFields(candidates: readonly FieldCandidate[], typed: string): FieldCandidate[] {
  const indexes = typed.match(/\[(\d+|\*)\]/g) ?? [];
  const plain = typed.replace(/\[\d+\]/g, '[*]').toLowerCase();
  const whole = plain.startsWith('$') ? plain : `$.${plain}`;
  const name = plain.replace(/^\$\.?/, '');
  const groups: FieldCandidate[][] = [[], [], []];
  for (const candidate of candidates) {
    const selector = candidate.selector.toLowerCase();
    const group = selector.startsWith(whole)
      ? 0
      : lastName(selector).startsWith(name)
        ? 1
        : selector.includes(name)
          ? 2
          : undefined;
    if (group !== undefined) groups[group]!.push(withIndexes(candidate, indexes));
  }
  return groups.flat();
}

function lastName(selector: string): string {
  return /[^.[\]']*(?:'\])?$/.exec(selector)![0];
}

function withIndexes(candidate: FieldCandidate, indexes: readonly string[]): FieldCandidate {
  if (indexes.length === 0) return candidate;
  let at = 0;
  return { ...candidate, selector: candidate.selector.replace(/\[(\d+|\*)\]/g, (own) => indexes[at++] ?? own) };
}
