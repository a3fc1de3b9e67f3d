import { eventOf } from '../events/event';
import { principalName } from '../events/principal';
import { SPELLINGS } from '../events/recordView';
import type { Condition, Test } from '../patterns/ast';
import { newCodes } from './columns';
import { pairCodes } from './pairCodes';
import { rowKeys } from './rowKey';
import type { Table } from './table';
import { type ValueConditions, equalsText, printed, testOf } from './valueConditions';
import type { ViewColumn, ViewValue } from './viewColumn';

/** The fields that tell principals apart, the most telling first. */
const TELLING = ['arn', 'userName', 'principalId', 'invokedBy', 'callerAccountId'] as const;
/** A service's own calls carry its name, and no ARN. */
const TELLING_OF_SERVICE = ['invokedBy', 'principalId'] as const;
/** Where the ARN does not tell, because there is none or a service has one. */
const UNRESOLVED = ['userName', 'principalId', 'invokedBy', 'callerAccountId', 'arn'] as const;
type Telling = (typeof TELLING)[number];
type Texts = Partial<Record<Telling | 'identityType', string>>;

interface Principal extends ViewValue {
  readonly type: string | undefined;
  /** The field that {@link text} is of. */
  readonly field: Telling | undefined;
}

const NOT_EXISTS: Test = { kind: 'not-exists' };
const EXISTS: Test = {
  kind: 'equals',
  negated: false,
  value: { kind: 'text', text: '*', quoted: true, start: 0, end: 0 },
};

/** Who made the calls: told apart by ARN where there is one, shown under the names that `principalName` gives. */
export function principalColumn(table: Table): ViewColumn {
  const principals = new Principals(table);
  const { identityType, arn } = table.data.columns;
  const pairs = pairCodes(identityType.codes, identityType.dictionary.size, arn.codes, arn.dictionary.size);
  const groupOfPair = pairs.first.map((type, i) => principals.byTypeAndArn(type, pairs.second[i]!));
  // In place of the pairs: there are as many as rows.
  const groups = pairs.codes;
  for (let row = 0; row < groups.length; row++) groups[row] = groupOfPair[groups[row]!] ?? principals.byRow(row);
  const { values } = principals;
  const codes = newCodes(groups.length, values.length);
  codes.set(groups);
  return {
    codes,
    size: values.length,
    groupsOf: Uint32Array.from(values, (_, group) => group),
    values,
    conditions: conditionsAmong(values),
  };
}

/** The principals met so far, numbered. */
class Principals {
  readonly values: Principal[] = [];
  /** By field and type, then by text. */
  private readonly numbers = new Map<string, Map<string | undefined, number>>();
  private readonly byKey = new Map<number | string, number>();
  private readonly keyOf: (row: number) => number | string;

  constructor(private readonly table: Table) {
    this.keyOf = rowKeys(table, ['identityType', ...UNRESOLVED]);
  }

  /** The principal, where type and ARN alone tell it. */
  byTypeAndArn(typeCode: number, arnCode: number): number | undefined {
    const identityType = this.table.dictionary('identityType').text(typeCode);
    const arn = this.table.dictionary('arn').text(arnCode);
    if (arn === undefined || identityType === 'AWSService') return undefined;
    return this.number({ arn, ...(identityType !== undefined && { identityType }) });
  }

  byRow(row: number): number {
    const key = this.keyOf(row);
    let known = this.byKey.get(key);
    if (known === undefined) {
      const fields = ['identityType', ...TELLING] as const;
      const texts = Object.fromEntries(fields.map((field) => [field, this.table.text(row, field)])) as Texts;
      known = this.number(texts);
      this.byKey.set(key, known);
    }
    return known;
  }

  private number(texts: Texts): number {
    const type = texts.identityType;
    const field = fieldsFor(type).find((each) => texts[each] !== undefined);
    const text = field && texts[field];
    const kind = JSON.stringify([type, field]);
    let byText = this.numbers.get(kind);
    if (byText === undefined) this.numbers.set(kind, (byText = new Map<string | undefined, number>()));
    let number = byText.get(text);
    if (number === undefined) {
      const name = principalName(eventOf((each) => texts[each as Telling], undefined));
      number = this.values.push({ type, field, text, ...(name !== undefined && { label: name }) }) - 1;
      byText.set(text, number);
    }
    return number;
  }
}

function fieldsFor(type: string | undefined): readonly Telling[] {
  return type === 'AWSService' ? TELLING_OF_SERVICE : TELLING;
}

/** Apart, so that what the column was made from is not kept with it. */
function conditionsAmong(values: readonly Principal[]): ViewColumn['conditions'] {
  return (group) => conditionsOf(values[group]!);
}

/** The conditions of a principal: its type, the field that tells it, and none of those that would have told it better. */
function conditionsOf({ type, field, text }: Principal): ValueConditions {
  const include: Condition[] = [];
  const exclude: Condition[] = [];
  if (field !== 'arn') {
    const path = SPELLINGS.identityType[0];
    include.push(testOf(path, type === undefined ? NOT_EXISTS : equalsText(type)));
    if (type === undefined) exclude.push(testOf(path, EXISTS));
    else exclude.push(testOf(path, equalsText(type, true)), testOf(path, NOT_EXISTS));
  }
  for (const each of fieldsFor(type)) {
    const path = SPELLINGS[each][0];
    if (each !== field) {
      include.push(testOf(path, NOT_EXISTS));
      exclude.push(testOf(path, EXISTS));
      continue;
    }
    include.push(testOf(path, equalsText(text!)));
    exclude.push(testOf(path, equalsText(text!, true)), testOf(path, NOT_EXISTS));
    break;
  }
  return { include: printed('and', include), exclude: printed('or', exclude) };
}
