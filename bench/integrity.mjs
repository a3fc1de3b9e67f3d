#!/usr/bin/env node
// How fast a copy is validated, beside a plain loop that only unpacks (zlib) and hashes (sha256) the same files: the loop in one thread, the loop in as
// many threads as the validation has, and the whole validation. All in one run, the files in the page cache. The best of RUNS each.
//   node bench/integrity.mjs [LOGS=10000] [RUNS=3]
import { build } from 'esbuild';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';
import { generatedRecords } from './records.mjs';

const LOGS = Number(process.argv[2] ?? 10_000);
const RUNS = Number(process.argv[3] ?? 3);
const THREADS = availableParallelism();
const LOGS_AN_HOUR = 60;
const HOUR_MS = 3600_000;
const START = Date.UTC(2026, 2, 4);
const BUCKET = 'example-trail-bucket';
const ACCOUNT = '111122223333';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'cloudtrail-integrity-'));
const copy = join(folder, 'copy');
try {
  const { keys, signatures, paths, unpacked } = writeCopy();
  const { validate, nodePorts, listCopy, parseSignatures } = await bundle();
  const loop = plainLoopScript();

  let memory = 0;
  const validation = async () => {
    const ports = nodePorts();
    const report = await validate(
      {
        ...(await listCopy([copy])),
        keys,
        signatures: parseSignatures(JSON.stringify(signatures)).signatures,
        span: { from: undefined, to: undefined },
      },
      ports,
    );
    ports.stop();
    memory = Math.max(memory, process.memoryUsage().rss);
    if (report.logs.valid !== LOGS || report.isBroken)
      throw new Error(`${report.logs.valid} of ${LOGS} logs are valid`);
  };
  // In turn, so that what else the machine does meets all of them.
  const [oneThread, threads, ours] = await bestOf([() => plainLoop(paths), () => plainLoopIn(loop, paths), validation]);

  const megabytes = unpacked / 1e6;
  const row = (name, ms) =>
    console.log(
      `${name.padEnd(44)} ${(ms / 1000).toFixed(2).padStart(6)} s  ${((megabytes / ms) * 1000).toFixed(0).padStart(5)} MB/s`,
    );
  console.log(`${LOGS} logs, ${megabytes.toFixed(0)} MB unpacked, ${THREADS} processors`);
  row('plain loop, zlib + sha256, 1 thread', oneThread);
  row(`plain loop, zlib + sha256, ${THREADS} threads`, threads);
  row(`validation, ${THREADS} workers`, ours);
  console.log(
    `validation has ${((threads / ours) * 100).toFixed(0)} % of the speed of the loop with as many threads; ${(memory / 1e6).toFixed(0)} MB resident`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A trail's bucket on disk: logs of 1 to 200 records, as their sizes vary, and the digest of every hour. */
function writeCopy() {
  const records = generatedRecords(20_000);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'pkcs1', format: 'der' });
  const key = {
    value: der.toString('base64'),
    fingerprint: createHash('md5').update(der).digest('hex'),
    validFrom: null,
    validTo: null,
  };
  const signatures = {};
  const paths = [];
  let unpacked = 0;
  let previous = null;
  for (let made = 0, hour = 0; made < LOGS; hour++) {
    const start = START + hour * HOUR_MS;
    const logFiles = [];
    for (let i = 0; i < LOGS_AN_HOUR && made < LOGS; i++, made++) {
      const count = 1 + ((made * 7919) % 200) ** 2 / 200;
      const chosen = Array.from({ length: Math.ceil(count) }, (_, at) => records[(made * 31 + at) % records.length]);
      const text = `{"Records":[${chosen.join(',')}]}`;
      const name = `${ACCOUNT}_CloudTrail_us-east-1_${stamp(start + i * 60_000).slice(0, 13)}Z_${String(made).padStart(16, 'L')}.json.gz`;
      const s3Object = objectKey('CloudTrail', start, name);
      paths.push(write(s3Object, gzipSync(text)));
      unpacked += text.length;
      logFiles.push({ s3Bucket: BUCKET, s3Object, hashValue: sha256(text), hashAlgorithm: 'SHA-256' });
    }
    const end = start + HOUR_MS;
    const s3Object = objectKey(
      'CloudTrail-Digest',
      end,
      `${ACCOUNT}_CloudTrail-Digest_us-east-1_t_us-east-1_${stamp(end)}.json.gz`,
    );
    const text = JSON.stringify({
      ...{
        awsAccountId: ACCOUNT,
        digestStartTime: iso(start),
        digestEndTime: iso(end),
        digestS3Bucket: BUCKET,
        digestS3Object: s3Object,
      },
      ...{ digestPublicKeyFingerprint: key.fingerprint, digestSignatureAlgorithm: 'SHA256withRSA' },
      ...{ previousDigestS3Bucket: previous && BUCKET, previousDigestS3Object: previous && previous.s3Object },
      ...{ previousDigestHashValue: previous && previous.hash, previousDigestHashAlgorithm: previous && 'SHA-256' },
      ...{ previousDigestSignature: previous && previous.signature, logFiles },
    });
    const signed = [iso(end), `${BUCKET}/${s3Object}`, sha256(text), previous ? previous.signature : 'null'].join('\n');
    const signature = sign('sha256', Buffer.from(signed), privateKey).toString('hex');
    signatures[s3Object] = { signature, 'signature-algorithm': 'SHA256withRSA' };
    write(s3Object, gzipSync(text));
    previous = { s3Object, signature, hash: sha256(text) };
  }
  return { keys: [key], signatures, paths, unpacked };
}

function objectKey(kind, time, name) {
  return `AWSLogs/${ACCOUNT}/${kind}/us-east-1/${iso(time).slice(0, 10).replaceAll('-', '/')}/${name}`;
}

function write(key, bytes) {
  const path = join(copy, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

function iso(time) {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function stamp(time) {
  return iso(time).replace(/[-:]/g, '');
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function plainLoop(files) {
  for (const path of files)
    createHash('sha256')
      .update(gunzipSync(readFileSync(path)))
      .digest('hex');
}

function plainLoopScript() {
  const script = join(folder, 'loop.cjs');
  writeFileSync(
    script,
    `const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
for (const path of require('node:worker_threads').workerData) createHash('sha256').update(gunzipSync(readFileSync(path))).digest('hex');`,
  );
  return script;
}

/** The plain loop, every thread with its share of the files. */
function plainLoopIn(script, files) {
  const shares = Array.from({ length: THREADS }, (_, thread) => files.filter((_path, i) => i % THREADS === thread));
  return Promise.all(
    shares.map(
      (workerData) =>
        new Promise((done, fail) => new Worker(script, { workerData }).on('exit', done).on('error', fail)),
    ),
  );
}

/** What the command line and the extension run, with its worker beside it. */
async function bundle() {
  const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error' };
  const contents = `export { validate } from './src/core/integrity/validate';
export { parseSignatures } from './src/core/integrity/signatures';
export { listCopy } from './src/node/integrity/inputFiles';
export { nodePorts } from './src/node/integrity/nodePorts';`;
  await build({
    ...common,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile: join(folder, 'integrity.cjs'),
  });
  await build({
    ...common,
    entryPoints: [join(root, 'src/worker/integrity.ts')],
    outfile: join(folder, 'worker/integrity.js'),
  });
  return createRequire(import.meta.url)(join(folder, 'integrity.cjs'));
}

/** The least ms of RUNS of each. */
async function bestOf(runs) {
  const least = runs.map(() => Infinity);
  for (let round = 0; round < RUNS; round++) {
    for (const [i, run] of runs.entries()) {
      const started = performance.now();
      await run();
      least[i] = Math.min(least[i], performance.now() - started);
    }
  }
  return least;
}
