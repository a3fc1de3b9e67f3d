import { join } from 'node:path';
import { Stage } from './scripts/pictures/stage.mjs';
const theme = process.argv[2] ?? 'light';
const stage = await Stage.open(join(process.cwd(), 'samples'), { theme, width: 1500, height: 950 });
const p = stage.page;
try {
await stage.openFile('us-east-1_20260304T0440Z_GS2N8');
await stage.run('CloudTrail: Show Session');
await p.waitForTimeout(1500);
await stage.run('CloudTrail: Read Sessions of Folder');
await p.waitForTimeout(1500);
await stage.picture(`/tmp/pic-dialog-${theme}.png`);
await p.keyboard.press('Enter');
await p.waitForTimeout(6000);
// widen the side bar
const sash = p.locator('.split-view-view .monaco-sash.vertical').first();
const box = await p.locator('.part.sidebar').boundingBox();
await p.mouse.move(box.x + box.width, 500); await p.mouse.down(); await p.mouse.move(box.x + box.width + 330, 500, {steps: 8}); await p.mouse.up();
await p.waitForTimeout(600);
// close hunt
await p.locator('.pane-header', { hasText: 'Hunt' }).first().click();
await p.waitForTimeout(600);
await p.keyboard.press('Control+G'); await p.keyboard.type('60'); await p.keyboard.press('Enter');
await stage.run('CloudTrail: Show Session');
await p.waitForTimeout(1500);
await stage.picture(`/tmp/pic-folder-${theme}.png`);
await p.locator('.monaco-list-row', { hasText: 'BackupRestoreRole' }).first().hover().catch(()=>{});
await p.waitForTimeout(1800);
await stage.picture(`/tmp/pic-tip-${theme}.png`);
} finally { await stage.close(); }
