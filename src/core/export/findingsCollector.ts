import type { CloudTrailEvent } from '../events/event';
import { eventColumns } from '../events/eventColumns';
import type { RecordView } from '../events/recordView';
import type { Problem } from '../problem';
import type { Catalogue } from '../rules/catalogue';
import { Correlations } from '../rules/correlation/correlations';
import type { Rule } from '../rules/rule';
import { type Severity, severityRank } from '../rules/severity';
import type { FindingsReport, LocatedFinding, LocatedRecord, RecordPlace } from './located';

/** Collects what the rules find in records that come in any order, each event once. */
export class FindingsCollector {
  private readonly correlations: Correlations<LocatedRecord>;
  private readonly found: LocatedFinding[] = [];
  private readonly ids = new Set<string>();
  private readonly muted = new Set<string>();

  /** Findings below `least` are left out. */
  constructor(
    private readonly catalogue: Catalogue,
    private readonly least: Severity,
  ) {
    this.correlations = new Correlations(catalogue.rules, catalogue.mutes);
  }

  /** Findings of single records so far. */
  get count(): number {
    return this.found.length;
  }

  /** Takes one record with its row. */
  add(event: CloudTrailEvent, record: RecordView, place: RecordPlace): void {
    const { eventID } = event;
    const mute = ({ severity }: Rule): void => {
      if (severityRank(severity) >= severityRank(this.least)) this.muted.add(eventID ?? `${place.path} ${place.start}`);
    };
    this.correlations.add(event, record, () => locatedRecord(event, place), mute);
    const finding = this.catalogue.find(event, record, mute);
    if (finding === undefined || severityRank(finding.severity) < severityRank(this.least)) return;
    // The same event from two trails is one finding.
    if (eventID !== undefined && this.ids.has(eventID)) return;
    if (eventID !== undefined) this.ids.add(eventID);
    this.found.push({ finding, event: eventColumns(event), ...place });
  }

  /** What was found: the most severe first, then in order of time. */
  report(): FindingsReport {
    const rank = ({ finding }: LocatedFinding): number => severityRank(finding.severity);
    const time = ({ event }: LocatedFinding): string => String(event.eventTime);
    const findings = this.found.sort(
      (a, b) => rank(b) - rank(a) || (time(a) < time(b) ? -1 : Number(time(a) > time(b))),
    );
    const correlations = this.correlations
      .findings()
      .filter(({ rule }) => severityRank(rule.severity) >= severityRank(this.least));
    return { findings, correlations, muted: this.muted.size };
  }

  /** What could not be taken into account. */
  problems(): Problem[] {
    return this.correlations.problems();
  }
}

function locatedRecord(event: CloudTrailEvent, place: RecordPlace): LocatedRecord {
  const { eventTime, eventName, principal, sourceIPAddress, errorCode, eventID } = eventColumns(event);
  return { ...place, eventTime, eventName, principal, sourceIPAddress, errorCode, eventID };
}
