import type { Severity } from './severity';

/**
 * A rule of the catalogue: an event, what goes beyond its source and name as a filter pattern, and what it means. The built-in ones are
 * the rows of `data/catalogue.json`.
 */
export interface Rule {
  /** A stable slug, `service.Event[.variant]`; diagnostics and tests use it. */
  readonly id: string;
  /** Exact, or `*` for any. */
  readonly eventSource: string;
  /** The base name, without an API date; or `*` for any. */
  readonly eventName: string;
  /** A CloudWatch Logs filter pattern that must hold too, or null. */
  readonly condition: string | null;
  /** ATT&CK Enterprise v19 ids, the one to show first when there is room for one. */
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** How much attention one such record alone deserves. */
  readonly severity: Severity;
  readonly why: string;
  readonly check: string;
  /** Where the idea comes from. */
  readonly sources: readonly string[];
}
