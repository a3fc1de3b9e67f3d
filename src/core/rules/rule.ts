import type { Severity } from './severity';

/** Where a rule comes from: the package, or a file of the workspace or the user. */
export type RuleOrigin = 'built-in' | 'own';

/**
 * What to look for in records, and what it means. The built-in rules are the rows of `data/catalogue.json`, each about one event, and
 * the definitions of `data/rules.json`; others come from rule files.
 */
export interface Rule {
  /** A stable slug; for a row of the catalogue `service.Event[.variant]`. Diagnostics, mutes and tests use it. */
  readonly id: string;
  readonly title: string;
  /** Exact, or `*` for any. */
  readonly eventSource: string;
  /** The base name, without an API date; or `*` for any. */
  readonly eventName: string;
  /** A CloudWatch Logs filter pattern that must hold too, or null. */
  readonly condition: string | null;
  /** Null for a rule that one record alone meets. */
  readonly correlation: Correlation | null;
  /** ATT&CK Enterprise v19 ids, the one to show first when there is room for one. */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** How much attention one such record, or one such run of records, deserves. */
  readonly severity: Severity;
  readonly why: string;
  readonly check: string;
  /** What to do when it was no mistake; may be empty. */
  readonly respond: string;
  /** Pages, and for rows of the catalogue where the idea comes from. */
  readonly references: readonly string[];
  readonly origin: RuleOrigin;
  /** Evaluated only when somebody asks for it by name: what it finds, other rules tell apart better. */
  readonly onRequest: boolean;
}

/** What several records have to have in common before a rule is met. Windows are in milliseconds of event time, both ends included. */
export type Correlation = Threshold | Sequence;

/** So many records that meet the rule's condition within a window. */
export interface Threshold {
  readonly kind: 'threshold';
  readonly count: number;
  readonly windowMs: number;
  /** Records count together when these are the same: selectors such as `$.sourceIPAddress`, or `principal`. */
  readonly groupBy: readonly string[];
  /** A selector: its different values are counted, not the records. */
  readonly distinct: string | null;
}

/** Records that meet one pattern after another within a window. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly windowMs: number;
  readonly groupBy: readonly string[];
  readonly steps: readonly SequenceStep[];
}

export interface SequenceStep {
  readonly pattern: string;
  /** How many such records the step takes. */
  readonly count: number;
}

/** What a group may be made by besides selectors: who made the call, as {@link Correlation} sees it. */
export const PRINCIPAL = 'principal';

/** A rule that one record alone meets, unless it waits to be asked for. */
export function isStanding({ correlation, onRequest }: Rule): boolean {
  return correlation === null && !onRequest;
}
