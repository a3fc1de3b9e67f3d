import { type Message, message } from '../message';
import type { CompareOperator, RegexValue, Test, TextValue, Value } from './ast';
import { quoteText } from './print';

/** One test of `subject`, a selector or the name of a field, as a sentence. */
export function explainTest(subject: string, test: Test): Message {
  switch (test.kind) {
    case 'equals':
      return test.negated ? explainUnequal(subject, test.value) : explainEqual(subject, test.value);
    case 'compare':
      return COMPARED[test.operator](subject, test.value.raw);
    case 'is':
      return IS[test.what](subject);
    case 'not-exists':
      return message('{0} is missing', subject);
  }
}

/** A text or regular expression as it is quoted in sentences. */
export function quotedText(value: TextValue | RegexValue): string {
  return value.kind === 'regex' ? `%${value.source}%` : quoteText(value.text);
}

/** True for tests that can be told in one list with others of the same field: `= "x"` where one has to hold, `!= "x"` where all have. */
export function isOneOf(joined: 'and' | 'or', test: Test): boolean {
  return (
    test.kind === 'equals' &&
    test.negated === (joined === 'and') &&
    test.value.kind === 'text' &&
    !test.value.text.includes('*')
  );
}

/** The values of tests for which {@link isOneOf} holds. */
export function oneOfList(tests: readonly Test[]): string {
  return tests
    .flatMap((test) => (test.kind === 'equals' && test.value.kind === 'text' ? [quotedText(test.value)] : []))
    .join(', ');
}

const COMPARED: Readonly<Record<CompareOperator, (subject: string, number: string) => Message>> = {
  '>': (subject, number) => message('{0} is a number greater than {1}', subject, number),
  '>=': (subject, number) => message('{0} is a number of at least {1}', subject, number),
  '<': (subject, number) => message('{0} is a number less than {1}', subject, number),
  '<=': (subject, number) => message('{0} is a number of at most {1}', subject, number),
};

const IS: Readonly<Record<'NULL' | 'TRUE' | 'FALSE', (subject: string) => Message>> = {
  NULL: (subject) => message('{0} is null, or a list with a null in it', subject),
  TRUE: (subject) => message('{0} is true: the JSON value, not the text', subject),
  FALSE: (subject) => message('{0} is false: the JSON value, not the text', subject),
};

function explainEqual(subject: string, value: Value): Message {
  if (value.kind === 'number') {
    return message('{0} is the number {1} or the text {2}', subject, value.raw, quoteText(value.raw));
  }
  if (value.kind === 'regex') {
    return message('{0} has a part that fits the regular expression {1}', subject, value.source);
  }
  const form = formOf(value.text);
  switch (form.kind) {
    case 'exact':
      return value.text === '' ? message('{0} is an empty text', subject) : message('{0} is {1}', subject, form.text);
    case 'any':
      return message('{0} is a text or a number, whichever', subject);
    case 'begins':
      return message('{0} begins with {1}', subject, form.text);
    case 'ends':
      return message('{0} ends with {1}', subject, form.text);
    case 'contains':
      return message('{0} contains {1}', subject, form.text);
    case 'mixed':
      return message('{0} has the form {1}, where {2} stands for any characters or none', subject, form.text, '*');
  }
}

/** `!=` never holds for what is no text or number, nor where the field is missing: every sentence says so. */
function explainUnequal(subject: string, value: Value): Message {
  if (value.kind === 'number') {
    return message('{0} is a number other than {1} or a text other than {2}', subject, value.raw, quoteText(value.raw));
  }
  if (value.kind === 'regex') {
    return message(
      '{0} is a text or number without a part that fits the regular expression {1}',
      subject,
      value.source,
    );
  }
  const form = formOf(value.text);
  switch (form.kind) {
    case 'exact':
      return value.text === ''
        ? message('{0} is a number, or a text that is not empty', subject)
        : message('{0} is a text or number other than {1}', subject, form.text);
    case 'any':
      return message('{0} is a text or number that fits {1} not, which is impossible: this never holds', subject, '*');
    case 'begins':
      return message('{0} is a text or number that does not begin with {1}', subject, form.text);
    case 'ends':
      return message('{0} is a text or number that does not end with {1}', subject, form.text);
    case 'contains':
      return message('{0} is a text or number that does not contain {1}', subject, form.text);
    case 'mixed':
      return message(
        '{0} is a text or number not of the form {1}, where {2} stands for any characters or none',
        subject,
        form.text,
        '*',
      );
  }
}

interface Form {
  readonly kind: 'exact' | 'any' | 'begins' | 'ends' | 'contains' | 'mixed';
  /** In quotes, without the stars that `kind` tells of. */
  readonly text: string;
}

/** What the stars of a value ask for. */
function formOf(text: string): Form {
  const inner = text.replace(/^\*+|\*+$/g, '');
  if (!text.includes('*')) return { kind: 'exact', text: quoteText(text) };
  if (inner === '') return { kind: 'any', text: '' };
  if (inner.includes('*')) return { kind: 'mixed', text: quoteText(text) };
  const [open, close] = [text.startsWith('*'), text.endsWith('*')];
  return { kind: open ? (close ? 'contains' : 'ends') : 'begins', text: quoteText(inner) };
}
