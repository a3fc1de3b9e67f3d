// One cold index, saving and opening it again, in a process of its own: prints ms and bytes as JSON. Run by index.mjs.
//   node --expose-gc bench/indexOnce.mjs BUNDLES LOGS CACHE WORKERS
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [bundles, logs, cache, workers] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const { openIndex, keepIndex } = require(join(bundles, 'openIndex.js'));
const [module, merger] = ['scanner', 'merger'].map(
  (name) => new WebAssembly.Module(readFileSync(join(bundles, `${name}.wasm`))),
);
const rules = JSON.parse(readFileSync(join(bundles, 'catalogue.json'), 'utf8'));
const options = {
  sources: [logs],
  rules,
  module,
  merger,
  script: join(bundles, 'scanWorker.js'),
  workers: Number(workers),
};

/** The most memory this process had. What the system counts for `resourceUsage` begins with what its parent had when it started it. */
function peakBytes() {
  const status = '/proc/self/status';
  const [, kB] = (existsSync(status) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))) || [];
  return (kB === undefined ? process.resourceUsage().maxRSS : Number(kB)) * 1024;
}

/** `ms`: V8 keeps the pages of workers that ended for some seconds. */
const settle = async (ms) => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
  return process.memoryUsage();
};
const timed = async (work) => {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
};

const before = await settle(200);
let merging = 0;
const started = performance.now();
const cold = await timed(() =>
  openIndex(null, {
    ...options,
    onProgress: ({ phase }) => {
      if (phase === 'merging') merging ||= performance.now() - started;
    },
  }),
);
const peak = peakBytes();
const after = await settle(3000);
const saving = await timed(() => keepIndex(cache, options, cold.result));
const times = [];
for (let i = 0; i < 5; i++) times.push((await timed(() => openIndex(cache, options))).ms);
const reopened = await timed(() => openIndex(cache, options));
if (!reopened.result.fromSaved || reopened.result.isChanged) throw new Error('The saved index was not opened.');

const { table } = cold.result.index;
const counts = (field) => {
  const { codes, dictionary } = table.columns[field];
  const byCode = new Float64Array(dictionary.size);
  for (const code of codes) byCode[code]++;
  const text = (code) => Buffer.from(dictionary.bytes.subarray(dictionary.offsets[code], dictionary.offsets[code + 1]));
  return Object.fromEntries([...byCode].map((count, code) => [text(code).toString(), count]).filter(([, n]) => n > 0));
};
/** Of all arrays in it. */
function bytesOf(data) {
  if (ArrayBuffer.isView(data)) return data.byteLength;
  return typeof data === 'object' && data !== null
    ? Object.values(data).reduce((sum, each) => sum + bytesOf(each), 0)
    : 0;
}
const fields = ['eventName', 'eventSource', 'identityType', 'errorCode', 'awsRegion'];
console.log(
  JSON.stringify({
    cold: cold.ms,
    reading: merging,
    peak,
    before: before.rss,
    arrays: bytesOf(table),
    resident: after.rss - before.rss,
    saving: saving.ms,
    reopen: times.sort((a, b) => a - b)[2],
    rows: table.rowCount,
    counts: Object.fromEntries(fields.map((field) => [field, counts(field)])),
  }),
);
