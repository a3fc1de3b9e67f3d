import type { Message } from '../message';
import type { DigestLogEntry } from './digest';
import type { LogContent } from './ports';
import type { Check, LogResult, Unproven } from './report';
import { VALID, cliWords, unprovenReason } from './verdicts';

const NO_FACTS = { homeRegion: '', fingerprint: '' };

/**
 * Compares a log with what its digest says of it. `content` undefined: it was not looked at. `doubt`: why a log that fits is no better proven than
 * its digest.
 */
export function judgeLog(
  { bucket, key, hash }: DigestLogEntry,
  path: string | null,
  content: LogContent | undefined,
  doubt: Unproven | null,
): LogResult {
  const log = { bucket, key, path };
  if (doubt === 'digest-invalid' || content === undefined) return { ...log, ...inDoubt('digest-invalid') };
  switch (content.kind) {
    case 'not-found':
      return { ...log, ...failed('not-found') };
    case 'format':
      return { ...log, ...failed('format') };
    case 'unreadable':
      return { ...log, ...inDoubt('unreadable', content.message) };
    case 'cancelled':
      return { ...log, ...inDoubt('not-checked') };
    case 'hashed':
      if (content.trailing) return { ...log, ...failed('trailing-data') };
      // Hashes are compared as text: CloudTrail writes lower case.
      if (content.sha256 !== hash) return { ...log, ...failed('hash') };
      if (doubt !== null) return { ...log, ...inDoubt(doubt) };
      return { ...log, verdict: 'valid', check: null, unproven: null, message: VALID };
  }
}

type Result = Omit<LogResult, 'bucket' | 'key' | 'path'>;

function failed(check: Check): Result {
  const verdict = check === 'not-found' ? 'missing' : 'invalid';
  return { verdict, check, unproven: null, message: cliWords(check, NO_FACTS) };
}

function inDoubt(unproven: Unproven, message: Message = unprovenReason(unproven)): Result {
  return { verdict: 'unproven', check: null, unproven, message };
}
