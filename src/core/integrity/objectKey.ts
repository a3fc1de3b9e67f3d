import { parseTime } from '../events/time';

/**
 * Names of the objects a trail writes to its bucket:
 *
 *     [prefix/]AWSLogs/[o-xxxx/]ACCOUNT/CloudTrail-Digest/REGION/Y/M/D/ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOME_YYYYMMDDTHHMMSSZ[_backfill].json.gz
 *     [prefix/]AWSLogs/[o-xxxx/]ACCOUNT/CloudTrail[-KIND]/REGION/Y/M/D/ACCOUNT_CloudTrail[-KIND]_REGION_YYYYMMDDTHHMMZ_UNIQUE.json.gz
 */
const DIGEST =
  /^(?<account>\d{12})_CloudTrail-Digest_(?<region>[a-z0-9-]+)_(?<trail>.+)_(?<home>[a-z0-9-]+)_(?<time>\d{8}T\d{6}Z)(?<backfill>_backfill)?\.json(?:\.gz)?$/;
const LOG =
  /^(?<account>\d{12})_CloudTrail(?:-[A-Za-z]+)?_(?<region>[a-z0-9-]+)_(?<time>\d{8}T\d{4,6}Z)_[A-Za-z0-9]+\.json(?:\.gz)?$/;
const ORGANIZATION = /(?:^|\/)AWSLogs\/(o-[a-z0-9]+)\//;
const ROOT = 'AWSLogs/';
const GZ = '.gz';

/** What the name of a digest file says. */
export interface DigestName {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  /** The Region the trail was made in; its keys are those of this Region's API. */
  readonly homeRegion: string;
  readonly backfill: boolean;
  /** The digest's end time, epoch ms. */
  readonly time: number;
}

/** What the name of a log file says. */
export interface LogName {
  readonly account: string;
  readonly region: string;
  /** When the file was made, to five minutes, epoch ms. */
  readonly time: number;
}

/** The parts of a digest's file name or key; undefined when it is none. */
export function parseDigestName(key: string): DigestName | undefined {
  const parts = DIGEST.exec(baseName(key))?.groups;
  const time = parts === undefined ? null : parseTime(parts['time']!);
  if (parts === undefined || time === null) return undefined;
  return {
    account: parts['account']!,
    region: parts['region']!,
    trail: parts['trail']!,
    homeRegion: parts['home']!,
    backfill: parts['backfill'] !== undefined,
    time,
  };
}

/** The parts of a log's file name or key; undefined when it is none. */
export function parseLogName(key: string): LogName | undefined {
  const parts = LOG.exec(baseName(key))?.groups;
  const time = parts === undefined ? null : parseTime(parts['time']!);
  if (parts === undefined || time === null) return undefined;
  return { account: parts['account']!, region: parts['region']!, time };
}

/** The organization in a key, e.g. `o-exampleorgid`; undefined for a trail of one account. */
export function organizationOf(key: string): string | undefined {
  return ORGANIZATION.exec(key)?.[1];
}

/** What follows the last slash. */
export function baseName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** A key from `AWSLogs/` on, which a copy has too when the prefix is stripped; undefined when it has no such folder. */
export function fromRoot(key: string): string | undefined {
  const at = key.startsWith(ROOT) ? 0 : key.lastIndexOf(`/${ROOT}`) + 1;
  return at > 0 || key.startsWith(ROOT) ? key.slice(at) : undefined;
}

/** The name an object has in the bucket: a file that was unpacked on disk lost its `.gz`. */
export function packedName(name: string): string {
  return name.endsWith(GZ) ? name : `${name}${GZ}`;
}

/** The key of the digest of the same chain that ended `endTime`, epoch ms: CloudTrail's names follow from the time. */
export function digestKeyAt(key: string, endTime: number): string {
  const iso = new Date(endTime).toISOString();
  const stamp = `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
  const renamed = key.replace(/\d{8}T\d{6}Z(?=(?:_backfill)?\.json\.gz$)/, stamp);
  return renamed.replace(/\/\d{4}\/\d\d\/\d\d\/(?=[^/]*$)/, `/${iso.slice(0, 10).replaceAll('-', '/')}/`);
}
