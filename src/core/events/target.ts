import { findValue, stepsOf } from '../json/find';
import { readValue } from '../json/foundValue';
import { parseArn, resourceName } from './arn';
import type { CloudTrailEvent } from './event';
import { serviceName } from './principal';
import type { RecordView } from './recordView';

/** Where requests name what they act on, the most telling first. */
const TARGET_PATHS = [
  ...['roleArn', 'userName', 'roleName', 'groupName', 'policyArn', 'policyName', 'instanceProfileName'],
  ...[
    'bucketName',
    'secretId',
    'functionName',
    'dBInstanceIdentifier',
    'dBSnapshotIdentifier',
    'trailName',
    'detectorId',
  ],
  ...['keyId', 'tableName', 'queueUrl', 'topicArn', 'stackName', 'clusterName', 'repositoryName', 'documentName'],
  ...['instanceId', 'snapshotId', 'volumeId', 'imageId', 'groupId', 'vpcId', 'name', 'target'],
].map((key) => ({ key, steps: stepsOf(['requestParameters', key]) }));
const OBJECT_KEY = stepsOf(['requestParameters', 'key']);
const INSTANCES = stepsOf(['requestParameters', 'instancesSet', 'items', 0, 'instanceId']);
const FIRST_RESOURCE = stepsOf(['resources', 0, 'ARN']);

/** A short name for what a call acted on: a role, a user, `bucket/key`, …; the service where the request names nothing. */
export function targetName(event: CloudTrailEvent, record: RecordView): string | undefined {
  for (const { key, steps } of TARGET_PATHS) {
    const text = textAt(record, steps);
    if (text === undefined) continue;
    const object = key === 'bucketName' ? textAt(record, OBJECT_KEY) : undefined;
    return object === undefined ? shortName(text) : `${text}/${object}`;
  }
  const other = textAt(record, INSTANCES) ?? textAt(record, FIRST_RESOURCE);
  return other === undefined ? event.eventSource && serviceName(event.eventSource) : shortName(other);
}

function textAt({ bytes }: RecordView, steps: ReturnType<typeof stepsOf>): string | undefined {
  const span = findValue(bytes, 0, steps);
  const found = span && readValue(bytes, span);
  return found?.type === 'string' && found.text !== '' ? found.text : undefined;
}

function shortName(text: string): string {
  const arn = parseArn(text);
  return arn === undefined ? text : resourceName(arn);
}
