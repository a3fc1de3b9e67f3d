// Who and what there is. All of it is invented: the account ids are those of the AWS documentation, the addresses come from the ranges
// kept for documentation (RFC 5737), the domain from RFC 2606.
import { accessKeyId, resourceId, uniqueId } from './ids.mjs';
import { hexFor, uuidFor } from './seeded.mjs';

export const WORKLOADS = '111122223333';
export const DATA = '444455556666';
/** Where the stolen snapshot goes. */
export const OUTSIDER = '777788889999';

export const HOME_REGION = 'us-east-1';
export const SECOND_REGION = 'eu-west-1';

export const IP = {
  attacker: '203.0.113.66',
  attackerBrowser: '203.0.113.140',
  stranger: '203.0.113.201',
  office: '198.51.100.7',
  responder: '198.51.100.88',
  buildServer: '198.51.100.23',
  webServer: '192.0.2.101',
  webServerEurope: '192.0.2.102',
  reportServer: '192.0.2.103',
  lambda: '192.0.2.150',
};

export const BUCKET = {
  trail: 'example-trail-bucket',
  customers: 'example-customer-exports',
  finance: 'example-finance-archive',
  artifacts: 'example-build-artifacts',
};

function user(account, userName) {
  return {
    account,
    userName,
    principalId: uniqueId('AIDA', account, userName),
    arn: `arn:aws:iam::${account}:user/${userName}`,
  };
}

function role(account, name, path = '/') {
  return { account, name, principalId: uniqueId('AROA', account, name), arn: `arn:aws:iam::${account}:role${path}${name}` };
}

function serviceLinkedRole(account, service, name) {
  return role(account, name, `/aws-service-role/${service}/`);
}

export const USER = {
  ciDeployer: user(WORKLOADS, 'ci-deployer'),
  kai: user(WORKLOADS, 'kai'),
  backupSvc: user(WORKLOADS, 'backup-svc'),
};

/** The suffix of an Identity Center role is the same wherever its permission set is used. */
const ADMIN_SET = `AWSReservedSSO_AdministratorAccess_${hexFor('permission set admin', 16)}`;
const READ_SET = `AWSReservedSSO_ReadOnlyAccess_${hexFor('permission set read', 16)}`;

export const ROLE = {
  deploy: role(WORKLOADS, 'DeployRole'),
  dataRead: role(DATA, 'DataReadRole'),
  backupRestore: role(DATA, 'BackupRestoreRole', '/operations/'),
  github: role(WORKLOADS, 'GitHubActionsRole', '/ci/'),
  webServer: role(WORKLOADS, 'WebServerRole'),
  reportServer: role(DATA, 'ReportServerRole'),
  thumbnails: role(WORKLOADS, 'ThumbnailFunctionRole', '/service-role/'),
  report: role(DATA, 'NightlyReportFunctionRole', '/service-role/'),
  supportAudit: role(WORKLOADS, 'support-audit'),
  admin: { [WORKLOADS]: role(WORKLOADS, ADMIN_SET, '/aws-reserved/sso.amazonaws.com/'), [DATA]: role(DATA, ADMIN_SET, '/aws-reserved/sso.amazonaws.com/') },
  reader: role(DATA, READ_SET, '/aws-reserved/sso.amazonaws.com/'),
  config: {
    [WORKLOADS]: serviceLinkedRole(WORKLOADS, 'config.amazonaws.com', 'AWSServiceRoleForConfig'),
    [DATA]: serviceLinkedRole(DATA, 'config.amazonaws.com', 'AWSServiceRoleForConfig'),
  },
  autoScaling: serviceLinkedRole(WORKLOADS, 'autoscaling.amazonaws.com', 'AWSServiceRoleForAutoScaling'),
};

/** Long-term keys. */
export const KEY = {
  ciDeployer: accessKeyId('AKIA', WORKLOADS, 'ci-deployer'),
  backupSvc: accessKeyId('AKIA', WORKLOADS, 'backup-svc'),
};

const IDENTITY_STORE = `arn:aws:identitystore::${WORKLOADS}:identitystore/d-9067example`;

/** People of IAM Identity Center: the session name of their roles is their user name. */
export const PERSON = {
  rin: { userName: 'rin@example.com', onBehalfOf: { userId: uuidFor('person rin'), identityStoreArn: IDENTITY_STORE } },
  mio: { userName: 'mio@example.com', onBehalfOf: { userId: uuidFor('person mio'), identityStoreArn: IDENTITY_STORE } },
};

export const TRAIL_ARN = {
  [WORKLOADS]: `arn:aws:cloudtrail:${HOME_REGION}:${WORKLOADS}:trail/main-trail`,
  [DATA]: `arn:aws:cloudtrail:${HOME_REGION}:${DATA}:trail/data-trail`,
};

export const RESOURCE = {
  webServer: resourceId('i', 'web server'),
  webServerEurope: resourceId('i', 'web server in Europe'),
  reportServer: resourceId('i', 'report server'),
  ordersVolume: resourceId('vol', 'orders'),
  ordersSnapshot: resourceId('snap', 'orders'),
  flowLog: resourceId('fl', 'main'),
  flowLogEurope: resourceId('fl', 'Europe'),
  endpoint: resourceId('vpce', 'data'),
  securityGroup: resourceId('sg', 'web'),
  detector: hexFor('detector', 32),
  detectorEurope: hexFor('detector in Europe', 32),
  detectorData: hexFor('detector of data', 32),
  dataKey: uuidFor('key data'),
  workloadsKey: uuidFor('key workloads'),
  databaseSecret: `arn:aws:secretsmanager:${HOME_REGION}:${DATA}:secret:prod/orders-db-a1B2c3`,
  paymentSecret: `arn:aws:secretsmanager:${HOME_REGION}:${DATA}:secret:prod/payment-gateway-d4E5f6`,
};
