// @vitest-environment node
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build } from 'wxt';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { manifestFor, PUBLIC_KEY } from '../../../extension/platform/manifest.ts';

const README = readFileSync(join(import.meta.dirname, '../../../extension/README.md'), 'utf8');
const nothing = () => {};
const SILENT = { level: 0, debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing, success: nothing };

/** What the browser makes of a public key. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return hex.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

describe('the extension’s id', () => {
  test('is the same on every machine, and the one the server lets in', () => {
    expect(idOf(PUBLIC_KEY)).toBe(EXTENSION_ID);
  });
  test('is the store’s own in what is handed to a store', () => {
    expect(manifestFor('chrome', true)).not.toHaveProperty('key');
    expect(manifestFor('chrome', false)).toHaveProperty('key', PUBLIC_KEY);
    expect(manifestFor('firefox', false)).not.toHaveProperty('key');
  });
});

test('Chrome itself signs people in by the client a build was given, and by none unless it was', () => {
  const scopes = ['https://www.googleapis.com/auth/spreadsheets.readonly', 'https://www.googleapis.com/auth/userinfo.email'];
  expect(manifestFor('chrome', true, 'x.apps.googleusercontent.com')).toHaveProperty('oauth2', {
    client_id: 'x.apps.googleusercontent.com',
    scopes,
  });
  expect(manifestFor('chrome', true)).not.toHaveProperty('oauth2');
  expect(manifestFor('firefox', false, 'x.apps.googleusercontent.com')).not.toHaveProperty('oauth2');
});

test.each(['chrome', 'firefox'])('for %s the README says why each permission is asked for, and names no other', (browser) => {
  const { permissions, host_permissions, optional_host_permissions } = manifestFor(browser, false);
  const asked = [...permissions, ...host_permissions, ...optional_host_permissions];
  const table =
    README.split('## What Leadline may do')[1]
      ?.split('\n')
      .filter((line) => line.startsWith('| ')) ?? [];
  const named = table.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(named.filter((name) => browser === 'chrome' || name !== 'sidePanel').sort()).toEqual([...asked].sort());
});

describe('what is built', () => {
  const out = mkdtempSync(join(tmpdir(), 'leadline-build-'));
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  async function buildFor(browser: 'chrome' | 'firefox'): Promise<{ manifest: Record<string, unknown>; folder: string }> {
    await build({ browser, manifestVersion: 3, outDir: join(out, browser), logger: SILENT });
    const folder = join(out, browser, `${browser}-mv3`);
    return { folder, manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) };
  }

  test.each(['chrome', 'firefox'] as const)('the manifest for %s asks for what the product says and nothing else', async (browser) => {
    const { manifest, folder } = await buildFor(browser);
    await expect(`${JSON.stringify({ ...manifest, version: 'any' }, null, 2)}\n`).toMatchFileSnapshot(`manifest-${browser}.json`);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /planner\.worker-.*\.js$/.test(file))).toHaveLength(1);
    const code = files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(join(folder, file), 'utf8'));
    // The rules for our pages allow neither: it would fail in front of the user.
    expect(code.filter((text) => /\bnew Function\(|\beval\(/.test(text))).toEqual([]);
  });
});
