import { decodeUtf8 } from '../json/bytes';
import { formatTime } from './time';

/** The end of the range of `Date`, in epoch milliseconds. */
const LAST_TIME = 8.64e15;

type JsonObject = { readonly [key: string]: unknown };

/** A CloudTrail record made from an OCSF API Activity or Authentication event, as far as the two schemas meet; undefined when it is no CloudTrail event. */
export function ocsfRecord(bytes: Uint8Array): object | undefined {
  const event = parse(bytes);
  const metadata = object(event['metadata']);
  if (object(metadata['product'])['name'] !== 'CloudTrail') return undefined;
  const api = object(event['api']);
  const actor = object(event['actor']);
  const user = object(actor['user']);
  const cloud = object(event['cloud']);
  const time = event['time'];
  return withoutUndefined({
    eventVersion: object(metadata['product'])['version'],
    eventID: metadata['uid'],
    eventTime: typeof time === 'number' && Math.abs(time) < LAST_TIME ? formatTime(time) : undefined,
    eventSource: object(api['service'])['name'],
    eventName: api['operation'],
    awsRegion: cloud['region'],
    sourceIPAddress: object(event['src_endpoint'])['ip'] ?? object(event['src_endpoint'])['domain'],
    userAgent: object(event['http_request'])['user_agent'],
    errorCode: object(api['response'])['error'],
    errorMessage: object(api['response'])['message'],
    requestID: object(api['request'])['uid'],
    recipientAccountId: object(cloud['account'])['uid'],
    userIdentity: withoutUndefined({
      type: user['type'],
      principalId: user['uid_alt'] ?? user['uid'],
      arn: user['uid'],
      accountId: object(user['account'])['uid'],
      accessKeyId: user['credential_uid'],
      userName: user['name'],
      invokedBy: actor['invoked_by'],
    }),
  });
}

/** A CloudTrail record made from the ECS fields of an Elastic document that dropped the original; undefined when they are not there. */
export function ecsRecord(bytes: Uint8Array): object | undefined {
  const document = parse(bytes);
  const event = object(document['event']);
  const cloudtrail = object(object(document['aws'])['cloudtrail']);
  if (typeof event['action'] !== 'string' || event['provider'] === undefined) return undefined;
  const identity = object(cloudtrail['user_identity']);
  return withoutUndefined({
    eventVersion: cloudtrail['event_version'],
    eventID: event['id'] ?? cloudtrail['event_id'],
    eventTime: document['@timestamp'],
    eventSource: event['provider'],
    eventName: event['action'],
    eventType: cloudtrail['event_type'],
    awsRegion: object(document['cloud'])['region'],
    sourceIPAddress: object(document['source'])['address'],
    userAgent: object(document['user_agent'])['original'],
    errorCode: cloudtrail['error_code'],
    errorMessage: cloudtrail['error_message'],
    recipientAccountId: cloudtrail['recipient_account_id'] ?? object(object(document['cloud'])['account'])['id'],
    userIdentity: withoutUndefined({
      type: identity['type'],
      arn: identity['arn'],
      accessKeyId: identity['access_key_id'],
      userName: object(document['user'])['name'],
      principalId: object(document['user'])['id'],
      invokedBy: identity['invoked_by'],
    }),
  });
}

function parse(bytes: Uint8Array): JsonObject {
  return object(JSON.parse(decodeUtf8(bytes)));
}

function object(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function withoutUndefined(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
