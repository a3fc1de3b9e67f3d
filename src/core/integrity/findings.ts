import { formatTime } from '../events/time';
import { message } from '../message';
import type { ChainFiles, LoadedDigest } from './chainFiles';
import type { Digest } from './digest';
import { baseName } from './objectKey';
import type { Prover } from './proof';
import type { Finding } from './report';
import type { Walk } from './walk';

const SIGNATURE_ALGORITHM = 'SHA256withRSA';
const HASH_ALGORITHM = 'SHA-256';

/** What the AWS CLI never looks at, in one chain: where the copy begins, links that do not fit, overlaps, digests that nothing links to. */
export function chainFindings(
  chain: ChainFiles,
  prover: Prover,
  { startsAt }: Walk,
  unlinked: ReadonlySet<LoadedDigest>,
): Finding[] {
  const findings: Finding[] = [];
  if (startsAt !== undefined) {
    const text = message(
      'The copy starts here: the digest before, {0}, and all older ones are not part of it.',
      baseName(startsAt.previous),
    );
    findings.push({ kind: 'copy-starts', key: startsAt.key, at: startsAt.at, message: text });
  }
  for (const loaded of chain.read) {
    const { digest, file } = loaded;
    if (digest === undefined) continue;
    const add = (kind: Finding['kind'], text: Finding['message']): void => {
      findings.push({ kind, key: file.name, at: digest.endTime, message: text });
    };
    const proof = prover.prove(loaded);
    if (proof.wrongSidecar) {
      add('wrong-sidecar', message('The next digest holds a signature that fits: the saved one may be wrong.'));
    }
    if (unlinked.has(loaded)) {
      add('unlinked', message('No digest links to this one, though it lies between digests that are linked.'));
    }
    // Of an invalid digest nothing need be believed, so nothing follows from what it says.
    if (proof.verdict !== 'invalid') for (const text of oddities(chain, prover, digest)) add(...text);
  }
  return [...findings, ...overlaps(chain, prover)];
}

function* oddities(
  chain: ChainFiles,
  prover: Prover,
  digest: Digest,
): Generator<[Finding['kind'], Finding['message']]> {
  const { signatureAlgorithm, previous } = digest;
  const odd = digest.logs.find(({ hashAlgorithm }) => hashAlgorithm !== null && hashAlgorithm !== HASH_ALGORITHM);
  if ((signatureAlgorithm ?? SIGNATURE_ALGORITHM) !== SIGNATURE_ALGORITHM || odd !== undefined) {
    const named = odd?.hashAlgorithm ?? signatureAlgorithm ?? '';
    yield ['unusual-algorithm', message('It names the algorithm {0}, which CloudTrail does not use.', named)];
  }
  const before = previous.key === null ? undefined : chain.copy.at(previous.key);
  const earlier = before && chain.get(before);
  if (earlier?.content.kind !== 'read' || prover.prove(earlier).verdict === 'invalid') return;
  if (previous.hash !== earlier.content.sha256) {
    yield ['link-mismatch', message('It holds another hash of the digest before it than that digest has.')];
  }
  if (earlier.digest !== undefined && earlier.digest.endTime < digest.startTime) {
    const [end, start] = [formatTime(earlier.digest.endTime), formatTime(digest.startTime)];
    yield ['link-mismatch', message('It begins {0}, but the digest it follows ends {1}.', start, end)];
  }
  const saved = prover.savedSignature(earlier);
  if (
    typeof saved === 'string' &&
    previous.signature !== null &&
    saved.toLowerCase() !== previous.signature.toLowerCase()
  ) {
    yield ['link-mismatch', message('It holds another signature of the digest before it than the one that was saved.')];
  }
}

/** Spans of one chain do not overlap: two digests that speak for the same time are one too many. */
function overlaps(chain: ChainFiles, prover: Prover): Finding[] {
  const sound = chain.read.filter((each) => each.digest !== undefined && prover.prove(each).verdict !== 'invalid');
  const spans = sound.toSorted(
    (a, b) => a.digest!.startTime - b.digest!.startTime || a.digest!.endTime - b.digest!.endTime,
  );
  return spans.flatMap(({ digest, file }, i): Finding[] => {
    const before = spans[i - 1]?.digest;
    if (before === undefined || before.endTime <= digest!.startTime) return [];
    const text = message('Its time overlaps with that of {0}.', baseName(before.key));
    return [{ kind: 'overlap', key: file.name, at: digest!.startTime, message: text }];
  });
}
