import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FieldData, FieldReference } from '../../../src/core/events/fieldReference';
import { english } from '../../../src/core/message';
import { checkFields } from '../../../src/core/patterns/unknownFields';
import { applyFix, valid, withMarks } from './support';

const reference = new FieldReference(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../src/core/events/data/record-fields.json'), 'utf8'),
  ) as FieldData,
);

function notes(text: string): [marked: string, said: string, fixed: string | undefined][] {
  return checkFields(valid(text), reference).map((note) => [
    withMarks(text, note),
    english(note.message),
    note.fix && applyFix(text, note.fix),
  ]);
}

describe('a field that CloudTrail does not have', () => {
  test.each<[string, string, string | undefined]>([
    [
      '{ «$.eventname» = X }',
      'CloudTrail records have no field $.eventname; there is $.eventName.',
      '{ $.eventName = X }',
    ],
    [
      '{ «$.sourceIpAdress» = X }',
      'CloudTrail records have no field $.sourceIpAdress; there is $.sourceIPAddress.',
      '{ $.sourceIPAddress = X }',
    ],
    [
      '{ $.eventName = X && «$.userIdentity.sessioncontext.sessionIssuer.arn» = X }',
      'CloudTrail records have no field $.userIdentity.sessioncontext; there is $.userIdentity.sessionContext.sessionIssuer.arn.',
      '{ $.eventName = X && $.userIdentity.sessionContext.sessionIssuer.arn = X }',
    ],
    [
      '{ «$.userName» = X }',
      'CloudTrail records have no field $.userName; there is $.userIdentity.userName.',
      '{ $.userIdentity.userName = X }',
    ],
    [
      '{ «$.MFAUsed» = No }',
      'CloudTrail records have no field $.MFAUsed; there is $.additionalEventData.MFAUsed.',
      '{ $.additionalEventData.MFAUsed = No }',
    ],
    [
      '{ «$.resources.ARN» = X }',
      '$.resources is a list: ask for its elements with $.resources[*].ARN.',
      '{ $.resources[*].ARN = X }',
    ],
    [
      '{ «$.resources[0].arn» = X }',
      'CloudTrail records have no field $.resources[0].arn; there is $.resources[0].ARN.',
      '{ $.resources[0].ARN = X }',
    ],
    ['{ «$.unheardOf» = X }', 'CloudTrail records have no field $.unheardOf.', undefined],
    ['{ «$.detail.eventName» = X }', 'CloudTrail records have no field $.detail.', undefined],
  ])('%s', (marked, said, fixed) => {
    expect(notes(marked.replace(/[«»]/g, ''))).toEqual([[marked, said, fixed]]);
  });

  test.each([
    '{ $.eventName = X && $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }',
    '{ $.requestParameters.whatever.a[0].b = X }',
    '{ $.responseElements.x = X || $.additionalEventData.y = Y || $.eventContext.requestContext.z = Z }',
    '{ $.resources[*].ARN = X || $.resources[1].accountId = Y }',
    '{ $.* = X || $.userIdentity.* = X }',
    '{ $.insightDetails.insightContext.statistics.baseline.average > 1 }',
    'eventname',
    '[eventname, x]',
    '',
  ])('%s has none', (text) => expect(notes(text)).toEqual([]));
});
