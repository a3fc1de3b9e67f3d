import { encodeUtf8 } from '../json/bytes';
import type { Condition, Pattern, SelectorTest, Term } from '../patterns/ast';
import { isJoined } from '../patterns/logic';

/**
 * Texts to search for before a record is looked at: a record that meets the pattern has one of them in its bytes, or an escape that could
 * hide one.
 */
export interface Anchor {
  /** UTF-8, none empty. */
  readonly literals: readonly Uint8Array[];
  /** JSON escapes that stand for characters of the literals: with one of these a record has to be looked at too. */
  readonly escapes: readonly Uint8Array[];
}

interface Texts {
  readonly texts: readonly string[];
  /** Within JSON strings, where any character may be escaped; terms search tokens as delivered. */
  readonly inString: boolean;
}

const UNICODE_ESCAPE = encodeUtf8('\\u');
const SLASH_ESCAPE = encodeUtf8('\\/');
/** Characters that a JSON string cannot hold as they are; U+FFFD may stand for bytes that are no UTF-8. */
const NEVER_PLAIN = /["\\\u0000-\u001f\ud800-\udfff\ufffd]+/u;
/** Between tokens there may be white space that terms do not see. */
const STRUCTURE = /["\\:,{}[\]\ufffd\ud800-\udfff]+/u;
/** Shorter texts are met everywhere. */
const SHORTEST = 2;

/** The anchor of a pattern; undefined when nothing has to stand in a record that meets it. */
export function anchorOf(pattern: Pattern): Anchor | undefined {
  const texts =
    pattern.kind === 'json' ? conditionTexts(pattern.root) : pattern.kind === 'terms' ? termTexts(pattern.terms) : [];
  const best = bestOf([texts].flat());
  if (best === undefined) return undefined;
  const escapes = best.inString ? [UNICODE_ESCAPE] : [];
  if (best.inString && best.texts.some((text) => text.includes('/'))) escapes.push(SLASH_ESCAPE);
  return { literals: best.texts.map((text) => encodeUtf8(text)), escapes };
}

/** The alternatives of which each must be met; the best one is chosen. */
function conditionTexts(condition: Condition): Texts[] {
  if (!isJoined(condition)) return testTexts(condition);
  const each = condition.operands.map(conditionTexts);
  if (condition.kind === 'and') return each.flat();
  const best = each.map(bestOf);
  if (best.some((texts) => texts === undefined)) return [];
  return [{ texts: best.flatMap((texts) => texts!.texts), inString: true }];
}

function testTexts({ selector, test }: SelectorTest): Texts[] {
  if (test.kind === 'not-exists') return [];
  const keys = selector.steps.flatMap((step) => (step.kind === 'key' ? segmentsOf(step.key, NEVER_PLAIN) : []));
  const parts =
    test.kind === 'equals' && !test.negated && test.value.kind === 'text'
      ? test.value.text.split(/\*+/).flatMap((part) => segmentsOf(part, NEVER_PLAIN))
      : [];
  // A value says more than a key, which many records have.
  const chosen = longest(parts) ?? longest(keys);
  return chosen === undefined ? [] : [{ texts: [chosen], inString: true }];
}

function termTexts(terms: readonly Term[]): Texts[] {
  const texts = terms.map(({ mode, value }) => {
    const text = value.kind === 'text' ? longest(segmentsOf(value.text, STRUCTURE)) : undefined;
    return { mode, text };
  });
  const required = texts.filter(({ mode, text }) => mode === 'required' && text !== undefined);
  if (required.length > 0) return required.map(({ text }) => ({ texts: [text!], inString: false }));
  if (terms.some(({ mode }) => mode !== 'optional') || texts.some(({ text }) => text === undefined)) return [];
  return [{ texts: texts.map(({ text }) => text!), inString: false }];
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

/** The alternatives whose shortest text is longest: fewer records have it by chance. */
function bestOf(alternatives: readonly Texts[]): Texts | undefined {
  const weight = ({ texts }: Texts): number => Math.min(...texts.map((text) => text.length)) - texts.length;
  return alternatives.reduce<Texts | undefined>(
    (best, each) => (best === undefined || weight(each) > weight(best) ? each : best),
    undefined,
  );
}
