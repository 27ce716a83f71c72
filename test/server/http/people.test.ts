import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROUTE_IDS, ROUTES } from '#shared/api/contract.ts';
import { INVITE_MS } from '#shared/limits.ts';
import { refuseByWorkspace } from '../../../server/leads/permission.ts';
import { ANN, answered } from '../../support/bodies.ts';
import { digestDatabase } from '../../support/database-digest.ts';
import { makeSampleRequests } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const clock = { now: Date.UTC(2026, 4, 1, 12) };
let server: TestServer;
beforeEach(async () => {
  clock.now = Date.UTC(2026, 4, 1, 12);
  server = await startServer({
    now: () => clock.now,
    env: { LEADLINE_ADMIN_EMAIL: 'ann@example.com', LEADLINE_URL: 'https://leads.example' },
  });
});
afterEach(() => server.stop());

const send = async (method: string, path: string, body: unknown, key?: string) =>
  answered(await server.send(method, path, body, key === undefined ? {} : { key }));
const get = async (path: string, key?: string) => answered(await server.ask(path, key === undefined ? {} : { key }));
const remove = async (path: string) => answered(await server.ask(path, { method: 'DELETE' }));
const pair = async (code: string) => answered(await server.send('POST', '/pair', { code, name: 'Chrome' }, { key: null }));
const invite = async (body: object) => (await send('POST', '/api/invites', body))[1];
/** A member with a key of their own, as an invitation makes one. */
async function join(body: object): Promise<{ key: string; id: string }> {
  const [, paired] = await pair((await invite(body)).text);
  const [, { members }] = await get('/api/members');
  return { key: paired.key, id: members.at(-1).id };
}
const actions = async (query = '') => (await get(`/api/audit${query}`))[1].entries.map((entry: { action: string }) => entry.action);

describe('an invitation', () => {
  test('is one text, address and code in one, and makes a new member with its role', async () => {
    const made = await invite({ email: 'Bea@Example.com', role: 'viewer' });
    expect(made).toMatchObject({ email: 'bea@example.com', role: 'viewer', expiresAt: new Date(clock.now + INVITE_MS).toISOString() });
    expect(made.text).toMatch(/^https:\/\/leads\.example#([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}$/);
    const [status, paired] = await pair(made.text);
    expect([status, paired.workspace.role]).toEqual([200, 'viewer']);
    expect((await get('/api/members'))[1].members).toMatchObject([
      { email: 'ann@example.com', role: 'admin' },
      { email: 'bea@example.com', name: 'bea', role: 'viewer' },
    ]);
    expect((await send('POST', '/api/lists', { name: 'x' }, paired.key))[0]).toBe(403);
  });
  test.each<[string, (made: { id: string; code: string }) => Promise<unknown>]>([
    ['used', (made) => pair(made.code)],
    ['revoked', (made) => remove(`/api/invites/${made.id}`)],
    ['older than seven days', async () => (clock.now += INVITE_MS)],
    ['followed by another to the same address', () => invite({ email: 'bea@example.com' })],
  ])('that was %s lets nobody in', async (_, spoil) => {
    const made = await invite({ email: 'bea@example.com' });
    await spoil(made);
    const before = (await get('/api/members'))[1].members.length;
    expect(await pair(made.code)).toMatchObject([401, { code: 'UNAUTHORIZED', error: expect.stringContaining('invitation') }]);
    expect((await get('/api/members'))[1].members).toHaveLength(before);
  });
  test('is listed while it is open, without its code', async () => {
    const made = await invite({ role: 'admin', name: 'Cy' });
    const { text: _, code: __, ...facts } = made;
    expect(await get('/api/invites')).toEqual([200, { invites: [facts] }]);
    await pair(made.code);
    expect(await get('/api/invites')).toEqual([200, { invites: [] }]);
  });
  test('to a member is refused; without an address it makes as many members as there are invitations', async () => {
    expect(await send('POST', '/api/invites', { email: 'ann@example.com' })).toMatchObject([409, { code: 'CONFLICT' }]);
    expect(await send('POST', '/api/invites', { email: 'ann' })).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
    await join({ name: 'Cy' });
    await join({ name: 'Dee' });
    const named = (await get('/api/members'))[1].members.map((member: { name: string; email: string }) => [member.name, member.email]);
    expect(named.slice(1)).toEqual([
      ['Cy', ''],
      ['Dee', ''],
    ]);
  });
});

describe('a member', () => {
  test('may with every key what the role allows now, from the next request on', async () => {
    const bea = await join({ email: 'bea@example.com', role: 'admin' });
    expect((await get('/api/keys', bea.key))[0]).toBe(200);
    expect(await send('PATCH', `/api/members/${bea.id}`, { role: 'viewer' })).toMatchObject([200, { role: 'viewer' }]);
    expect((await get('/api/keys', bea.key))[0]).toBe(403);
    expect((await send('POST', '/api/lists', { name: 'x' }, bea.key))[0]).toBe(403);
    await send('PATCH', '/api/members', { id: bea.id, role: 'member' });
    expect((await send('POST', '/api/lists', { name: 'x' }, bea.key))[0]).toBe(201);
  });
  test('who is removed is out at once with every key; their leads stay, keep the address and belong to nobody', async () => {
    const bea = await join({ email: 'bea@example.com' });
    const [, saved] = await send('POST', '/api/leads', { leads: [{ ...ANN, ownerEmail: 'bea@example.com' }] });
    const lead = async () => (await get(`/api/leads?id=${saved.leadId}`))[1].lead;
    expect(await lead()).toMatchObject({ owner: { email: 'bea@example.com' } });
    expect(await remove(`/api/members/${bea.id}`)).toEqual([200, { deleted: true }]);
    expect((await get('/api/lists', bea.key))[0]).toBe(401);
    expect(await lead()).toMatchObject({ owner: null, ownerEmail: 'bea@example.com' });
    expect((await get('/api/members'))[1].members).toHaveLength(1);
    await join({ email: 'bea@example.com' });
    expect(await lead()).toMatchObject({ owner: { id: bea.id, email: 'bea@example.com' } });
    expect((await get('/api/lists', bea.key))[0]).toBe(401);
  });
  test('who is the last admin stays one', async () => {
    const [ann] = (await get('/api/members'))[1].members;
    for (const answer of [
      await send('PATCH', `/api/members/${ann.id}`, { role: 'member' }),
      await remove(`/api/members/${ann.id}`),
      await send('DELETE', '/api/members', { ids: [ann.id] }),
    ])
      expect(answer).toMatchObject([409, { code: 'CONFLICT', error: expect.stringContaining('last admin') }]);
    await join({ role: 'admin' });
    expect((await send('PATCH', `/api/members/${ann.id}`, { role: 'member' }))[0]).toBe(200);
    expect((await get('/api/members'))[0]).toBe(200);
  });
  test('cannot take the address of another', async () => {
    const bea = await join({ email: 'bea@example.com' });
    expect((await send('PATCH', `/api/members/${bea.id}`, { email: 'ANN@example.com' }))[0]).toBe(409);
    expect(await send('PATCH', `/api/members/${bea.id}`, { email: 'b@example.com', name: 'B' })).toMatchObject([
      200,
      { email: 'b@example.com', name: 'B' },
    ]);
  });
});

describe('what admins leave to members', () => {
  test('overwriting can be withheld: in calls, files and chunks, and only from those who are no admins', async () => {
    const { key } = await join({ email: 'bea@example.com' });
    const policy = { onDuplicate: 'overwrite', overwriteFields: ['companyName'] };
    const ways = (as?: string) => [
      send('POST', '/api/leads', { leads: [ANN], ...policy }, as),
      send('PUT', `/api/imports/${crypto.randomUUID()}`, { source: 'csv', total: 0, chunkCount: 0, policy }, as),
      oneShot(policy, as),
    ];
    const oneShot = async (options: object, as?: string) => {
      const form = new FormData();
      form.set('file', new File(['Email,First Name,Last Name,Phone\na@example.com,A,B,2025550123\n'], 'a.csv', { type: 'text/csv' }));
      form.set('options', JSON.stringify(options));
      return answered(await server.ask('/api/imports', { method: 'POST', body: form, ...(as === undefined ? {} : { key: as }) }));
    };
    for (const answer of await Promise.all(ways(key))) expect(answer[0]).toBeLessThan(300);
    await send('PATCH', '/api/workspace', { membersMay: { overwrite: false } });
    for (const answer of await Promise.all(ways(key)))
      expect(answer).toMatchObject([403, { code: 'FORBIDDEN', error: expect.stringContaining('admins') }]);
    for (const answer of await Promise.all(ways())) expect(answer[0]).toBeLessThan(300);
    expect((await send('POST', '/api/leads', { leads: [ANN], onDuplicate: 'fill' }, key))[0]).toBe(200);
  });
  test('undoing can be withheld', async () => {
    const { key } = await join({ email: 'bea@example.com' });
    const [, saved] = await send('POST', '/api/leads', { leads: [ANN] }, key);
    await send('PATCH', '/api/workspace', { membersMay: { undo: false } });
    expect(await send('POST', `/api/imports/${saved.importId}/undo`, {}, key)).toMatchObject([403, { code: 'FORBIDDEN' }]);
    expect((await send('POST', `/api/imports/${saved.importId}/undo`, {}))[0]).toBe(200);
  });
});

describe('the workspace', () => {
  test('is set to what an admin says; the rest stays as it was', async () => {
    const [, before] = await get('/api/workspace');
    const patch = { name: 'Sales', defaultCountry: 'de', require: 'reachable' };
    const after = { ...before, name: 'Sales', defaultCountry: 'DE', require: 'reachable' };
    expect(await send('PATCH', '/api/workspace', patch)).toEqual([200, after]);
    expect(await get('/api/workspace')).toEqual([200, after]);
    expect((await send('PATCH', '/api/workspace', { defaultCountry: 'ZZ' }))[0]).toBe(400);
  });
  test('that is read-only takes no write on any route, and can be read and set free', async () => {
    const requests = await makeSampleRequests(server);
    await send('PATCH', '/api/workspace', { readOnly: true });
    const before = digestDatabase(server.dataDir);
    const writes = ROUTE_IDS.filter((id) => ROUTES[id].method !== 'GET' && ROUTES[id].access !== 'public');
    const open: string[] = [];
    // What opens another system can be ended at any time; settings are how a workspace is set free.
    for (const id of writes.filter((write) => write !== 'changeWorkspace' && write !== 'disconnect')) {
      const { path, ...request } = requests[id];
      const [status, body] = await answered(await server.ask(path, request));
      if (status !== 402) open.push(id);
      else expect(body.code).toBe('READ_ONLY');
    }
    expect(open.sort()).toEqual(['googleToken', 'match', 'preview', 'previewConnection']);
    expect(digestDatabase(server.dataDir)).toBe(before);
    expect((await get('/api/leads'))[0]).toBe(200);
    await send('PATCH', '/api/workspace', { readOnly: false });
    expect((await send('POST', '/api/lists', { name: 'Free' }))[0]).toBe(201);
  });
  test.each([
    ['premium work on a free one', 'free', false, { writes: false, premium: true }, 'PLAN_REQUIRED'],
    ['premium work on a premium one', 'premium', false, { writes: true, premium: true }, undefined],
    ['a write where nothing is written', 'premium', true, { writes: true, premium: false }, 'READ_ONLY'],
    ['reading there', 'free', true, { writes: false, premium: false }, undefined],
  ] as const)('decides about %s', (_, plan, readOnly, work, code) => {
    expect(refuseByWorkspace({ plan, readOnly, membersMay: { overwrite: true, undo: true } }, work)?.code).toBe(code);
  });
});

describe('the audit tells', () => {
  test('who did what with which key, the newest first, page by page', async () => {
    const [, list] = await send('POST', '/api/lists', { name: 'Gone' });
    const [, saved] = await send('POST', '/api/leads', { leads: [ANN] });
    const [, key] = await send('POST', '/api/keys', { name: 'zapier', role: 'member' });
    await remove(`/api/keys/${key.id}`);
    const bea = await join({ email: 'bea@example.com' });
    await send('PATCH', `/api/members/${bea.id}`, { role: 'viewer' });
    await remove(`/api/members/${bea.id}`);
    await remove(`/api/invites/${(await invite({})).id}`);
    await send('PATCH', '/api/workspace', { require: 'any' });
    await send('PATCH', '/api/workspace', { colour: 'red' }); // changes nothing, and is no entry
    await send('PATCH', '/api/workspace', { membersMay: {} });
    const [, held] = await send('POST', '/api/suppressions', { entries: [{ value: 'ann@example.com' }] });
    await remove(`/api/suppressions/${held.entries[0].id}`);
    await (await server.ask('/api/leads/export')).text();
    await (await server.ask(`/api/imports/${saved.importId}/rejected.csv`)).text();
    await send('POST', `/api/imports/${saved.importId}/undo`, {});
    const [, again] = await send('POST', '/api/leads', { leads: [{ ...ANN, email: 'cy@example.com' }] });
    await send('DELETE', '/api/leads', { ids: [again.leadId] });
    await remove(`/api/lists/${list.id}`);
    const told = await actions();
    expect(told).toEqual([
      ...['list.deleted', 'leads.deleted', 'import.undone', 'rejected.exported', 'leads.exported'],
      ...['suppressions.removed', 'suppressions.added', 'workspace.changed', 'invite.revoked', 'invite.created'],
      ...['member.removed', 'member.changed', 'key.created', 'invite.accepted', 'invite.created', 'key.revoked', 'key.created'],
      'key.created', // of the first start
    ]);
    const [, first] = await get('/api/audit?limit=5');
    const [, second] = await get(`/api/audit?limit=5&cursor=${first.nextCursor}`);
    expect([...first.entries, ...second.entries].map((entry) => entry.action)).toEqual(told.slice(0, 10));
    expect((await get('/api/audit?action=member.changed'))[1].entries).toMatchObject([
      {
        actor: { email: 'ann@example.com' },
        key: { name: 'First key' },
        subject: bea.id,
        data: { fields: ['role'], from: 'member', to: 'viewer' },
      },
    ]);
    expect((await get('/api/audit?cursor=x'))[0]).toBe(400);
  });
  test('no word of anybody', async () => {
    await send('POST', '/api/leads', { leads: [ANN] });
    await send('POST', '/api/suppressions', { entries: [{ value: 'ann@example.com', reason: 'asked us' }] });
    await send('PATCH', '/api/workspace', { name: 'Secret name' });
    const { members } = (await get('/api/members'))[1];
    await send('PATCH', `/api/members/${members[0].id}`, { name: 'Somebody else' });
    const data = JSON.stringify((await get('/api/audit'))[1].entries.map((entry: { data: unknown }) => entry.data));
    expect(data).not.toMatch(/ann@|asked us|Secret|Somebody/);
  });
  test('nothing of what was refused or changed nothing', async () => {
    const before = await actions();
    const [ann] = (await get('/api/members'))[1].members;
    await remove(`/api/members/${ann.id}`);
    await send('PATCH', `/api/members/${ann.id}`, { role: 'admin' });
    await send('DELETE', '/api/leads', { ids: ['nobody'] });
    await remove('/api/keys/nobody');
    await server.ask('/api/leads/export?listId=nobody');
    expect(await actions()).toEqual(before);
  });
});
