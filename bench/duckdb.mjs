import { createRequire } from 'node:module';

/** DuckDB as it is installed for the benchmarks alone; undefined where it is not. */
export async function openDuckDB(threads) {
  let api;
  try {
    api = createRequire(new URL('./peers/package.json', import.meta.url))('@duckdb/node-api');
  } catch {
    return undefined;
  }
  const instance = await api.DuckDBInstance.create(':memory:', { threads: String(threads) });
  return instance.connect();
}
