import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { Stage } from './stage.mjs';

const SAMPLES = join(ROOT, 'samples');
/** The log of the samples in which the leaked key is tried out, and a line of it: AttachUserPolicy. */
const ATTACK = 'us-east-1_20260304T0340Z';
const ATTACK_LINE = 154;

async function openAttack(options) {
  const stage = await Stage.open(SAMPLES, options);
  await stage.openFile(ATTACK);
  await stage.run('View: Toggle Primary Side Bar Visibility');
  await stage.goToLine(ATTACK_LINE);
  return stage;
}

/** Scenes by name: each opens a workbench of its own and takes one picture or more. */
const SCENES = {
  async 'log-editor'(folder) {
    for (const theme of ['dark', 'light', 'contrast']) {
      const stage = await openAttack({ theme });
      await stage.picture(join(folder, `log-editor-${theme}.png`));
      await stage.close();
    }
  },
  async hunt(folder) {
    for (const theme of ['dark', 'light']) {
      const stage = await Stage.open(SAMPLES, { theme, height: 980 });
      await stage.run('CloudTrail: Open Sample Logs');
      await stage.page.waitForTimeout(2500);
      const hunt = stage.page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await hunt.locator('textarea').fill('{ $.eventName = "*AccessKey*" || $.eventName = "Stop*" }');
      await hunt.getByRole('button', { name: 'Run' }).click();
      await stage.run('CloudTrail: Run All Rules');
      await stage.page.waitForTimeout(3000);
      await hunt.getByRole('treeitem').first().click();
      await stage.page.waitForTimeout(2500);
      await stage.picture(join(folder, `hunt-${theme}.png`));
      await stage.close();
    }
  },
  async investigation(folder) {
    for (const theme of ['dark', 'light']) {
      const stage = await Stage.open(SAMPLES, { theme, width: 1600, height: 980 });
      await stage.run('CloudTrail: Show Investigation');
      const editor = stage.page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await editor.getByText('Try with Sample Logs').click();
      await editor.getByRole('grid').waitFor();
      await stage.run('View: Toggle Primary Side Bar Visibility');
      await editor.locator('.legend button', { hasText: 'high' }).click();
      await stage.page.waitForTimeout(1500);
      await editor.getByRole('gridcell', { name: 'StopLogging' }).first().click();
      await stage.page.waitForTimeout(1500);
      await stage.picture(join(folder, `investigation-${theme}.png`));
      await stage.close();
    }
  },
  async million(folder) {
    const parent = mkdtempSync(join(tmpdir(), 'cloudtrail-pictures-'));
    const generator = join(ROOT, 'bench', 'generate.mjs');
    execFileSync(process.execPath, [generator, join(parent, 'logs'), '1000000', '1'], { stdio: 'ignore' });
    for (const theme of ['dark', 'light']) {
      const stage = await Stage.open(parent, { theme, width: 1600, height: 980 });
      const row = stage.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'logs' }).first();
      await row.click({ button: 'right' });
      const item = stage.page.locator('.monaco-menu .action-label', { hasText: 'Investigate Folder' });
      await item.hover();
      await stage.page.waitForTimeout(700);
      await item.click();
      const editor = stage.page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await editor.getByText('1,000,000 of 1,000,000 events').waitFor({ timeout: 120_000 });
      await stage.run('View: Toggle Primary Side Bar Visibility');
      await editor.getByRole('grid').focus();
      await stage.page.keyboard.press('End');
      await stage.page.waitForTimeout(1500);
      await stage.picture(join(folder, `million-${theme}.png`));
      await stage.close();
    }
    rmSync(parent, { recursive: true, force: true });
  },
  async hover(folder) {
    const stage = await openAttack({ height: 640 });
    for (let i = 0; i < 26; i++) await stage.page.keyboard.press('ArrowRight');
    await stage.run('Show or Focus Hover');
    await stage.page.waitForTimeout(1200);
    await stage.picture(join(folder, 'hover.png'));
    await stage.close();
  },
  async sessions(folder) {
    for (const theme of ['dark', 'light']) {
      const stage = await Stage.open(SAMPLES, { theme, width: 1700, height: 800 });
      await stage.openFile('us-east-1_20260304T0410Z_pe7Bd0');
      await stage.run('CloudTrail: Read Sessions of Folder');
      await stage.page.waitForTimeout(1500);
      await stage.page.keyboard.press('Enter');
      await stage.widenSideBar(330);
      await stage.page.locator('.pane-header', { hasText: 'Hunt' }).first().click();
      // The cursor is in the first record, one of DataReadRole's.
      await stage.run('CloudTrail: Show Session');
      // Off the tab, which would tell its path.
      await stage.page.mouse.move(1400, 700);
      await stage.page.waitForTimeout(1500);
      await stage.picture(join(folder, `sessions-${theme}.png`));
      await stage.close();
    }
  },
};

/** Takes the pictures of the named scenes, or of all. */
export async function takePictures(folder, names) {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (names.length === 0 || names.includes(name)) await scene(folder);
  }
}
