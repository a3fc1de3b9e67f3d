import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CACHE } from './paths.mjs';
import { must } from './run.mjs';

/**
 * A real VS Code from the npm registry: the package code-server carries VS Code's own server in lib/vscode, which serves the workbench to a
 * browser and runs a real extension host. `node`: the Node.js major version it needs.
 */
export const VERSIONS = {
  /** The oldest VS Code that package.json supports. */
  oldest: { name: '1.99', codeServer: '4.99.4', node: 20 },
  newest: { name: '1.139', codeServer: '4.139.1', node: 24 },
};

/** Puts VS Code's server under .vscode-test/ unless it is there; answers its folder. */
export async function ensureServer({ codeServer }) {
  const home = join(CACHE, `server-${codeServer}`);
  if (existsSync(join(home, 'ready'))) return home;
  console.log(`Fetching VS Code (code-server ${codeServer})…`);
  const work = await unpackPackage(`code-server@${codeServer}`, `server-${codeServer}`, ['package/lib/vscode']);
  const server = join(work, 'package', 'lib', 'vscode');
  // Without install scripts: native modules are missing, and VS Code only logs that.
  await must('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=silent'], {
    cwd: server,
    quiet: true,
  });
  rmSync(home, { recursive: true, force: true });
  renameSync(server, home);
  rmSync(work, { recursive: true, force: true });
  writeFileSync(join(home, 'ready'), '');
  return home;
}

/** Path of a Node.js of at least the given major version: this one if it is new enough, else one from the npm registry. */
export async function ensureNode(major) {
  if (Number(process.versions.node.split('.')[0]) >= major) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = join(CACHE, `${name}-${major}`);
  const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  console.log(`Fetching Node.js ${major}…`);
  const work = await unpackPackage(`${name}@${major}`, name, ['package/bin']);
  rmSync(home, { recursive: true, force: true });
  renameSync(join(work, 'package'), home);
  rmSync(work, { recursive: true, force: true });
  return binary;
}

async function unpackPackage(spec, label, members) {
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, `fetch-${label}-`));
  await must('npm', ['pack', spec, '--loglevel=error', '--pack-destination', work], { cwd: work, quiet: true });
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
  await must('tar', ['-xzf', archive, ...members], { cwd: work, quiet: true });
  return work;
}

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'update.showReleaseNotes': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** Registers the extension in a profile's list of installed extensions, from where it stands. */
function installExtension(extensions, folder) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const path = folder.replaceAll('\\', '/');
  const location = { $mid: 1, path: path.startsWith('/') ? path : `/${path}`, scheme: 'file' };
  const entry = { identifier: { id: `${publisher}.${name}` }, version, location, metadata: {} };
  mkdirSync(extensions, { recursive: true });
  writeFileSync(join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

/**
 * Starts VS Code's server on localhost with a profile of its own. `env` reaches the extension host.
 * `extension`: a folder that is installed in the profile as it stands. `tests`: the page may run test modules, see {@link testUrl}.
 * @param {{ version?: { name: string, codeServer: string, node: number }, settings?: object, env?: object, extension?: string, tests?: boolean, port?: number, profile?: string }} options
 */
export async function startServer({
  version = VERSIONS.newest,
  settings = {},
  env = {},
  extension,
  tests = false,
  port,
  profile,
} = {}) {
  const home = await ensureServer(version);
  const node = await ensureNode(version.node);
  const data = profile ?? mkdtempSync(join(CACHE, 'profile-'));
  mkdirSync(join(data, 'user', 'User'), { recursive: true });
  writeFileSync(join(data, 'user', 'User', 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
  if (extension !== undefined) installExtension(join(data, 'extensions'), extension);
  const listen = port ?? (await freePort());
  const args = ['out/server-main.js', '--host', '127.0.0.1', '--port', String(listen), '--without-connection-token'];
  args.push('--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', join(data, 'server'));
  args.push('--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions'));
  if (tests) args.push('--enable-smoke-test-driver');
  const child = spawn(node, args, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const log = [];
  child.stdout.on('data', (chunk) => log.push(chunk));
  child.stderr.on('data', (chunk) => log.push(chunk));
  const url = `http://127.0.0.1:${listen}/`;
  await answering(url, child, log);
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    }
    if (profile === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { url, port: listen, child, stop, log: () => Buffer.concat(log).toString() };
}

/** The page that opens `folder`. */
export function workbenchUrl({ url }, folder) {
  return `${url}?folder=${encodeURIComponent(slashes(folder))}`;
}

/**
 * The page that opens `folder` with the extension under development and runs `tests`, a module with a `run()`, in its extension host. The
 * page's functions `codeAutomationLog` and `codeAutomationExit` are told what happens.
 */
export function testUrl(server, { folder, extension, tests }) {
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${slashes(path)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
  ];
  return `${workbenchUrl(server, folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** A path with forward slashes and one at the front, as in URIs. */
function slashes(path) {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(url, child, log) {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended at once:\n${Buffer.concat(log)}`);
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error(`VS Code's server did not answer at ${url} within a minute:\n${Buffer.concat(log)}`);
}
