// All files of samples/ but the README, as path → content before packing. Paths that end in .gz are packed when they are written.
import { everyday } from './background/everyday.mjs';
import { deliver, trailOf } from './delivery.mjs';
import { SIGNATURE_ALGORITHM, digestsFor } from './digests.mjs';
import { eventHistoryCsv, lookupEvents, prettyRecords, recordsNdjson } from './exports.mjs';
import { insights } from './insights.mjs';
import { signingKey } from './key.mjs';
import { networkActivity } from './networkActivity.mjs';
import { attack } from './story/attack.mjs';
import { Timeline } from './timeline.mjs';
import { spanAt } from './trails.mjs';
import { BUCKET } from './world.mjs';

/** The parts of samples/ that belong to the generator. */
export const GENERATED = [BUCKET.trail, 'exports', 'public-keys.json'];

export function generate() {
  const timeline = new Timeline();
  everyday(timeline);
  attack(timeline);
  insights(timeline);
  networkActivity(timeline);

  const { entries } = timeline;
  const delivered = entries.filter(({ account, time }) => spanAt(trailOf(account), time) !== undefined);
  const logs = deliver(entries);
  const key = signingKey();
  const digests = digestsFor(logs, key);
  const inBucket = (path) => `${BUCKET.trail}/${path}`;
  return new Map([
    ...[...logs, ...digests].map((file) => [inBucket(file.key), file.text]),
    [inBucket('digest-signatures.json'), savedSignatures(digests)],
    ['public-keys.json', publicKeys(key)],
    ['exports/lookup-events.json', lookupEvents(entries)],
    ['exports/event_history.csv', eventHistoryCsv(entries)],
    ['exports/records.ndjson', recordsNdjson(delivered)],
    ['exports/pretty.json', prettyRecords(delivered)],
  ]);
}

/** S3 keeps the signature of a digest beside it, as metadata that a copy on disk loses. */
function savedSignatures(digests) {
  const metadata = digests.map(({ key, signature }) => [key, { signature, 'signature-algorithm': SIGNATURE_ALGORITHM }]);
  return `${JSON.stringify(Object.fromEntries(metadata), null, 2)}\n`;
}

/** The answer of `aws cloudtrail list-public-keys`. */
function publicKeys({ der, fingerprint }) {
  const key = {
    Value: der.toString('base64'),
    ValidityStartTime: '2026-02-20T00:00:00+00:00',
    ValidityEndTime: '2026-03-22T00:00:00+00:00',
    Fingerprint: fingerprint,
  };
  return `${JSON.stringify({ PublicKeyList: [key] }, null, 4)}\n`;
}
