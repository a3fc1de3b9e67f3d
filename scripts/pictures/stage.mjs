import { openWorkbench } from '../lib/workbench.mjs';

export const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern', contrast: 'Default High Contrast' };

/** A workbench to take pictures of. */
export class Stage {
  constructor({ page, close }) {
    this.page = page;
    this.close = close;
  }

  static async open(folder, { theme = 'dark', settings = {}, width = 1400, height = 880 } = {}) {
    const all = {
      'workbench.colorTheme': THEMES[theme],
      'editor.minimap.enabled': false,
      'breadcrumbs.filePath': 'last',
      'window.autoDetectColorScheme': false,
      ...settings,
    };
    const page = { viewport: { width, height }, deviceScaleFactor: 1.5 };
    return new Stage(await openWorkbench(folder, { settings: all, page }));
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
}
