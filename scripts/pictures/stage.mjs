import { launchChromium } from '../lib/chromium.mjs';
import { ROOT } from '../lib/paths.mjs';
import { startServer, workbenchUrl } from '../lib/vscodeServer.mjs';

export const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern', contrast: 'Default High Contrast' };

/** A workbench to take pictures of. */
export class Stage {
  constructor(page, browser, server) {
    Object.assign(this, { page, browser, server });
  }

  static async open(folder, { theme = 'dark', settings = {}, width = 1400, height = 880 } = {}) {
    const all = {
      'workbench.colorTheme': THEMES[theme],
      'editor.minimap.enabled': false,
      'breadcrumbs.filePath': 'last',
      'window.autoDetectColorScheme': false,
      ...settings,
    };
    const server = await startServer({ settings: all, extension: ROOT });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5 });
    await page.goto(workbenchUrl(server, folder));
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list').waitFor();
    const stage = new Stage(page, browser, server);
    await stage.ready();
    return stage;
  }

  /** Waits until the extension's commands are known. */
  async ready() {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: 'CloudTrail: Open Laid-out Log' });
    for (let tries = 0, found = false; tries < 60 && !found; tries++) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input').fill('>CloudTrail: Open');
      await this.page.waitForTimeout(500);
      found = (await row.count()) > 0;
      await this.page.keyboard.press('Escape');
    }
  }

  async run(title) {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
    await this.page.waitForTimeout(800);
  }

  async openFile(name) {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await this.page.waitForTimeout(700);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.codelens-decoration').first().waitFor();
    await this.page.waitForTimeout(1200);
  }

  async goToLine(line) {
    await this.page.keyboard.press('Control+G');
    await this.page.keyboard.type(String(line));
    await this.page.keyboard.press('Enter');
    await this.page.waitForTimeout(500);
  }

  /** Makes the side bar wider by `pixels`. */
  async widenSideBar(pixels) {
    const { x, width } = await this.page.locator('.part.sidebar').boundingBox();
    await this.page.mouse.move(x + width, 500);
    await this.page.mouse.down();
    await this.page.mouse.move(x + width + pixels, 500, { steps: 8 });
    await this.page.mouse.up();
    await this.page.waitForTimeout(600);
  }

  async picture(path) {
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path });
    console.log(path);
  }

  async close() {
    await this.browser.close();
    await this.server.stop();
  }
}
