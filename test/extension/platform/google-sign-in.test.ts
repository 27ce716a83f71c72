// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { GoogleFailureKind } from '../../../extension/platform/google-failure.ts';
import { failureOfLaunch, toRedirectUrl } from '../../../extension/platform/google-identity.ts';
import type { GoogleSetup } from '../../../extension/platform/google-setup.ts';
import { beginSignIn, EMAIL_SCOPE, SHEETS_SCOPE, type SignIn, type SignInWish } from '../../../extension/platform/google-sign-in.ts';

const REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/`;
const SETUP: GoogleSetup = {
  clientId: '1234-demo.apps.googleusercontent.com',
  hasSecret: false,
  authUrl: 'https://accounts.google.com',
  tokenUrl: 'https://oauth2.googleapis.com',
  apiUrl: 'https://sheets.googleapis.com',
};
let seed = 0;
const randomBytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 7 + seed++) % 256);
const begin = (wish: Partial<SignInWish> = {}) =>
  beginSignIn(SETUP, { flow: 'token', redirectUrl: REDIRECT, silent: false, account: null, randomBytes, ...wish });

const stateOf = ({ url }: SignIn) => new URL(url).searchParams.get('state') ?? '';
const TOKEN = `ya29.${'t'.repeat(40)}`;
const CODE = `4/0A${'c'.repeat(40)}`;
/** A good answer, with some of its fields others (null = gone). */
function fields(state: string, changes: Readonly<Record<string, string | null>> = {}, code = false): URLSearchParams {
  const good = { state, scope: `${SHEETS_SCOPE} ${EMAIL_SCOPE}`, authuser: '0', prompt: 'consent' };
  const given = code
    ? { code: CODE, iss: 'https://accounts.google.com' }
    : { access_token: TOKEN, token_type: 'Bearer', expires_in: '3599' };
  const all: Readonly<Record<string, string | null>> = { ...good, ...given, ...changes };
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

describe('Google is asked for what is needed and no more', () => {
  test('reading sheets and the account’s address, for this client, back to this address', async () => {
    const url = new URL((await begin()).url);
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: SETUP.clientId,
      redirect_uri: REDIRECT,
      response_type: 'token',
      scope: 'https://www.googleapis.com/auth/spreadsheets.readonly https://www.googleapis.com/auth/userinfo.email',
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
  test('a silent renewal names the account and asks nobody', async () => {
    const query = new URL((await begin({ silent: true, account: 'ann@example.com' })).url).searchParams;
    expect([query.get('prompt'), query.get('login_hint')]).toEqual(['none', 'ann@example.com']);
  });
  test('another account is chosen from all', async () => {
    expect(new URL((await begin({ choose: true })).url).searchParams.get('prompt')).toBe('select_account');
  });
  test('a code comes with a challenge that only its verifier answers', async () => {
    const signIn = await begin({ flow: 'code' });
    const query = new URL(signIn.url).searchParams;
    const answer = signIn.finish(`${REDIRECT}?${fields(stateOf(signIn), {}, true)}`);
    const verifier = answer.ok && answer.value.kind === 'code' ? answer.value.codeVerifier : '';
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
    expect([query.get('code_challenge_method'), query.get('code_challenge')]).toEqual(['S256', Buffer.from(digest).toString('base64url')]);
  });
  test('two sign-ins have nothing in common', async () => {
    const [one, other] = [await begin({ flow: 'code' }), await begin({ flow: 'code' })];
    expect(stateOf(one)).not.toBe(stateOf(other));
    expect(new URL(one.url).searchParams.get('code_challenge')).not.toBe(new URL(other.url).searchParams.get('code_challenge'));
  });
});

describe('a good answer', () => {
  test('gives the token and how long it is good', async () => {
    const signIn = await begin();
    const value = { kind: 'token', accessToken: TOKEN, expiresInMs: 3_599_000 };
    expect(signIn.finish(`${REDIRECT}#${fields(stateOf(signIn))}`)).toEqual({ ok: true, value });
  });
  test('gives the code', async () => {
    const signIn = await begin({ flow: 'code' });
    expect(signIn.finish(`${REDIRECT}?${fields(stateOf(signIn), {}, true)}`)).toMatchObject({
      ok: true,
      value: { kind: 'code', code: CODE },
    });
  });
  test('may leave the scope out when everything was granted', async () => {
    const signIn = await begin();
    expect(signIn.finish(`${REDIRECT}#${fields(stateOf(signIn), { scope: null })}`).ok).toBe(true);
  });
});

/** What somebody makes of an answer; `state` is that of the sign-in it is brought to. */
type Attack = readonly [what: string, why: string, answer: (state: string) => string, flow?: 'code'];
const evil = (url: string) => (state: string) => `${url}#${fields(state)}`;
const ATTACKS: readonly Attack[] = [
  ['no state', 'state', () => `${REDIRECT}#${fields('', { state: null })}`],
  ['an empty state', 'state', () => `${REDIRECT}#${fields('')}`],
  ['a made-up state', 'state', () => `${REDIRECT}#${fields('x'.repeat(43))}`],
  ['the state in other letters', 'state', (state) => `${REDIRECT}#${fields(state.toUpperCase())}`],
  ['the state with a letter more', 'state', (state) => `${REDIRECT}#${fields(`${state}A`)}`],
  ['the state cut short', 'state', (state) => `${REDIRECT}#${fields(state.slice(0, -1))}`],
  ['two states, the right one first', 'repeated', (state) => `${REDIRECT}#${fields(state)}&state=evil`],
  ['two states, the right one last', 'repeated', (state) => `${REDIRECT}#state=evil&${fields(state)}`],
  ['two tokens', 'repeated', (state) => `${REDIRECT}#${fields(state)}&access_token=ya29.evilevilevilevil`],
  ['an error without the state', 'state', () => `${REDIRECT}#error=access_denied`],
  ['another host', 'redirect', evil('https://evil.example/')],
  ['another extension', 'redirect', evil(`https://${'b'.repeat(32)}.chromiumapp.org/`)],
  ['a host that begins the same', 'redirect', evil(`https://${'a'.repeat(32)}.chromiumapp.org.evil.example/`)],
  ['a host below ours', 'redirect', evil(`https://evil.${'a'.repeat(32)}.chromiumapp.org/`)],
  ['plain http', 'redirect', evil(REDIRECT.replace('https:', 'http:'))],
  ['another port', 'redirect', evil(`https://${'a'.repeat(32)}.chromiumapp.org:8443/`)],
  ['another path', 'redirect', evil(`${REDIRECT}evil`)],
  ['a path that looks the same', 'redirect', evil(`${REDIRECT}%2e%2e/x`)],
  ['a name before the host', 'redirect', evil(REDIRECT.replace('https://', 'https://evil@'))],
  ['no address', 'address', () => 'nothing'],
  ['a program for an address', 'redirect', () => 'javascript:alert(1)'],
  ['an answer without end', 'address', (state) => `${REDIRECT}#${fields(state)}&x=${'x'.repeat(9_000)}`],
  ['the token in the query', 'place', (state) => `${REDIRECT}?${fields(state)}`],
  ['a second answer in the query', 'place', (state) => `${REDIRECT}?access_token=ya29.evilevilevilevil#${fields(state)}`],
  ['a code where a token was asked for', 'token', (state) => `${REDIRECT}#${fields(state, { code: CODE })}`],
  ['only a code where a token was asked for', 'token', (state) => `${REDIRECT}#${fields(state, { access_token: null, code: CODE })}`],
  ['a token that would end a header', 'token', (state) => `${REDIRECT}#${fields(state, { access_token: `${TOKEN}\r\nX-Evil: 1` })}`],
  ['an empty token', 'token', (state) => `${REDIRECT}#${fields(state, { access_token: '' })}`],
  ['a token of another kind', 'token', (state) => `${REDIRECT}#${fields(state, { token_type: 'mac' })}`],
  ['a token that never ends', 'token', (state) => `${REDIRECT}#${fields(state, { expires_in: 'Infinity' })}`],
  ['a token that ended before it began', 'token', (state) => `${REDIRECT}#${fields(state, { expires_in: '-1' })}`],
  ['another issuer’s answer', 'issuer', (state) => `${REDIRECT}#${fields(state, { iss: 'https://evil.example' })}`],
  [
    'an issuer that looks like Google’s',
    'issuer',
    (state) => `${REDIRECT}#${fields(state, { iss: 'https://accounts.google.com.evil.example' })}`,
  ],
  [
    'an issuer with a slash more',
    'issuer',
    (state) => `${REDIRECT}?${fields(state, { iss: 'https://accounts.google.com/' }, true)}`,
    'code',
  ],
  ['another issuer’s code', 'issuer', (state) => `${REDIRECT}?${fields(state, { iss: 'https://evil.example' }, true)}`, 'code'],
  ['a code with somebody else’s state', 'state', () => `${REDIRECT}?${fields('x'.repeat(43), {}, true)}`, 'code'],
  ['two codes', 'repeated', (state) => `${REDIRECT}?${fields(state, {}, true)}&code=${CODE}`, 'code'],
  ['a code in the fragment', 'place', (state) => `${REDIRECT}#${fields(state, {}, true)}`, 'code'],
  ['a token where a code was asked for', 'code', (state) => `${REDIRECT}?${fields(state, { access_token: TOKEN }, true)}`, 'code'],
  ['an empty code', 'code', (state) => `${REDIRECT}?${fields(state, { code: '' }, true)}`, 'code'],
  ['a code with a line end', 'code', (state) => `${REDIRECT}?${fields(state, { code: `${CODE}\n` }, true)}`, 'code'],
];

describe('an answer that is not to our question is refused', () => {
  test.each(ATTACKS.map(([what, why, answer, flow]) => ({ what, why, answer, flow: flow ?? ('token' as const) })))(
    '$what',
    async ({ answer, why, flow }) => {
      const signIn = await begin({ flow });
      expect(signIn.finish(answer(stateOf(signIn)))).toEqual({ ok: false, error: { kind: 'forged', retry: 'reconnect', data: { why } } });
    },
  );
  test('the same answer a second time', async () => {
    const signIn = await begin();
    const answer = `${REDIRECT}#${fields(stateOf(signIn))}`;
    expect(signIn.finish(answer).ok).toBe(true);
    expect(signIn.finish(answer)).toMatchObject({ ok: false, error: { kind: 'forged', data: { why: 'used' } } });
  });
  test('the right answer after a wrong one: whoever guesses has one guess', async () => {
    const signIn = await begin();
    expect(signIn.finish(`${REDIRECT}#${fields('guess')}`).ok).toBe(false);
    expect(signIn.finish(`${REDIRECT}#${fields(stateOf(signIn))}`).ok).toBe(false);
  });
  test('the answer to an earlier sign-in', async () => {
    const [before, now] = [await begin(), await begin()];
    expect(now.finish(`${REDIRECT}#${fields(stateOf(before))}`)).toMatchObject({ ok: false, error: { data: { why: 'state' } } });
  });
  test('and there are more than thirty of them', () => {
    expect(ATTACKS.length).toBeGreaterThanOrEqual(30);
  });
});

describe('what Google says no with is told apart', () => {
  test.each<readonly [string, GoogleFailureKind]>([
    ['access_denied', 'denied'],
    ['interaction_required', 'signInNeeded'],
    ['login_required', 'signInNeeded'],
    ['consent_required', 'signInNeeded'],
    ['immediate_failed', 'signInNeeded'],
    ['admin_policy_enforced', 'blocked'],
    ['org_internal', 'blocked'],
    ['invalid_client', 'clientRefused'],
    ['unauthorized_client', 'clientRefused'],
    ['temporarily_unavailable', 'unreachable'],
    ['something_new', 'clientRefused'],
  ])('%s: %s', async (error, kind) => {
    const signIn = await begin();
    expect(signIn.finish(`${REDIRECT}#state=${stateOf(signIn)}&error=${error}`)).toMatchObject({ ok: false, error: { kind } });
  });
  test('a tick taken away on the consent page', async () => {
    const signIn = await begin();
    const answer = signIn.finish(`${REDIRECT}#${fields(stateOf(signIn), { scope: EMAIL_SCOPE })}`);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'scopeRefused' } });
  });
});

describe('what the browsers say in words is told apart', () => {
  test.each<readonly [string, boolean, GoogleFailureKind]>([
    ['The user did not approve access.', false, 'closed'],
    ['User cancelled or denied access.', false, 'closed'],
    ['User interaction required. Try setting `abortOnLoadForNonInteractive` and `timeoutMsForNonInteractive`.', true, 'signInNeeded'],
    ['Requires user interaction', true, 'signInNeeded'],
    ['Authorization page could not be loaded.', false, 'unreachable'],
    ['The user turned off browser signin', false, 'blocked'],
  ])('%s', (message, silent, kind) => {
    expect(failureOfLaunch(message, silent).kind).toBe(kind);
  });
});

test('Google leads back to Firefox by way of this machine, to Chrome by its own address', () => {
  const hash = 'f'.repeat(40);
  expect(toRedirectUrl(`https://${hash}.extensions.allizom.org/`, true)).toBe(`http://127.0.0.1/mozoauth2/${hash}`);
  expect(toRedirectUrl(REDIRECT, false)).toBe(REDIRECT);
});
