import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { deliveredLog, oneRecord } from '../fixtures/oneRecord';
import { accessibilityProblems } from './axe';
import { Workbench } from './workbench';

const EVENTS = 100_000;
/** Markup in log text must stay text. */
const HOSTILE = '<img src=x onerror=alert(1)>';

interface Truth {
  readonly byEventName: Readonly<Record<string, number>>;
}

/** A folder with a log folder of {@link EVENTS} generated events, one hostile event more, and a file that is cut off. */
function generatedLogs(): { path: string; truth: Truth; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cloudtrail-ui-test-'));
  const logs = join(path, 'logs');
  execFileSync(process.execPath, [join(ROOT, 'bench', 'generate.mjs'), logs, String(EVENTS), '7'], { stdio: 'ignore' });
  const truth = JSON.parse(readFileSync(`${logs}.truth.json`, 'utf8')) as Truth;
  writeFileSync(
    join(logs, 'hostile.json'),
    deliveredLog([oneRecord({ eventName: HOSTILE, eventID: 'hostile', eventTime: '2024-03-04T16:30:00Z' })]),
  );
  writeFileSync(
    join(logs, 'cut.json'),
    deliveredLog([oneRecord({ eventID: 'cut', eventTime: '2024-03-04T16:00:00Z' })]).slice(0, -40),
  );
  return { path, truth, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

describe('the investigation editor', () => {
  let folder: ReturnType<typeof generatedLogs>;
  let workbench: Workbench;
  let editor: Frame;

  beforeAll(async () => {
    folder = generatedLogs();
    workbench = await Workbench.open(folder.path);
    workbench.page.setDefaultTimeout(20_000);
  });
  afterEach((context) => workbench.pictureFailure(context));
  afterAll(async () => {
    await workbench.close();
    folder.dispose();
  });

  const total = (): string => (EVENTS + 1).toLocaleString('en');
  const found = () => editor.locator('.found').innerText();
  /** How many events were found; NaN while they are looked for. */
  const count = async (): Promise<number> => {
    const [, number] = /^([\d,]+) of [\d,]+ events/.exec(await found()) ?? [];
    return Number(number?.replaceAll(',', ''));
  };
  const box = () => editor.getByRole('textbox', { name: 'Filter pattern' });
  const grid = () => editor.getByRole('grid', { name: 'Events' });
  const timeline = () => editor.getByRole('slider', { name: 'Events over time' });
  const rowOf = (index: number): Locator => grid().locator(`[aria-rowindex="${index + 2}"]`);
  const cells = (index: number) => rowOf(index).getByRole('gridcell').allInnerTexts();
  const facet = (name: string): Locator =>
    editor.locator('.facet', { has: editor.locator('.facet-name', { hasText: name }) });
  const value = (name: string, text: string): Locator => facet(name).locator('.facet-value', { hasText: text }).first();
  const clearAll = async (): Promise<void> => {
    await editor.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(found).toBe(`${total()} of ${total()} events`);
  };

  it('says what to do first', async () => {
    await workbench.run('CloudTrail: Show Investigation');
    editor = await workbench.webview('Nothing to investigate yet');
    expect(await accessibilityProblems(editor)).toEqual([]);
  });

  /** Notes from now on what the first events looked like, and whether the grid was without events afterwards. */
  async function watchFirstEvents(): Promise<{ line: string; rows: number; wasEmptied: boolean }> {
    return editor.evaluate(() => {
      const seen = { line: '', rows: 0, wasEmptied: false };
      new MutationObserver(() => {
        const line = document.querySelector('.reading strong')?.textContent;
        const rows = document.querySelectorAll('.grid-row .event-time').length;
        if (line) Object.assign(seen, { line, rows: Math.max(seen.rows, rows) });
        if (seen.rows > 0 && rows === 0) seen.wasEmptied = true;
      }).observe(document.body, { childList: true, subtree: true });
      return Object.assign(window, { seen }).seen;
    });
  }
  const seen = (): ReturnType<typeof watchFirstEvents> =>
    editor.evaluate(() => (window as unknown as { seen: Awaited<ReturnType<typeof watchFirstEvents>> }).seen);

  it('reads a folder from the menu of the Explorer, and shows the first events meanwhile', async () => {
    const { page } = workbench;
    await watchFirstEvents();
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'logs' })
      .first()
      .click({ button: 'right' });
    const item = page.locator('.monaco-menu .action-label', { hasText: 'Investigate Folder' });
    await item.hover();
    // A menu takes no click at the moment it opens.
    await page.waitForTimeout(700);
    await item.click();
    await expect.poll(found, { timeout: 60_000 }).toBe(`${total()} of ${total()} events`);
    const { line, rows, wasEmptied } = await seen();
    expect(line).toMatch(/^These are the first [\d,]+ events of [\w ]+\. The rest is being read\.$/);
    expect(rows).toBeGreaterThan(5);
    expect(wasEmptied).toBe(false);
    expect(await editor.locator('.reading').count()).toBe(0);
  });

  it('lists files that could not be read, with the reason', async () => {
    await editor.getByRole('button', { name: /1 of [\d,]+ files could not be read whole/ }).click();
    const files = editor.getByRole('region', { name: 'Files that could not be read whole' });
    expect(await files.innerText()).toContain('cut.json');
    await editor.getByRole('button', { name: /files could not be read whole/ }).click();
  });

  it('scrolls to the end and back, by keyboard', async () => {
    await grid().focus();
    await workbench.page.keyboard.press('End');
    await expect.poll(() => rowOf(EVENTS).count()).toBe(1);
    await expect.poll(async () => (await cells(EVENTS))[2]).toBe(HOSTILE);
    expect(await editor.locator('img').count()).toBe(0);
    expect(await grid().getAttribute('aria-rowcount')).toBe(String(EVENTS + 2));
    await workbench.page.keyboard.press('PageUp');
    await workbench.page.keyboard.press('Home');
    await expect.poll(async () => (await cells(0))[0]).toMatch(/^\d{4}-\d\d-\d\d /);
  });

  it('scrolls by wheel and scroll bar, and shows the rows that belong there', async () => {
    const middle = grid().locator('.grid-row:not(.active)').nth(3);
    // The way back to the first row may still be drawn, and would take the scroll bar along.
    const dragged = async (): Promise<number> => {
      await grid().evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
      return Number(await middle.getAttribute('aria-rowindex'));
    };
    await expect.poll(dragged).toBeGreaterThan(EVENTS / 2 - 100);
    await expect.poll(() => middle.innerText()).toMatch(/\d{4}-\d\d-\d\d/);
    const before = Number(await middle.getAttribute('aria-rowindex'));
    await middle.hover();
    await workbench.page.mouse.wheel(0, 240);
    await expect.poll(async () => Number(await middle.getAttribute('aria-rowindex'))).toBe(before + 10);
  });

  it('filters by a facet, as many as there are, and out again', async () => {
    await value('event', 'Decrypt').click();
    await expect.poll(() => box().inputValue()).toBe('{ $.eventName = "Decrypt" }');
    await expect.poll(count).toBe(folder.truth.byEventName['Decrypt']);
    expect(await value('event', 'Decrypt').getAttribute('aria-pressed')).toBe('true');
    await clearAll();
    await value('event', 'Decrypt').click({ modifiers: ['Alt'] });
    await expect.poll(count).toBe(EVENTS + 1 - folder.truth.byEventName['Decrypt']!);
    expect(await box().inputValue()).toContain('$.eventName != "Decrypt"');
    await clearAll();
  });

  it('searches within a facet', async () => {
    await facet('event').getByRole('button', { name: 'Search in event' }).click();
    await editor.getByRole('textbox', { name: 'Search in event' }).fill('consolelogin');
    await expect.poll(() => facet('event').locator('.facet-value').count()).toBe(1);
    expect(await facet('event').locator('.facet-value').innerText()).toContain('ConsoleLogin');
    await facet('event').getByRole('button', { name: 'Search in event' }).click();
  });

  it('zooms by a brush, and out again', async () => {
    const { page } = workbench;
    const { x, y, width } = (await timeline().boundingBox())!;
    await page.mouse.move(x + width * 0.25, y + 30);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(count).toBeLessThan(EVENTS / 2);
    expect(await count()).toBeGreaterThan(EVENTS / 20);
    expect(await editor.locator('.chip').innerText()).toMatch(/UTC/);
    await editor.getByRole('button', { name: 'All of the time' }).click();
    await expect.poll(found).toBe(`${total()} of ${total()} events`);
  });

  it('zooms by keyboard alone', async () => {
    const { page } = workbench;
    await timeline().focus();
    for (const key of ['Home', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    expect(await timeline().getAttribute('aria-valuetext')).toMatch(/\d events/);
    await page.keyboard.press('Enter');
    await expect.poll(count).toBeLessThan(EVENTS / 20);
    await clearAll();
  });

  it('has the timeline as a table, too', async () => {
    await editor.getByRole('button', { name: 'As a table' }).click();
    const table = editor.getByRole('region', { name: 'Events over time, as a table' });
    const sum = await table
      .locator('tbody tr td:nth-child(2)')
      .evaluateAll((all) => all.reduce((all_, cell) => all_ + Number(cell.textContent.replaceAll(',', '')), 0));
    expect(sum).toBe(EVENTS + 1);
    expect(await accessibilityProblems(editor)).toEqual([]);
    await editor.getByRole('button', { name: 'As a table' }).click();
  });

  it('sorts by a column', async () => {
    await grid().getByRole('button', { name: 'severity' }).click();
    await expect.poll(async () => (await cells(0))[1]).toContain('critical');
    expect(await grid().getByRole('columnheader', { name: 'severity' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('shows the record of a row with its findings, and pivots from a value', async () => {
    await rowOf(0).getByRole('gridcell').nth(2).click();
    const record = editor.getByRole('region', { name: 'Record' });
    await record.getByText('Check').first().waitFor();
    const line = record.locator('.record li', { hasText: '"eventName"' }).first();
    const name = /"eventName": "(\w+)"/.exec(await line.innerText())![1]!;
    await line.hover();
    await line.getByRole('button', { name: 'Filter for' }).click();
    await expect.poll(() => box().inputValue()).toBe(`{ $.eventName = "${name}" }`);
    await expect.poll(count).toBe(folder.truth.byEventName[name]);
  });

  it('marks an error at its column, and keeps the events', async () => {
    const before = await count();
    await box().fill('{ $.eventName == Decrypt }');
    await editor.getByText('Column 15').waitFor();
    expect(await count()).toBe(before);
    await editor.getByRole('button', { name: 'Write =' }).click();
    await expect.poll(count).toBe(folder.truth.byEventName['Decrypt']);
  });

  it('says so when nothing matches', async () => {
    await box().fill('{ $.eventName = "NoSuchCall" }');
    await editor.getByText('No event matches.').waitFor();
    await editor.getByRole('button', { name: 'Show All Events' }).click();
    await expect.poll(found).toBe(`${total()} of ${total()} events`);
  });

  it('looks records through for a field without a column', async () => {
    await box().fill('{ $.requestParameters.bucketName = * }');
    await expect.poll(count, { timeout: 30_000 }).toBeLessThan(EVENTS);
    await expect.poll(() => found(), { timeout: 30_000 }).toMatch(/^[\d,]+ of [\d,]+ events$/);
    expect(await count()).toBeGreaterThan(0);
    await clearAll();
  });

  it('counts on dashboards, each a click from its events', async () => {
    await editor.getByRole('tab', { name: 'Dashboards' }).click();
    const denied = editor.locator('.card', { hasText: 'Denied calls' }).getByRole('button');
    const number = Number((await denied.innerText()).split(' ')[0]!.replaceAll(',', ''));
    expect(await accessibilityProblems(editor)).toEqual([]);
    await denied.click();
    await expect.poll(count).toBe(number);
    expect(await editor.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true');
  });

  it.each(['dark', 'light', 'highContrast'] as const)('has no accessibility problems in %s', async (theme) => {
    await workbench.setTheme(theme);
    await workbench.page.waitForTimeout(700);
    expect(await accessibilityProblems(editor)).toEqual([]);
  });

  it('has its query, order, columns and event again after a reload', async () => {
    await editor.getByRole('button', { name: 'Columns' }).click();
    await editor.getByRole('checkbox', { name: 'account', exact: true }).check();
    await workbench.page.keyboard.press('Escape');
    await grid().focus();
    for (const key of ['End', 'PageUp']) await workbench.page.keyboard.press(key);
    const active = () => grid().locator('.grid-row.active');
    await expect.poll(() => active().getAttribute('aria-selected')).toBe('true');
    const record = editor.getByRole('region', { name: 'Record' });
    await record.locator('.record').waitFor();
    // In a browser VS Code writes the states of views down every five seconds.
    await workbench.page.waitForTimeout(8000);
    const before = { pattern: await box().inputValue(), found: await found(), row: await active().innerText() };
    await workbench.page.reload();
    editor = await workbench.webview('Filter pattern');
    await expect.poll(() => found().catch(() => ''), { timeout: 60_000 }).toBe(before.found);
    expect(await box().inputValue()).toBe(before.pattern);
    await expect.poll(() => active().innerText()).toBe(before.row);
    await editor.getByRole('region', { name: 'Record' }).locator('.record').waitFor();
    expect(await grid().getByRole('columnheader', { name: 'account' }).count()).toBe(1);
    expect(await grid().getByRole('columnheader', { name: 'severity' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('opens the record in the log editor', async () => {
    const first = grid().locator('.grid-row.active').getByRole('gridcell').first();
    const shown = await first.innerText();
    // After a reload the page has the focus only once it was clicked.
    await first.click();
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => workbench.visibleText()).toContain(`"eventTime": "${shown.replace(' ', 'T')}Z"`);
  });
});
