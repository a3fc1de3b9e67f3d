import { type Message, message } from '../message';
import type { JsonPattern, Pattern, PatternNote, Selector, SelectorTest, TermsPattern } from './ast';
import { checkPattern } from './check';
import { type ExplainedLine, explainLogic, line } from './explainLogic';
import { explainSpacePattern } from './explainSpace';
import { explainTest, quotedText } from './explainTest';
import { printSelector } from './print';

export type { ExplainedLine } from './explainLogic';

/** What a pattern means in plain words, and what about it may surprise. */
export interface Explanation {
  readonly meaning: ExplainedLine;
  readonly notes: readonly PatternNote[];
}

/**
 * Says in plain words what a pattern matches: a tree of sentences to be shown indented. `notes` are those of the parsed pattern, which
 * also know of its spelling; without them those that the pattern itself gives rise to.
 */
export function explain(pattern: Pattern, notes: readonly PatternNote[] = checkPattern(pattern)): Explanation {
  return { meaning: meaningOf(pattern), notes };
}

/** The lines of an explanation from top to bottom, each with how deep it is indented. */
export function flatLines(top: ExplainedLine, depth = 0): { readonly depth: number; readonly text: Message }[] {
  return [{ depth, text: top.text }, ...top.below.flatMap((each) => flatLines(each, depth + 1))];
}

function meaningOf(pattern: Pattern): ExplainedLine {
  switch (pattern.kind) {
    case 'all':
      return line(message('Every record matches: the pattern is empty.'));
    case 'json':
      return explainJson(pattern);
    case 'terms':
      return explainTerms(pattern);
    case 'space':
      return explainSpacePattern(pattern);
  }
}

function explainJson({ root }: JsonPattern): ExplainedLine {
  const { heads, below } = explainLogic<SelectorTest>(root, {
    same: ({ selector }) => printSelector(selector),
    test: ({ test }) => test,
    leaf: explainLeaf,
    details: ({ selector, test }) => details(selector, test.kind === 'not-exists'),
  });
  return line(JSON_HEADS[heads](), below);
}

const JSON_HEADS = {
  one: () => message('A record matches when this holds:'),
  and: () => message('A record matches when all of these hold:'),
  or: () => message('A record matches when at least one of these holds:'),
} satisfies Record<string, () => Message>;

function explainLeaf({ selector, test }: SelectorTest): ExplainedLine {
  return line(explainTest(printSelector(selector), test), details(selector, test.kind === 'not-exists'));
}

/** What the wildcards and indexes of a selector stand for. */
function details({ steps }: Pick<Selector, 'steps'>, missing: boolean): ExplainedLine[] {
  return steps.flatMap((step, i) => {
    const before = printSelector({ steps: steps.slice(0, i) });
    if (step.kind === 'any') {
      const wildcard = step.bracket ? '[*]' : '.*';
      return line(
        missing
          ? message(
              '{0} is any element or field of {1}, one level down; none of them may have a value there.',
              wildcard,
              before,
            )
          : message('{0} is any element or field of {1}, one level down; one that fits is enough.', wildcard, before),
      );
    }
    if (step.kind !== 'index') return [];
    const index = `[${step.index}]`;
    return line(
      message('{0} is element number {1} of the list {2}: indexes count from zero.', index, step.index + 1, before),
    );
  });
}

function explainTerms({ terms }: TermsPattern): ExplainedLine {
  const anyOf = terms.every(({ mode }) => mode === 'optional');
  const lines = terms.map(({ mode, value }) => {
    if (mode === 'optional' && !anyOf) {
      return line(message('{0} has no effect beside the other terms.', `?${quotedText(value)}`));
    }
    const excluded = mode === 'excluded';
    if (value.kind === 'regex') {
      return line(
        excluded
          ? message('No part of it fits the regular expression {0}', value.source)
          : message('A part of it fits the regular expression {0}', value.source),
      );
    }
    return line(
      excluded ? message('It does not contain {0}', quotedText(value)) : message('It contains {0}', quotedText(value)),
    );
  });
  const head =
    anyOf && terms.length > 1
      ? message(
          'A record matches when at least one of these holds for its text, the JSON on one line, capitals and all:',
        )
      : message('A record matches when all of these hold for its text, the JSON on one line, capitals and all:');
  return line(head, lines);
}
