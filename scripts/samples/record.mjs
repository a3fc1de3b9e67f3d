// One record of an API call, with CloudTrail's own order of keys.
import { HOME_REGION } from './world.mjs';
import { hexFor, lettersFor, uuidFor } from './seeded.mjs';
import { iso } from './time.mjs';

const READ = /^(Get|List|Describe|Lookup|Head|Batch(Get|Check)|Search|Assume|Decrypt|GenerateDataKey)/;
/** Services write records in the version of the day they last changed how they do it. */
const VERSION = { 'sts.amazonaws.com': '1.08', 'ec2.amazonaws.com': '1.10', 'signin.amazonaws.com': '1.09' };
const NEWEST_VERSION = '1.11';
/** S3 puts the agent of a caller in square brackets, and has request ids of its own form. */
const S3 = 's3.amazonaws.com';
const HOST = { iam: 'iam.amazonaws.com', organizations: 'organizations.us-east-1.amazonaws.com', ecr: 'api.ecr.us-east-1.amazonaws.com' };

/**
 * @param actor who calls, from where and with what: `identity`, `ip`, `agent`; `console` in a console session, `service` when AWS calls
 * @param call `time`, `source`, `name` and what this call has of the optional parts
 */
export function makeRecord(actor, call) {
  const { time, source, name, region = HOME_REGION, account, error, additional, resources, category = 'Management' } = call;
  const id = `record ${account} ${region} ${time} ${name} ${call.serial}`;
  return {
    eventVersion: VERSION[source] ?? NEWEST_VERSION,
    userIdentity: actor.identity,
    eventTime: iso(time),
    eventSource: source,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: actor.ip,
    userAgent: source === S3 && !actor.service ? `[${actor.agent}]` : actor.agent,
    ...(error?.code && { errorCode: error.code }),
    ...(error?.message && { errorMessage: error.message }),
    requestParameters: call.request ?? null,
    responseElements: call.response ?? null,
    ...(additional && { additionalEventData: additional }),
    ...(call.requestId !== null && { requestID: call.requestId ?? requestId(source, id) }),
    eventID: uuidFor(id),
    readOnly: call.readOnly ?? READ.test(name),
    ...(resources && { resources }),
    eventType: call.type ?? 'AwsApiCall',
    ...(call.apiVersion && { apiVersion: call.apiVersion }),
    managementEvent: category === 'Management',
    recipientAccountId: account,
    ...(call.details && { serviceEventDetails: call.details }),
    ...(call.sharedId && { sharedEventID: call.sharedId }),
    ...(call.endpoint && { vpcEndpointId: call.endpoint }),
    eventCategory: category,
    ...(!actor.service && !actor.console && { tlsDetails: tls(source, region, call.host) }),
    ...(actor.console && { sessionCredentialFromConsole: 'true' }),
  };
}

function requestId(source, id) {
  return source === S3 ? lettersFor(`request ${id}`, 16, 'ABCDEFGHJKMNPQRSTVWXYZ0123456789') : uuidFor(`request ${id}`);
}

function tls(source, region, host) {
  const service = source.replace('.amazonaws.com', '');
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: host ?? HOST[service] ?? `${service}.${region}.amazonaws.com`,
  };
}

/** The extended request id that S3 writes beside the short one. */
export function s3ExtendedId(name) {
  return Buffer.from(hexFor(`s3 ${name}`, 112), 'hex').toString('base64');
}
