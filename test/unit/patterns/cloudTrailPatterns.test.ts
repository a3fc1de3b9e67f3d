import { describe, expect, test } from 'vitest';
import { parsePattern } from '../../../src/core/patterns/parse';
import { type Json, errorTexts, matches } from './support';

/** Any of these event names, in the two ways in which the metric filters of the AWS documentation are written. */
const tight = (list: readonly string[]): string => `{${list.map((name) => `($.eventName=${name})`).join('||')}}`;
const spaced = (list: readonly string[]): string => `{ ${list.map((name) => `($.eventName = ${name})`).join(' || ')} }`;
const names = (text: string): string[] => text.trim().split(/\s+/);

const IAM =
  names(`DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy
  DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy
  AttachGroupPolicy DetachGroupPolicy`);
const INSTANCES = names('RunInstances RebootInstances StartInstances StopInstances TerminateInstances');
const TRAILS = names('CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging');
const VPC = names(`CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection
  DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink
  EnableVpcClassicLink`);
const GATEWAYS = names(`CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway
  DeleteInternetGateway DetachInternetGateway`);
const GROUPS = names(`AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress
  RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup`);
const ACLS = names(`CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry
  ReplaceNetworkAclAssociation`);

describe('lists of event names', () => {
  test.each([
    ['IAM policies', tight(IAM), IAM],
    ['users', tight(['CreateUser', 'CreateLoginProfile']), ['CreateUser', 'CreateLoginProfile']],
    ['access keys', '{$.eventName=CreateAccessKey}', ['CreateAccessKey']],
    ['trails', spaced(TRAILS), TRAILS],
    ['instances', spaced(INSTANCES), INSTANCES],
    ['VPCs', spaced(VPC), VPC],
    ['gateways', spaced(GATEWAYS), GATEWAYS],
    ['security groups', spaced(GROUPS), GROUPS],
    ['network ACLs', spaced(ACLS), ACLS],
  ])('%s', (_, pattern, listed) => {
    expect(errorTexts(parsePattern(pattern))).toEqual([]);
    expect(pattern.length).toBeLessThanOrEqual(1024);
    for (const eventName of listed) expect(matches(pattern, { eventName })).toBe(true);
    for (const eventName of ['GetUser', `${listed[0]!}s`, listed[0]!.toLowerCase(), '']) {
      expect(matches(pattern, { eventName })).toBe(false);
    }
    expect(matches(pattern, {})).toBe(false);
  });
});

const refused =
  '{($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && ($.eventName != "Decrypt" || $.userIdentity.invokedBy != "config.amazonaws.com" )}';
const sessionsOfS3 =
  '{ ($.eventSource = "s3.amazonaws.com") && ($.eventName = "StartSession" || $.eventName = "ResumeSession" || $.eventName = "TerminateSession") }';
const sessionsOfSsm = sessionsOfS3.replace('s3.amazonaws.com', 'ssm.amazonaws.com');

const cases: readonly [pattern: string, matching: readonly Json[], others: readonly Json[]][] = [
  [
    '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    [{ userIdentity: { type: 'Root' }, eventType: 'AwsApiCall' }],
    [
      { userIdentity: { type: 'Root', invokedBy: 'support.amazonaws.com' }, eventType: 'AwsApiCall' },
      { userIdentity: { type: 'Root', invokedBy: null }, eventType: 'AwsApiCall' },
      { userIdentity: { type: 'Root' }, eventType: 'AwsServiceEvent' },
      { userIdentity: { type: 'Root' } },
      { userIdentity: { type: 'IAMUser' }, eventType: 'AwsApiCall' },
    ],
  ],
  [
    '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
    [{ eventName: 'ConsoleLogin', errorMessage: 'Failed authentication' }],
    [{ eventName: 'ConsoleLogin' }, { eventName: 'ConsoleLogin', errorMessage: 'Failed' }],
  ],
  [
    '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed = "No" }',
    [{ eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'No' } }],
    [{ eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'Yes' } }, { eventName: 'ConsoleLogin' }],
  ],
  [
    '{ $.eventSource = "signin.amazonaws.com" && $.eventName = "SwitchRole" && $.responseElements.SwitchRole= "Failure" }',
    [{ eventSource: 'signin.amazonaws.com', eventName: 'SwitchRole', responseElements: { SwitchRole: 'Failure' } }],
    [{ eventSource: 'signin.amazonaws.com', eventName: 'SwitchRole', responseElements: { SwitchRole: 'Success' } }],
  ],
  [
    '{ ($.eventSource = "guardduty.amazonaws.com") && ($.eventName = "DeleteDetector") }',
    [{ eventSource: 'guardduty.amazonaws.com', eventName: 'DeleteDetector' }],
    [{ eventSource: 'detective.amazonaws.com', eventName: 'DeleteDetector' }],
  ],
  [
    '{ $.eventSource = kms.amazonaws.com && ($.eventName = "DisableKey" || $.eventName = "ScheduleKeyDeletion") }',
    [{ eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion' }],
    [
      { eventSource: 'kms.amazonaws.com', eventName: 'Decrypt' },
      { eventSource: 'kmsXamazonaws.com', eventName: 'DisableKey' },
    ],
  ],
  [
    '{ $.eventSource = kms.amazonaws.com && $.errorCode = "*Exception" }',
    [{ eventSource: 'kms.amazonaws.com', errorCode: 'NotFoundException' }],
    [{ eventSource: 'kms.amazonaws.com', errorCode: 'AccessDenied' }, { eventSource: 'kms.amazonaws.com' }],
  ],
  [
    '{ ($.eventName = RunInstances) && (($.requestParameters.instanceType = *.8xlarge) || ($.requestParameters.instanceType = *.4xlarge)) }',
    [{ eventName: 'RunInstances', requestParameters: { instanceType: 'm5.4xlarge' } }],
    [
      { eventName: 'RunInstances', requestParameters: { instanceType: 'm5.large' } },
      { eventName: 'RunInstances', requestParameters: null },
    ],
  ],
  [
    '{ ($.eventSource = "s3.amazonaws.com") && ($.eventName = "PutBucketPolicy") }',
    [{ eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicy' }],
    [{ eventSource: 's3.amazonaws.com', eventName: 'PutBucketPolicyStatus' }],
  ],
  [
    '{ ($.eventSource = "s3.amazonaws.com") && ($.eventName = "DeleteAccountPublicAccessBlock") }',
    [{ eventSource: 's3.amazonaws.com', eventName: 'DeleteAccountPublicAccessBlock' }],
    [{ eventSource: 's3.amazonaws.com', eventName: 'DeletePublicAccessBlock' }],
  ],
  [
    refused,
    [
      { errorCode: 'Client.UnauthorizedOperation', eventName: 'RunInstances' },
      { errorCode: 'AccessDenied', eventName: 'Decrypt', userIdentity: { invokedBy: 'x.amazonaws.com' } },
      { errorCode: 'AccessDeniedException', eventName: 'GetObject' },
    ],
    [
      { errorCode: 'AccessDenied', eventName: 'Decrypt', userIdentity: { invokedBy: 'config.amazonaws.com' } },
      // The trap: a missing invokedBy is not different from anything.
      { errorCode: 'AccessDenied', eventName: 'Decrypt', userIdentity: { type: 'IAMUser' } },
      { errorCode: 'AccessDenied', eventName: 'Decrypt' },
      { errorCode: 'NoSuchKey', eventName: 'GetObject' },
      { eventName: 'GetObject' },
    ],
  ],
  [
    sessionsOfS3,
    [{ eventSource: 's3.amazonaws.com', eventName: 'StartSession' }],
    // The trap: this is where sessions really come from.
    [{ eventSource: 'ssm.amazonaws.com', eventName: 'StartSession' }],
  ],
  [
    sessionsOfSsm,
    ['StartSession', 'ResumeSession', 'TerminateSession'].map((eventName) => ({
      eventSource: 'ssm.amazonaws.com',
      eventName,
    })),
    [{ eventSource: 'ssm.amazonaws.com', eventName: 'SendCommand' }],
  ],
];

describe.each(cases)('%s', (pattern, matching, others) => {
  test('has no errors', () => expect(errorTexts(parsePattern(pattern))).toEqual([]));
  test.each(matching)('matches %j', (record) => expect(matches(pattern, record)).toBe(true));
  test.each(others)('does not match %j', (record) => expect(matches(pattern, record)).toBe(false));
});

test('the trap of the refused Decrypt is warned of', () => {
  const { notes } = parsePattern(refused);
  expect(notes.map(({ start, end }) => refused.slice(start, end))).toEqual([
    '$.userIdentity.invokedBy != "config.amazonaws.com"',
  ]);
});
