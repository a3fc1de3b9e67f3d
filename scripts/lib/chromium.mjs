import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { run } from './run.mjs';

const KNOWN = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The switches keep Chromium from looking for the network, which test machines may not have. */
const ARGS = [
  ...[
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ],
  ...['--disable-sync', '--force-color-profile=srgb', '--font-render-hinting=none'],
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Path of a Chromium; installs one when there is none: Playwright's own where it can be fetched, else Debian's package as root. */
export async function ensureChromium() {
  const found = KNOWN.find((path) => path !== undefined && existsSync(path)) ?? bundled();
  if (found !== undefined) return found;
  console.log('Installing Chromium…');
  await run('npx', ['playwright-core', 'install', 'chromium-headless-shell'], { quiet: true }).catch(() => 1);
  if (bundled() === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { quiet: true, env });
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'fonts-dejavu-core'],
      { quiet: true, env },
    );
  }
  const installed = KNOWN.find((path) => path !== undefined && existsSync(path)) ?? bundled();
  if (installed === undefined)
    throw new Error('No Chromium was found and none could be installed. Set CHROMIUM_PATH to one.');
  return installed;
}

function bundled() {
  try {
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Starts a headless Chromium. */
export async function launchChromium() {
  return chromium.launch({ executablePath: await ensureChromium(), args: ARGS });
}
