import type { CloudTrailEvent } from './event';
import { principalName } from './principal';
import { formatTime } from './time';

/** The columns of an event in exports, in their order, under CloudTrail's own names; `principal` is ours. */
export const EVENT_COLUMNS = [
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'accountId',
  'principal',
  'identityType',
  'arn',
  'accessKeyId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
  'sessionIssuerArn',
  'invokedBy',
  'requestID',
  'eventID',
] as const;

export type EventColumns = Record<(typeof EVENT_COLUMNS)[number], string | boolean | null>;

/** An event as a flat row: times in CloudTrail's form, null for what the record has not. */
export function eventColumns(event: CloudTrailEvent): EventColumns {
  return {
    eventTime: event.time === undefined ? (event.eventTime ?? null) : formatTime(event.time),
    eventSource: event.eventSource ?? null,
    eventName: event.eventName ?? null,
    awsRegion: event.awsRegion ?? null,
    accountId: event.accountId ?? null,
    principal: principalName(event) ?? null,
    identityType: event.identityType ?? null,
    arn: event.arn ?? null,
    accessKeyId: event.accessKeyId ?? null,
    sourceIPAddress: event.sourceIPAddress ?? null,
    userAgent: event.userAgent ?? null,
    errorCode: event.errorCode ?? null,
    errorMessage: event.errorMessage ?? null,
    readOnly: event.readOnly ?? null,
    eventCategory: event.eventCategory,
    eventType: event.eventType ?? null,
    sessionIssuerArn: event.sessionIssuerArn ?? null,
    invokedBy: event.invokedBy ?? null,
    requestID: event.requestID ?? null,
    eventID: event.eventID ?? null,
  };
}
