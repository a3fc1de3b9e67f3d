import type { Condition, Pattern, SelectorTest } from '../patterns/ast';
import { isJoined } from '../patterns/logic';
import { parsePattern } from '../patterns/parse';
import type { Rule } from './rule';

type Field = 'eventSource' | 'eventName';

/** The values that a field of every record meeting a pattern has one of; undefined when the pattern leaves it open. */
export type Pins = Readonly<Record<Field, ReadonlySet<string> | undefined>>;

/** What a pattern says of `eventSource` and `eventName`, so that it need not be asked about other events. */
export function pinsOf(pattern: Pattern | undefined): Pins {
  if (pattern?.kind !== 'json') return { eventSource: undefined, eventName: undefined };
  return { eventSource: pinned(pattern.root, 'eventSource'), eventName: pinned(pattern.root, 'eventName') };
}

const known = new WeakMap<Rule, Pins>();

/** The events that a rule is about: as it names them, else as its condition does. */
export function pinsOfRule(rule: Rule): Pins {
  let pins = known.get(rule);
  if (pins === undefined) {
    const { eventSource, eventName, condition } = rule;
    const ofCondition = pinsOf(condition === null || eventName !== '*' ? undefined : parsePattern(condition).pattern);
    pins = {
      eventSource: eventSource === '*' ? ofCondition.eventSource : new Set([eventSource]),
      eventName: eventName === '*' ? ofCondition.eventName : new Set([eventName]),
    };
    known.set(rule, pins);
  }
  return pins;
}

function pinned(condition: Condition, field: Field): ReadonlySet<string> | undefined {
  if (!isJoined(condition)) return pinnedByTest(condition, field);
  const sets = condition.operands.map((operand) => pinned(operand, field));
  if (condition.kind === 'or') {
    const known = sets.filter((set) => set !== undefined);
    return known.length === sets.length ? new Set(known.flatMap((set) => [...set])) : undefined;
  }
  return sets.reduce((a, b) => (a === undefined ? b : b === undefined ? a : new Set([...a].filter((v) => b.has(v)))));
}

/** A text without a wildcard pins. A bare number does not: it equals other spellings of itself. */
function pinnedByTest({ selector, test }: SelectorTest, field: Field): ReadonlySet<string> | undefined {
  const [step, ...more] = selector.steps;
  if (more.length > 0 || step?.kind !== 'key' || step.key !== field) return undefined;
  if (test.kind !== 'equals' || test.negated || test.value.kind !== 'text') return undefined;
  return test.value.text.includes('*') ? undefined : new Set([test.value.text]);
}
