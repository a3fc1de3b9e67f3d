import { encodeUtf8 } from '../json/bytes';
import type { Condition, Pattern, SelectorTest, Term, Test, Value } from '../patterns/ast';
import { isJoined } from '../patterns/logic';
import { regexTexts } from '../patterns/regexTexts';

/**
 * Texts to search for before a record is looked at: a record that meets the pattern has one of them in its bytes, or an escape that could
 * hide one. A pattern may have several anchors, all of which must hold.
 */
export interface Anchor {
  /** UTF-8, none empty. */
  readonly literals: readonly Uint8Array[];
  /** JSON escapes that stand for characters of the literals: with one of these a record has to be looked at too. */
  readonly escapes: readonly Uint8Array[];
  /** The literals are keys in quotes, and a number behind one of them, when written plainly, has so many digits at least; 0: anything may follow. */
  readonly digits: number;
  /** The key of the record in whose value the texts have to stand; undefined: anywhere. */
  readonly within: string | undefined;
}

interface Texts {
  readonly texts: readonly string[];
  /** Within JSON strings, where any character may be escaped; terms search tokens as delivered. */
  readonly inString: boolean;
  /** Not of a key. */
  readonly isValue: boolean;
  readonly digits?: number;
  readonly within?: string | undefined;
}

const UNICODE_ESCAPE = encodeUtf8('\\u');
const SLASH_ESCAPE = encodeUtf8('\\/');
/** Characters that a JSON string cannot hold as they are; U+FFFD may stand for bytes that are no UTF-8. */
const NEVER_PLAIN = /["\\\u0000-\u001f\ud800-\udfff\ufffd]+/u;
/** Between tokens there may be white space that terms do not see. */
const STRUCTURE = /["\\:,{}[\]\ufffd\ud800-\udfff]+/u;
/** Values that stand in every record somewhere. */
const EVERYWHERE: ReadonlySet<string> = new Set(['true', 'false']);
/** Shorter texts are met everywhere. */
const SHORTEST = 2;

/** Beyond so many anchors a record may as well be looked at. */
const MOST_ANCHORS = 3;

/** The anchors of a pattern, the rarest by the looks of it first; none when nothing has to stand in a record that meets it. */
export function anchorsOf(pattern: Pattern): Anchor[] {
  const texts =
    pattern.kind === 'json' ? conditionTexts(pattern.root) : pattern.kind === 'terms' ? termTexts(pattern.terms) : [];
  return texts
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_ANCHORS)
    .map(anchorWith);
}

function anchorWith({ texts, inString, digits = 0, within }: Texts): Anchor {
  const escapes = inString ? [UNICODE_ESCAPE] : [];
  if (inString && texts.some((text) => text.includes('/'))) escapes.push(SLASH_ESCAPE);
  return { literals: texts.map((text) => encodeUtf8(text)), escapes, digits, within };
}

/** The alternatives of which each must be met; the best one is chosen. */
function conditionTexts(condition: Condition): Texts[] {
  if (!isJoined(condition)) return testTexts(condition);
  const each = condition.operands.map(conditionTexts);
  if (condition.kind === 'and') return each.flat();
  const best = each.map(bestOf);
  if (best.some((texts) => texts === undefined)) return [];
  const isValue = best.every((texts) => texts!.isValue);
  const within = best.every((texts) => texts!.within === best[0]!.within) ? best[0]!.within : undefined;
  return [{ texts: best.flatMap((texts) => texts!.texts), inString: true, isValue, within }];
}

function testTexts({ selector, test }: SelectorTest): Texts[] {
  if (test.kind === 'not-exists') return [];
  const values = test.kind === 'equals' && !test.negated ? valueTexts(test.value) : undefined;
  const key = keyText(selector);
  const [first, ...below] = selector.steps;
  const within = first?.kind === 'key' ? first.key : undefined;
  const texts: Texts[] = [];
  if (values !== undefined) texts.push({ texts: values, inString: true, isValue: true, within });
  if (key !== undefined) {
    const isBelow = below.some(({ kind }) => kind === 'key');
    const place = { within: isBelow ? within : undefined, ...digitsOf(test, key) };
    texts.push({ texts: [key], inString: true, isValue: false, ...place });
  }
  return texts;
}

/** Texts of which a value that equals this one holds one. */
function valueTexts(value: Value): string[] | undefined {
  if (value.kind === 'number') return undefined;
  const alternatives = value.kind === 'text' ? [value.text.split(/\*+/)] : regexTexts(value.source);
  const texts = alternatives.map((parts) =>
    longest(parts.flatMap((part) => segmentsOf(part, NEVER_PLAIN)).filter((part) => !EVERYWHERE.has(part))),
  );
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** What is compared with a limit from below has as many digits as the limit, when it has no exponent. */
function digitsOf(test: Test, key: string): { digits?: number } {
  if (test.kind !== 'compare' || !test.operator.startsWith('>') || !key.startsWith('"')) return {};
  const limit = Math.floor(Number(test.value.raw));
  return limit > 0 && Number.isSafeInteger(limit) ? { digits: String(limit).length } : {};
}

/** The last key of the path, which fewer records have than those above it. */
function keyText({ steps }: SelectorTest['selector']): string | undefined {
  const last = steps.findLast((step) => step.kind === 'key');
  if (last === undefined) return undefined;
  return last.key === '' || NEVER_PLAIN.test(last.key) ? longest(segmentsOf(last.key, NEVER_PLAIN)) : `"${last.key}"`;
}

function termTexts(terms: readonly Term[]): Texts[] {
  const texts = terms.map(({ mode, value }) => {
    const text = value.kind === 'text' ? longest(segmentsOf(value.text, STRUCTURE)) : undefined;
    return { mode, text };
  });
  const required = texts.filter(({ mode, text }) => mode === 'required' && text !== undefined);
  if (required.length > 0) return required.map(({ text }) => ({ texts: [text!], inString: false, isValue: true }));
  if (terms.some(({ mode }) => mode !== 'optional') || texts.some(({ text }) => text === undefined)) return [];
  return [{ texts: texts.map(({ text }) => text!), inString: false, isValue: true }];
}

function segmentsOf(text: string, apart: RegExp): string[] {
  return text.split(apart).filter((segment) => segment.length >= SHORTEST);
}

function longest(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>(
    (best, text) => (best === undefined || text.length > best.length ? text : best),
    undefined,
  );
}

/** Of alternatives the one that fewest records have by chance. */
function bestOf(alternatives: readonly Texts[]): Texts | undefined {
  return alternatives.reduce<Texts | undefined>(
    (best, each) => (best === undefined || weight(each) > weight(best) ? each : best),
    undefined,
  );
}

/** The longer the shortest text, and the fewer there are, the rarer. Keys are rarer only than much shorter values: many records have them. */
function weight({ texts, isValue, digits = 0 }: Texts): number {
  return Math.min(...texts.map((text) => text.length)) - texts.length + (isValue ? 8 : 0) + digits;
}
