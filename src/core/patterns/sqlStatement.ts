import { formatTime } from '../events/time';
import type { SqlDialect } from './sqlPlace';
import { sqlLiteral } from './sqlText';

/** What a statement reads. */
export interface SqlScope {
  /** The name of Athena's table, or the id of the event data store. */
  readonly table?: string;
  /** Epoch milliseconds, the beginning included, the end not. Without either, the last seven days. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const LAKE_FIELDS =
  'eventTime, eventSource, eventName, awsRegion, recipientAccountId, userIdentity.arn, sourceIPAddress, errorCode, eventID, eventJson';

/** A whole statement around a condition of `toSql`. It always has a condition on time: both services charge by what is scanned. */
export function sqlStatement(condition: string, dialect: SqlDialect, scope: SqlScope = {}): string {
  const athena = dialect === 'athena';
  const table = scope.table === undefined ? undefined : quotedName(scope.table);
  return [
    `SELECT ${athena ? '*' : LAKE_FIELDS}`,
    `FROM ${table ?? (athena ? 'cloudtrail_logs' : '<event data store id>')}`,
    `WHERE ${condition}`,
    ...timeConditions(dialect, scope).map((each) => `  AND ${each}`),
  ].join('\n');
}

/** Names that are more than words, and the ids of event data stores are not, stand in double quotes. */
function quotedName(name: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name)) return name;
  return name
    .split('.')
    .map((part) => (/^[A-Za-z_]\w*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');
}

function timeConditions(dialect: SqlDialect, { from, to }: SqlScope): string[] {
  const [column, literal] = dialect === 'athena' ? ['eventtime', athenaTime] : ['eventTime', lakeTime];
  if (from === undefined && to === undefined) {
    const weekAgo = `current_timestamp - INTERVAL '7' DAY`;
    return [`${column} >= ${dialect === 'athena' ? `date_format(${weekAgo}, '%Y-%m-%dT%H:%i:%sZ')` : weekAgo}`];
  }
  return [
    ...(from === undefined ? [] : [`${column} >= ${literal(from)}`]),
    ...(to === undefined ? [] : [`${column} < ${literal(to)}`]),
  ];
}

/** Athena keeps times as the texts of the log. */
function athenaTime(time: number): string {
  return sqlLiteral(formatTime(time));
}

function lakeTime(time: number): string {
  return `TIMESTAMP ${sqlLiteral(formatTime(time).replace('T', ' ').replace('Z', ''))}`;
}
