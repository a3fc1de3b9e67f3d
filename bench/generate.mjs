#!/usr/bin/env node
// Deterministic CloudTrail log-folder generator (built-ins only).
//   node generate.mjs OUTDIR N [SEED=1] [--no-gz] [--pretty] [--max-per-file=5000] [--mean-per-file=350] [--start=2024-03-04T00:00:00Z]
// Writes OUTDIR/AWSLogs/<org>/<account>/CloudTrail/<region>/YYYY/MM/DD/<acct>_CloudTrail_<region>_<YYYYMMDDTHHmmZ>_<16>.json.gz (gzip level 6)
// and, beside it, OUTDIR.truth.json: totals, counts by eventName/source/type/error, the planted attack rows
// (kind, eventID, eventTime, file, index in Records), and one SHA-256 over all uncompressed bytes in file order.
// The same N and SEED give the same JSON bytes (checked equal on Node 20 and 24); gz bytes may vary with the zlib build.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import crypto from 'node:crypto';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const T = JSON.parse(fs.readFileSync(path.join(here, 'templates.json'), 'utf8'));
const pos = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const opt = Object.fromEntries(
  process.argv
    .slice(2)
    .filter((a) => a.startsWith('--'))
    .map((a) => {
      const [k, v] = a.slice(2).split('=');
      return [k, v ?? true];
    }),
);
const [outDir, nArg, seedArg] = pos;
if (!outDir || !nArg) {
  console.error(
    'usage: generate.mjs OUTDIR N [SEED] [--no-gz] [--pretty] [--max-per-file=5000] [--mean-per-file=350] [--start=ISO]',
  );
  process.exit(2);
}
const N = Number(nArg),
  SEED = Number(seedArg ?? 1),
  MAXF = Number(opt['max-per-file'] ?? 5000),
  MEAN = Number(opt['mean-per-file'] ?? 350);

// ---------- PRNG (sfc32 seeded through splitmix) ----------
let sa, sb, sc, sd;
{
  let z = (SEED >>> 0) ^ 0x9e3779b9;
  const sm = () => {
    z = (z + 0x9e3779b9) | 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
  sa = sm();
  sb = sm();
  sc = sm();
  sd = 1;
  for (let i = 0; i < 15; i++) u32();
}
function u32() {
  const t = (((sa + sb) | 0) + sd) | 0;
  sd = (sd + 1) | 0;
  sa = sb ^ (sb >>> 9);
  sb = (sc + (sc << 3)) | 0;
  sc = (sc << 21) | (sc >>> 11);
  sc = (sc + t) | 0;
  return t >>> 0;
}
const rnd = () => u32() / 4294967296;
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1));
const pick = (a) => a[Math.floor(rnd() * a.length)];
const zipf0 = (a) => a[Math.floor(a.length * rnd() ** 2.2)];
const lastPick = new Map(); // locality: a caller works on the same resources for a while
const zipf = (a) => {
  if (rnd() < STICK) {
    const v = lastPick.get(a);
    if (v !== undefined) return v;
  }
  const v = zipf0(a);
  lastPick.set(a, v);
  return v;
};
let STICK = 0;
const gauss = () => Math.sqrt(-2 * Math.log(1 - rnd())) * Math.cos(6.283185307179586 * rnd());
function chars(alpha, n) {
  let s = '';
  const L = alpha.length;
  for (let i = 0; i < n; i++) s += alpha[u32() % L];
  return s;
}
const H8 = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const hex = (n) => {
  let s = '';
  while (s.length < n) {
    const v = u32();
    s += H8[v & 255] + H8[(v >>> 8) & 255] + H8[(v >>> 16) & 255] + H8[v >>> 24];
  }
  return s.slice(0, n);
};
const uuid = () => {
  const h = hex(32);
  return (
    h.slice(0, 8) +
    '-' +
    h.slice(8, 12) +
    '-4' +
    h.slice(13, 16) +
    '-' +
    '89ab'[u32() & 3] +
    h.slice(17, 20) +
    '-' +
    h.slice(20)
  );
};
const B32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  AN = 'abcdefghijklmnopqrstuvwxyz0123456789',
  AN62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
function weighted(list, w) {
  const cum = [];
  let t = 0;
  for (const x of list) {
    t += w(x);
    cum.push(t);
  }
  return () => {
    const r = rnd() * t;
    let lo = 0,
      hi = cum.length - 1;
    while (lo < hi) {
      const m = (lo + hi) >> 1;
      if (cum[m] > r) hi = m;
      else lo = m + 1;
    }
    return list[lo];
  };
}

// ---------- the world ----------
const words =
  'orders billing checkout search catalog ingest reports media auth gateway ledger pricing shipping inventory sessions events metrics profile mailer webhook crm exports images video analytics fraud risk payments notify scheduler'.split(
    ' ',
  );
const envs = ['prod', 'prod', 'prod', 'staging', 'dev'];
const tagVals = [];
for (const w of words) for (const e of ['prod', 'staging', 'dev']) tagVals.push(`${w}-${e}`);
const regionsAll = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2'];
const regionW = weighted(
  regionsAll.map((r, i) => [r, [46, 14, 16, 12, 7, 5][i]]),
  (x) => x[1],
);
const accountIds = ['111122223333', '444455556666', '123456789012', '777788889999', '555566667777', '222233334444'];
const accountW = weighted(
  accountIds.map((a, i) => [a, [34, 24, 16, 12, 8, 6][i]]),
  (x) => x[1],
);
const docIp = () => pick(['203.0.113.', '198.51.100.', '192.0.2.']) + int(1, 254);
const svcs = ['ec2', 's3', 'iam', 'lambda', 'dynamodb', 'kms', 'ssm', 'sqs', 'logs', 'ecs', 'rds', 'sns'];
const mpol = [
  'AmazonSSMManagedInstanceCore',
  'ReadOnlyAccess',
  'AmazonEKSWorkerNodePolicy',
  'AmazonEC2ContainerRegistryReadOnly',
  'service-role/AWSLambdaBasicExecutionRole',
  'SecurityAudit',
  'CloudWatchAgentServerPolicy',
];
const firsts =
  'alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor walter zoe'.split(
    ' ',
  );
const mk = (n, f) => Array.from({ length: n }, (_, i) => f(i));
const accounts = {};
for (const acct of accountIds) {
  const a = { acct, ips: mk(14, docIp), privips: mk(300, () => `10.${int(0, 255)}.${int(0, 255)}.${int(1, 254)}`) };
  a.users = mk(28, (i) => {
    const name = i < 20 ? firsts[i] : `ci-${words[i - 20]}-deployer`;
    return { name, id: 'AIDA' + chars(B32, 17), key: 'AKIA' + chars(B32, 16), ip: pick(a.ips), ua: null };
  });
  a.roles = mk(60, (i) => ({
    name:
      i < 6
        ? [
            'OrganizationAccountAccessRole',
            'AWSReservedSSO_AdministratorAccess_' + hex(16),
            'AWSReservedSSO_ReadOnly_' + hex(16),
            'GithubActionsDeploy',
            'EksNodeInstanceRole',
            'EcsTaskExecutionRole',
          ][i]
        : `${pick(tagVals)}-${pick(['lambda', 'task', 'instance', 'etl', 'node'])}-role-${hex(6)}`,
    id: 'AROA' + chars(B32, 17),
  }));
  a.buckets = mk(
    40,
    () =>
      `${pick(words)}-${pick(envs)}-${acct.slice(0, 4)}-${pick(['data', 'logs', 'artifacts', 'backup', 'assets'])}-${hex(4)}`,
  );
  a.prefixes = mk(
    120,
    () =>
      `${pick(words)}/${pick(['raw', 'curated', 'tmp', 'exports', 'events'])}/year=2024/month=03/day=${String(int(1, 28)).padStart(2, '0')}`,
  );
  a.insts = mk(260, () => 'i-0' + hex(16));
  a.vpcs = mk(8, () => 'vpc-0' + hex(16));
  a.subnets = mk(30, () => 'subnet-0' + hex(16));
  a.sgs = mk(80, () => 'sg-0' + hex(16));
  a.vols = mk(300, () => 'vol-0' + hex(16));
  a.snaps = mk(300, () => 'snap-0' + hex(16));
  a.amis = mk(20, () => 'ami-0' + hex(16));
  a.enis = mk(400, () => 'eni-0' + hex(16));
  a.keys = mk(25, uuid);
  a.lambdas = mk(70, () => `${pick(tagVals)}-${pick(['handler', 'worker', 'processor', 'authorizer', 'cron'])}`);
  a.tables = mk(25, () => `${pick(words)}_${pick(['events', 'state', 'users', 'orders'])}`);
  a.queues = mk(25, () => `${pick(tagVals)}-queue`);
  a.topics = mk(15, () => `${pick(tagVals)}-topic`);
  a.dbis = mk(15, () => `${pick(tagVals)}-db-${int(1, 4)}`);
  a.lgs = mk(80, (i) => (i % 3 ? `/aws/lambda/${pick(a.lambdas)}` : `/ecs/${pick(tagVals)}`));
  a.secrets = mk(50, () => `${pick(envs)}/${pick(words)}/${pick(['db', 'api', 'oauth', 'jwt'])}-${chars(AN62, 6)}`);
  a.params = mk(
    90,
    () => `/${pick(envs)}/${pick(words)}/${pick(['db_host', 'db_password', 'api_key', 'feature_flags', 'endpoint'])}`,
  );
  a.ecrs = mk(25, () => `${pick(words)}/${pick(['api', 'worker', 'web'])}`);
  a.clusters = mk(6, () => `${pick(envs)}-${pick(words)}`);
  a.stacks = mk(40, () => `${pick(tagVals)}-stack-${chars(AN62, 8)}`);
  a.trails = ['org-trail', 'management-events', `trail-${hex(6)}`];
  a.sessions = [];
  a.seq = 0;
  accounts[acct] = a;
}
const tagKeys = [
  'Name',
  'Environment',
  'Team',
  'Owner',
  'CostCenter',
  'kubernetes.io/cluster/main',
  'aws:autoscaling:groupName',
  'Project',
];
const instTypes = ['t3.medium', 'm5.large', 'm6i.xlarge', 'c6g.2xlarge', 'r5.4xlarge', 'p3.2xlarge'];

STICK = 0.7;
lastPick.clear();
// ---------- clock ----------
const START = Date.parse(opt.start ?? '2024-03-04T00:00:00Z');
const p2 = (n) => (n < 10 ? '0' + n : '' + n);
const iso = (ms) => {
  const d = new Date(ms);
  return `${d.getUTCFullYear()}-${p2(d.getUTCMonth() + 1)}-${p2(d.getUTCDate())}T${p2(d.getUTCHours())}:${p2(d.getUTCMinutes())}:${p2(d.getUTCSeconds())}Z`;
};
const MON = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const longdate = (ms) => {
  const d = new Date(ms);
  const h = d.getUTCHours();
  return `${MON[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}, ${h % 12 || 12}:${p2(d.getUTCMinutes())}:${p2(d.getUTCSeconds())} ${h < 12 ? 'AM' : 'PM'}`;
};

// ---------- placeholders ----------
let C = null; // context of the record being written: {a, region, ms, user, role}
const ph = {
  uuid: () => uuid(),
  hex: (n) => hex(+n),
  b64: (n) => chars(B64, +n),
  b32: (n) => chars(B32, +n),
  alnum: (n) => chars(AN, +n),
  int: (s) => {
    const [x, y] = s.split(':');
    if (x.length > 15) return x[0] + chars('0123456789', x.length - 1);
    return String(int(+x, +y));
  },
  acct: () => C.a.acct,
  region: () => C.region,
  user: () => zipf(C.a.users).name,
  role: () => zipf(C.a.roles).name,
  bucket: () => zipf(C.a.buckets),
  objkey: () =>
    `${zipf(C.a.prefixes)}/part-${String(int(0, 400)).padStart(5, '0')}-${uuid()}.${pick(['json.gz', 'snappy.parquet', 'csv', 'png'])}`,
  objprefix: () => zipf(C.a.prefixes),
  inst: () => zipf(C.a.insts),
  vpc: () => zipf(C.a.vpcs),
  subnet: () => zipf(C.a.subnets),
  sg: () => zipf(C.a.sgs),
  vol: () => zipf(C.a.vols),
  snap: () => zipf(C.a.snaps),
  ami: () => zipf(C.a.amis),
  eni: () => zipf(C.a.enis),
  kmskey: () => zipf(C.a.keys),
  lambda: () => zipf(C.a.lambdas),
  table: () => zipf(C.a.tables),
  queue: () => zipf(C.a.queues),
  topic: () => zipf(C.a.topics),
  dbi: () => zipf(C.a.dbis),
  loggroup: () => zipf(C.a.lgs),
  secret: () => zipf(C.a.secrets),
  param: () => zipf(C.a.params),
  ecr: () => zipf(C.a.ecrs),
  cluster: () => zipf(C.a.clusters),
  stack: () => zipf(C.a.stacks),
  trail: () => zipf(C.a.trails),
  tagkey: () => zipf(tagKeys),
  tagval: () => zipf(tagVals),
  ec2filter: () => pick(['vpc-id', 'tag:Name', 'instance-state-name', 'group-id', 'private-ip-address']),
  ec2val: () => pick([zipf(C.a.vpcs), zipf(tagVals), 'running', zipf(C.a.sgs)]),
  instattr: () => pick(['userData', 'instanceType', 'disableApiTermination']),
  insttype: () => pick(instTypes),
  invtype: () => pick(['RequestResponse', 'Event']),
  mpolicy: () => pick(mpol),
  svc: () => pick(svcs),
  privip: () => zipf(C.a.privips),
  pubip: () => docIp(),
  iso: () => iso(C.ms),
  longdate: () => longdate(C.ms),
};
const phRe = new RegExp('%(' + Object.keys(ph).join('|') + ')(?::([0-9:]*))?%', 'g');
// compile a template value into parts: strings and functions returning strings
function comp(v) {
  const parts = [];
  const lit = (s) => {
    if (parts.length && typeof parts.at(-1) === 'string') parts[parts.length - 1] += s;
    else parts.push(s);
  };
  (function walk(x) {
    if (x === null || typeof x === 'number' || typeof x === 'boolean') return lit(JSON.stringify(x));
    if (typeof x === 'string') {
      lit('"');
      let last = 0;
      const esc = (s) => JSON.stringify(s).slice(1, -1);
      for (const m of x.matchAll(phRe)) {
        lit(esc(x.slice(last, m.index)));
        const f = ph[m[1]],
          arg = m[2];
        parts.push(arg === undefined ? f : () => f(arg));
        last = m.index + m[0].length;
      }
      lit(esc(x.slice(last)) + '"');
      return;
    }
    if (Array.isArray(x)) {
      lit('[');
      x.forEach((y, i) => {
        if (i) lit(',');
        walk(y);
      });
      lit(']');
      return;
    }
    if ('$int' in x) {
      const [a, b] = x.$int;
      parts.push(() => String(int(a, b)));
      return;
    }
    if ('$epochms' in x) {
      parts.push(() => String(C.ms));
      return;
    }
    if ('$one' in x) {
      const c = x.$one.map(comp);
      parts.push(() => render(pick(c)));
      return;
    }
    if ('$rep' in x) {
      const [a, b] = x.$rep,
        c = comp(x.of);
      parts.push(() => {
        let s = '[';
        const n = int(a, b);
        for (let i = 0; i < n; i++) s += (i ? ',' : '') + render(c);
        return s + ']';
      });
      return;
    }
    lit('{');
    let first = true;
    for (const [k, y] of Object.entries(x)) {
      const m = /^(.*)\?(0\.\d+)$/.exec(k);
      if (m) {
        const c = comp(y),
          pr = +m[2],
          head = (first ? '' : ',') + JSON.stringify(m[1]) + ':';
        parts.push(() => (rnd() < pr ? head + render(c) : ''));
        continue;
      }
      lit((first ? '' : ',') + JSON.stringify(k) + ':');
      first = false;
      walk(y);
    }
    lit('}');
  })(v);
  return parts;
}
function render(parts) {
  let s = '';
  for (let i = 0; i < parts.length; i++) {
    const p = parts[i];
    s += typeof p === 'string' ? p : p();
  }
  return s;
}

const evs = [];
for (const [source, s] of Object.entries(T.services)) {
  const rows = [...s.read.map((e) => [e, true]), ...s.write.map((e) => [e, false])];
  const tot = rows.reduce((q, [e]) => q + e[1], 0);
  for (const [[name, w, rp, re, x], ro] of rows)
    evs.push({
      source,
      name,
      ro,
      w: (s.w * w) / tot,
      host: s.host,
      api: s.apiVersion,
      rp: comp(rp),
      reOk: comp(re),
      res: x?.res ? comp(x.res) : null,
      aed: x?.aed ? comp(x.aed) : null,
      mgmt: x?.mgmt !== false,
      global: /^(iam|sts|route53|cloudfront|organizations)\./.test(source),
    });
}
const evPick = weighted(evs, (e) => e.w);
const bySrc = {};
for (const e of evs) (bySrc[e.source] ??= []).push(e);
for (const k in bySrc) bySrc[k] = weighted(bySrc[k], (e) => e.w);
const pickIn = (source) => bySrc[source]();
let burst = null;
const assumeW = T.services['sts.amazonaws.com'].w * 0.4,
  consoleW = T.benignConsole.w,
  totalW = evs.reduce((q, e) => q + e.w, 0) + assumeW + consoleW;
const attackPick = weighted(
  T.attacks.map((a) => ({
    ...a,
    rp: comp(a.rp),
    re: comp(a.re),
    aed: a.aed ? comp(a.aed) : null,
    errMsgC: a.errMsg ? comp(a.errMsg) : null,
  })),
  (a) => a.w,
);
const uaC = T.userAgents.map(([u, w]) => ({ c: comp(u), w }));
const uaPick = weighted(uaC, (x) => x.w);
const errC = T.errors.map(([c, m, w]) => ({ c, m: m ? comp(m) : null, w }));
const errPick = weighted(errC, (x) => x.w);
const trickyC = T.tricky.map((t) => comp(t.rp));
const benignLogin = comp(T.benignConsole.login);

// ---------- identities ----------
const tls13 = '"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256"',
  tls12 = '"tlsVersion":"TLSv1.2","cipherSuite":"ECDHE-RSA-AES128-GCM-SHA256"';
const q = JSON.stringify;
function userIdent(a, u, ctx) {
  return `{"type":"IAMUser","principalId":"${u.id}","arn":"arn:aws:iam::${a.acct}:user/${u.name}","accountId":"${a.acct}","accessKeyId":"${ctx ? ctx.key : u.key}","userName":"${u.name}"${ctx ? `,"sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"${iso(ctx.at)}","mfaAuthenticated":"${ctx.mfa}"}}${ctx.by ? `,"invokedBy":"${ctx.by}"` : ''}` : ''}}`;
}
function sessIdent(a, s) {
  return `{"type":"AssumedRole","principalId":"${s.role.id}:${s.name}","arn":"arn:aws:sts::${a.acct}:assumed-role/${s.role.name}/${s.name}","accountId":"${a.acct}","accessKeyId":"${s.key}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${s.role.id}","arn":"arn:aws:iam::${a.acct}:role/${s.role.name}","accountId":"${a.acct}","userName":"${s.role.name}"},"webIdFederationData":{},"attributes":{"creationDate":"${iso(s.at)}","mfaAuthenticated":"false"}${s.ec2 ? ',"ec2RoleDelivery":"2.0"' : ''}}${s.by ? `,"invokedBy":"${s.by}"` : ''}}`;
}
function newSession(a, ms, kind) {
  const role = zipf(a.roles);
  const r = rnd();
  const name =
    kind === 'svc'
      ? pick(['i-0' + hex(16), uuid(), 'aws-go-sdk-' + (ms * 1000 + int(0, 999)), String(ms)])
      : kind === 'sso'
        ? `${zipf(firsts)}@example.com`
        : kind === 'web'
          ? 'GitHubActions'
          : `${zipf(firsts)}-${r < 0.5 ? 'cli' : 'session-' + ((ms / 1000) | 0)}`;
  const s = {
    role,
    name,
    key: 'ASIA' + chars(B32, 16),
    at: ms,
    exp: ms + (kind === 'svc' ? 6 : 1) * 3600e3,
    ip: rnd() < 0.55 ? zipf(a.privips) : zipf(a.ips),
    ua: render(uaPick().c),
    ec2: name.startsWith('i-0'),
    by: null,
  };
  a.sessions.push(s);
  if (a.sessions.length > 240) a.sessions.splice(0, 60);
  return s;
}
function liveSession(a, ms) {
  for (let t = 0; t < 4; t++) {
    const s = a.sessions.length
      ? a.sessions[a.sessions.length - 1 - Math.floor(a.sessions.length * rnd() ** 1.6)]
      : null;
    if (s && s.exp > ms && s.at <= ms) return s;
  }
  return null;
}
const svcPrincipals = [
  'ec2.amazonaws.com',
  'lambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'autoscaling.amazonaws.com',
  'config.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'rds.amazonaws.com',
  'delivery.logs.amazonaws.com',
  'secretsmanager.amazonaws.com',
];

// ---------- truth ----------
const truth = {
  n: N,
  seed: SEED,
  files: 0,
  jsonBytes: 0,
  gzBytes: 0,
  byEventName: {},
  bySource: {},
  byType: {},
  byError: {},
  byRegion: {},
  byAccount: {},
  consoleLogin: 0,
  consoleLoginNoMfa: 0,
  assumeRole: 0,
  sessionKeyUses: 0,
  trickyRows: 0,
  attacks: [],
};
const bump = (o, k) => {
  o[k] = (o[k] || 0) + 1;
};
const issued = new Set();
const sha = crypto.createHash('sha256');

const attackEvery = Math.min(N, 2000); // ~0.05 %
let attackAt = int(0, attackEvery - 1),
  emitted = 0,
  curFile = '',
  curIdx = 0;
const attacker = { ip: '198.51.100.77', users: {} };

function record(a, region, ms) {
  C = { a, region, ms };
  const n = emitted++;
  let o;
  if (n === attackAt) {
    const base = n - (n % attackEvery) + attackEvery;
    attackAt = base + int(0, attackEvery - 1);
    o = attackRow(a, region, ms);
    return o;
  }
  const r = rnd() * totalW;
  if (r < assumeW) return assumeRow(a, region, ms);
  if (r < assumeW + consoleW) return consoleRow(a, region, ms);
  if (!burst || burst.a !== a || burst.left-- <= 0)
    burst = { a, left: Math.floor(-Math.log(1 - rnd()) * 14), who: null, e: null };
  const e = burst.e && rnd() < 0.35 ? burst.e : burst.e && rnd() < 0.55 ? pickIn(burst.e.source) : evPick();
  burst.e = e;
  const reg = e.global ? 'us-east-1' : region;
  C.region = reg;
  // identity
  const k = rnd();
  let ident,
    ip,
    ua,
    type,
    sess = null,
    viaConsole = false,
    vpce = '',
    viaAws = false;
  if (burst.who && rnd() < 0.93) {
    ({ ident, ip, ua, type, sess, viaConsole, viaAws } = burst.who);
    if (sess && issued.has(sess.key)) truth.sessionKeyUses++;
  } else if (k < 0.6) {
    sess = liveSession(a, ms) ?? newSession(a, ms, 'svc');
    type = 'AssumedRole';
    ip = sess.ip;
    ua = sess.ua;
    if (rnd() < 0.18) {
      const by = pick(svcPrincipals);
      ident = sessIdent(a, { ...sess, by });
      ip = ua = by;
      viaAws = true;
    } else ident = sessIdent(a, sess);
    if (issued.has(sess.key)) truth.sessionKeyUses++;
  } else if (k < 0.82) {
    const u = zipf(a.users);
    u.ua ??= render(uaPick().c);
    type = 'IAMUser';
    ip = u.ip;
    ua = u.ua;
    if (rnd() < 0.25) {
      const by = rnd() < 0.3 ? 'AWS Internal' : null;
      viaConsole = !by;
      ident = userIdent(a, u, { key: 'ASIA' + chars(B32, 16), at: ms - int(5, 3000) * 1000, mfa: rnd() < 0.8, by });
      if (by) {
        ip = ua = by;
        viaAws = true;
      }
    } else ident = userIdent(a, u, null);
  } else if (k < 0.955) {
    const by = pick(svcPrincipals);
    type = 'AWSService';
    ident = `{"type":"AWSService","invokedBy":"${by}"}`;
    ip = ua = by;
    viaAws = true;
  } else if (k < 0.975) {
    const other = pick(accountIds);
    type = 'AWSAccount';
    ident = `{"type":"AWSAccount","principalId":"AROA${chars(B32, 17)}:${zipf(firsts)}","accountId":"${other}"}`;
    ip = docIp();
    ua = render(uaPick().c);
  } else if (k < 0.985) {
    type = 'IdentityCenterUser';
    ident = `{"type":"IdentityCenterUser","accountId":"${a.acct}","onBehalfOf":{"userId":"${uuid()}","identityStoreArn":"arn:aws:identitystore::${a.acct}:identitystore/d-${hex(10)}"},"credentialId":"${hex(64)}"}`;
    ip = zipf(a.ips);
    ua = render(uaPick().c);
  } else if (k < 0.988) {
    type = 'Root';
    ident = `{"type":"Root","principalId":"${a.acct}","arn":"arn:aws:iam::${a.acct}:root","accountId":"${a.acct}","accessKeyId":"ASIA${chars(B32, 16)}","sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"${iso(ms - 600000)}","mfaAuthenticated":"true"}}}`;
    ip = zipf(a.ips);
    ua = 'AWS Internal';
    viaConsole = true;
  } else {
    type = 'WebIdentityUser';
    ident = `{"type":"WebIdentityUser","principalId":"arn:aws:iam::${a.acct}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:example/${pick(words)}:ref:refs/heads/main","userName":"repo:example/${pick(words)}:ref:refs/heads/main","identityProvider":"arn:aws:iam::${a.acct}:oidc-provider/token.actions.githubusercontent.com"}`;
    ip = docIp();
    ua = render(uaPick().c);
  }
  burst.who = { ident, ip, ua, type, sess, viaConsole, viaAws };
  let err = '',
    failed = false;
  if (rnd() < 0.06) {
    const x = errPick();
    failed = true;
    err = `"errorCode":"${x.c}",` + (x.m ? `"errorMessage":${render(x.m)},` : '');
    bump(truth.byError, x.c);
  }
  const tr = rnd(),
    tricky = tr < 0.002;
  if (tricky) truth.trickyRows++;
  const rp = tricky ? render(tr < 0.00005 ? trickyC[0] : trickyC[1 + int(0, trickyC.length - 2)]) : render(e.rp);
  const re = failed ? 'null' : render(e.reOk);
  if ((viaAws && rnd() < 0.25) || (!e.mgmt && rnd() < 0.4))
    vpce = `"vpcEndpointId":"vpce-0${a.acct.slice(0, 6)}${region.length}abc${region.charCodeAt(3).toString(16)}",`;
  const tls =
    viaAws || viaConsole || rnd() < 0.06
      ? ''
      : `,"tlsDetails":{${rnd() < 0.7 ? tls13 : tls12},"clientProvidedHostHeader":"${e.host}.${e.global ? '' : region + '.'}amazonaws.com"}`;
  truth.byType[type] = (truth.byType[type] || 0) + 1;
  bump(truth.byEventName, e.name);
  bump(truth.bySource, e.source);
  bump(truth.byRegion, reg);
  bump(truth.byAccount, a.acct);
  return `{"eventVersion":"1.${e.mgmt ? '09' : '10'}","userIdentity":${ident},"eventTime":"${iso(ms)}","eventSource":"${e.source}","eventName":"${e.name}","awsRegion":"${reg}","sourceIPAddress":"${ip}","userAgent":${q(ua.startsWith('"') ? JSON.parse(ua) : ua)},${err}"requestParameters":${rp},"responseElements":${re},${e.aed ? `"additionalEventData":${render(e.aed)},` : ''}"requestID":"${e.host === 's3' ? chars('ABCDEFGHJKMNPQRSTVWXYZ0123456789', 16) : uuid()}","eventID":"${uuid()}","readOnly":${e.ro},${e.res ? `"resources":${render(e.res)},` : ''}"eventType":"AwsApiCall",${e.api ? `"apiVersion":"${e.api}",` : ''}"managementEvent":${e.mgmt},"recipientAccountId":"${a.acct}",${type === 'AWSService' ? `"sharedEventID":"${uuid()}",` : ''}${vpce}"eventCategory":"${e.mgmt ? 'Management' : 'Data'}"${tls}${viaConsole ? ',"sessionCredentialFromConsole":"true"' : ''}}`;
}
function assumeRow(a, region, ms) {
  const k = rnd(),
    kind = k < 0.7 ? 'svc' : k < 0.85 ? 'cli' : k < 0.93 ? 'sso' : 'web';
  C.region = region;
  const s = newSession(a, ms, kind);
  issued.add(s.key);
  truth.assumeRole++;
  let ident, ip, ua, type;
  const name = kind === 'sso' ? 'AssumeRoleWithSAML' : kind === 'web' ? 'AssumeRoleWithWebIdentity' : 'AssumeRole';
  if (kind === 'svc') {
    const by = pick(svcPrincipals);
    type = 'AWSService';
    ident = `{"type":"AWSService","invokedBy":"${by}"}`;
    ip = ua = by;
  } else if (kind === 'cli') {
    const u = zipf(a.users);
    u.ua ??= render(uaPick().c);
    type = 'IAMUser';
    ident = userIdent(a, u, null);
    ip = u.ip;
    ua = u.ua;
  } else if (kind === 'sso') {
    type = 'SAMLUser';
    ident = `{"type":"SAMLUser","principalId":"${chars(B64, 27)}=:${s.name}","userName":"${s.name}","identityProvider":"${chars(B64, 27)}="}`;
    ip = zipf(a.ips);
    ua = 'aws-internal/3';
  } else {
    type = 'WebIdentityUser';
    ident = `{"type":"WebIdentityUser","principalId":"arn:aws:iam::${a.acct}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:example/app:ref:refs/heads/main","userName":"repo:example/app:ref:refs/heads/main","identityProvider":"arn:aws:iam::${a.acct}:oidc-provider/token.actions.githubusercontent.com"}`;
    ip = docIp();
    ua = render(uaPick().c);
  }
  truth.byType[type] = (truth.byType[type] || 0) + 1;
  bump(truth.byEventName, name);
  bump(truth.bySource, 'sts.amazonaws.com');
  bump(truth.byRegion, region);
  bump(truth.byAccount, a.acct);
  const ra = `arn:aws:iam::${a.acct}:role/${s.role.name}`;
  return `{"eventVersion":"1.08","userIdentity":${ident},"eventTime":"${iso(ms)}","eventSource":"sts.amazonaws.com","eventName":"${name}","awsRegion":"${region}","sourceIPAddress":"${ip}","userAgent":${q(ua.startsWith('"') ? JSON.parse(ua) : ua)},"requestParameters":{"roleArn":"${ra}","roleSessionName":"${s.name}","durationSeconds":3600},"responseElements":{"credentials":{"accessKeyId":"${s.key}","sessionToken":"IQoJb3JpZ2luX2VjE${chars(B64, int(640, 1040))}","expiration":"${longdate(s.exp)}"},"assumedRoleUser":{"assumedRoleId":"${s.role.id}:${s.name}","arn":"arn:aws:sts::${a.acct}:assumed-role/${s.role.name}/${s.name}"}},"requestID":"${uuid()}","eventID":"${uuid()}","readOnly":true,"resources":[{"accountId":"${a.acct}","type":"AWS::IAM::Role","ARN":"${ra}"}],"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"${a.acct}",${kind === 'svc' ? `"sharedEventID":"${uuid()}",` : ''}"eventCategory":"Management"${kind === 'svc' ? '' : `,"tlsDetails":{${tls13},"clientProvidedHostHeader":"sts.${region}.amazonaws.com"}`}}`;
}
function consoleRow(a, region, ms) {
  const u = zipf(a.users);
  truth.consoleLogin++;
  C.region = region;
  truth.byType.IAMUser = (truth.byType.IAMUser || 0) + 1;
  bump(truth.byEventName, 'ConsoleLogin');
  bump(truth.bySource, 'signin.amazonaws.com');
  bump(truth.byRegion, region);
  bump(truth.byAccount, a.acct);
  return `{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"${u.id}","arn":"arn:aws:iam::${a.acct}:user/${u.name}","accountId":"${a.acct}","userName":"${u.name}"},"eventTime":"${iso(ms)}","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","awsRegion":"${region}","sourceIPAddress":"${zipf(a.ips)}","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36","requestParameters":null,"responseElements":{"ConsoleLogin":"Success"},"additionalEventData":${render(benignLogin)},"eventID":"${uuid()}","readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,"recipientAccountId":"${a.acct}","eventCategory":"Management","tlsDetails":{${tls13},"clientProvidedHostHeader":"${region}.signin.aws.amazon.com"}}`;
}
function attackRow(a, region, ms) {
  const x = attackPick();
  const glob = /^(iam|sts|organizations|signin)\./.test(x.source);
  const reg = glob ? 'us-east-1' : region;
  C.region = reg;
  const u = (attacker.users[a.acct] ??= {
    name: 'svc-legacy-backup',
    id: 'AIDA' + chars(B32, 17),
    key: 'AKIA' + chars(B32, 16),
  });
  let ident,
    type = 'IAMUser';
  if (x.id === 'Root') {
    type = 'Root';
    ident = `{"type":"Root","principalId":"${a.acct}","arn":"arn:aws:iam::${a.acct}:root","accountId":"${a.acct}","accessKeyId":""}`;
  } else if (x.id === 'IAMUserConsole')
    ident = `{"type":"IAMUser","principalId":"${u.id}","arn":"arn:aws:iam::${a.acct}:user/${u.name}","accountId":"${a.acct}","userName":"${u.name}"}`;
  else if (x.id === 'AttackSession') {
    type = 'AssumedRole';
    const s = liveSession(a, ms) ?? newSession(a, ms, 'cli');
    if (issued.has(s.key)) truth.sessionKeyUses++;
    ident = sessIdent(a, s);
  } else ident = userIdent(a, u, null);
  const id = uuid();
  truth.byType[type] = (truth.byType[type] || 0) + 1;
  bump(truth.byEventName, x.name);
  bump(truth.bySource, x.source);
  bump(truth.byRegion, reg);
  bump(truth.byAccount, a.acct);
  if (x.err) bump(truth.byError, x.err);
  if (x.name === 'ConsoleLogin') {
    truth.consoleLogin++;
    truth.consoleLoginNoMfa++;
  }
  truth.attacks.push({ kind: x.kind, eventID: id, eventTime: iso(ms), file: curFile, index: curIdx });
  const err = (x.err ? `"errorCode":"${x.err}",` : '') + (x.errMsgC ? `"errorMessage":${render(x.errMsgC)},` : '');
  return `{"eventVersion":"1.09","userIdentity":${ident},"eventTime":"${iso(ms)}","eventSource":"${x.source}","eventName":"${x.name}","awsRegion":"${reg}","sourceIPAddress":"${attacker.ip}","userAgent":"${x.ua ?? 'aws-cli/2.13.5 Python/3.11.4 Linux/6.3.0-kali1-amd64 exe/x86_64.kali.2023'}",${err}"requestParameters":${render(x.rp)},"responseElements":${render(x.re)},${x.aed ? `"additionalEventData":${render(x.aed)},` : ''}${x.noReqId ? '' : `"requestID":"${uuid()}",`}"eventID":"${id}","readOnly":${x.ro},"eventType":"${x.eventType ?? 'AwsApiCall'}","managementEvent":true,"recipientAccountId":"${a.acct}","eventCategory":"Management","tlsDetails":{${tls13},"clientProvidedHostHeader":"${x.source.split('.')[0]}.amazonaws.com"}}`;
}

// ---------- files ----------
const t0 = Date.now();
const spanMs = Math.max(3600e3, (N / 150000) * 86400e3); // 150k events a day
const root = path.join(outDir, 'AWSLogs', 'o-exampleorgid');
if (fs.existsSync(outDir) && fs.readdirSync(outDir).length) {
  console.error('OUTDIR is not empty');
  process.exit(2);
}
fs.mkdirSync(root, { recursive: true });
const madeDirs = new Set();
while (emitted < N) {
  const [acct] = accountW(),
    [region] = regionW();
  const a = accounts[acct];
  let n = Math.round(Math.exp(Math.log(MEAN) - 0.5 + gauss() * 1.0));
  n = Math.max(rnd() < 0.03 ? 1 : 50, Math.min(MAXF, n));
  if (n > N - emitted) n = N - emitted;
  const base = START + (emitted / N) * spanMs;
  const slot = Math.floor(base / 300e3) * 300e3 + 300e3;
  const d = new Date(slot);
  const stamp = `${d.getUTCFullYear()}${p2(d.getUTCMonth() + 1)}${p2(d.getUTCDate())}T${p2(d.getUTCHours())}${p2(d.getUTCMinutes())}Z`;
  const dir = path.join(
    root,
    acct,
    'CloudTrail',
    region,
    String(d.getUTCFullYear()),
    p2(d.getUTCMonth() + 1),
    p2(d.getUTCDate()),
  );
  const file = path.join(
    dir,
    `${acct}_CloudTrail_${region}_${stamp}_${chars(AN62, 16)}.json${opt['no-gz'] ? '' : '.gz'}`,
  );
  if (!madeDirs.has(dir)) {
    fs.mkdirSync(dir, { recursive: true });
    madeDirs.add(dir);
  }
  curFile = path.relative(outDir, file);
  const times = mk(n, () => slot - 300e3 - int(0, 420) * 1000);
  if (rnd() < 0.5) times.sort((x, y) => x - y);
  const rows = [];
  for (let i = 0; i < n; i++) {
    curIdx = i;
    rows.push(record(a, region, times[i]));
  }
  let text = '{"Records":[' + rows.join(',') + ']}';
  if (opt.pretty) text = JSON.stringify(JSON.parse(text), null, 2);
  const buf = Buffer.from(text, 'utf8');
  sha.update(buf);
  truth.jsonBytes += buf.length;
  const out = opt['no-gz'] ? buf : zlib.gzipSync(buf, { level: 6 });
  truth.gzBytes += out.length;
  truth.files++;
  fs.writeFileSync(file, out);
}
truth.sha256 = sha.digest('hex');
truth.seconds = (Date.now() - t0) / 1000;
truth.avgRecord = truth.jsonBytes / N;
truth.gzRatio = truth.jsonBytes / truth.gzBytes;
const order = (o) => Object.fromEntries(Object.entries(o).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)));
for (const k of ['byEventName', 'bySource', 'byType', 'byError', 'byRegion', 'byAccount']) truth[k] = order(truth[k]);
const { seconds, ...stable } = truth;
fs.writeFileSync(outDir.replace(/\/+$/, '') + '.truth.json', JSON.stringify(stable, null, 1));
console.log(
  JSON.stringify({
    n: N,
    seed: SEED,
    files: truth.files,
    jsonMB: +(truth.jsonBytes / 1e6).toFixed(1),
    gzMB: +(truth.gzBytes / 1e6).toFixed(1),
    avgRecord: +truth.avgRecord.toFixed(1),
    gzRatio: +truth.gzRatio.toFixed(2),
    eventNames: Object.keys(truth.byEventName).length,
    sources: Object.keys(truth.bySource).length,
    attacks: truth.attacks.length,
    seconds,
    sha256: truth.sha256.slice(0, 16),
  }),
);
