#!/usr/bin/env node
// npm run pictures: takes the pictures of the README from the real workbench, so that they stay true.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ROOT } from './lib/paths.mjs';
import { must } from './lib/run.mjs';

await ensureDependencies();
await must(process.execPath, ['scripts/build.mjs', '--production']);
const { takePictures } = await import('./pictures/scenes.mjs');
const folder = join(ROOT, 'docs', 'pictures');
mkdirSync(folder, { recursive: true });
await takePictures(folder, process.argv.slice(2));
