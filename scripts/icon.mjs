#!/usr/bin/env node
// Renders media/icon.svg to the PNG that the marketplace asks for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './lib/chromium.mjs';
import { ROOT } from './lib/paths.mjs';

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const svg = readFileSync(join(ROOT, 'media/icon.svg'), 'utf8').replace(
  'width="128" height="128"',
  'width="256" height="256"',
);
await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
await page.screenshot({ path: join(ROOT, 'media/icon.png'), omitBackground: true });
await browser.close();
