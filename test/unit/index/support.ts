import { buildSync } from 'esbuild';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MERGER, SCANNER, buildModules } from '../../../scripts/lib/wasm.mjs';
import type { IndexOptions, UpdatedIndex } from '../../../src/node/index/logIndex';
import { Table, type TableField } from '../../../src/core/table/table';

await buildModules();
const module = new WebAssembly.Module(readFileSync(SCANNER));
const merger = new WebAssembly.Module(readFileSync(MERGER));

/** Options for sources without rules, read in this thread. */
export function optionsFor(...sources: string[]): IndexOptions {
  return { sources, rules: [], module, merger, script: undefined };
}

/** The script of a reading worker, bundled from its sources into a folder of its own. */
export function workerScript(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'cloudtrail-investigator-worker-')), 'scanWorker.js');
  buildSync({
    ...{ entryPoints: ['src/worker/scanWorker.ts'], outfile, bundle: true, platform: 'node', format: 'cjs' },
    mainFields: ['module', 'main'],
  });
  return outfile;
}

/** A record of an event, in one line. */
export function recordOf(eventID: string, members: object = {}): string {
  return JSON.stringify({
    eventVersion: '1.11',
    eventName: 'A',
    eventTime: '2026-03-04T05:06:07Z',
    eventID,
    ...members,
  });
}

export function delivered(...records: readonly string[]): string {
  return `{"Records":[${records.join(',')}]}`;
}

/** The texts of a field, row by row. */
export function texts(updated: UpdatedIndex | undefined, field: TableField): (string | undefined)[] {
  const table = new Table(updated!.index.table);
  return Array.from({ length: table.rowCount }, (_, row) => table.text(row, field));
}
