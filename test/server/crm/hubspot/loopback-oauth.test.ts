import { beforeEach, describe, expect, test } from 'vitest';
import { type FakeHubspot, makeHubspot } from '../../../support/hubspot/start-hubspot.ts';

const contacts = '/crm/objects/2026-03/contacts';
let time: number;
let hubspot: FakeHubspot;
beforeEach(() => {
  time = Date.UTC(2026, 10, 2, 9);
});
const ask = async (path: string, token: string) => {
  const answer = await hubspot.answer(new Request(`http://hubspot.test${path}`, { headers: { Authorization: `Bearer ${token}` } }));
  return { status: answer.status, body: await answer.json() };
};

describe('the authorization server', () => {
  const redirect = 'http://localhost:1/back';
  const app = { client_id: '', client_secret: '' };
  beforeEach(() => {
    hubspot = makeHubspot({ now: () => time, app: { redirects: [redirect] } });
    Object.assign(app, { client_id: hubspot.app.clientId, client_secret: hubspot.app.clientSecret });
  });
  const post = async (path: string, form: Record<string, string>) => {
    const request = new Request(`http://hubspot.test/oauth/2026-03/token${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...app, ...form }),
    });
    const answer = await hubspot.answer(request);
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const consent = async (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ client_id: app.client_id, redirect_uri: redirect, scope: 'oauth', state: 's', ...more });
    const answer = await hubspot.answer(new Request(`http://hubspot.test/oauth/authorize?${query}`));
    return new URL(answer.headers.get('Location') ?? redirect).searchParams;
  };
  const redeem = (code: string | null) => post('', { grant_type: 'authorization_code', code: code ?? '', redirect_uri: redirect });

  test('gives a code once, tokens for it, and tells what they are', async () => {
    const back = await consent({ optional_scope: 'crm.lists.read' });
    expect(back.get('state')).toBe('s');
    const { body } = await redeem(back.get('code'));
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      hub_id: hubspot.portal.portalId,
      scopes: ['oauth', 'crm.lists.read'],
    });
    expect((await redeem(back.get('code'))).body).toMatchObject({ error: 'invalid_grant', status: 'BAD_AUTH_CODE' });
    const told = await post('/introspect', { token: body.access_token, token_type_hint: 'access_token' });
    expect(told.body).toMatchObject({ active: true, app_id: hubspot.app.id, hub_id: hubspot.portal.portalId });
    expect((await ask('/account-info/2026-03/details', body.access_token)).status).toBe(200);
    time += 1_801_000;
    expect((await ask(contacts, body.access_token)).body.category).toBe('EXPIRED_AUTHENTICATION');
  });

  test.each([
    ['a member nobody knows', '', { grant_type: 'refresh_token', refresh_token: 'x', realm: 'y' }, 400],
    ['a token it never gave', '/introspect', { token: 'x' }, 400],
    ['an address that is not there', '/exchange', {}, 404],
  ])('refuses %s', async (_why, path, form, status) => expect((await post(path, form)).status).toBe(status));

  test('takes forms alone, at dated addresses alone', async () => {
    const send = async (path: string, init: RequestInit) =>
      (await hubspot.answer(new Request(`http://hubspot.test${path}`, { method: 'POST', ...init }))).status;
    const headers = { 'Content-Type': 'application/json' };
    expect(await send('/oauth/2026-03/token', { body: '{}', headers })).toBe(415);
    expect(await send('/oauth/v1/token', { body: new URLSearchParams(app) })).toBe(404);
  });

  test('can rotate refresh tokens, revoke them, and ask a person who says no', async () => {
    hubspot.oauth.habits.rotates = true;
    const { body } = await redeem((await consent()).get('code'));
    const refresh = (token: string) => post('', { grant_type: 'refresh_token', refresh_token: token });
    const second = await refresh(body.refresh_token);
    expect((await refresh(body.refresh_token)).body.status).toBe('BAD_REFRESH_TOKEN');
    expect((await post('/revoke', { token: second.body.refresh_token })).status).toBe(204);
    expect((await refresh(second.body.refresh_token)).status).toBe(400);
    hubspot.oauth.habits.person = 'denies';
    expect((await consent()).get('error')).toBe('access_denied');
  });
});
