import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliveredLog, oneRecord } from '../fixtures/oneRecord';
import { Workbench, temporaryFolder } from './workbench';

const NAME = '111122223333_CloudTrail_us-east-1_20260304T0510Z_aBcDeFgHiJkLmNoP.json';
const LOG = deliveredLog([
  oneRecord({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging' }),
  oneRecord({ eventName: 'RunInstances', errorCode: 'Client.UnauthorizedOperation' }),
  oneRecord({
    userIdentity: { type: 'Root', accountId: '111122223333' },
    eventName: 'ConsoleLogin',
    eventSource: 'signin.amazonaws.com',
  }),
]);

/** Runs in the page: what each element shows after its own text. */
function generatedContents(elements: Element[]): string[] {
  return elements.map((element) => getComputedStyle(element, '::after').content);
}

describe('the log editor in the workbench', () => {
  const folder = temporaryFolder({ [`${NAME}.gz`]: gzipSync(LOG), 'other.json': '{"compilerOptions": {}}\n' });
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open(folder.path);
  });
  afterEach((context) => workbench.pictureFailure(context));
  afterAll(async () => {
    await workbench.close();
    folder.dispose();
  });

  it('opens a packed log from the Explorer in a single tab', async () => {
    const { page } = workbench;
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: `${NAME}.gz` }).click();
    await page.locator('.view-line', { hasText: '"StopLogging"' }).waitFor();
    expect(await page.locator('.tabs-container .tab').count()).toBe(1);
    expect(await page.locator('.tabs-container .tab').getAttribute('aria-label')).toContain(NAME);
  });

  it('marks identities, errors and risky events', async () => {
    const { page } = workbench;
    const marked = page.locator('.view-line span[class*="ced-"]');
    await marked.first().waitFor();
    const texts = await marked.allInnerTexts();
    expect(texts.some((text) => text.includes('IAMUser'))).toBe(true);
    await page.locator('.codelens-decoration', { hasText: /StopLogging\s·\shanako/ }).waitFor();
    await page.locator('.cgmr[class*="ced-"]').first().waitFor();
    // The trailing note is drawn as generated content.
    const notes = await page.locator('.view-line span').evaluateAll(generatedContents);
    expect(notes.some((note) => /high · Defense Impairment T1685\.002/.test(note))).toBe(true);
  });

  it('sums the log up in the status bar', async () => {
    const item = workbench.page.locator('.statusbar-item', { hasText: '3 events' });
    await item.waitFor();
    expect(await item.innerText()).toMatch(/3 events · \d findings · 2026-03-04 05:08Z/);
  });

  it('goes through the findings by keyboard alone', async () => {
    const { page } = workbench;
    await page.locator('.view-line', { hasText: '"Records"' }).click();
    await page.keyboard.press('Control+Home');
    const line = page.locator('.statusbar-item', { hasText: /^Ln \d+/ });
    await page.keyboard.press('Alt+F9');
    await expect.poll(() => line.innerText()).toMatch(/Ln 15/);
    await page.keyboard.press('Alt+F9');
    await expect.poll(() => line.innerText()).not.toMatch(/Ln 15/);
    await page.keyboard.press('Shift+Alt+F9');
    await expect.poll(() => line.innerText()).toMatch(/Ln 15/);
  });

  it('explains a risky event on hover', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    const hover = page.locator('.monaco-hover-content', { hasText: 'Check' });
    await hover.waitFor();
    expect(await hover.innerText()).toContain('StopLogging');
    await page.keyboard.press('Escape');
  });

  it('hides and shows the annotations', async () => {
    const { page } = workbench;
    await workbench.run('CloudTrail: Toggle Annotations');
    await expect.poll(() => page.locator('.view-line span[class*="ced-"]').count()).toBe(0);
    await workbench.run('CloudTrail: Toggle Annotations');
    await expect.poll(() => page.locator('.view-line span[class*="ced-"]').count()).toBeGreaterThan(0);
  });

  it('survives a reload of the window', async () => {
    const { page } = workbench;
    await page.waitForTimeout(1500);
    await page.reload();
    await page.locator('.view-line', { hasText: '"StopLogging"' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'StopLogging' }).waitFor();
    expect(await page.locator('.tabs-container .tab').count()).toBe(1);
  });

  it('shows nothing in other JSON', async () => {
    await workbench.openFile('other.json');
    await workbench.page.locator('.view-line', { hasText: 'compilerOptions' }).waitFor();
    await expect.poll(() => workbench.page.locator('.statusbar-item', { hasText: 'events' }).count()).toBe(0);
  });
});
