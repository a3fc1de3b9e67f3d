import type { FieldSummary } from '../core/events/fieldReference';
import type { SeenField, SeenValue } from '../core/patterns/complete';
import type { Severity } from '../core/rules/severity';

/** What a hunt looks through: the log in front of the user, or every source of the investigation. */
export type HuntScope = 'file' | 'investigation';

/** What results can be brought together by. */
export const GROUPINGS = [
  'none',
  'eventName',
  'principal',
  'sourceIPAddress',
  'errorCode',
  'awsRegion',
  'accountId',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** One event that matched, as a row of the list. Texts are as delivered: the webview escapes them. */
export interface HuntRow {
  /** What {@link HuntToHost} `open` names it by. */
  readonly id: number;
  /** Epoch milliseconds; null when the record has none. */
  readonly time: number | null;
  readonly eventName: string;
  readonly eventSource: string;
  readonly principal: string;
  readonly sourceIPAddress: string;
  readonly awsRegion: string;
  readonly errorCode: string;
  readonly severity: Severity | null;
}

export interface HuntGroup {
  readonly key: string;
  /** What to show where that is not the key: a principal's name. */
  readonly label?: string;
  readonly count: number;
}

/** A scope as it stands: what it is called, and how many records it has; null records when that is not known yet. */
export interface ScopeInfo {
  readonly label: string;
  readonly records: number | null;
}

/** How a run ended. */
export interface HuntOutcome {
  readonly matched: number;
  readonly searched: number;
  readonly cancelled: boolean;
  /** What was not looked through, in words, e.g. files that could not be read. */
  readonly missing: readonly string[];
  /** Why nothing could be searched at all, in words. */
  readonly failure: string | null;
}

export interface SavedPattern {
  readonly name: string;
  readonly pattern: string;
}

/** What the Hunt view asks of the host. `run` numbers runs, so that answers about an older one can be dropped. */
export type HuntToHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'run'; readonly run: number; readonly pattern: string; readonly scope: HuntScope }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'groups'; readonly run: number; readonly grouping: Grouping }
  | {
      readonly kind: 'rows';
      readonly run: number;
      readonly grouping: Grouping;
      /** Key of a group; null for all rows. */
      readonly group: string | null;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'open'; readonly run: number; readonly row: number; readonly keepFocus: boolean }
  | { readonly kind: 'values'; readonly path: string; readonly scope: HuntScope }
  | { readonly kind: 'seen'; readonly scope: HuntScope }
  | { readonly kind: 'save' | 'saveAsRule' | 'copySql'; readonly pattern: string }
  | { readonly kind: 'forget'; readonly name: string }
  | { readonly kind: 'openSamples' | 'addSource' | 'openLog' };

/** What the host tells the Hunt view. */
export type HuntToWebview =
  | { readonly kind: 'setup'; readonly fields: readonly FieldSummary[] }
  | { readonly kind: 'patterns'; readonly history: readonly string[]; readonly saved: readonly SavedPattern[] }
  | { readonly kind: 'scopes'; readonly file: ScopeInfo | null; readonly investigation: ScopeInfo | null }
  /** A condition more, as a pattern of its own: it is added to what is in the box, and run. */
  | { readonly kind: 'add'; readonly pattern: string }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly scope: HuntScope | null; readonly run: boolean }
  | {
      readonly kind: 'progress';
      readonly run: number;
      readonly searched: number;
      readonly total: number | null;
      readonly matched: number;
    }
  | { readonly kind: 'done'; readonly run: number; readonly outcome: HuntOutcome }
  | {
      readonly kind: 'groups';
      readonly run: number;
      readonly grouping: Grouping;
      readonly groups: readonly HuntGroup[];
    }
  | {
      readonly kind: 'rows';
      readonly run: number;
      readonly group: string | null;
      readonly from: number;
      readonly rows: readonly HuntRow[];
    }
  | { readonly kind: 'values'; readonly path: string; readonly values: readonly SeenValue[] }
  /** Fields that occur in what would be searched. */
  | { readonly kind: 'seen'; readonly fields: readonly SeenField[] };

const KINDS: ReadonlySet<unknown> = new Set<HuntToHost['kind']>([
  'ready',
  'run',
  'cancel',
  'groups',
  'rows',
  'open',
  'values',
  'seen',
  'save',
  'saveAsRule',
  'copySql',
  'forget',
  'openSamples',
  'addSource',
  'openLog',
]);

/** Whether a message that came in is one of this protocol; its fields are checked as far as a wrong one could do harm. */
export function isHuntToHost(data: unknown): data is HuntToHost {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !KINDS.has(data.kind)) return false;
  return Object.entries(data).every(([key, value]) => {
    if (['run', 'from', 'to', 'row'].includes(key)) return Number.isSafeInteger(value) && (value as number) >= 0;
    if (['pattern', 'path', 'scope', 'grouping', 'name'].includes(key)) return typeof value === 'string';
    return true;
  });
}
