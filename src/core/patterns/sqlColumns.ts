/**
 * What a column of the tables that hold CloudTrail events is: `text` and `boolean` hold just that, `json` is a text of JSON, `map` a map of
 * texts in which AWS keeps any JSON value, `texts` a map of texts that are texts in the log.
 */
export type Column = 'text' | 'boolean' | 'json' | 'map' | 'texts' | Struct | List;

export interface Struct {
  readonly fields: Columns;
}

/** An array of structs. */
export interface List {
  readonly elements: Columns;
}

/** Columns, or fields of a struct, by the names that CloudTrail gives them in records. */
export type Columns = ReadonlyMap<string, Column>;

const SESSION_ISSUER = structOf('type principalId arn accountId userName');
const WEB_IDENTITY = structOf('federatedProvider', { attributes: 'texts' });
const ON_BEHALF_OF = structOf('userId identityStoreArn');
const TLS_DETAILS = structOf('tlsVersion cipherSuite clientProvidedHostHeader');

/** The table that AWS documents for Athena, and that the console of CloudTrail makes. Source: Amazon Athena user guide, "Create a table for CloudTrail logs". */
export const ATHENA_COLUMNS: Columns = columnsOf(
  'eventVersion eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestID ' +
    'eventID eventType apiVersion recipientAccountId sharedEventID vpcEndpointId vpcEndpointAccountId eventCategory ' +
    'sessionCredentialFromConsole',
  {
    userIdentity: structOf('type principalId arn accountId invokedBy accessKeyId userName', {
      onBehalfOf: ON_BEHALF_OF,
      sessionContext: structOf('ec2RoleDelivery', {
        attributes: structOf('mfaAuthenticated creationDate'),
        sessionIssuer: SESSION_ISSUER,
        webIdFederationData: WEB_IDENTITY,
      }),
    }),
    requestParameters: 'json',
    responseElements: 'json',
    additionalEventData: 'json',
    serviceEventDetails: 'json',
    edgeDeviceDetails: 'json',
    readOnly: 'boolean',
    resources: { elements: columnsOf('ARN accountId type') },
    addendum: structOf('reason updatedFields originalRequestID originalEventID'),
    tlsDetails: TLS_DETAILS,
  },
);

/**
 * The columns of an event data store that hold what the record holds. `eventTime` and `creationDate` are time stamps there, no texts: like
 * everything else they are read from `eventJson`. Source: CloudTrail user guide, "Supported SQL schemas for event data stores".
 */
export const LAKE_COLUMNS: Columns = columnsOf(
  'eventVersion eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestID eventID ' +
    'eventType apiVersion recipientAccountId sharedEventID annotation vpcEndpointId vpcEndpointAccountId eventCategory ' +
    'sessionCredentialFromConsole',
  {
    userIdentity: structOf('type principalId arn accountId accessKeyId userName invokedBy identityProvider', {
      onBehalfOf: ON_BEHALF_OF,
      sessionContext: structOf('sourceIdentity ec2RoleDelivery', {
        attributes: structOf('mfaAuthenticated'),
        sessionIssuer: SESSION_ISSUER,
        webIdFederationData: WEB_IDENTITY,
      }),
    }),
    requestParameters: 'map',
    responseElements: 'map',
    additionalEventData: 'map',
    serviceEventDetails: 'map',
    readOnly: 'boolean',
    managementEvent: 'boolean',
    resources: { elements: columnsOf('ARN accountId type') },
    tlsDetails: TLS_DETAILS,
  },
);

function columnsOf(texts: string, others: Readonly<Record<string, Column>> = {}): Columns {
  return new Map<string, Column>([
    ...texts.split(' ').map((name): [string, Column] => [name, 'text']),
    ...Object.entries(others),
  ]);
}

function structOf(texts: string, others: Readonly<Record<string, Column>> = {}): Struct {
  return { fields: columnsOf(texts, others) };
}
