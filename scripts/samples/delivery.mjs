// Records go into files by account, Region and time, in no order within a file.
import { toJson } from './json.mjs';
import { lettersFor, numberFor, shuffled } from './seeded.mjs';
import { at, iso, stamp } from './time.mjs';
import { TRAILS, spanAt } from './trails.mjs';
import { BUCKET, HOME_REGION } from './world.mjs';

/** A real trail writes a file about every five minutes. Longer windows, in seconds, keep the sample small enough to look through. */
const WINDOW = { home: 1800, abroad: 3600 };
/** Windows are counted from here, so that the attack begins in a file of its own. */
const FIRST_WINDOW = at('01:40');
/** Seconds until a file arrives. */
const DELAY = { least: 200, most: 290 };
const FIVE_MINUTES = 300;
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The files that the trails deliver: `{ account, region, key, deliveredAt, oldest, newest, text }`, in order of delivery. */
export function deliver(entries) {
  const batches = new Map();
  const put = (name, entry, closedAt) => {
    const batch = batches.get(name) ?? { entries: [], closedAt };
    batch.entries.push(entry);
    batches.set(name, batch);
  };
  for (const entry of entries) {
    const span = spanAt(trailOf(entry.account), entry.time);
    if (span === undefined) continue;
    const length = entry.region === HOME_REGION ? WINDOW.home : WINDOW.abroad;
    const window = Math.floor((entry.time - FIRST_WINDOW) / length);
    // A record that comes twice is also in the file after its own.
    for (const each of entry.twice ? [window, window + 1] : [window]) {
      const end = FIRST_WINDOW + (each + 1) * length;
      put(`${entry.account} ${entry.folder} ${entry.region} ${each} ${span.start}`, entry, Math.min(end, span.stop ?? end));
    }
  }
  return [...batches].map(([name, batch]) => toFile(name, batch)).sort((a, b) => a.deliveredAt - b.deliveredAt || (a.key < b.key ? -1 : 1));
}

export function trailOf(account) {
  return TRAILS.find((trail) => trail.account === account);
}

/** `AWSLogs/ACCOUNT/FOLDER/REGION/YYYY/MM/DD/` */
export function folderOf(account, folder, region, time) {
  return `AWSLogs/${account}/${folder}/${region}/${iso(time).slice(0, 10).replaceAll('-', '/')}/`;
}

function toFile(name, { entries, closedAt }) {
  const { account, region, folder } = entries[0];
  const deliveredAt = closedAt + numberFor(`delay ${name}`, DELAY.least, DELAY.most);
  // The name tells the time of making to five minutes.
  const made = stamp(Math.floor(deliveredAt / FIVE_MINUTES) * FIVE_MINUTES);
  const unique = lettersFor(`file ${name}`, 16, ALPHANUMERIC);
  const times = entries.map(({ time }) => time);
  return {
    account,
    region,
    bucket: BUCKET.trail,
    key: `${folderOf(account, folder, region, deliveredAt)}${account}_${folder}_${region}_${made}_${unique}.json.gz`,
    deliveredAt,
    oldest: Math.min(...times),
    newest: Math.max(...times),
    text: `{"Records":[${shuffled(entries, name)
      .map(({ record }) => toJson(record))
      .join(',')}]}`,
  };
}
