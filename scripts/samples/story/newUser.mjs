// 3. A user of the attacker's own, with all rights, a password and a key; then a sign-in to the console without MFA.
import { AGENT, kaliCli } from '../agents.mjs';
import { denied } from '../errors.mjs';
import { atSignIn, inConsole } from '../identities.mjs';
import { accessKeyId } from '../ids.mjs';
import { signIn } from '../signIn.mjs';
import { at, spokenInIam } from '../time.mjs';
import { IP, KEY, SECOND_REGION, USER, WORKLOADS } from '../world.mjs';

const { userName, arn, principalId } = USER.backupSvc;
const THE_USER = ['AWS::IAM::User', userName];
const ADMIN_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';

export function newUser(timeline, thief) {
  const call = (clock, action, options) => timeline.call({ ...thief, agent: kaliCli(action) }, clock, action, options);
  call('03:23:10', 'iam.AddUserToGroup', {
    error: denied(thief, 'iam:AddUserToGroup', { resource: `arn:aws:iam::${WORKLOADS}:group/admins` }),
  });
  call('03:24:41', 'iam.CreateUser', {
    request: { userName, tags: [{ key: 'purpose', value: 'nightly backup' }] },
    response: {
      user: {
        path: '/',
        userName,
        userId: principalId,
        arn,
        createDate: spokenInIam(at('03:24:41')),
        tags: [{ key: 'purpose', value: 'nightly backup' }],
      },
    },
    touched: [THE_USER, ['AWS::IAM::User', arn], ['AWS::IAM::User', principalId]],
  });
  call('03:25:15', 'iam.AttachUserPolicy', {
    request: { userName, policyArn: ADMIN_POLICY },
    touched: [THE_USER, ['AWS::IAM::Policy', ADMIN_POLICY]],
    twice: true,
  });
  call('03:26:02', 'iam.CreateLoginProfile', {
    request: { userName, passwordResetRequired: false },
    response: { loginProfile: { userName, createDate: spokenInIam(at('03:26:02')), passwordResetRequired: false } },
    touched: [THE_USER],
  });
  call('03:26:48', 'iam.CreateAccessKey', {
    request: { userName },
    response: { accessKey: { userName, accessKeyId: KEY.backupSvc, status: 'Active', createDate: spokenInIam(at('03:26:48')) } },
    touched: [THE_USER, ['AWS::IAM::AccessKey', KEY.backupSvc]],
  });
  enterConsole(timeline);
}

function enterConsole(timeline) {
  const attempt = (clock, identity, error) =>
    signIn(timeline, { account: WORKLOADS, identity, ip: IP.attackerBrowser, agent: AGENT.firefox }, clock, { error });
  // A name that no user has is not logged: somebody may have typed the password there.
  const mistyped = { type: 'IAMUser', principalId: '', accountId: WORKLOADS, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
  attempt('03:33:10', mistyped, 'No username found in supplied account');
  attempt('03:33:41', atSignIn(USER.backupSvc, false), 'Failed authentication');
  attempt('03:34:05', atSignIn(USER.backupSvc, false), 'Failed authentication');
  attempt('03:34:50', atSignIn(USER.backupSvc, true));
  lookAround(timeline);
}

/** The console itself calls many APIs to draw its pages. */
function lookAround(timeline) {
  const pages = [
    ['03:34:55', 'iam.ListAccountAliases', {}],
    ['03:34:56', 'notifications.ListNotificationHubs', {}],
    ['03:35:20', 'iam.GetAccountSummary', {}],
    ['03:35:21', 'iam.ListMFADevices', { request: { userName } }],
    ['03:36:04', 'iam.ListRoles', { request: { maxItems: 1000 } }],
    ['03:36:40', 'iam.GetRole', { request: { roleName: 'DeployRole' } }],
    ['03:37:30', 'ec2.DescribeInstances', { request: { maxResults: 100, instancesSet: {}, filterSet: {} } }],
    ['03:38:02', 'ec2.DescribeInstances', { region: SECOND_REGION, request: { maxResults: 100, instancesSet: {}, filterSet: {} } }],
  ];
  for (const [clock, action, options] of pages) {
    const session = { accessKeyId: accessKeyId('ASIA', WORKLOADS, `console ${clock}`), signedInAt: at('03:34:50'), mfa: false };
    const page = { account: WORKLOADS, identity: inConsole(USER.backupSvc, session), ip: IP.attackerBrowser, console: true };
    timeline.call({ ...page, agent: action.startsWith('ec2.') ? AGENT.firefox : AGENT.internal }, clock, action, options);
  }
}
