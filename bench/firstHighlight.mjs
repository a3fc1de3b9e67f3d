#!/usr/bin/env node
// How soon a log is readable: in the real workbench, ms from the choice of a file to its text, from the text to the first highlight, and to the end
// of the analysis. Medians over RUNS files of each size, each opened for the first time. The highlights are the extension's when they reach the
// browser, before 0 when they do so before the text is shown; until they are painted VS Code is busy with the text.
//   node bench/firstHighlight.mjs [RUNS=5]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Stage } from '../scripts/pictures/stage.mjs';
import { generatedRecords } from './records.mjs';

const RUNS = Number(process.argv[2] ?? 5);
const SIZES_MB = [1, 5, 20];

const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-bench-'));
const records = generatedRecords(20_000);
for (const mb of SIZES_MB) {
  const chosen = [];
  for (let bytes = 0, i = 0; bytes < mb * 1e6; i++) {
    const record = records[i % records.length];
    chosen.push(record);
    bytes += record.length + 1;
  }
  const packed = gzipSync(`{"Records":[${chosen.join(',')}]}`);
  for (let run = 0; run <= RUNS; run++) writeFileSync(join(folder, fileName(mb, run)), packed);
}

/** A name as CloudTrail gives it, with the size and the run in its unique part. */
function fileName(mb, run) {
  return `111122223333_CloudTrail_us-east-1_20260304T0000Z_${`size${mb}run${run}`.padEnd(16, 'x')}.json.gz`;
}

/** Runs in the page: notes when things appear, once a frame. */
function watch() {
  const seen = { start: performance.now() };
  window.seen = seen;
  const look = () => {
    const now = performance.now();
    const lines = document.querySelector('.editor-group-container.active .view-lines');
    if (seen.text === undefined && /"eventVersion"/.test(lines?.textContent ?? '')) seen.text = now;
    if (seen.text !== undefined && seen.highlight === undefined && lines?.querySelector('[class*="ced-"]'))
      seen.highlight = now;
    const status = [...document.querySelectorAll('.statusbar-item')].map((item) => item.textContent).join(' ');
    if (seen.highlight !== undefined && seen.done === undefined && /findings/.test(status)) seen.done = now;
    if (seen.done === undefined) requestAnimationFrame(look);
  };
  look();
}

const stage = await Stage.open(folder);
const devtools = await stage.page.context().newCDPSession(stage.page);
await devtools.send('Network.enable');
await devtools.send('Performance.enable');
/** When the last highlights came over the wire, in seconds of the browser's clock. */
let arrived = [];
devtools.on('Network.webSocketFrameReceived', ({ timestamp, response }) => {
  if (Buffer.from(response.payloadData, 'base64').includes('trySetDecorations')) arrived.push(timestamp);
});
/** Where the page's clock begins on the browser's. */
async function pageStart() {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const now = await stage.page.evaluate(() => performance.now());
  return metrics.find(({ name }) => name === 'Timestamp').value - now / 1000;
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rows = [];
for (const mb of SIZES_MB) {
  const times = { text: [], sent: [], highlight: [], done: [] };
  for (let run = 0; run <= RUNS; run++) {
    await stage.page.keyboard.press('Control+P');
    await stage.page.locator('.quick-input-widget input').fill(`size${mb}run${run}x`);
    await stage.page
      .locator('.quick-input-list .monaco-list-row', { hasText: `size${mb}run${run}x` })
      .first()
      .waitFor();
    await stage.page.waitForTimeout(500);
    arrived = [];
    await stage.page.evaluate(watch);
    await stage.page.keyboard.press('Enter');
    await stage.page.waitForFunction(() => window.seen.done !== undefined, undefined, { timeout: 120_000 });
    const seen = await stage.page.evaluate(() => window.seen);
    // The first opening of all also loads the extension.
    if (run > 0) {
      times.text.push(seen.text - seen.start);
      times.sent.push((arrived[0] - (await pageStart())) * 1000 - seen.text);
      times.highlight.push(seen.highlight - seen.text);
      times.done.push(seen.done - seen.text);
    }
    await stage.run('View: Close All Editors');
    await stage.page.waitForTimeout(1500);
  }
  rows.push({
    'log, MB': mb,
    'click to text, ms': Math.round(median(times.text)),
    'text to highlights sent, ms': Math.round(median(times.sent)),
    'text to first highlight, ms': Math.round(median(times.highlight)),
    'text to all read, ms': Math.round(median(times.done)),
  });
}
console.table(rows);
await stage.close();
rmSync(folder, { recursive: true, force: true });
