import { OPEN_BRACE, OPEN_BRACKET, encodeUtf8 } from './bytes';
import { type Span, eachElement, eachMember, stringEquals, stringValue } from './tokens';

/** One step of a path: an object's key, an array's index, or `'*'` in a {@link Step} of kind any. */
export type Step =
  | { readonly kind: 'key'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' };

/** The step to the member `key`. */
export function keyStep(key: string): Step {
  return { kind: 'key', key, bytes: encodeUtf8(key) };
}

/** A path of keys and indexes as steps, e.g. `['resources', 0, 'ARN']`. */
export function stepsOf(path: readonly (string | number)[]): Step[] {
  return path.map((part) => (typeof part === 'string' ? keyStep(part) : { kind: 'index', index: part }));
}

/** The span of the value that `steps` (none of them `any`) lead to from the value at `start`; of duplicate keys the last wins, as in `JSON.parse`. */
export function findValue(bytes: Uint8Array, start: number, steps: readonly Step[]): Span | undefined {
  let found: Span | undefined;
  findValues(bytes, start, steps, (span) => {
    found = span;
    return true;
  });
  return found;
}

/**
 * Visits the span of every value that `steps` lead to from the value at `start`. `any` stands for each element of an array or
 * each member of an object, one level. A visitor that answers true stops the search; so does the answer.
 */
export function findValues(
  bytes: Uint8Array,
  start: number,
  steps: readonly Step[],
  visit: (span: Span) => unknown,
): boolean {
  return walk(bytes, { start, end: bytes.length }, steps, 0, visit);
}

function walk(
  bytes: Uint8Array,
  span: Span,
  steps: readonly Step[],
  at: number,
  visit: (span: Span) => unknown,
): boolean {
  const step = steps[at];
  if (step === undefined) return visit(span) === true;
  const first = bytes[span.start];
  if (step.kind === 'any') {
    const spans = first === OPEN_BRACE ? lastOfEachKey(bytes, span.start) : elementSpans(bytes, span.start, first);
    return spans.some((each) => walk(bytes, each, steps, at + 1, visit));
  }
  const next =
    step.kind === 'key' ? memberSpan(bytes, span.start, first, step) : elementAt(bytes, span.start, first, step.index);
  return next !== undefined && walk(bytes, next, steps, at + 1, visit);
}

function memberSpan(
  bytes: Uint8Array,
  start: number,
  first: number | undefined,
  step: Extract<Step, { kind: 'key' }>,
): Span | undefined {
  if (first !== OPEN_BRACE) return undefined;
  let found: Span | undefined;
  eachMember(bytes, start, (keyStart, keyEnd, valueStart, valueEnd) => {
    if (stringEquals(bytes, keyStart, keyEnd, step.key, step.bytes)) found = { start: valueStart, end: valueEnd };
  });
  return found;
}

function elementAt(bytes: Uint8Array, start: number, first: number | undefined, wanted: number): Span | undefined {
  if (first !== OPEN_BRACKET) return undefined;
  let found: Span | undefined;
  eachElement(bytes, start, (elementStart, elementEnd, index) => {
    if (index !== wanted) return false;
    found = { start: elementStart, end: elementEnd };
    return true;
  });
  return found;
}

function elementSpans(bytes: Uint8Array, start: number, first: number | undefined): Span[] {
  const spans: Span[] = [];
  if (first === OPEN_BRACKET) eachElement(bytes, start, (from, to) => void spans.push({ start: from, end: to }));
  return spans;
}

function lastOfEachKey(bytes: Uint8Array, start: number): Span[] {
  const spans = new Map<string, Span>();
  eachMember(bytes, start, (keyStart, keyEnd, valueStart, valueEnd) => {
    spans.set(stringValue(bytes, keyStart, keyEnd), { start: valueStart, end: valueEnd });
  });
  return [...spans.values()];
}
