import type { CellField } from '../../src/core/table/pages';
import type { ViewField } from '../../src/core/table/views';
import type { ColumnWidth } from '../grid/columnLayout';

export type EventColumn = ColumnWidth<CellField>;

/** Shown at first. */
export const DEFAULT_COLUMNS: readonly EventColumn[] = [
  { field: 'eventTime', width: 162 },
  { field: 'severity', width: 84 },
  { field: 'eventName', width: 190 },
  { field: 'eventSource', width: 120 },
  { field: 'principal', width: 230 },
  { field: 'sourceIPAddress', width: 140 },
  { field: 'awsRegion', width: 110 },
  { field: 'errorCode', width: 170 },
  { field: 'userAgent', width: 220 },
];

/** Every column there is, in the order of the chooser. */
export const COLUMN_FIELDS = [
  ...(['eventTime', 'severity', 'eventName', 'eventSource', 'principal', 'identityType', 'sourceIPAddress'] as const),
  ...(['awsRegion', 'accountId', 'errorCode', 'errorMessage', 'userAgent', 'readOnly', 'tactic', 'rule'] as const),
  ...(['arn', 'userName', 'accessKeyId', 'principalId', 'sessionIssuerArn', 'sessionCreationDate'] as const),
  ...(['mfaAuthenticated', 'mfaUsed', 'invokedBy', 'callerAccountId', 'recipientAccountId'] as const),
  ...(['eventType', 'eventCategory', 'managementEvent', 'eventVersion', 'consoleLogin', 'vpcEndpointId'] as const),
  ...(['eventID', 'requestID', 'sharedEventID'] as const),
] satisfies readonly CellField[];

export const NEW_COLUMN_WIDTH = 160;

/** Facets, in their order. */
export const FACET_FIELDS = [
  ...(['severity', 'eventName', 'eventSource', 'identityType', 'principal', 'sourceIPAddress'] as const),
  ...(['awsRegion', 'accountId', 'errorCode', 'userAgent', 'readOnly', 'tactic'] as const),
] satisfies readonly ViewField[];
