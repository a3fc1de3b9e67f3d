import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alice, assumeRole, call, roleSession } from '../fixtures/identities';
import { deliveredLog } from '../fixtures/oneRecord';
import { Workbench, temporaryFolder } from './workbench';

const example = roleSession('ExampleRole', 'a', 'ASIAEXAMPLE');
const deploy = roleSession('DeployRole', 'svc', 'ASIADEPLOY', { created: '2026-03-04T05:10:00Z' });
const NAME = '111122223333_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json';
const LOG = deliveredLog([
  call(deploy, {
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: '2026-03-04T05:11:00Z',
  }),
  assumeRole({ by: alice, role: 'ExampleRole', name: 'a', key: 'ASIAEXAMPLE' }),
  assumeRole({ by: example, role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY', time: '2026-03-04T05:10:00Z' }),
  call({
    ...alice,
    arn: 'arn:aws:iam::111122223333:user/bob',
    userName: 'bob',
    principalId: 'B',
    accessKeyId: 'AKIABOB',
  }),
]);

describe('the Sessions view in the workbench', () => {
  const folder = temporaryFolder({ [`${NAME}.gz`]: gzipSync(LOG) });
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open(folder.path);
  });
  afterEach((context) => workbench.pictureFailure(context));
  afterAll(async () => {
    await workbench.close();
    folder.dispose();
  });

  const rows = () => workbench.page.locator('.pane', { hasText: 'Sessions' }).locator('.monaco-list-row');
  const rowTexts = async (): Promise<string[]> =>
    (await rows().allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));

  it('says what to do while no log is open', async () => {
    await workbench.run('CloudTrail: Show Session');
    const welcome = workbench.page.locator('.welcome-view-content', { hasText: 'Who is behind each access key' });
    await welcome.waitFor();
    await welcome.locator('.monaco-button', { hasText: 'Read Folder' }).waitFor();
  });

  it('opens on the session of the record at the cursor, under who is behind it', async () => {
    await workbench.openFile(`${NAME}.gz`);
    const { page } = workbench;
    await page
      .locator('.codelens-decoration', { hasText: /alice.*→.*ExampleRole.*→.*DeployRole/ })
      .first()
      .waitFor();
    await page
      .locator('.codelens-decoration a', { hasText: /Session:.*DeployRole/ })
      .first()
      .click();
    const selected = rows().and(page.locator('.selected'));
    await selected.waitFor();
    expect(await selected.innerText()).toContain('DeployRole/svc');
    const texts = await rowTexts();
    const found = ['alice (IAMUser)', 'alice', 'ExampleRole/a', 'DeployRole/svc'].map((label) =>
      texts.findIndex((text) => text.startsWith(label)),
    );
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(texts.join('\n')).toMatch(/1 event.*certain/);
  });

  it('says what to do when the cursor is in no record', async () => {
    const { page } = workbench;
    await workbench.run('View: Focus Active Editor Group');
    await page.keyboard.press('Control+Home');
    await page.locator('.statusbar-item', { hasText: 'Ln 1, Col 1' }).waitFor();
    await workbench.run('CloudTrail: Show Session');
    await page.locator('.notification-toast', { hasText: 'Put the cursor in a CloudTrail record first.' }).waitFor();
    await workbench.run('Notifications: Clear All Notifications');
  });

  it('leaves only sessions that made a call which a pattern matches, and those that led to them', async () => {
    await workbench.run('CloudTrail: Filter Sessions');
    const input = workbench.page.locator('.quick-input-widget input');
    await input.fill('{ $.eventName = "StopLogging" }');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.pane', { hasText: 'Filtered by' }).waitFor();
    await rows().filter({ hasText: 'bob' }).waitFor({ state: 'detached' });
    expect((await rowTexts()).some((text) => text.startsWith('alice (IAMUser)'))).toBe(true);
    await workbench.run('CloudTrail: Show All Sessions');
    await rows().filter({ hasText: 'bob' }).first().waitFor();
  });

  it('hunts for a person through every role with one click', async () => {
    const { page } = workbench;
    const row = rows().filter({ hasText: 'alice (IAMUser)' });
    await row.hover();
    await row.locator('.action-label[aria-label*="Hunt for This Person"]').click();
    const frame = page.frameLocator('iframe.webview').frameLocator('iframe');
    await expect
      .poll(() => frame.locator('textarea').first().inputValue())
      .toContain('$.userIdentity.arn = "arn:aws:iam::111122223333:user/alice"');
    expect(await frame.locator('textarea').first().inputValue()).toContain('ASIADEPLOY');
  });
});
