import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { CACHE } from '../../scripts/lib/paths.mjs';
import { openWorkbench } from '../../scripts/lib/workbench.mjs';

export const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
} as const;

export interface WorkbenchOptions {
  readonly theme?: keyof typeof THEMES;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `ja` for Japanese; needs no language pack for the extension's own texts. */
  readonly language?: string;
}

/** A real workbench in a browser, on a folder, with the extension installed. */
export class Workbench {
  private constructor(
    readonly page: Page,
    readonly close: () => Promise<void>,
  ) {}

  static async open(folder: string, { theme = 'dark', settings = {} }: WorkbenchOptions = {}): Promise<Workbench> {
    const all = { 'workbench.colorTheme': THEMES[theme], 'window.autoDetectColorScheme': false, ...settings };
    const { page, close } = await openWorkbench(folder, {
      settings: all,
      page: { viewport: { width: 1500, height: 950 } },
    });
    return new Workbench(page, close);
  }

  /** Takes a picture of a failed test, to be looked at under .vscode-test/ui-failures/. Call it in `afterEach`. */
  async pictureFailure({ task }: Pick<TestContext, 'task'>): Promise<void> {
    if (task.result?.state !== 'fail') return;
    await this.page.screenshot({ path: join(CACHE, 'ui-failures', `${task.name.replace(/\W+/g, '-')}.png`) });
  }

  /** Runs a command by its title, from the palette. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** Opens a file of the folder by (part of) its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** The page inside the webview that shows `text`. */
  async webview(text: string): Promise<Frame> {
    for (let tries = 0; tries < 120; tries++) {
      for (const frame of this.page.frames()) {
        const shown = frame.name() === 'active-frame' || frame.url().includes('fake.html');
        if (
          shown &&
          (await frame
            .getByText(text)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      await this.page.waitForTimeout(250);
    }
    throw new Error(`no webview shows ${text}`);
  }

  /** The text that the active editor shows; only what is on screen. */
  async visibleText(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Sets another theme in the running workbench. */
  async setTheme(theme: keyof typeof THEMES): Promise<void> {
    await this.run('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input');
    await input.fill(THEMES[theme].replace('Default ', ''));
    await this.page.waitForTimeout(400);
    await this.page.keyboard.press('Enter');
  }
}

/** A temporary folder with the given files, gone when `dispose` is called. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): {
  path: string;
  dispose(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'cloudtrail-ui-test-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}
