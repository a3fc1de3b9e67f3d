import { parseTime } from '../events/time';
import { message } from '../message';
import { type Problem, problem } from '../problem';
import { asObject, asText, parseJson } from './looseJson';

/** A public key as `aws cloudtrail list-public-keys` prints it. */
export interface PublicKey {
  /** What digests name the key by: the MD5 of its DER bytes, hex. */
  readonly fingerprint: string;
  /** Base64 of DER: PKCS#1, or SubjectPublicKeyInfo. */
  readonly value: string;
  /** Epoch ms; null where the file does not say. */
  readonly validFrom: number | null;
  readonly validTo: number | null;
}

/** The fingerprints that fit a key, by its base64: the MD5 of the DER as given and as PKCS#1. Empty when it cannot be loaded. */
export type Fingerprints = (value: string) => readonly string[];

export interface PublicKeyFile {
  readonly keys: readonly PublicKey[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a file of public keys: `PublicKeyList` or `publicKeyList`, or a bare list; times as ISO 8601 with any offset, or epoch seconds as a number or a
 * text. Each key must have the fingerprint it claims: one that has not is left out and told of.
 */
export function parsePublicKeys(text: string, fingerprints: Fingerprints): PublicKeyFile {
  const parsed = parseJson(text);
  const list = keyList(parsed);
  if (list === undefined) {
    const why = message('No public keys: the file is not the output of aws cloudtrail list-public-keys.');
    return { keys: [], problems: [problem('not-public-keys', 'error', null, why)] };
  }
  const keys: PublicKey[] = [];
  const problems: Problem[] = [];
  for (const entry of list) {
    const key = keyOf(entry);
    if (key === undefined) {
      const why = message('A public key without a value or a fingerprint was passed over.');
      problems.push(problem('key-incomplete', 'warning', null, why));
      continue;
    }
    const fitting = fingerprints(key.value);
    if (fitting.length === 0 || fitting.includes(key.fingerprint)) keys.push(key);
    else {
      const why = message(
        'The public key {0} is not the one its fingerprint names: it is {1}. It was passed over.',
        key.fingerprint,
        fitting[0]!,
      );
      problems.push(problem('key-fingerprint', 'error', null, why));
    }
  }
  if (list.length === 0) {
    problems.push(problem('no-public-keys', 'error', null, message('The list of public keys is empty.')));
  }
  return { keys, problems };
}

/** True when `text` is a list of public keys, whatever is in it. */
export function isPublicKeyFile(text: string): boolean {
  return keyList(parseJson(text)) !== undefined;
}

function keyList(parsed: unknown): readonly unknown[] | undefined {
  if (Array.isArray(parsed)) return parsed.some((each) => keyOf(each) !== undefined) ? parsed : undefined;
  const object = asObject(parsed);
  const list = object?.['PublicKeyList'] ?? object?.['publicKeyList'];
  return Array.isArray(list) ? list : undefined;
}

function keyOf(entry: unknown): PublicKey | undefined {
  const object = asObject(entry);
  const value = asText(object?.['Value'] ?? object?.['value'])?.replace(/\s/g, '');
  const fingerprint = asText(object?.['Fingerprint'] ?? object?.['fingerprint'])?.toLowerCase();
  if (!value || !fingerprint) return undefined;
  return {
    value,
    fingerprint,
    validFrom: timeOf(object?.['ValidityStartTime'] ?? object?.['validityStartTime']),
    validTo: timeOf(object?.['ValidityEndTime'] ?? object?.['validityEndTime']),
  };
}

/** Epoch seconds in any spelling, or ISO 8601, as epoch ms. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return Math.round(value * 1000);
  if (typeof value !== 'string') return null;
  const seconds = /^\d+(\.\d+)?(e\+?\d+)?$/i.test(value) ? Number(value) : NaN;
  return Number.isNaN(seconds) ? parseTime(value) : Math.round(seconds * 1000);
}
