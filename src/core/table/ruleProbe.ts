import { type CloudTrailEvent, readEvent } from '../events/event';
import type { RecordView } from '../events/recordView';
import type { Condition, Pattern } from '../patterns/ast';
import { FieldFinder } from '../patterns/fieldFinder';
import { isJoined, leavesOf } from '../patterns/logic';
import { type RecordPredicate, compilePattern } from '../patterns/match';
import { parsePattern } from '../patterns/parse';
import type { Rule } from '../rules/rule';
import { RuleIndex } from '../rules/ruleIndex';
import { type DictionaryField } from './columns';
import { type Anchor, anchorsOf } from './anchor';
import { columnOf } from './columnPath';
import { isDictionaryField } from './table';

/** A rule whose condition has to be asked of the record itself. */
export interface ProbedRule {
  readonly id: string;
  readonly holds: RecordPredicate;
  /** Each of them holds for every record that meets the rule. */
  readonly anchors: readonly Anchor[];
}

/** Compiled when first needed, for most rules are about events that do not occur; null: its condition need not be asked of records. */
interface KeptRule {
  readonly rule: Rule;
  probed: ProbedRule | null | undefined;
}

type ProbedEvent = Partial<Pick<CloudTrailEvent, 'eventSource' | 'eventName'>>;

/**
 * Works out, while a record's bytes are at hand, which of the rules it meets whose conditions ask for more than the table's columns hold. The
 * answer is the `ruleTests` column; all other conditions are asked of the columns.
 */
export class RuleProbe {
  private readonly byEvent = new RuleIndex<KeptRule>();
  private readonly finder = new FieldFinder();
  private readonly known = new Map<string, readonly ProbedRule[]>();
  private readonly always: ReadonlySet<ProbedRule>;
  private readonly present = new Set<DictionaryField>();
  private everyRecord = false;

  constructor(rules: Iterable<Rule>) {
    for (const rule of rules) {
      if (rule.condition === null) continue;
      this.byEvent.add(rule, { rule, probed: undefined });
      const condition = rule.eventName === '*' ? rawCondition(rule) : undefined;
      if (condition !== undefined) this.guard(condition);
    }
    this.always = new Set(this.probedOf('', ''));
  }

  /**
   * Records with any of these fields have to be asked about whatever their event: rules about any event need them. Undefined: every record
   * has to be.
   */
  get whenPresent(): readonly DictionaryField[] | undefined {
    return this.everyRecord ? undefined : [...this.present];
  }

  /** The rules about any event. */
  get anyEvent(): readonly ProbedRule[] {
    return [...this.always];
  }

  /** Whether records of this event, both as `readEvent` reads them, have to be asked about. */
  concerns(eventSource: string, eventName: string): boolean {
    return this.rulesOf(eventSource, eventName).length > this.always.size;
  }

  /** The rules about an event; those about any event, which {@link whenPresent} guards, only with `withAlways`. */
  rulesAbout(eventSource: string, eventName: string, withAlways: boolean): readonly ProbedRule[] {
    const rules = this.rulesOf(eventSource, eventName);
    return withAlways ? rules : rules.filter((rule) => !this.always.has(rule));
  }

  /** The rules about an event. Remembered. */
  private rulesOf(eventSource: string, eventName: string): readonly ProbedRule[] {
    // Both may have blanks in a log: their lengths tell them apart.
    const key = `${eventSource.length} ${eventSource} ${eventName}`;
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.probedOf(eventSource, eventName);
      this.known.set(key, known);
    }
    return known;
  }

  private probedOf(eventSource: string, eventName: string): ProbedRule[] {
    return this.byEvent.of(eventSource, eventName).flatMap((kept) => {
      if (kept.probed === undefined) kept.probed = this.compile(kept.rule);
      return kept.probed ?? [];
    });
  }

  private compile(rule: Rule): ProbedRule | null {
    const condition = rawCondition(rule);
    if (condition === undefined) return null;
    const pattern = { kind: 'json', root: condition } as const;
    return { id: rule.id, holds: compilePattern(pattern, this.finder), anchors: anchorsOf(pattern) };
  }

  /** The token for the `ruleTests` column: see {@link ruleToken}. */
  ask(record: RecordView, event: ProbedEvent = readEvent(record)): string | undefined {
    const { eventSource = '', eventName = '' } = event;
    return ruleToken(this.rulesOf(eventSource, eventName).filter(({ holds }) => holds(record)));
  }

  private guard(condition: Condition): void {
    const field = necessaryField(condition);
    if (field === undefined) this.everyRecord = true;
    else this.present.add(field);
  }
}

/** The token of the rules that a record meets: their ids as a JSON string with blanks between; undefined for none. */
export function ruleToken(met: readonly ProbedRule[]): string | undefined {
  return met.length === 0 ? undefined : JSON.stringify(met.map(({ id }) => id).join(' '));
}

/** The rule's condition when its answer needs the record itself. */
function rawCondition({ condition }: Rule): Condition | undefined {
  if (condition === null) return undefined;
  const { pattern } = parsePattern(condition);
  return pattern?.kind === 'json' && needsRecords(pattern) ? pattern.root : undefined;
}

/** Whether a pattern asks for more than columns hold. */
export function needsRecords(pattern: Pattern): boolean {
  if (pattern.kind !== 'json') return pattern.kind !== 'all';
  return leavesOf(pattern.root).some(({ selector }) => columnOf(selector) === undefined);
}

/** A field with a dictionary without which the condition cannot hold. */
function necessaryField(condition: Condition): DictionaryField | undefined {
  if (isJoined(condition)) {
    if (condition.kind === 'or') return undefined;
    return condition.operands.map(necessaryField).find((field) => field !== undefined);
  }
  const column = condition.test.kind === 'not-exists' ? undefined : columnOf(condition.selector);
  return column !== undefined && isDictionaryField(column.field) ? column.field : undefined;
}
