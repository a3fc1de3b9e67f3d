import { type Message, message } from '../message';
import type { Check, ProvenBy, Unproven } from './report';

/** The AWS CLI's words after `INVALID: `; null where it looks at no such thing. */
export function cliWords(check: Check, facts: { homeRegion: string; fingerprint: string }): Message {
  switch (check) {
    case 'not-found':
      return message('INVALID: not found');
    case 'format':
      return message('INVALID: invalid format');
    case 'moved':
      return message('INVALID: has been moved from its original location');
    case 'key-not-found':
      return message(
        'INVALID: public key not found in region {0} for fingerprint {1}',
        facts.homeRegion,
        facts.fingerprint,
      );
    case 'key-unusable':
      return message('INVALID: Unable to load PKCS #1 key with fingerprint {0}', facts.fingerprint);
    case 'signature':
      return message('INVALID: signature verification failed');
    case 'hash':
      return message("INVALID: hash value doesn't match");
    case 'trailing-data':
      return message('INVALID: unexpected data after end of compressed stream');
    case 'hash-link':
      return message('INVALID: it is not the digest whose hash the next digest holds');
  }
}

export const VALID = message('valid');

/** Why something is unproven. */
export function unprovenReason(reason: Unproven): Message {
  switch (reason) {
    case 'no-keys':
      return message('unproven: no public keys were given');
    case 'newest':
      return message('unproven: the newest digest of its chain, whose signature only S3 has');
    case 'before-gap':
      return message('unproven: logging stopped after it, so no later digest holds its signature');
    case 'successor-missing':
      return message('unproven: the next digest, which holds its signature, is missing');
    case 'successor-unreadable':
      return message('unproven: the next digest, which holds its signature, cannot be read');
    case 'successor-invalid':
      return message('unproven: the next digest is invalid, and the signature in it does not fit');
    case 'backfill-unlinked':
      return message('unproven: no later backfill digest holds its signature');
    case 'unlinked':
      return message('unproven: no digest links to it');
    case 'digest-unproven':
      return message('unproven: it matches an unproven digest');
    case 'digest-invalid':
      return message('unproven: the digest that names it is invalid');
    case 'unlisted':
      return message('unproven: no digest names it');
    case 'unreadable':
      return message('unproven: the file could not be read');
    case 'not-checked':
      return message('unproven: it was not checked');
  }
}

/** Which signature, or what else, proved a digest. */
export function provenByText(by: ProvenBy): Message {
  switch (by) {
    case 'sidecar':
      return message('its saved signature');
    case 'successor':
      return message('the signature in the next digest');
    case 'hash-link':
      return message('its hash in the next digest, which is proven');
  }
}
