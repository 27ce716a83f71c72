import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runToEnd, toolPath } from './processes.mjs';
import { say, saySeconds } from './say.mjs';
import { fingerprint, unlessUnchanged } from './stamp.mjs';

const DIST = join(ROOT, 'dist');
const EXTENSION_STAMP = join(DIST, 'extension.stamp');
const WXT = toolPath('wxt', 'bin/wxt.mjs');
const EVERY_BUILD = ['shared', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** The unpacked extension for each browser. */
export const EXTENSION_BUILDS = [
  { browser: 'chrome', label: 'Chrome', folder: join(DIST, 'extension', 'chrome-mv3') },
  { browser: 'firefox', label: 'Firefox', folder: join(DIST, 'extension', 'firefox-mv3') },
];

/** What `npm start` runs. */
export const SERVER_BUNDLE = join(DIST, 'server', 'main.js');

/**
 * Builds what changed since the last build: the extension for both browsers and the server.
 * @param {string} node
 */
export async function buildAll(node) {
  await buildExtension(node);
  await buildServer(node);
}

/** @param {string} node */
export async function buildExtension(node) {
  const made = {
    stampFile: EXTENSION_STAMP,
    print: fingerprint(ROOT, ['extension', 'wxt.config.ts', ...EVERY_BUILD]),
    outputs: EXTENSION_BUILDS.map(({ folder }) => join(folder, 'manifest.json')),
  };
  await unlessUnchanged(made, () =>
    saySeconds('building the extension', async () => {
      for (const { browser } of EXTENSION_BUILDS) await tool(node, [WXT, 'build', '--browser', browser, '--mv3'], 'the extension');
    }),
  );
}

/** @param {string} node */
export async function buildServer(node) {
  const made = {
    stampFile: join(DIST, 'server.stamp'),
    print: fingerprint(ROOT, ['server', ...EVERY_BUILD]),
    outputs: [SERVER_BUNDLE],
  };
  await unlessUnchanged(made, () =>
    saySeconds('building the server', () =>
      tool(node, [toolPath('vite', 'bin/vite.js'), 'build', '--config', 'server/vite.config.ts'], 'the server'),
    ),
  );
}

/**
 * The packed extension for the browsers' stores, which sign with keys of their own. It passes through the folders of
 * the unpacked builds, so these are made anew.
 * @param {string} node
 */
export async function packForStores(node) {
  for (const { browser } of EXTENSION_BUILDS) await tool(node, [WXT, 'zip', '--browser', browser, '--mv3'], 'the zip');
  rmSync(EXTENSION_STAMP, { force: true });
  await buildExtension(node);
  say(`For the stores: ${join(DIST, 'extension')}, *.zip`);
}

/**
 * Makes the types of the extension's pages (`.wxt/`), which the type checker needs and a fresh clone has not.
 * @param {string} node
 */
export async function prepareTypes(node) {
  const made = {
    stampFile: join(ROOT, '.wxt', 'leadline.stamp'),
    print: fingerprint(ROOT, ['extension/entrypoints', 'extension/public', 'wxt.config.ts', 'package-lock.json']),
    outputs: [join(ROOT, '.wxt', 'tsconfig.json')],
  };
  await unlessUnchanged(made, () => tool(node, [WXT, 'prepare'], 'the types'));
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @param {string} what for the message when it fails
 */
async function tool(node, args, what) {
  const status = await runToEnd(node, args, { quiet: true });
  if (status !== 0) throw new Error(`Leadline: ${what} could not be built (${status}); the reason is above.`);
}
