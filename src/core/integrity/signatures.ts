import { message } from '../message';
import { type Problem, problem } from '../problem';
import { asObject, asText, parseJson } from './looseJson';
import { baseName, parseDigestName } from './objectKey';

/** What S3 keeps with a digest and a copy on disk has not: the metadata of the object. */
export interface SavedSignature {
  /** Hex; null when S3 was asked and the object has none. */
  readonly signature: string | null;
  readonly algorithm: string | null;
  readonly backfillGenerationTimestamp?: string;
}

/** Saved signatures by the file name of their digest, which no two objects share. */
export class SavedSignatures {
  private readonly byName = new Map<string, SavedSignature>();

  add(key: string, signature: SavedSignature): void {
    this.byName.set(baseName(key), signature);
  }

  /** The signature of the digest at `key`; undefined when none was saved. */
  get(key: string): SavedSignature | undefined {
    return this.byName.get(baseName(key));
  }

  get size(): number {
    return this.byName.size;
  }
}

/** Reads a file of saved signatures, see {@link parseSignatureEntries}, to be found by the name of a digest. */
export function parseSignatures(text: string): { readonly signatures: SavedSignatures; readonly problems: Problem[] } {
  const signatures = new SavedSignatures();
  const { entries, problems } = parseSignatureEntries(text);
  for (const [key, saved] of entries) signatures.add(key, saved);
  return { signatures, problems };
}

/**
 * Reads a file of saved signatures, by the keys of their digests: `{ "<digest key>": { "signature": "<hex>", "signature-algorithm": "SHA256withRSA" } }`.
 * An entry that is none is told of and passed over.
 */
export function parseSignatureEntries(text: string): {
  readonly entries: ReadonlyMap<string, SavedSignature>;
  readonly problems: Problem[];
} {
  const entries = new Map<string, SavedSignature>();
  const object = asObject(parseJson(text));
  if (object === undefined) {
    const why = message('No signatures: the file is not a JSON object of digest keys and their signatures.');
    return { entries, problems: [problem('not-signatures', 'error', null, why)] };
  }
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(object)) {
    const entry = asObject(value);
    const signature = entry?.['signature'];
    if (entry === undefined || (typeof signature !== 'string' && signature !== null)) {
      const why = message('The entry {0} holds no signature; it was passed over.', key);
      problems.push(problem('not-a-signature', 'warning', null, why));
      continue;
    }
    const timestamp = asText(entry['backfill-generation-timestamp']);
    entries.set(key, {
      signature,
      algorithm: asText(entry['signature-algorithm']) ?? null,
      ...(timestamp !== undefined && { backfillGenerationTimestamp: timestamp }),
    });
  }
  return { entries, problems };
}

/** The text of a file of saved signatures, the keys in their order. */
export function signaturesText(entries: ReadonlyMap<string, SavedSignature>): string {
  const rows = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, saved]) => [key, jsonOf(saved)]);
  return `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`;
}

function jsonOf({ signature, algorithm, backfillGenerationTimestamp }: SavedSignature): object {
  return {
    signature,
    'signature-algorithm': algorithm,
    ...(backfillGenerationTimestamp !== undefined && { 'backfill-generation-timestamp': backfillGenerationTimestamp }),
  };
}

/** True when `text` is a file of saved signatures. */
export function isSignatureFile(text: string): boolean {
  const keys = Object.keys(asObject(parseJson(text)) ?? {});
  return keys.some((key) => parseDigestName(key) !== undefined);
}
