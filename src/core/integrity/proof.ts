import type { ChainFiles, LoadedDigest } from './chainFiles';
import { stringToSign } from './digest';
import type { KeyRing } from './keyRing';
import { baseName, fromRoot } from './objectKey';
import type { IntegrityPorts } from './ports';
import type { Check, ProvenBy, Unproven, Verdict } from './report';
import type { SavedSignatures } from './signatures';

/** What is held against or for one digest. */
export interface Proof {
  readonly verdict: Verdict;
  readonly check: Check | null;
  readonly provenBy: ProvenBy | null;
  readonly unproven: Unproven | null;
  /** The saved signature fails and the one in the next digest fits: then not the digest but the saved signature is wrong. */
  readonly wrongSidecar: boolean;
}

/** What the checks go by. */
export interface Evidence {
  readonly keys: KeyRing;
  readonly signatures: SavedSignatures;
  /** The bucket the copy was taken from; undefined when the user has not said. */
  readonly bucket: string | undefined;
}

const NOTHING = { check: null, provenBy: null, unproven: null, wrongSidecar: false };

/**
 * Judges digests in the order of the AWS CLI's checks: format, signature there, fields, place, key, signature. A signature proves itself, so it does
 * not matter whether it comes from a sidecar file or stands in the next digest. Ask newest first: a hash link needs the next one judged.
 */
export class Prover {
  private readonly proofs = new Map<LoadedDigest, Proof>();

  constructor(
    private readonly chain: ChainFiles,
    private readonly evidence: Evidence,
    private readonly ports: IntegrityPorts,
  ) {}

  prove(loaded: LoadedDigest): Proof {
    const known = this.proofs.get(loaded);
    if (known !== undefined) return known;
    const proof = this.judge(loaded);
    this.proofs.set(loaded, proof);
    return proof;
  }

  /** The signature that S3 kept with this digest, as far as it was saved. */
  savedSignature({ file }: LoadedDigest): string | null | undefined {
    return this.evidence.signatures.get(file.name)?.signature;
  }

  private judge(loaded: LoadedDigest): Proof {
    const { content, digest } = loaded;
    if (content.kind === 'not-found') return { ...NOTHING, verdict: 'missing', check: 'not-found' };
    if (content.kind === 'unreadable') return unproven('unreadable');
    if (content.kind === 'cancelled') return unproven('not-checked');
    if (content.kind === 'format') return invalid('format');
    const saved = this.savedSignature(loaded);
    if (saved === null) return invalid('signature');
    if (digest === undefined) return invalid('format');
    if (this.isMoved(loaded)) return invalid('moved');
    return this.checkSignatures(loaded, digest, content.sha256, saved);
  }

  private checkSignatures(
    loaded: LoadedDigest,
    digest: NonNullable<LoadedDigest['digest']>,
    sha256: string,
    saved: string | undefined,
  ): Proof {
    const key = this.evidence.keys.get(digest.fingerprint);
    const signed = stringToSign(digest, sha256);
    const fits = (signature: string | null): ReturnType<IntegrityPorts['verify']> =>
      key === undefined || signature === null ? 'fails' : this.ports.verify(key.value, signed, signature);
    const successors = this.chain.successorsOf(loaded).map((each) => ({ each, proof: this.proofs.get(each) }));
    const bySuccessor = successors.map(({ each }) => fits(each.digest!.previous.signature));
    const isSigned = bySuccessor.includes('fits');
    if (key !== undefined && saved !== undefined) {
      const result = fits(saved);
      if (result === 'fits') return { ...NOTHING, verdict: 'valid', provenBy: 'sidecar' };
      if (result === 'fails') return { ...invalid('signature'), wrongSidecar: isSigned };
    }
    if (isSigned) return { ...NOTHING, verdict: 'valid', provenBy: 'successor' };
    const links = successors.map(({ each, proof }) => ({
      isProven: proof?.verdict === 'valid',
      isSound: proof?.verdict !== 'invalid',
      isSame: each.digest!.previous.hash === sha256,
      hasHash: each.digest!.previous.hash !== null,
    }));
    if (links.some(({ isProven, isSame }) => isProven && isSame)) {
      return { ...NOTHING, verdict: 'valid', provenBy: 'hash-link' };
    }
    if (this.evidence.keys.size > 0 && key === undefined) return invalid('key-not-found');
    if (key !== undefined && fits('00') === 'no-key') return invalid('key-unusable');
    if (key !== undefined && links.some(({ isSound }, i) => isSound && bySuccessor[i] === 'fails')) {
      return invalid('signature');
    }
    if (links.some(({ isSound, isSame, hasHash }) => isSound && hasHash && !isSame)) return invalid('hash-link');
    return unproven(key === undefined ? 'no-keys' : this.reason(loaded, successors.length > 0));
  }

  /** The key in a digest is the key it was written to. Where the copy lost the folders, the name still tells. */
  private isMoved(loaded: LoadedDigest): boolean {
    const { file } = loaded;
    const digest = loaded.digest!;
    const isHere =
      file.rootKey === undefined ? baseName(digest.key) === file.name : fromRoot(digest.key) === file.rootKey;
    if (!isHere) return true;
    if (this.evidence.bucket !== undefined && digest.bucket !== this.evidence.bucket) return true;
    // What links to it says where it was found in the bucket, with the prefix that the copy may have lost.
    return this.chain.successorsOf(loaded).some((each) => {
      if (this.proofs.get(each)?.verdict !== 'valid') return false;
      const { bucket, key } = each.digest!.previous;
      return bucket !== digest.bucket || key !== digest.key;
    });
  }

  private reason(loaded: LoadedDigest, hasSuccessor: boolean): Unproven {
    if (hasSuccessor) return 'successor-invalid';
    const { files, name } = this.chain;
    const next = files[files.indexOf(loaded.file) + 1];
    if (name.backfill) return 'backfill-unlinked';
    if (next === undefined) return 'newest';
    const newer = this.chain.get(next);
    if (newer !== undefined && newer.digest === undefined) return 'successor-unreadable';
    if (newer?.digest !== undefined && newer.digest.previous.key === null) return 'before-gap';
    return newer === undefined ? 'newest' : 'successor-missing';
  }
}

function invalid(check: Check): Proof {
  return { ...NOTHING, verdict: 'invalid', check };
}

function unproven(reason: Unproven): Proof {
  return { ...NOTHING, verdict: 'unproven', unproven: reason };
}
