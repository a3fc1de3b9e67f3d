import type { Message } from '../message';

/**
 * CloudWatch Logs filter patterns as trees. Positions are UTF-16 offsets in the text the user wrote, so that an error can stand under its
 * column. Grammar and semantics: the CloudWatch Logs user guide, "Filter pattern syntax", as tested against the service.
 */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Pattern = MatchAll | JsonPattern | TermsPattern | SpacePattern;

/** The empty pattern: every event matches. */
export interface MatchAll {
  readonly kind: 'all';
}

export interface JsonPattern {
  readonly kind: 'json';
  readonly root: Condition;
}

/** Tests of one kind, joined with `&&` and `||`. */
export type Logic<Leaf> = Leaf | Joined<Leaf>;

export interface Joined<Leaf> {
  readonly kind: 'and' | 'or';
  /** Two or more; an operand of the same kind is written in parentheses. */
  readonly operands: readonly Logic<Leaf>[];
}

export type Condition = Logic<SelectorTest>;

export interface SelectorTest {
  readonly kind: 'test';
  readonly selector: Selector;
  readonly test: Test;
  readonly range: Range;
}

export interface Selector extends Range {
  readonly steps: readonly SelectorStep[];
}

export type SelectorStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  /** `[*]` or `.*`: any element or field, one level. */
  | { readonly kind: 'any'; readonly bracket: boolean };

export type Test =
  Comparison | { readonly kind: 'is'; readonly what: 'NULL' | 'TRUE' | 'FALSE' } | { readonly kind: 'not-exists' };

export type Comparison =
  | { readonly kind: 'equals'; readonly negated: boolean; readonly value: Value }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly value: NumberValue };

export type CompareOperator = '>' | '>=' | '<' | '<=';

export type Value = TextValue | NumberValue | RegexValue;

export interface TextValue extends Range {
  readonly kind: 'text';
  /** The text with its `*` wildcards, quotes and escapes resolved. */
  readonly text: string;
  readonly quoted: boolean;
}

export interface NumberValue extends Range {
  readonly kind: 'number';
  /** As written: `1` equals the text `"1"` but not `"1.0"`. */
  readonly raw: string;
}

export interface RegexValue extends Range {
  readonly kind: 'regex';
  /** Between the percent signs. */
  readonly source: string;
}

export interface TermsPattern {
  readonly kind: 'terms';
  readonly terms: readonly Term[];
}

export interface Term extends Range {
  /** `required` must occur, `excluded` (`-x`) must not, `optional` (`?x`): one of them must. */
  readonly mode: 'required' | 'excluded' | 'optional';
  readonly value: TextValue | RegexValue;
}

export interface SpacePattern {
  readonly kind: 'space';
  readonly fields: readonly SpaceField[];
}

export type SpaceField =
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'field'; readonly name: string; readonly condition: FieldCondition | undefined };

/** Comparisons of the field itself: its name is not repeated here. */
export type FieldCondition = Logic<Comparison>;

/** What is wrong with a pattern, where, and how to mend it. */
export interface PatternError extends Range {
  readonly message: Message;
  /** What AWS answers to such a pattern: `Invalid metric filter pattern` and the like; it gives no position. */
  readonly aws: string;
  readonly fix?: PatternFix;
}

/** A replacement for part of the text the user wrote. */
export interface Replacement extends Range {
  readonly text: string;
}

/** A replacement that mends something. */
export interface PatternFix extends Replacement {
  readonly title: Message;
}

/** Something that works but may surprise: an unsettled reading, a wrapping that was dropped, a classic trap. */
export interface PatternNote extends Range {
  readonly message: Message;
  readonly fix?: PatternFix;
}

export interface ParsedPattern {
  /** Undefined when there are errors. */
  readonly pattern: Pattern | undefined;
  readonly errors: readonly PatternError[];
  readonly notes: readonly PatternNote[];
}
