import type { EventColumns } from '../events/eventColumns';
import type { Finding } from '../rules/catalogue';
import type { CorrelationFinding } from '../rules/correlation/correlations';

/** Where a record stands. */
export interface RecordPlace {
  /** The file, as a path relative to where the report is read, or as given. */
  readonly path: string;
  /** Offset of the record in the unpacked content, in bytes, and of its end. */
  readonly start: number;
  readonly end: number;
}

/** A finding and where its record stands. */
export interface LocatedFinding extends RecordPlace {
  readonly finding: Finding;
  readonly event: EventColumns;
}

/** A record of a finding over several records, with what tells it from the others. */
export type LocatedRecord = RecordPlace &
  Pick<EventColumns, 'eventTime' | 'eventName' | 'principal' | 'sourceIPAddress' | 'errorCode' | 'eventID'>;

export type LocatedCorrelation = CorrelationFinding<LocatedRecord>;

/** What the rules found. */
export interface FindingsReport {
  /** The most severe first. */
  readonly findings: readonly LocatedFinding[];
  readonly correlations: readonly LocatedCorrelation[];
  /** Events of which a rule that was met is muted. */
  readonly muted: number;
}

/** What a group has in common, as one line: `principal arn:…, $.sourceIPAddress 203.0.113.24`. */
export function groupLine({ group }: Pick<LocatedCorrelation, 'group'>): string {
  return group.map(({ field, value }) => `${field} ${value ?? '-'}`).join(', ');
}
