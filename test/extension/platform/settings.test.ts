import { beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { badgeLook } from '../../../extension/platform/badge.ts';
import { patternOf } from '../../../extension/platform/host-access.ts';
import { readPageHash } from '../../../extension/platform/pages.ts';
import { connectWithKey, forgetKey, pairWithServer, readPairingHash } from '../../../extension/platform/pairing.ts';
import { readSettings, watchSettings, writeSettings } from '../../../extension/platform/settings.ts';
import { refusal, reply } from '../background/fake-server.ts';

beforeEach(() => fakeBrowser.reset());

const WORKSPACE = {
  id: 'w',
  name: 'Home',
  plan: 'premium',
  role: 'admin',
  limits: { fileBytes: 1, columns: 1, cellBytes: 1, chunkBytes: 1, leadsPerCall: 1 },
  defaultCountry: 'GB',
  require: 'complete',
  readOnly: false,
  membersMay: { overwrite: true, undo: true },
  googleClientId: null,
};

describe('settings', () => {
  test('a fresh browser knows the default server and no key', async () => {
    expect(await readSettings()).toEqual({
      serverAddress: 'http://localhost:8787',
      key: null,
      workspaceName: null,
      theme: 'system',
      defaultCountry: 'US',
      googleClientId: null,
    });
  });
  test('writing one leaves the others, and every page hears of it', async () => {
    await writeSettings({ key: 'll_1' });
    const heard = new Promise((resolve) => watchSettings(resolve));
    await writeSettings({ theme: 'dark' });
    expect(await heard).toMatchObject({ key: 'll_1', theme: 'dark' });
  });
  test('rubbish of an older version is not taken over', async () => {
    await fakeBrowser.storage.local.set({ theme: 7, key: '', serverAddress: null });
    expect(await readSettings()).toMatchObject({ theme: 'system', key: null, serverAddress: 'http://localhost:8787' });
  });
});

describe('pairing', () => {
  test('a code becomes this browser’s own key, with the workspace’s name and country', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      asked.push(`${init?.method} ${url} ${init?.body}`);
      return reply(200, { key: 'll_new', workspace: WORKSPACE });
    };
    const result = await pairWithServer('localhost:8787/', ' K7Q4-AB ', 'Chrome on Linux', fetch);
    expect(result).toEqual({ ok: true, value: { address: 'http://localhost:8787', workspaceName: 'Home' } });
    expect(asked).toEqual(['POST http://localhost:8787/pair {"code":"K7Q4-AB","name":"Chrome on Linux"}']);
    expect(await readSettings()).toMatchObject({ key: 'll_new', workspaceName: 'Home', defaultCountry: 'GB' });
    await forgetKey();
    expect(await readSettings()).toMatchObject({ key: null, workspaceName: null });
  });
  test('a wrong code changes nothing', async () => {
    await writeSettings({ key: 'll_old' });
    const result = await pairWithServer('localhost:8787', 'X', 'B', async () => refusal(401, 'UNAUTHORIZED'));
    expect(result).toMatchObject({ ok: false, error: { kind: 'server', failure: { kind: 'unauthorized' } } });
    expect((await readSettings()).key).toBe('ll_old');
  });
  test('a code is never sent over an open network', async () => {
    const result = await pairWithServer('http://leads.example.com', 'X', 'B', () => Promise.reject(new Error('was sent')));
    expect(result).toEqual({ ok: false, error: { kind: 'address', error: 'needs_https' } });
  });
  test('a pasted key is kept only after the server took it', async () => {
    const wrong = { ok: false, error: { kind: 'key' } };
    expect(await connectWithKey('localhost:8787', 'll_bad', async () => refusal(401, 'UNAUTHORIZED'))).toEqual(wrong);
    expect(await connectWithKey('localhost:8787', 'll_b ad', () => Promise.reject(new Error('was sent')))).toEqual(wrong);
    expect((await readSettings()).key).toBeNull();
    expect((await connectWithKey('localhost:8787', ' ll_good ', async () => reply(200, WORKSPACE))).ok).toBe(true);
    expect((await readSettings()).key).toBe('ll_good');
  });
  test('the launcher’s address is read, anything else is not', () => {
    expect(readPairingHash('#pair=K7&server=http%3A%2F%2Flocalhost%3A8787')).toEqual({ code: 'K7', server: 'http://localhost:8787' });
    expect(readPairingHash('#pair=K7')).toBeNull();
    expect(readPairingHash('')).toBeNull();
  });
});

describe('pages and permissions', () => {
  test('a draft goes along by its id, and nothing but an id is taken', () => {
    expect(readPageHash('#draft=0b5c-1&choose=1')).toEqual({ draftId: '0b5c-1', wish: 'choose' });
    expect(readPageHash('#draft=<script>')).toEqual({ draftId: null, wish: null });
    expect(readPageHash('#link=1')).toEqual({ draftId: null, wish: 'link' });
  });
  test('the permission for a server is for its host alone', () => {
    expect(patternOf('https://leads.example.com:8443/leadline')).toBe('https://leads.example.com/*');
  });
  test('the badge never says 100 % before the receipt', () => {
    expect(badgeLook({ kind: 'sending', share: 0.9999 }).text).toBe('99%');
    expect(badgeLook({ kind: 'needsYou' }).text).toBe('!');
  });
});
