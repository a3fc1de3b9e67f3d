import { parseDuration } from './duration';
import type { Correlation, Rule, RuleOrigin } from './rule';
import type { Severity } from './severity';

/** A rule as it is written, in a rule file or in `data/rules.json`: the shape of `media/rule.schema.json`. */
export interface RuleDefinition {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tactics?: readonly string[];
  readonly techniques?: readonly string[];
  /** Either this, alone or with a threshold, or a sequence. */
  readonly pattern?: string;
  readonly threshold?: {
    readonly count: number;
    readonly window: string;
    readonly groupBy?: readonly string[];
    readonly distinct?: string;
  };
  readonly sequence?: {
    readonly window: string;
    readonly groupBy?: readonly string[];
    readonly steps: readonly { readonly pattern: string; readonly count?: number }[];
  };
  readonly why?: string;
  readonly check?: string;
  readonly respond?: string;
  readonly references?: readonly string[];
  readonly onRequest?: boolean;
}

/** The rule that a definition writes down. The definition has been checked: a window that is none throws. */
export function ruleOfDefinition(definition: RuleDefinition, origin: RuleOrigin): Rule {
  const {
    id,
    title,
    severity,
    tactics = [],
    techniques = [],
    pattern,
    why = '',
    check = '',
    respond = '',
  } = definition;
  return {
    id,
    title,
    eventSource: '*',
    eventName: '*',
    condition: pattern ?? null,
    correlation: correlationOf(definition),
    tactics,
    techniques,
    severity,
    why: why === '' ? title : why,
    check,
    respond,
    references: definition.references ?? [],
    origin,
    onRequest: definition.onRequest ?? false,
  };
}

function correlationOf({ threshold, sequence }: RuleDefinition): Correlation | null {
  if (threshold !== undefined) {
    const { count, window, groupBy = [], distinct = null } = threshold;
    return { kind: 'threshold', count, windowMs: windowOf(window), groupBy, distinct };
  }
  if (sequence === undefined) return null;
  const { window, groupBy = [], steps } = sequence;
  return {
    kind: 'sequence',
    windowMs: windowOf(window),
    groupBy,
    steps: steps.map(({ pattern, count = 1 }) => ({ pattern, count })),
  };
}

function windowOf(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new Error(`${text} is no window`);
  return milliseconds;
}
