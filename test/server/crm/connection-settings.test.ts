import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answered } from '../../support/bodies.ts';
import { comeBack } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const send = async (method: string, path: string, body: unknown) => answered(await server.send(method, path, body));
const get = async (path: string) => answered(await server.ask(path));
const connections = async () => (await get('/api/connections'))[1].connections;
const connect = async () => {
  await server.ask(`/oauth/hubspot/callback?${await comeBack(server)}`, { key: null });
  return (await connections())[0];
};

describe('settings', () => {
  test('what is given changes, the rest stays', async () => {
    const { id } = await connect();
    const [, lists] = await get('/api/lists');
    const scopeOut = { kind: 'lists', listIds: [lists.lists[0].id] };
    const [status, changed] = await send('PATCH', `/api/connections/${id}`, { scopeOut, schedule: 'often', whenGoneThere: 'remove_lead' });
    expect([status, changed.settings]).toEqual([
      200,
      expect.objectContaining({ scopeOut, schedule: 'often', whenGoneThere: 'remove_lead', whenDeletedHere: 'keep', writesOptOuts: false }),
    ]);
    expect((await connections())[0].settings).toEqual(changed.settings);
  });

  test('a pause holds until it is ended', async () => {
    const { id } = await connect();
    expect((await send('PATCH', `/api/connections/${id}`, { paused: true }))[1].state).toBe('paused_user');
    expect((await send('PATCH', `/api/connections/${id}`, { schedule: 'daily' }))[1].state).toBe('paused_user');
    expect((await send('PATCH', `/api/connections/${id}`, { paused: false }))[1].state).toBe('ok');
  });

  const pair = (over: object) => ({
    id: 'a',
    type: 'contact',
    local: { kind: 'field', id: 'email' },
    remote: 'email',
    label: 'Email',
    valueType: 'email',
    direction: 'both',
    rule: 'newest',
    trouble: null,
    ...over,
  });
  const other = { id: 'b', local: { kind: 'custom', label: 'City' }, remote: 'city', label: 'City' };
  test.each<[string, readonly object[], number]>([
    ['one pair', [pair({})], 200],
    ['two pairs', [pair({}), pair(other)], 200],
    ['a field twice, once switched off', [pair({}), pair({ ...other, remote: 'email', direction: 'off' })], 200],
    ['an id twice', [pair({}), pair({ ...other, id: 'a' })], 400],
    ['a field of the CRM twice', [pair({}), pair({ ...other, remote: 'email' })], 400],
    ['a field of a lead twice', [pair({}), pair({ ...other, local: { kind: 'field', id: 'email' } })], 400],
    [
      'a custom field twice, in another spelling',
      [pair(other), pair({ ...other, id: 'a', remote: 'state', local: { kind: 'custom', label: ' city ' } })],
      400,
    ],
    ['a field that no lead has', [pair({ local: { kind: 'field', id: 'height' } })], 400],
    ['a rule nobody knows', [pair({ rule: 'loudest' })], 400],
  ])('a field map with %s', async (_, pairs, expected) => {
    const { id } = await connect();
    expect((await send('PATCH', `/api/connections/${id}`, { pairs }))[0]).toBe(expected);
  });

  test.each<[string, string, string, number]>([
    ['an opt-out that is to go out', 'hs_email_optout', 'out', 400],
    ['an opt-out that is to go both ways', 'hs_email_optout', 'both', 400],
    ['an opt-out that comes in', 'hs_email_optout', 'in', 200],
    ['the number of a record', 'hs_object_id', 'both', 400],
    ['a stage', 'lifecyclestage', 'both', 400],
    ['a stage that comes in', 'lifecyclestage', 'in', 200],
    ['a field that is not there', 'constructor', 'in', 400],
    ['a field that is not there and is off', 'constructor', 'off', 200],
  ])('of %s, what HubSpot lets nobody write only comes in', async (_, remote, direction, expected) => {
    const { id, settings } = await connect();
    const [status, answer] = await send('PATCH', `/api/connections/${id}`, { pairs: [pair({ ...other, remote, direction })] });
    expect(status).toBe(expected);
    if (status === 200) return;
    expect(answer).toMatchObject({ code: 'INVALID_REQUEST', details: [{ field: 'pairs', value: remote }] });
    expect((await connections())[0].settings).toEqual(settings);
  });

  test('a field that is not there does not come into a map by an import either, and is named', async () => {
    const { id } = await connect();
    server.hubspot.people.createContact({ email: 'ann@example.com' });
    const body = { pairs: [pair({}), pair({ ...other, remote: 'constructor' })] };
    const [status, answer] = await send('POST', `/api/connections/${id}/import`, body);
    expect([status, answer.details]).toEqual([400, [{ field: 'pairs', value: 'constructor' }]]);
  });

  test('a field that comes after another one does not get its id, and has the type it has in HubSpot', async () => {
    const { id } = await connect();
    const patch = async (...pairs: readonly object[]) => (await send('PATCH', `/api/connections/${id}`, { pairs }))[1].settings.pairs;
    const [email] = await patch(pair({}), pair(other));
    expect(await patch(email)).toEqual([email]);
    const [, city] = await patch(email, pair(other));
    expect([city.id === other.id, city.valueType]).toEqual([false, 'text']);
  });

  test('a map that was emptied and filled again is another one: what was kept by the old one says nothing of it', async () => {
    const { id } = await connect();
    const patch = async (...pairs: readonly object[]) => (await send('PATCH', `/api/connections/${id}`, { pairs }))[1].settings.pairs;
    const [before] = await patch(pair({}));
    await patch();
    const [after] = await patch(before);
    expect([after.remote, after.id === before.id]).toEqual([before.remote, false]);
  });

  test.each([
    ['a name every object has', { constructor: 1 }],
    ['one in a pair', { pairs: [{ ...pair({}), toString: 'x' }] }],
    ['one in a scope', { scopeIn: { kind: 'constructor' } }],
    ['one for a local field', { pairs: [pair({ local: { kind: 'constructor' } })] }],
    ['one for a field of a lead', { pairs: [pair({ local: { kind: 'field', id: 'constructor' } })] }],
    ['one for a type', { pairs: [pair({ valueType: 'constructor' })] }],
    ['one for a way', { pairs: [pair({ direction: '__proto__' })] }],
  ])('%s is no error of the server', async (_, patch) => {
    const { id } = await connect();
    expect((await send('PATCH', `/api/connections/${id}`, patch))[0]).toBeLessThan(500);
  });

  test.each<[string, object, number, string, object]>([
    [
      'whose leads go out',
      { scopeOut: { kind: 'lists', listIds: ['nobody'] } },
      404,
      'LIST_NOT_FOUND',
      { field: 'scopeOut', value: 'nobody' },
    ],
    ['new leads come into', { listId: 'nobody' }, 404, 'LIST_NOT_FOUND', { field: 'listId', value: 'nobody' }],
    ['of HubSpot', { scopeIn: { kind: 'list', id: '99', name: 'Fair' } }, 404, 'NOT_FOUND', { field: 'scopeIn', value: '99' }],
    [
      'HubSpot has none like',
      { scopeIn: { kind: 'view', id: '99', name: 'Fair' } },
      400,
      'INVALID_REQUEST',
      { field: 'scopeIn', value: 'view' },
    ],
  ])('a list %s that is not there is refused, and the field is named', async (_, patch, status, code, detail) => {
    const { id, settings } = await connect();
    const refused = expect.objectContaining({ code, error: expect.any(String), details: [expect.objectContaining(detail)] });
    expect(await send('PATCH', `/api/connections/${id}`, patch)).toEqual([status, refused]);
    expect((await connections())[0].settings).toEqual(settings);
  });

  test('a list of HubSpot that is there is taken', async () => {
    const { id } = await connect();
    const list = server.hubspot.people.createList('Fair', []);
    const scopeIn = { kind: 'list', id: list, name: 'Fair' };
    const [status, changed] = await send('PATCH', `/api/connections/${id}`, { scopeIn });
    expect([status, changed.settings.scopeIn]).toEqual([200, scopeIn]);
  });
});
