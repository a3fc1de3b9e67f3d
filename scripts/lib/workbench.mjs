import { launchChromium } from './chromium.mjs';
import { ROOT } from './paths.mjs';
import { startServer, workbenchUrl } from './vscodeServer.mjs';

/**
 * Opens a folder in a real workbench in a browser, with the extension installed and its commands known. `page`: options of the browser's page, as
 * Playwright takes them.
 * @param {string} folder
 * @param {{ settings?: object, page?: import('playwright-core').BrowserContextOptions }} options
 */
export async function openWorkbench(folder, { settings = {}, page: pageOptions = {} } = {}) {
  const server = await startServer({ settings, extension: ROOT });
  const browser = await launchChromium();
  const page = await browser.newPage(pageOptions);
  await page.goto(workbenchUrl(server, folder));
  await page.locator('.monaco-workbench .explorer-folders-view .monaco-list').waitFor();
  await extensionKnown(page);
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { page, close };
}

/** Extensions reach the workbench a moment after it is drawn: their commands first, then their views and editors. */
async function extensionKnown(page) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'CloudTrail: Open Laid-out Log' });
  for (let tries = 0, found = false; !found; tries++) {
    if (tries === 120) throw new Error('The workbench does not know the extension.');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill('>CloudTrail: Open');
    await page.waitForTimeout(500);
    found = (await row.count()) > 0;
    await page.keyboard.press('Escape');
  }
  await page.locator('.activitybar a.action-label[aria-label^="CloudTrail"]').waitFor();
  // What opens which file shows nowhere.
  await page.waitForTimeout(1000);
}
