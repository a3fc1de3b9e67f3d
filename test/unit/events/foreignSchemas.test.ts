import { describe, expect, it } from 'vitest';
import { ecsRecord, ocsfRecord } from '../../../src/core/events/foreignSchemas';
import { utf8 } from '../../fixtures/bytes';

const bytes = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

describe('ocsfRecord', () => {
  it('takes over what OCSF keeps of a CloudTrail record', () => {
    const event = {
      class_uid: 6003,
      time: Date.UTC(2026, 2, 4, 5, 8),
      metadata: { uid: 'e', product: { name: 'CloudTrail', vendor_name: 'AWS', version: '1.11' } },
      api: {
        operation: 'CreateUser',
        service: { name: 'iam.amazonaws.com' },
        request: { uid: 'r' },
        response: { error: 'AccessDenied', message: 'not authorized' },
      },
      cloud: { region: 'us-east-1', account: { uid: '111122223333' } },
      src_endpoint: { ip: '203.0.113.24' },
      http_request: { user_agent: 'aws-cli/2.31.1' },
      actor: {
        invoked_by: 'cloudformation.amazonaws.com',
        user: {
          type: 'IAMUser',
          uid: 'arn:aws:iam::111122223333:user/hanako',
          uid_alt: 'AIDA',
          name: 'hanako',
          account: { uid: '111122223333' },
          credential_uid: 'AKIA',
        },
      },
    };
    expect(ocsfRecord(bytes(event))).toEqual({
      eventVersion: '1.11',
      eventID: 'e',
      eventTime: '2026-03-04T05:08:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      sourceIPAddress: '203.0.113.24',
      userAgent: 'aws-cli/2.31.1',
      errorCode: 'AccessDenied',
      errorMessage: 'not authorized',
      requestID: 'r',
      recipientAccountId: '111122223333',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDA',
        arn: 'arn:aws:iam::111122223333:user/hanako',
        accountId: '111122223333',
        accessKeyId: 'AKIA',
        userName: 'hanako',
        invokedBy: 'cloudformation.amazonaws.com',
      },
    });
  });

  it.each<[event: unknown, record: object | undefined]>([
    [{ metadata: { product: { name: 'VPC Flow' } } }, undefined],
    [{}, undefined],
    [[], undefined],
    [{ metadata: { product: { name: 'CloudTrail' } }, time: 1e300 }, { userIdentity: {} }],
    [{ metadata: { product: { name: 'CloudTrail' } }, time: 'soon', api: 7, actor: null }, { userIdentity: {} }],
    [
      { metadata: { product: { name: 'CloudTrail' } }, src_endpoint: { domain: 'ec2.amazonaws.com' } },
      { sourceIPAddress: 'ec2.amazonaws.com', userIdentity: {} },
    ],
  ])('makes of %j %j', (event, record) => {
    expect(ocsfRecord(bytes(event))).toEqual(record);
  });
});

describe('ecsRecord', () => {
  it('takes over what Elastic keeps of a CloudTrail record', () => {
    const document = {
      '@timestamp': '2026-03-04T05:08:00Z',
      event: { action: 'CreateUser', provider: 'iam.amazonaws.com', id: 'e' },
      cloud: { region: 'us-east-1', account: { id: '111122223333' } },
      source: { address: '203.0.113.24' },
      user: { id: 'AIDA', name: 'hanako' },
      user_agent: { original: 'aws-cli/2.31.1' },
      aws: {
        cloudtrail: {
          event_version: '1.11',
          event_type: 'AwsApiCall',
          error_code: 'AccessDenied',
          error_message: 'no',
          user_identity: { type: 'IAMUser', arn: 'a', access_key_id: 'AKIA' },
        },
      },
    };
    expect(ecsRecord(bytes(document))).toEqual({
      eventVersion: '1.11',
      eventID: 'e',
      eventTime: '2026-03-04T05:08:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      eventType: 'AwsApiCall',
      awsRegion: 'us-east-1',
      sourceIPAddress: '203.0.113.24',
      userAgent: 'aws-cli/2.31.1',
      errorCode: 'AccessDenied',
      errorMessage: 'no',
      recipientAccountId: '111122223333',
      userIdentity: { type: 'IAMUser', arn: 'a', accessKeyId: 'AKIA', userName: 'hanako', principalId: 'AIDA' },
    });
  });

  it.each([[{}], [{ event: { action: 'x' } }], [{ event: { provider: 'x' } }], [{ event: null }], [7]])(
    'makes nothing of %j',
    (document) => {
      expect(ecsRecord(bytes(document))).toBeUndefined();
    },
  );
});
