import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { type Mute, Mutes } from '../../../src/core/rules/mutes';
import { recordOf } from '../patterns/support';
import { ruleWith } from './support';

const SESSION = {
  eventSource: 's3.amazonaws.com',
  eventName: 'PutThing',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/Deploy/ci-7',
    sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/Deploy', userName: 'Deploy' } },
  },
};
const NOW = Date.UTC(2026, 2, 4);
const rules = [
  ruleWith({ id: 's3.PutThing', severity: 'high' }),
  ruleWith({ id: 's3.any', eventName: '*', severity: 'low' }),
];

function find(mute: Partial<Mute>): { left: string[]; severity: string | undefined; muted: string[] } {
  const whole = { rule: '*', principal: null, arn: null, reason: 'known', until: null, ...mute };
  const record = recordOf(SESSION);
  const muted: string[] = [];
  const found = new Catalogue(rules, new Mutes([whole], NOW)).find(readEvent(record), record, ({ id }, { reason }) =>
    muted.push(`${id} ${reason}`),
  );
  return { left: found?.rules.map(({ id }) => id) ?? [], severity: found?.severity, muted };
}

describe('a mute', () => {
  const both = ['s3.PutThing known', 's3.any known'];
  test.each<[mute: Partial<Mute>, left: string[], muted: string[]]>([
    [{ rule: 's3.PutThing' }, ['s3.any'], ['s3.PutThing known']],
    [{ rule: 's3.*' }, [], both],
    [{ rule: 'S3.*' }, ['s3.PutThing', 's3.any'], []],
    [{ principal: 'Deploy/ci-7' }, [], both],
    [{ principal: 'Deploy' }, [], both],
    [{ principal: 'Deploy/*' }, [], both],
    [{ principal: 'deploy' }, ['s3.PutThing', 's3.any'], []],
    [{ arn: 'arn:aws:iam::111122223333:role/Deploy' }, [], both],
    [{ arn: 'arn:aws:sts::111122223333:assumed-role/Deploy/*' }, [], both],
    [{ arn: 'arn:aws:iam::999988887777:role/Deploy' }, ['s3.PutThing', 's3.any'], []],
    [{ principal: 'Deploy', arn: 'arn:aws:iam::999988887777:*' }, ['s3.PutThing', 's3.any'], []],
    [{ until: NOW + 1 }, [], both],
    [{ until: NOW }, ['s3.PutThing', 's3.any'], []],
  ])('%j', (mute, left, muted) => {
    const found = find(mute);
    expect(found.left).toEqual(left);
    expect(found.muted.sort()).toEqual(muted);
  });

  test('takes the severity of its rule with it', () => {
    expect(find({ rule: 'other' }).severity).toBe('high');
    expect(find({ rule: 's3.PutThing' }).severity).toBe('low');
  });
});
