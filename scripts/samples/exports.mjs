// The same events as other tools save them.
import { toJson } from './json.mjs';
import { at } from './time.mjs';
import { HOME_REGION, KEY, USER, WORKLOADS } from './world.mjs';

/** The analyst sits in Japan: the AWS CLI prints local times. Hours ahead of UTC. */
const HOURS_AHEAD = 9;

/** Names of the attacker's sessions: the first two roles have the one, the third the other. */
const SESSIONS = ['svc-backup', 'restore-0304'];
const LOOKED_UP = 10;
const CSV_ROWS = 12;
const NDJSON_RECORDS = 20;
const PRETTY_RECORDS = 12;

/** `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=svc-backup --max-items 10` */
export function lookupEvents(entries) {
  const found = inEventHistory(entries).filter(({ record }) => userNameOf(record) === SESSIONS[0]);
  const answer = { Events: found.slice(0, LOOKED_UP).map(lookedUp), NextToken: 'EXAMPLE1pYWdlIDIgb2YgdGhlIHN0b3J5==' };
  return `${JSON.stringify(answer, null, 4)}\n`;
}

/** Event history knows the management events of one account and Region, newest first, whether or not a trail recorded them. */
function inEventHistory(entries) {
  return entries
    .filter(({ account, region, record }) => account === WORKLOADS && region === HOME_REGION && record.eventCategory === 'Management')
    .sort((a, b) => b.time - a.time);
}

function lookedUp({ record, touched, time }) {
  const local = new Date((time + HOURS_AHEAD * 3600) * 1000).toISOString().slice(0, 19);
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: record.userIdentity.accessKeyId,
    EventTime: `${local}+0${HOURS_AHEAD}:00`,
    EventSource: record.eventSource,
    Username: userNameOf(record),
    Resources: touched.map(([ResourceType, ResourceName]) => ({ ResourceType, ResourceName })),
    CloudTrailEvent: toJson(record),
  };
}

/** For a session its name. */
function userNameOf(record) {
  return record.userIdentity.userName ?? sessionNameOf(record);
}

/** The console's "Download as CSV", filtered by the user name of the attacker's own user. */
export function eventHistoryCsv(entries) {
  const header =
    'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category';
  const found = inEventHistory(entries).filter(({ record, time }) => userNameOf(record) === USER.backupSvc.userName && time < at('04:00'));
  return `${[header, ...found.slice(0, CSV_ROWS).map(csvRow)].join('\n')}\n`;
}

function csvRow({ record, touched }) {
  const resources = touched.map(([resourceType, resourceName]) => ({ resourceType, resourceName }));
  return [
    userNameOf(record),
    record.userIdentity.accessKeyId,
    record.eventTime,
    record.eventSource,
    record.eventName,
    record.awsRegion,
    record.sourceIPAddress,
    record.userAgent,
    record.errorCode,
    resources.length === 0 ? '' : JSON.stringify(resources),
    record.requestID,
    record.eventID,
    record.readOnly,
    record.eventType,
    record.recipientAccountId,
    record.eventCategory,
  ]
    .map((cell) => csvCell(String(cell ?? '')))
    .join(',');
}

function csvCell(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `jq -c '.Records[]'` over some files: the way from the new user's key through the three roles. */
export function recordsNdjson(delivered) {
  const onTheWay = ({ record }) => record.userIdentity?.accessKeyId === KEY.backupSvc || SESSIONS.includes(sessionNameOf(record));
  return inOrder(delivered.filter(onTheWay))
    .slice(0, NDJSON_RECORDS)
    .map(({ record }) => `${toJson(record)}\n`)
    .join('');
}

/** A log that somebody laid out with two blanks: the last things that the last session did. */
export function prettyRecords(delivered) {
  const found = inOrder(delivered.filter(({ record }) => sessionNameOf(record) === SESSIONS[1]));
  return `${toJson({ Records: found.slice(-PRETTY_RECORDS).map(({ record }) => record) }, 2)}\n`;
}

function inOrder(entries) {
  return entries.toSorted((a, b) => a.time - b.time);
}

function sessionNameOf({ userIdentity }) {
  return userIdentity?.principalId?.split(':')[1];
}
