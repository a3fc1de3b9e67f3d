import type { ErrorClass } from '../../core/events/errorCodes';
import { SEVERITIES, type Severity, severityRank } from '../../core/rules/severity';
import type { Pause } from '../../core/slices';
import { principalName } from '../../core/events/principal';
import { reference } from '../common/reference';
import { type IdentityClass, identityClass } from './identityClasses';
import type { LogDocument, LogRecord } from './logDocument';
import { fieldRange, nameRange } from './recordRanges';

/** One mark for the overview ruler. */
interface Mark<Kind> {
  readonly kind: Kind;
  readonly line: number;
}

/** What is known of a whole document once all its records were read: marks for the ruler, counts for the status bar. */
export class LogAnalysis {
  readonly identities: Mark<IdentityClass>[] = [];
  readonly errors: Mark<ErrorClass>[] = [];
  /** Records with a finding, in document order. */
  readonly findings: { readonly record: number; readonly severity: Severity; readonly line: number }[] = [];
  firstTime: number | undefined;
  lastTime: number | undefined;
  duplicates = 0;
  /** The first record with each eventID. */
  private readonly ids = new Map<string, number>();
  /** Times of each principal's events, unsorted. */
  private readonly times = new Map<string, number[]>();

  /** Reads every record of `log`, in slices. Answers false when the text changed meanwhile. */
  async read(log: LogDocument, pause: Pause): Promise<boolean> {
    for (let index = 0; index < log.recordCount; index++) {
      this.add(log.record(index));
      await pause();
      if (log.isStale) return false;
    }
    return true;
  }

  /** How many findings there are at or above a severity. */
  countFrom(least: Severity): number {
    return this.findings.filter(({ severity }) => severityRank(severity) >= severityRank(least)).length;
  }

  /** Findings by severity, the most severe first, without empty ones. */
  countBySeverity(): [Severity, number][] {
    const counts = [...SEVERITIES].reverse().map((severity): [Severity, number] => {
      return [severity, this.findings.filter((finding) => finding.severity === severity).length];
    });
    return counts.filter(([, count]) => count > 0);
  }

  /** The latest event of a principal before `time`, in epoch milliseconds; undefined when there is none in this document. */
  previousTime(principal: string, time: number): number | undefined {
    const earlier = (this.times.get(principal) ?? []).filter((each) => each < time);
    return earlier.length === 0 ? undefined : earlier.reduce((a, b) => Math.max(a, b));
  }

  /** The record with an eventID, the first when it was delivered twice. */
  recordOf(eventID: string): number | undefined {
    return this.ids.get(eventID);
  }

  private add(record: LogRecord): void {
    this.mark(record);
    this.note(record);
  }

  private mark(record: LogRecord): void {
    const { event, finding } = record;
    const nameLine = nameRange(record).start.line;
    if (finding !== undefined) this.findings.push({ record: record.index, severity: finding.severity, line: nameLine });
    const identity = fieldRange(record, 'userIdentity.type');
    if (identity !== undefined) this.identities.push({ kind: identityClass(event), line: identity.start.line });
    const error = fieldRange(record, 'errorCode');
    if (error !== undefined && event.errorCode !== undefined) {
      this.errors.push({ kind: reference.errorCodes.classOf(event.errorCode), line: error.start.line });
    }
  }

  private note(record: LogRecord): void {
    const { event } = record;
    const who = principalName(event);
    if (who !== undefined && event.time !== undefined) {
      const times = this.times.get(who);
      if (times === undefined) this.times.set(who, [event.time]);
      else times.push(event.time);
    }
    if (event.time !== undefined) {
      this.firstTime = Math.min(this.firstTime ?? event.time, event.time);
      this.lastTime = Math.max(this.lastTime ?? event.time, event.time);
    }
    if (event.eventID === undefined) return;
    if (this.ids.has(event.eventID)) this.duplicates++;
    else this.ids.set(event.eventID, record.index);
  }
}
