import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Frame } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { accessibilityProblems } from './axe';
import { Workbench } from './workbench';

const LOGS = 'example-trail-bucket/AWSLogs/444455556666/CloudTrail/us-east-1/2026/03/04';
const CHANGED = `${LOGS}/444455556666_CloudTrail_us-east-1_20260304T0210Z_FeEDvq0N7yNK7lb5.json.gz`;
const DELETED = `${LOGS}/444455556666_CloudTrail_us-east-1_20260304T0240Z_145JXLug8TmcoQbA.json.gz`;
const LATER = `${LOGS}/444455556666_CloudTrail_us-east-1_20260304T0510Z_mSwbcj8lpeMyHbwC.json.gz`;

/** An editor takes a moment to open on a busy machine. */
const SOON = { timeout: 20_000 };

describe('the Integrity view', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-ui-integrity-'));
  cpSync(join(ROOT, 'samples'), folder, { recursive: true });
  let workbench: Workbench;
  let view: Frame;

  beforeAll(async () => {
    workbench = await Workbench.open(folder);
    await workbench.run('Focus on Integrity View');
    view = await workbench.webview('Can these logs be trusted?');
  });
  afterEach((context) => workbench.pictureFailure(context));
  afterAll(async () => {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const verdict = () => view.getByRole('region', { name: 'Verdict' }).getByRole('heading');
  const strip = (region: string, account: string) => view.getByRole('group', { name: `${region}, ${account}` });
  const again = async (): Promise<void> => {
    await view.getByRole('button', { name: 'Validate Again' }).click();
    // A run of a few files is over before anybody could see it begin.
    await view.getByRole('button', { name: 'Validate Again' }).waitFor();
  };
  const activeTab = () => workbench.page.locator('.tab.active').first().getAttribute('aria-label');

  it('says what it is for and what to do first', async () => {
    await view.getByRole('button', { name: 'Choose Folder…' }).waitFor();
    await view.getByRole('button', { name: 'Try with Sample Logs' }).waitFor();
    expect(await accessibilityProblems(view)).toEqual([]);
  });

  it('validates a folder from the Explorer, the verdict first', async () => {
    await workbench.run('Explorer: Focus on Folders View');
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'example-trail-bucket' });
    await row.first().click({ button: 'right' });
    await workbench.page.locator('.monaco-menu .action-label', { hasText: 'Validate Folder Integrity' }).click();
    view = await workbench.webview('logs are proven');
    await expect.poll(() => verdict().innerText()).toContain('34 of 34 logs are proven.');
    expect(await view.getByText('public-keys.json').count()).toBe(1);
    expect(await view.getByText('digest-signatures.json').count()).toBe(1);
    expect(await view.getByRole('group', { name: /use the arrow keys/ }).count()).toBe(4);
    expect(await view.getByText('Logging was off from 2026-03-04T04:19:31Z to 2026-03-04T06:41:22Z').count()).toBe(2);
    expect(await accessibilityProblems(view)).toEqual([]);
  });

  it('goes along a chain by keyboard, and opens a digest', async () => {
    const spans = strip('us-east-1', '111122223333').getByRole('button');
    await spans.first().focus();
    await expect.poll(() => view.locator('.chain-shown').innerText()).toMatch(/^proven: 3 digests, 7 logs/);
    await spans.first().press('ArrowRight');
    await expect.poll(() => view.locator('.chain-shown').innerText()).toMatch(/^logging off/);
    await spans.nth(1).press('End');
    await expect.poll(() => view.locator('.chain-shown').innerText()).toMatch(/^proven: 2 digests/);
    expect(await strip('us-east-1', '111122223333').locator('button[tabindex="0"]').count()).toBe(1);
    await spans.last().press('Enter');
    await expect
      .poll(activeTab)
      .toContain('111122223333_CloudTrail-Digest_us-east-1_main-trail_us-east-1_20260304T084122Z');
  });

  it('has the same as a table', async () => {
    await view.getByText('As a table').click();
    const row = view.getByRole('row', { name: /us-east-1 111122223333 · main-trail logging off/ });
    await expect.poll(() => row.count()).toBe(1);
    await view.getByText('As a table').click();
  });

  it('tells of each problem what it means and what to do, and opens the file', async () => {
    writeFileSync(join(folder, CHANGED), gzipSync('{"Records":[]}'));
    const deleted = readFileSync(join(folder, DELETED));
    rmSync(join(folder, DELETED));
    await again();
    await expect
      .poll(() => verdict().innerText())
      .toContain('2 files are invalid or missing; 32 of 34 logs are proven.');
    const problem = view.getByRole('listitem').filter({ hasText: 'A log was changed' });
    await problem.getByText('Do not use it as evidence.').waitFor();
    await problem.getByRole('button', { name: 'Open the file' }).click();
    await expect.poll(activeTab, SOON).toContain('FeEDvq0N7yNK7lb5');
    const missing = view.getByRole('listitem').filter({ hasText: 'A log is missing' });
    await missing.getByRole('button', { name: 'Open the digest that names it' }).click();
    await expect.poll(activeTab, SOON).toContain('444455556666_CloudTrail-Digest_us-east-1_data-trail');
    await expect
      .poll(() => strip('us-east-1', '444455556666').getByRole('button').first().getAttribute('aria-label'))
      .toMatch(/^invalid/);
    writeFileSync(join(folder, DELETED), deleted);
  });

  it.each(['light', 'highContrast', 'dark'] as const)('is accessible in the theme %s', async (theme) => {
    await workbench.setTheme(theme);
    await workbench.page.waitForTimeout(1000);
    expect(await accessibilityProblems(view)).toEqual([]);
  });

  it('without keys says that nothing is proven', async () => {
    await view.getByRole('button', { name: 'Remove Public keys' }).click();
    await view.getByText('none: nothing can be proven').waitFor();
    await view.getByRole('button', { name: 'Validate', exact: true }).click();
    await view.getByText('Nothing is proven: no public keys were given').waitFor();
  });

  it('watches the folder and warns of what turns invalid, once', async () => {
    const toast = workbench.page.locator('.notification-toast', { hasText: 'mSwbcj8lpeMyHbwC.json.gz turned invalid' });
    await view.getByText('Watch the folder').click();
    await workbench.page.locator('.statusbar-item', { hasText: 'The folder is watched' }).waitFor();
    writeFileSync(join(folder, LATER), gzipSync('{"Records":[]}'));
    await toast.waitFor({ timeout: 30_000 });
    await workbench.run('Notifications: Clear All Notifications');
    writeFileSync(join(folder, LATER), gzipSync('{"Records":[1]}'));
    await workbench.page.waitForTimeout(6000);
    expect(await toast.count()).toBe(0);
  });
});
