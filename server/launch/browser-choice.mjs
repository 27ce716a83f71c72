import { createHash } from 'node:crypto';
import { delimiter, join } from 'node:path';

/**
 * `loadsExtensions`: Google's own Chrome ignores `--load-extension` since version 137; Chromium does not.
 * @typedef {{ path: string, loadsExtensions: boolean }} Browser
 */

/** Names on the PATH of a Linux machine, Chromium first. */
const LINUX_NAMES = [
  { name: 'chromium', loadsExtensions: true },
  { name: 'chromium-browser', loadsExtensions: true },
  { name: 'google-chrome', loadsExtensions: false },
  { name: 'google-chrome-stable', loadsExtensions: false },
];

/**
 * Whether a window can be shown.
 * @param {string} platform as in `process.platform`
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean}
 */
export function hasDisplay(platform, env) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * The browser to open: a Chromium if there is one, else a Chrome.
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {(path: string) => boolean} exists
 * @returns {Browser | null}
 */
export function findBrowser(platform, env, exists) {
  return candidates(platform, env).find(({ path }) => exists(path)) ?? null;
}

/**
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {Browser[]}
 */
function candidates(platform, env) {
  if (platform === 'darwin') {
    return [
      { path: '/Applications/Chromium.app/Contents/MacOS/Chromium', loadsExtensions: true },
      { path: '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', loadsExtensions: false },
    ];
  }
  if (platform === 'win32') {
    const inFolder = (/** @type {string | undefined} */ root, /** @type {string} */ product) =>
      root ? [`${root}\\${product}\\Application\\chrome.exe`] : [];
    return [
      ...[...inFolder(env.LOCALAPPDATA, 'Chromium'), ...inFolder(env.ProgramFiles, 'Chromium')].map((path) => ({
        path,
        loadsExtensions: true,
      })),
      ...[...inFolder(env.ProgramFiles, 'Google\\Chrome'), ...inFolder(env.LOCALAPPDATA, 'Google\\Chrome')].map((path) => ({
        path,
        loadsExtensions: false,
      })),
    ];
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return LINUX_NAMES.flatMap(({ name, loadsExtensions }) => folders.map((folder) => ({ path: join(folder, name), loadsExtensions })));
}

/**
 * @param {{ profile: string, build: string, isRoot: boolean }} options
 * @returns {string[]}
 */
export function browserArguments({ profile, build, isRoot }) {
  return [
    `--user-data-dir=${profile}`,
    `--load-extension=${build}`,
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    ...(isRoot ? ['--no-sandbox'] : []), // Chromium does not start for root otherwise
    'about:blank',
  ];
}

/**
 * The id a Chromium gives an unpacked extension with this key in its manifest: the first 32 hex digits of the key's
 * SHA-256, written with the letters a to p.
 * @param {string} key base64 of the public key in DER
 * @returns {string}
 */
export function extensionId(key) {
  const digits = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16))).join('');
}
