import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The JSON texts of so many realistic records, the same every time; see generate.mjs. */
export function generatedRecords(count) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-records-'));
  const logs = join(folder, 'logs');
  const generator = join(dirname(fileURLToPath(import.meta.url)), 'generate.mjs');
  spawnSync(process.execPath, [generator, logs, String(count), '1', '--no-gz']);
  const files = readdirSync(logs, { recursive: true }).filter((name) => name.endsWith('.json'));
  const records = files.flatMap((name) => JSON.parse(readFileSync(join(logs, name), 'utf8')).Records);
  rmSync(folder, { recursive: true, force: true });
  return records.map((record) => JSON.stringify(record));
}
