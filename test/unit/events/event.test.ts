import { describe, expect, it } from 'vitest';
import { EVENT_COLUMNS, eventColumns } from '../../../src/core/events/eventColumns';
import { type CloudTrailEvent, readEvent } from '../../../src/core/events/event';
import { RecordView, indexedSlot } from '../../../src/core/events/recordView';
import { utf8 } from '../../fixtures/bytes';

function eventOf(record: object | string): CloudTrailEvent {
  return readEvent(new RecordView(utf8(typeof record === 'string' ? record : JSON.stringify(record))));
}

const MANAGEMENT = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE8IK9OL0P1Q:deploy-4711',
    arn: 'arn:aws:sts::444455556666:assumed-role/Deployer/deploy-4711',
    accountId: '444455556666',
    accessKeyId: 'ASIAEXAMPLE2W3E4R5T6',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::444455556666:role/ci/Deployer', userName: 'Deployer' },
      attributes: { creationDate: '2026-03-04T05:06:07Z', mfaAuthenticated: 'false' },
    },
    invokedBy: 'cloudformation.amazonaws.com',
  },
  eventTime: '2026-03-04T05:08:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: 'cloudformation.amazonaws.com',
  userAgent: 'cloudformation.amazonaws.com',
  errorCode: 'AccessDenied',
  errorMessage: 'not authorized',
  requestParameters: { userName: 'backup-svc' },
  responseElements: null,
  requestID: 'r',
  eventID: 'e',
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  sharedEventID: 's',
  vpcEndpointId: 'vpce-1',
  eventCategory: 'Management',
};

describe('readEvent', () => {
  it('reads every field of a management event', () => {
    expect(eventOf(MANAGEMENT)).toEqual({
      eventID: 'e',
      time: Date.UTC(2026, 2, 4, 5, 8),
      eventTime: '2026-03-04T05:08:00Z',
      eventVersion: '1.11',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      eventType: 'AwsApiCall',
      eventCategory: 'Management',
      awsRegion: 'us-east-1',
      accountId: '111122223333',
      callerAccountId: '444455556666',
      identityType: 'AssumedRole',
      principalId: 'AROAEXAMPLE8IK9OL0P1Q:deploy-4711',
      arn: 'arn:aws:sts::444455556666:assumed-role/Deployer/deploy-4711',
      userName: undefined,
      accessKeyId: 'ASIAEXAMPLE2W3E4R5T6',
      invokedBy: 'cloudformation.amazonaws.com',
      sessionIssuerArn: 'arn:aws:iam::444455556666:role/ci/Deployer',
      sessionIssuerUserName: 'Deployer',
      sessionCreationDate: '2026-03-04T05:06:07Z',
      mfaAuthenticated: 'false',
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
      errorCode: 'AccessDenied',
      errorMessage: 'not authorized',
      readOnly: false,
      managementEvent: true,
      requestID: 'r',
      sharedEventID: 's',
      vpcEndpointId: 'vpce-1',
    });
  });

  it.each<[category: string, record: object, event: Partial<CloudTrailEvent>]>([
    [
      'Data',
      {
        eventVersion: '1.11',
        userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
        eventTime: '2026-03-04T05:08:00Z',
        eventSource: 's3.amazonaws.com',
        eventName: 'GetObject',
        readOnly: true,
        managementEvent: false,
        recipientAccountId: '111122223333',
        eventCategory: 'Data',
      },
      {
        eventCategory: 'Data',
        readOnly: true,
        managementEvent: false,
        identityType: 'AWSAccount',
        callerAccountId: 'ANONYMOUS_PRINCIPAL',
      },
    ],
    [
      'NetworkActivity',
      {
        eventVersion: '1.09',
        userIdentity: { type: 'AWSAccount', accountId: '123456789012' },
        eventTime: '2026-03-04T05:08:00Z',
        eventSource: 'kms.amazonaws.com',
        eventName: 'ListKeys',
        errorCode: 'VpceAccessDenied',
        eventType: 'AwsVpceEvent',
        recipientAccountId: '123456789012',
        vpcEndpointId: 'vpce-EXAMPLE08c1b6b9b7',
        vpcEndpointAccountId: '123456789012',
        eventCategory: 'NetworkActivity',
      },
      {
        eventCategory: 'NetworkActivity',
        eventName: 'ListKeys',
        errorCode: 'VpceAccessDenied',
        vpcEndpointId: 'vpce-EXAMPLE08c1b6b9b7',
        readOnly: undefined,
      },
    ],
    [
      'Insight, as trails deliver it',
      {
        eventVersion: '1.07',
        eventTime: '2026-03-04T05:08:00Z',
        awsRegion: 'us-east-1',
        eventID: 'i',
        eventType: 'AwsCloudTrailInsight',
        recipientAccountId: '123456789012',
        sharedEventID: 's',
        insightDetails: {
          state: 'Start',
          eventSource: 'ssm.amazonaws.com',
          eventName: 'UpdateInstanceInformation',
          insightType: 'ApiErrorRateInsight',
          errorCode: 'AccessDenied',
        },
        eventCategory: 'Insight',
      },
      {
        eventCategory: 'Insight',
        eventSource: 'ssm.amazonaws.com',
        eventName: 'UpdateInstanceInformation',
        errorCode: 'AccessDenied',
        sharedEventID: 's',
        identityType: undefined,
      },
    ],
    [
      'Insight, as Lake has it',
      {
        eventVersion: '1.08',
        eventCategory: 'Insight',
        eventType: 'AwsCloudTrailInsight',
        eventID: 'i',
        eventTime: '2026-03-04T05:08:00Z',
        awsRegion: 'us-east-1',
        recipientAccountId: '123456789012',
        sharedEventID: 's',
        insightSource: 'arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/e',
        insightState: 'Start',
        insightEventSource: 'cloudtrail.amazonaws.com',
        insightEventName: 'DescribeQuery',
        insightErrorCode: 'InactiveQueryException',
        insightType: 'ApiErrorRateInsight',
      },
      { eventSource: 'cloudtrail.amazonaws.com', eventName: 'DescribeQuery', errorCode: 'InactiveQueryException' },
    ],
    [
      'Aggregated',
      {
        eventVersion: '1.0',
        accountId: '123456789012',
        eventId: 'g',
        eventCategory: 'Aggregated',
        eventType: 'AwsAggregatedEvent',
        eventSource: 's3.amazonaws.com',
        awsRegion: 'us-east-1',
        timeWindow: { windowStart: '2026-03-04T05:05:00Z', windowEnd: '2026-03-04T05:10:00Z', windowSize: 'PT5M' },
        summary: { primaryDimension: { dimension: 'eventName', statistics: [{ name: 'PutObject', value: 5 }] } },
      },
      {
        eventCategory: 'Aggregated',
        eventID: 'g',
        accountId: '123456789012',
        time: Date.UTC(2026, 2, 4, 5, 5),
        eventTime: '2026-03-04T05:05:00Z',
        eventName: undefined,
      },
    ],
    [
      'Lake integration',
      {
        eventVersion: '1.08',
        eventCategory: 'ActivityAuditLog',
        eventType: 'ActivityLog',
        recipientAccountId: '123456789012',
        metadata: {
          ingestionTime: '2026-03-04 05:09:00.000',
          channelARN: 'arn:aws:cloudtrail:us-east-1:123456789012:channel/c',
        },
        eventData: {
          version: '1',
          userIdentity: { type: 'CustomUserIdentity', principalId: 'user-17' },
          userAgent: 'agent',
          eventSource: 'example.com',
          eventName: 'Login',
          eventTime: '2026-03-04T05:08:00',
          UID: 'u',
          errorCode: 'Locked',
          errorMessage: 'locked out',
          sourceIPAddress: '203.0.113.24',
        },
      },
      {
        eventID: 'u',
        time: Date.UTC(2026, 2, 4, 5, 8),
        eventSource: 'example.com',
        eventName: 'Login',
        identityType: 'CustomUserIdentity',
        principalId: 'user-17',
        sourceIPAddress: '203.0.113.24',
        userAgent: 'agent',
        errorCode: 'Locked',
        errorMessage: 'locked out',
        eventCategory: 'ActivityAuditLog',
      },
    ],
    [
      'an old record',
      { eventVersion: '1.02', eventName: 'X' },
      { eventCategory: 'Management', eventName: 'X', time: undefined, accountId: undefined },
    ],
  ])('reads %s', (_, record, event) => {
    expect(eventOf(record)).toMatchObject(event);
  });

  it.each<[name: string, json: string, event: Partial<CloudTrailEvent>]>([
    [
      'the account of the caller where the record has no other',
      '{"userIdentity":{"accountId":"1"}}',
      { accountId: '1', callerAccountId: '1' },
    ],
    ['null as absent', '{"errorCode":null,"insightErrorCode":"X"}', { errorCode: 'X' }],
    [
      'objects and arrays as absent',
      '{"eventName":{"a":1},"userAgent":["a"]}',
      { eventName: undefined, userAgent: undefined },
    ],
    [
      'numbers as their text',
      '{"eventVersion":1.08,"recipientAccountId":111122223333}',
      { eventVersion: '1.08', accountId: '111122223333' },
    ],
    ['booleans as texts', '{"readOnly":"true","managementEvent":"false"}', { readOnly: true, managementEvent: false }],
    ['an epoch time', '{"eventTime":1772600880}', { time: Date.UTC(2026, 2, 4, 5, 8), eventTime: '1772600880' }],
    ['a time that is none', '{"eventTime":"yesterday"}', { time: undefined, eventTime: 'yesterday' }],
    ['escapes', '{"event\\u004eame":"Get\\u004fbject"}', { eventName: 'GetObject' }],
    ['an identity that is no object', '{"userIdentity":"root"}', { identityType: undefined, arn: undefined }],
  ])('takes %s', (_, json, event) => {
    expect(eventOf(json)).toMatchObject(event);
  });
});

describe('RecordView', () => {
  it('gives the fields it has an index of, once decoded', () => {
    const view = new RecordView(utf8('{"userIdentity":{"type":"Root"}}'));
    const slot = indexedSlot('userIdentity.type')!;
    expect(view.field(slot)).toEqual({ type: 'string', text: 'Root' });
    expect(view.field(slot)).toBe(view.field(slot));
    expect(view.spanOf(slot)).toEqual({ start: 24, end: 30 });
    expect(view.field(indexedSlot('eventName')!)).toBeUndefined();
    expect(indexedSlot('requestParameters.name')).toBeUndefined();
    expect(indexedSlot(undefined)).toBeUndefined();
  });

  it('keeps its own fields when another record is read', () => {
    const first = new RecordView(utf8('{"eventName":"A"}'));
    const second = new RecordView(utf8('{"x":1,"eventName":"B"}'));
    expect([readEvent(first).eventName, readEvent(second).eventName]).toEqual(['A', 'B']);
  });
});

describe('eventColumns', () => {
  it('has a cell for each column, in order', () => {
    const columns = eventColumns(eventOf(MANAGEMENT));
    expect(Object.keys(columns)).toEqual([...EVENT_COLUMNS]);
    expect(columns).toMatchObject({
      eventTime: '2026-03-04T05:08:00Z',
      accountId: '111122223333',
      principal: 'Deployer/deploy-4711',
      readOnly: false,
    });
  });

  it('has null for what the record has not, and the time as it is where it is none', () => {
    const columns = eventColumns(eventOf({ eventTime: 'yesterday' }));
    expect(columns).toMatchObject({
      eventTime: 'yesterday',
      eventName: null,
      principal: null,
      eventCategory: 'Management',
      readOnly: null,
    });
  });
});
