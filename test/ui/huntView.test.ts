import { gzipSync } from 'node:zlib';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliveredLog, oneRecord } from '../fixtures/oneRecord';
import { accessibilityProblems } from './axe';
import { Workbench, temporaryFolder } from './workbench';

const NAME = '111122223333_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json';
/** Markup in log text must stay text. */
const HOSTILE = '<img src=x onerror=alert(1)>';
const RECORDS = [
  oneRecord({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }),
  ...Array.from({ length: 120 }, (_, index) =>
    oneRecord({ eventName: `Describe${index % 3}`, eventID: `id-${index}`, errorCode: 'AccessDenied' }),
  ),
  oneRecord({ eventName: HOSTILE, errorCode: 'Client.UnauthorizedOperation' }),
];

/** Whether the keyboard writes to an element. */
async function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

describe('the Hunt view', () => {
  const folder = temporaryFolder({ [`${NAME}.gz`]: gzipSync(deliveredLog(RECORDS)) });
  let workbench: Workbench;
  let hunt: Frame;

  beforeAll(async () => {
    workbench = await Workbench.open(folder.path);
    await workbench.run('Focus on Hunt View');
    hunt = await workbench.webview('Filter pattern');
  });
  afterEach((context) => workbench.pictureFailure(context));
  afterAll(async () => {
    await workbench.close();
    folder.dispose();
  });

  const box = () => hunt.getByRole('textbox', { name: 'Filter pattern' });
  const summary = () => hunt.getByRole('status');
  const rows = () => hunt.getByRole('treeitem');
  const cursorLine = () => workbench.page.locator('.statusbar-item', { hasText: /^Ln \d+/ }).innerText();

  it('says what to do while there is nothing to search', async () => {
    await hunt.getByText('Nothing to search yet').waitFor();
    expect(await accessibilityProblems(hunt)).toEqual([]);
  });

  it('runs a pattern by mouse, and a click opens the record', async () => {
    await workbench.openFile(NAME);
    await workbench.page.locator('.codelens-decoration').first().waitFor();
    await box().fill('{ $.eventName = "StopLogging" }');
    await hunt.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => summary().innerText()).toBe('1 of 122 events match');
    await rows().first().click();
    await expect.poll(cursorLine).toMatch(/Ln 15,/);
  });

  it('works by keyboard alone, from the palette to the record', async () => {
    const { page } = workbench;
    await workbench.run('Focus on Hunt View');
    // The view takes the focus a moment after the command; from there it is Tab to the box.
    await hunt.waitForFunction(() => document.hasFocus());
    for (let tabs = 0; tabs < 5 && !(await isFocused(box())); tabs++) await page.keyboard.press('Tab');
    // VS Code takes Ctrl+A itself and selects by way of the workbench: faster than a hand, the text would come first.
    await page.keyboard.press('Control+A');
    await page.waitForTimeout(500);
    await page.keyboard.type('{ $.errorCode = "Client.*" }');
    expect(await box().inputValue()).toBe('{ $.errorCode = "Client.*" }');
    await page.keyboard.press('Enter');
    await expect.poll(() => summary().innerText()).toBe('1 of 122 events match');
    const tree = hunt.getByRole('tree');
    for (let tabs = 0; tabs < 15 && !(await isFocused(tree)); tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(cursorLine).not.toMatch(/Ln 15,/);
    await page.keyboard.press('Control+C');
    await expect.poll(() => workbench.visibleText()).toContain('onerror');
  });

  it('shows markup in a log as text', async () => {
    expect(await rows().first().innerText()).toContain(HOSTILE);
    expect(await hunt.locator('img').count()).toBe(0);
  });

  it('marks an error at its column, and mends it', async () => {
    await box().fill('{ $.eventName == StopLogging }');
    await hunt.getByText('Column 15').waitFor();
    expect(await hunt.locator('.marked-error').innerText()).toBe('==');
    expect(await hunt.getByRole('button', { name: 'Run' }).getAttribute('disabled')).not.toBeNull();
    await hunt.getByRole('button', { name: 'Write =' }).click();
    expect(await box().inputValue()).toBe('{ $.eventName = StopLogging }');
  });

  it('loses no letter of what is typed fast, and completes a field', async () => {
    const { page } = workbench;
    await box().fill('');
    await box().focus();
    await page.keyboard.type('{ $.userIdentity.ty', { delay: 5 });
    expect(await box().inputValue()).toBe('{ $.userIdentity.ty');
    await hunt.getByRole('option', { name: /\$\.userIdentity\.type/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await box().inputValue()).toBe('{ $.userIdentity.type ');
    await page.keyboard.press('Escape');
  });

  it('explains the pattern, and groups and ungroups the results', async () => {
    await box().fill('{ $.errorCode = "AccessDenied" }');
    await hunt.getByRole('button', { name: 'Explain' }).click();
    await hunt.getByRole('region', { name: 'What the pattern means' }).waitFor();
    await hunt.getByRole('button', { name: 'Run' }).click();
    await expect.poll(() => summary().innerText()).toBe('120 of 122 events match');
    await hunt.getByRole('combobox', { name: 'Group by' }).click();
    await hunt.getByRole('option', { name: 'event', exact: true }).click();
    await expect.poll(() => rows().count()).toBe(3);
    await rows().first().click();
    await expect.poll(() => rows().first().getAttribute('aria-expanded')).toBe('true');
    expect(await rows().nth(1).getAttribute('aria-setsize')).toBe('40');
  });

  it.each(['dark', 'light', 'highContrast'] as const)('has no accessibility problems in %s', async (theme) => {
    await workbench.setTheme(theme);
    await workbench.page.waitForTimeout(500);
    expect(await accessibilityProblems(hunt)).toEqual([]);
  });

  it('has its pattern and results again after a reload', async () => {
    await workbench.page.waitForTimeout(1500);
    await workbench.page.reload();
    await workbench.page.locator('.codelens-decoration').first().waitFor();
    hunt = await workbench.webview('Filter pattern');
    await expect.poll(() => box().inputValue()).toBe('{ $.errorCode = "AccessDenied" }');
    await expect.poll(() => summary().innerText()).toBe('120 of 122 events match');
  });
});
