import type { Damage } from '../json/unit';
import { message } from '../message';
import { type Problem, problem } from '../problem';
import { MAX_RECORD_BYTES } from './formats';

const MEGABYTE = 1024 * 1024;

/** What a damaged place in JSON text means to a person; `records` whole ones were read before it. */
export function damageProblem({ kind, at, start }: Damage, records: number): Problem {
  switch (kind) {
    case 'truncated':
      return problem(
        'truncated',
        'error',
        at,
        message(
          'The file ends in the middle of a value that begins at byte {0}; {1} whole records come before it.',
          start,
          records,
        ),
      );
    case 'cut':
      return problem(
        'cut-record',
        'error',
        at,
        message('The record that begins at byte {0} is cut off at byte {1}; reading goes on after it.', start, at),
      );
    case 'too-large':
      return problem(
        'record-too-large',
        'error',
        at,
        message(
          'The value that begins at byte {0} is larger than {1} MB and was passed over.',
          start,
          MAX_RECORD_BYTES / MEGABYTE,
        ),
      );
    default:
      return problem(
        'malformed-json',
        'error',
        at,
        message('Not valid JSON at byte {0}: the record that begins at byte {1} was passed over.', at, start),
      );
  }
}

/** A text that should hold a record and does not hold valid JSON; it begins at byte `at`. */
export function damagedText(at: number): Problem {
  return problem(
    'malformed-record-text',
    'error',
    at,
    message('The text at byte {0} holds a record that is not valid JSON; it was passed over.', at),
  );
}
