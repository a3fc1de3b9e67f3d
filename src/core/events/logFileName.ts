/** What CloudTrail's own file names say: `ACCOUNT_CloudTrail_REGION_TIME_UNIQUE.json.gz`. A hint only; anonymised sets change parts. */
export interface LogFileName {
  readonly account: string;
  /** `Insight`, `NetworkActivity`, `Aggregated`, `Digest`, or undefined for management and data events. */
  readonly kind: string | undefined;
  readonly region: string;
}

/** What file systems allow. */
const LONGEST = 255;
const LOG_FILE =
  /^([\w-]+)_CloudTrail(?:-([A-Za-z]+))?_([a-z0-9-]+)_(?:[^/\\]+_)?\d{8}T\d{4,6}Z(?:_[A-Za-z0-9]+)?\.json(?:\.gz)?$/;

/** The parts of CloudTrail's name for a log or digest file; undefined when `name` (no folder) is not of that form. */
export function parseLogFileName(name: string): LogFileName | undefined {
  if (name.length > LONGEST) return undefined;
  const match = LOG_FILE.exec(name);
  return match === null ? undefined : { account: match[1]!, kind: match[2], region: match[3]! };
}
