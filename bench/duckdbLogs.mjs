import { join } from 'node:path';

/** Reads delivered logs with DuckDB, which is told the shape of a record so that it need not find it out. */

const IDENTITY = `STRUCT("type" VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, accessKeyId VARCHAR, userName VARCHAR, invokedBy VARCHAR,
  sessionContext STRUCT(attributes STRUCT(mfaAuthenticated VARCHAR, creationDate VARCHAR), sessionIssuer STRUCT(arn VARCHAR, userName VARCHAR)))`;
const RECORD = `STRUCT(eventVersion VARCHAR, userIdentity ${IDENTITY}, eventTime TIMESTAMP, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR,
  sourceIPAddress VARCHAR, userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR, requestID VARCHAR, eventID VARCHAR, readOnly BOOLEAN,
  eventType VARCHAR, managementEvent BOOLEAN, recipientAccountId VARCHAR, sharedEventID VARCHAR, vpcEndpointId VARCHAR, eventCategory VARCHAR,
  sessionCredentialFromConsole VARCHAR, additionalEventData STRUCT(MFAUsed VARCHAR))`;
const FIELDS = `r.eventVersion, r.eventTime, r.eventSource, r.eventName, r.awsRegion, r.sourceIPAddress, r.userAgent, r.errorCode, r.errorMessage,
  r.requestID, r.eventID, r.readOnly, r.eventType, r.managementEvent, r.recipientAccountId, r.sharedEventID, r.vpcEndpointId, r.eventCategory,
  r.sessionCredentialFromConsole, r.additionalEventData.MFAUsed AS mfaUsed, r.userIdentity."type" AS identityType,
  r.userIdentity.principalId, r.userIdentity.arn, r.userIdentity.accountId, r.userIdentity.accessKeyId, r.userIdentity.userName,
  r.userIdentity.invokedBy, r.userIdentity.sessionContext.attributes.mfaAuthenticated, r.userIdentity.sessionContext.attributes.creationDate,
  r.userIdentity.sessionContext.sessionIssuer.arn AS issuerArn`;

const from = (logs, record) =>
  `(SELECT unnest(Records) AS r FROM read_json('${join(logs, '**/*.json.gz')}', columns = {Records: '${record.replaceAll("'", "''")}[]'},
    format = 'unstructured', maximum_object_size = 268435456))`;

async function timed(connection, sql) {
  const start = performance.now();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRows();
  return { ms: performance.now() - start, rows };
}

/** ms to load 30 scalar fields of every record into a table in memory. */
export async function load(connection, logs) {
  await connection.run('DROP TABLE IF EXISTS loaded');
  const { ms } = await timed(connection, `CREATE TABLE loaded AS SELECT ${FIELDS} FROM ${from(logs, RECORD)}`);
  await connection.run('DROP TABLE loaded');
  return ms;
}

/** ms to count records by their eventName, straight from the packed files. */
export async function countByName(connection, logs) {
  const record = 'STRUCT(eventName VARCHAR)';
  const { ms, rows } = await timed(
    connection,
    `SELECT r.eventName, count(*) FROM ${from(logs, record)} GROUP BY 1 ORDER BY 2 DESC`,
  );
  if (rows.length === 0) throw new Error('DuckDB counted nothing.');
  return ms;
}
