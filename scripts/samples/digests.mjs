// Hourly digests: a chain for each account and Region, signed, each naming the one before.
import { createHash, sign } from 'node:crypto';
import { folderOf } from './delivery.mjs';
import { iso, secondStamp } from './time.mjs';
import { TRAILS } from './trails.mjs';
import { BUCKET, HOME_REGION } from './world.mjs';

const HOUR = 3600;
/** After StopLogging a last digest names the files that were still on their way, here within seven minutes. */
const LAST_FILES = 420;
export const SIGNATURE_ALGORITHM = 'SHA256withRSA';
const HASH_ALGORITHM = 'SHA-256';

/** The digests of all chains: `{ key, text, signature }`. */
export function digestsFor(files, key) {
  const lastDelivery = Math.max(...files.map(({ deliveredAt }) => deliveredAt));
  return TRAILS.flatMap((trail) => {
    const own = files.filter(({ account }) => account === trail.account);
    const regions = [...new Set(own.map(({ region }) => region))].sort();
    return regions.flatMap((region) => chain(trail, region, own.filter((file) => file.region === region), { lastDelivery, key }));
  });
}

function chain(trail, region, files, { lastDelivery, key }) {
  const digests = [];
  for (const span of trail.spans) {
    // A chain begins anew, with nothing before it, whenever logging is started.
    let previous = null;
    for (const { start, end } of hours(span, lastDelivery)) {
      const delivered = files.filter(({ deliveredAt }) => deliveredAt >= start && deliveredAt < end);
      previous = makeDigest({ trail, region, start, end, delivered, previous, key });
      digests.push(previous);
    }
  }
  return digests;
}

function hours({ start, stop }, lastDelivery) {
  const end = stop === null ? lastDelivery + 1 : stop + LAST_FILES;
  const found = [];
  for (let from = start; from < end; from += HOUR) found.push({ start: from, end: stop === null ? from + HOUR : Math.min(from + HOUR, end) });
  return found;
}

function makeDigest({ trail, region, start, end, delivered, previous, key }) {
  const digestKey =
    folderOf(trail.account, 'CloudTrail-Digest', region, end) +
    `${trail.account}_CloudTrail-Digest_${region}_${trail.name}_${HOME_REGION}_${secondStamp(end)}.json.gz`;
  const text = JSON.stringify({
    awsAccountId: trail.account,
    digestStartTime: iso(start),
    digestEndTime: iso(end),
    digestS3Bucket: BUCKET.trail,
    digestS3Object: digestKey,
    digestPublicKeyFingerprint: key.fingerprint,
    digestSignatureAlgorithm: SIGNATURE_ALGORITHM,
    newestEventTime: delivered.length === 0 ? null : iso(Math.max(...delivered.map(({ newest }) => newest))),
    oldestEventTime: delivered.length === 0 ? null : iso(Math.min(...delivered.map(({ oldest }) => oldest))),
    previousDigestS3Bucket: previous && BUCKET.trail,
    previousDigestS3Object: previous && previous.key,
    previousDigestHashValue: previous && sha256(previous.text),
    previousDigestHashAlgorithm: previous && HASH_ALGORITHM,
    previousDigestSignature: previous && previous.signature,
    logFiles: delivered.map(nameLog),
  });
  // Bucket and key in one line, and the text null where there is no digest before.
  const toSign = [iso(end), `${BUCKET.trail}/${digestKey}`, sha256(text), previous ? previous.signature : 'null'].join('\n');
  return { key: digestKey, text, signature: sign('sha256', Buffer.from(toSign), key.privateKey).toString('hex') };
}

function nameLog({ bucket, key, text, newest, oldest }) {
  return {
    s3Bucket: bucket,
    s3Object: key,
    hashValue: sha256(text),
    hashAlgorithm: HASH_ALGORITHM,
    newestEventTime: iso(newest),
    oldestEventTime: iso(oldest),
  };
}

/** Hashes are of the unpacked bytes. */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
