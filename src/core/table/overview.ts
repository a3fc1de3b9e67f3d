import { Bitset } from './bitset';
import { rowsOfCodes } from './columnTest';
import { type Facet, facet } from './facets';
import { type Histogram, histogram } from './histogram';
import { Selection } from './selection';
import { conditionsFor } from './valueConditions';
import type { Views } from './views';

/** A number on a dashboard, and the condition, as it stands between the braces of a pattern, that selects what it counts. */
export interface Tally {
  readonly count: number;
  /** Null when no event of the table is of this kind. */
  readonly condition: string | null;
}

/** Calls over time on the same bars as all others of an overview. */
export interface TallyOverTime extends Tally {
  readonly histogram: Histogram;
}

export interface LoginTally extends Tally {
  readonly outcome: 'Success' | 'Failure';
  /** `additionalEventData.MFAUsed`; null where the record does not say. */
  readonly mfa: 'Yes' | 'No' | null;
}

/** What the dashboards show of the selected events. */
export interface Overview {
  /** Principals, events, errors, addresses, regions, services. */
  readonly tops: readonly Facet[];
  readonly all: Histogram;
  /** With any error code, and with one of the class `authorization`. */
  readonly failed: TallyOverTime;
  readonly denied: TallyOverTime;
  /** Console sign-ins by outcome and MFA. */
  readonly logins: readonly LoginTally[];
  readonly read: Tally;
  readonly write: Tally;
}

export interface OverviewRequest {
  /** How many values each list shows. */
  readonly top: number;
  /** How many bars the histograms have at most. */
  readonly bins: number;
}

const TOP_FIELDS = ['principal', 'eventName', 'errorCode', 'sourceIPAddress', 'awsRegion', 'eventSource'] as const;

/** `isDenied`: whether an error code says that the call was refused; see `ErrorCodes.classOf`. */
export function overview(
  views: Views,
  selection: Selection,
  { top, bins }: OverviewRequest,
  isDenied: (errorCode: string) => boolean,
): Overview {
  const tally = new Tallies(views, selection);
  const all = histogram(views, selection, { bins });
  const frame = { bins: all.bins, from: all.start, to: all.start + all.width * all.bins };
  const overTime = (holds: (code: string) => boolean): TallyOverTime => {
    const { rows, condition } = tally.of('errorCode', holds);
    const found = new Selection(rows);
    const bars = histogram(views, found, all.bins > 0 ? frame : { bins: 1 });
    return { count: found.count, condition, histogram: bars };
  };
  const count = (field: 'readOnly', text: string): Tally => {
    const { rows, condition } = tally.of(field, (each) => each === text);
    return { count: rows.count(), condition };
  };
  return {
    tops: TOP_FIELDS.map((field) => facet(views, selection, { field, top })),
    all,
    failed: overTime(() => true),
    denied: overTime(isDenied),
    logins: tally.logins(),
    read: count('readOnly', 'true'),
    write: count('readOnly', 'false'),
  };
}

interface Found {
  readonly rows: Bitset;
  readonly condition: string | null;
}

class Tallies {
  constructor(
    private readonly views: Views,
    private readonly selection: Selection,
  ) {}

  /** The selected rows whose field has a text that `holds` accepts. */
  of(
    field: 'errorCode' | 'readOnly' | 'consoleLogin' | 'mfaUsed',
    holds: (text: string) => boolean,
    within = this.selection.rows,
  ): Found {
    const dictionary = this.views.table.dictionary(field);
    const accepted = Uint8Array.from({ length: dictionary.size }, (_, code) => {
      const text = dictionary.text(code);
      return Number(text !== undefined && holds(text));
    });
    return this.byCodes(field, accepted, within);
  }

  logins(): LoginTally[] {
    return (['Success', 'Failure'] as const).flatMap((outcome) => {
      const signIns = this.of('consoleLogin', (text) => text === outcome);
      return (['Yes', 'No', null] as const).map((mfa): LoginTally => {
        const { rows, condition } = this.mfa(mfa, signIns.rows);
        const both = signIns.condition !== null && condition !== null;
        const joined = both ? `(${signIns.condition}) && (${condition})` : null;
        return { outcome, mfa, count: rows.count(), condition: joined };
      });
    });
  }

  private mfa(wanted: 'Yes' | 'No' | null, within: Bitset): Found {
    const dictionary = this.views.table.dictionary('mfaUsed');
    const accepted = Uint8Array.from({ length: dictionary.size }, (_, code) => {
      const text = dictionary.text(code);
      return Number(wanted === null ? text !== 'Yes' && text !== 'No' : text === wanted);
    });
    return this.byCodes('mfaUsed', accepted, within);
  }

  private byCodes(
    field: 'errorCode' | 'readOnly' | 'consoleLogin' | 'mfaUsed',
    accepted: Uint8Array,
    within: Bitset,
  ): Found {
    const { table } = this.views;
    const codes = Array.from(accepted.keys()).filter((code) => accepted[code] === 1);
    if (codes.length === 0) return { rows: new Bitset(table.rowCount), condition: null };
    const { include } = conditionsFor(field, table.dictionary(field), codes);
    return { rows: rowsOfCodes(table, field, accepted, within), condition: include ?? null };
  }
}
