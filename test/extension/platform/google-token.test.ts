// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import { type GoogleFailure, googleFailure } from '../../../extension/platform/google-failure.ts';
import type { Identity } from '../../../extension/platform/google-identity.ts';
import { type GoogleSetup, readGoogleSetup } from '../../../extension/platform/google-setup.ts';
import { googleTokens } from '../../../extension/platform/google-token.ts';
import type { GoogleToken, TokenStore } from '../../../extension/platform/google-token-store.ts';
import { exchangeCode } from '../../../server/imports/google-code.ts';
import { CLIENT, fetchInto, makeGoogle, type RunningGoogle, startGoogle } from '../../support/google/start-google.ts';

const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/`;
const FAKE = 'http://127.0.0.1:4000';
const SETUP: GoogleSetup = { clientId: CLIENT.id, hasSecret: false, authUrl: FAKE, tokenUrl: FAKE, apiUrl: FAKE };
const HOUR = 3_600_000;

let google: ReturnType<typeof makeGoogle>;
let now: number;
let kept: { token: GoogleToken | null; account: string | null };
let opened: string[];
/** What the browser does with the page instead; null = it follows the page to its redirect. */
let browserSays: GoogleFailure | null;
let isOffline: boolean;

beforeEach(() => {
  now = Date.parse('2026-05-04T09:00:00Z');
  google = makeGoogle({ redirects: [REDIRECT], emails: ['ann@example.com', 'bea@example.com'], now: () => now });
  kept = { token: null, account: null };
  opened = [];
  browserSays = null;
  isOffline = false;
});

const store: TokenStore = {
  read: async () => kept.token,
  write: async (token) => {
    kept.token = token;
  },
  readAccount: async () => kept.account,
  writeAccount: async (account) => {
    kept.account = account;
  },
};
const identity: Identity = {
  redirectUrl: () => REDIRECT,
  launch: async (url, silent) => {
    opened.push(silent ? 'silent' : 'window');
    if (browserSays) return fail(browserSays);
    const answer = await google.answer(new Request(url));
    const location = answer.headers.get('Location');
    // A page of Google's own stays open until the person closes it.
    return location ? ok(location) : fail(googleFailure(silent ? 'signInNeeded' : 'closed'));
  },
  profileToken: null,
  profileClient: null,
  dropProfileToken: async () => {},
};
function tokens(more: Partial<Identity> = {}) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (isOffline) throw new TypeError('Failed to fetch');
    return fetchInto(google)(input, init);
  };
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  return googleTokens({
    identity: { ...identity, ...more },
    store,
    fetch,
    now: () => now,
    randomBytes,
    exchange: async () => fail(googleFailure('clientRefused')),
  });
}
const ask = { interactive: true } as const;
const quiet = { interactive: false } as const;
const failed = (kind: GoogleFailure['kind']) => ({ ok: false, error: { kind } });

describe('signing in to Google', () => {
  test('opens one window, and whose sheets they are is known', async () => {
    const got = await tokens().get(SETUP, ask);
    expect(got).toMatchObject({ ok: true, value: { account: 'ann@example.com', clientId: CLIENT.id, expiresAt: now + 3_599_000 } });
    expect(opened).toEqual(['window']);
    expect(kept.account).toBe('ann@example.com');
  });
  test('is not repeated while the token is good', async () => {
    const { get } = tokens();
    const first = await get(SETUP, ask);
    expect(await get(SETUP, quiet)).toEqual(first);
    expect(opened).toEqual(['window']);
  });
  test('is renewed without a window when the hour is over', async () => {
    const { get } = tokens();
    await get(SETUP, ask);
    now += HOUR;
    expect(await get(SETUP, quiet)).toMatchObject({ ok: true, value: { account: 'ann@example.com' } });
    expect(opened).toEqual(['window', 'silent']);
  });
  test('a token that ends within the minute is renewed: it would not last', async () => {
    const { get } = tokens();
    await get(SETUP, ask);
    now += 3_599_000 - 59_000;
    await get(SETUP, quiet);
    expect(opened).toEqual(['window', 'silent']);
  });
  test('asks nobody from an alarm: a silent renewal that fails says so', async () => {
    kept.account = 'ann@example.com';
    expect(await tokens().get(SETUP, quiet)).toMatchObject(failed('signInNeeded'));
    expect(opened).toEqual(['silent']);
  });
  test('shows the window only when the silent way is closed', async () => {
    kept.account = 'ann@example.com';
    expect((await tokens().get(SETUP, ask)).ok).toBe(true);
    expect(opened).toEqual(['silent', 'window']);
  });
  test('two pages that ask at once open one window', async () => {
    const { get } = tokens();
    const [one, other] = await Promise.all([get(SETUP, ask), get(SETUP, ask)]);
    expect(one).toEqual(other);
    expect(opened).toEqual(['window']);
  });
  test('with another account shows them all', async () => {
    const { get } = tokens();
    await get(SETUP, ask);
    await get(SETUP, { interactive: true, choose: true });
    expect(opened).toEqual(['window', 'window']);
  });
  test('out gives the token back and forgets the account', async () => {
    const { get, signOut } = tokens();
    const got = await get(SETUP, ask);
    await signOut(SETUP);
    expect(kept).toEqual({ token: null, account: null });
    expect(google.auth.tokens.has(got.ok ? got.value.accessToken : '')).toBe(false);
  });
});

describe('every way to fail has its own name', () => {
  test('no client id', async () => expect(await tokens().get(null, ask)).toMatchObject(failed('noClient')));
  test('the person says no', async () => {
    google.auth.person = 'denies';
    expect(await tokens().get(SETUP, ask)).toMatchObject(failed('denied'));
  });
  test.each(['closed', 'blocked', 'unreachable'] as const)('the browser: %s', async (kind) => {
    browserSays = googleFailure(kind);
    expect(await tokens().get(SETUP, ask)).toMatchObject(failed(kind));
  });
  test('a client that Google does not know stays on a page of Google', async () => {
    expect(await tokens().get({ ...SETUP, clientId: 'other' }, ask)).toMatchObject(failed('closed'));
  });
  test('the line breaks behind the window', async () => {
    isOffline = true;
    expect(await tokens().get(SETUP, ask)).toMatchObject(failed('unreachable'));
  });
  test('another account than the one that was asked for', async () => {
    const got = await tokens().get(SETUP, { interactive: true, account: 'cleo@example.com' });
    expect(got).toMatchObject({ ok: false, error: { kind: 'wrongAccount', data: { wanted: 'cleo@example.com', got: 'ann@example.com' } } });
    expect(kept.token).toBeNull();
  });
  test('a token that Google no longer takes: run out, or revoked before', async () => {
    const { get, refused } = tokens();
    const got = await get(SETUP, ask);
    if (!got.ok) throw new Error('it was good');
    expect((await refused(got.value)).kind).toBe('revoked');
    expect(kept.token).toBeNull();
    now += HOUR;
    expect((await refused(got.value)).kind).toBe('expired');
  });
  test('a token that was given to another client is none of ours', async () => {
    const stolen = google.auth.grant('mallory@example.com');
    const grant = google.auth.tokens.get(stolen);
    if (grant) google.auth.tokens.set(stolen, { ...grant, clientId: 'evil.apps.googleusercontent.com' });
    const injecting = { launch: async (url: string) => ok(injected(url, stolen)) };
    expect(await tokens(injecting).get(SETUP, ask)).toMatchObject({ ok: false, error: { kind: 'forged', data: { why: 'audience' } } });
    expect(kept.token).toBeNull();
  });
  test('a token that Google does not know', async () => {
    const injecting = { launch: async (url: string) => ok(injected(url, 'ya29.made-up-made-up')) };
    expect(await tokens(injecting).get(SETUP, ask)).toMatchObject(failed('revoked'));
  });
});

function injected(url: string, token: string): string {
  const state = new URL(url).searchParams.get('state') ?? '';
  return `${REDIRECT}#${new URLSearchParams({ state, access_token: token, token_type: 'Bearer', expires_in: '3599' })}`;
}

describe('whoever is signed in to Chrome itself', () => {
  const profile = (token: () => Promise<string | null>) => ({ profileToken: token, profileClient: CLIENT.id });
  test('sees no window', async () => {
    const { get } = tokens(profile(async () => google.auth.grant('ann@example.com')));
    expect(await get(SETUP, ask)).toMatchObject({ ok: true, value: { account: 'ann@example.com' } });
    expect(opened).toEqual([]);
  });
  test('goes the usual way where Chrome has no answer', async () => {
    const got = await tokens(profile(async () => null)).get(SETUP, ask);
    expect(got.ok && opened).toEqual(['window']);
  });
  test('goes the usual way for another account', async () => {
    kept.account = 'bea@example.com';
    const got = await tokens(profile(async () => google.auth.grant('ann@example.com'))).get(SETUP, ask);
    expect(got).toMatchObject({ ok: true, value: { account: 'bea@example.com' } });
  });
});

describe('with a server that holds the client’s secret', () => {
  let running: RunningGoogle;
  test('a code is traded, and without the secret it is worth nothing', async () => {
    running = await startGoogle({ redirects: [REDIRECT] });
    const vendor = { clientId: CLIENT.id, clientSecret: CLIENT.secret, apiUrl: running.url, authUrl: running.url };
    const setup = { ...SETUP, hasSecret: true, authUrl: running.url, tokenUrl: running.url };
    const launch: Identity['launch'] = async (url) => ok((await running.answer(new Request(url))).headers.get('Location') ?? '');
    const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
    const codes: string[] = [];
    const { get } = googleTokens({
      identity: { ...identity, launch },
      store,
      fetch,
      now: Date.now,
      randomBytes,
      exchange: async (body) => {
        codes.push(body.code);
        const traded = await exchangeCode(vendor, body);
        return traded.ok ? traded : fail(googleFailure('clientRefused'));
      },
    });
    expect(await get(setup, ask)).toMatchObject({ ok: true, value: { account: 'ann@example.com' } });
    const form = { grant_type: 'authorization_code', client_id: CLIENT.id, code: codes[0] ?? '', redirect_uri: REDIRECT };
    const bare = await running.answer(new Request(`${running.url}/token`, { method: 'POST', body: new URLSearchParams(form) }));
    expect([bare.status, await bare.json()]).toEqual([400, { error: 'invalid_request', error_description: 'client_secret is missing.' }]);
    await running.stop();
  });
});

describe('what the workspace says about Google', () => {
  test.each([
    ['no client id', null, undefined, null],
    ['Google’s own addresses', 'c', { hasSecret: true, authUrl: null, apiUrl: null }, 'https://accounts.google.com'],
    ['an older server', 'c', undefined, 'https://accounts.google.com'],
    ['a test on this machine', 'c', { hasSecret: false, authUrl: 'http://127.0.0.1:9000', apiUrl: null }, 'http://127.0.0.1:9000'],
    [
      'a sign-in page of the server’s own is not opened',
      'c',
      { hasSecret: false, authUrl: 'https://evil.example', apiUrl: null },
      'https://accounts.google.com',
    ],
  ] as const)('%s', (_what, googleClientId, google, authUrl) => {
    const setup = readGoogleSetup({ googleClientId, ...(google ? { google } : {}) });
    expect(setup?.authUrl ?? null).toBe(authUrl);
  });
});
