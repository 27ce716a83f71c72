import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answered } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
let id: string;

const send = async (method: string, path: string, body: unknown) => answered(await server.send(method, path, body));
const get = async (path: string) => answered(await server.ask(path));
const connect = async () => (await send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() }))[1];
const change = (patch: object) => send('PATCH', `/api/connections/${id}`, patch);
const settings = async () => (await get('/api/connections'))[1].connections[0].settings;
const post = async (path: string, body: object = {}) => (await send('POST', `/api/connections/${id}${path}`, body))[1];
const emails = async () => (await get('/api/leads?limit=100'))[1].leads.map((lead: { email: string }) => lead.email);
const addContact = (properties: Record<string, string>) => server.hubspot.people.createContact(properties);
const addList = async (name: string): Promise<string> => (await send('POST', '/api/lists', { name }))[1].id;
const dropList = (listId: string) => server.ask(`/api/lists/${listId}`, { method: 'DELETE' });

beforeEach(async () => {
  server = await startServer();
  ({ id } = await connect());
});
afterEach(() => server.stop());

describe('an import that is undone', () => {
  beforeEach(async () => {
    addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' });
    await change({ whenDeletedHere: 'archive_there', schedule: 'daily' });
    const { importId } = await post('/import');
    await send('POST', `/api/imports/${importId}/undo`, {});
    expect(await emails()).toEqual([]);
  });

  test('leaves the records of the CRM where they are, and they do not come back by themselves', async () => {
    expect(await post('/sync')).toMatchObject({ outcome: 'done', here: { created: 0 } });
    expect(server.hubspot.people.contactIds()).toHaveLength(1);
    expect(await emails()).toEqual([]);
  });

  test('can be made again: the same people come in, and stay in step', async () => {
    await post('/sync');
    expect(await post('/import')).toMatchObject({ created: 1, duplicate: 0 });
    expect(await emails()).toEqual(['ann@example.com']);
    const [contact] = server.hubspot.people.contactIds();
    const [{ id: leadId }] = (await get('/api/leads?limit=1'))[1].leads;
    await send('PATCH', `/api/leads/${leadId}`, { jobTitle: 'Buyer' });
    expect(await post('/sync')).toMatchObject({ outcome: 'done', there: { updated: 1 } });
    expect(server.hubspot.people.contact(contact ?? '')?.get('jobtitle')).toBe('Buyer');
  });
});

test('a lead that was deleted by hand takes its record there along, where an admin wants that', async () => {
  addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' });
  await change({ whenDeletedHere: 'archive_there' });
  await post('/import');
  const [{ id: leadId }] = (await get('/api/leads?limit=1'))[1].leads;
  await send('DELETE', '/api/leads', { ids: [leadId] });
  await post('/sync');
  expect(server.hubspot.people.contactIds()).toEqual([]);
});

describe('a list that was deleted', () => {
  test('was for new leads: the default list takes its place, and everything else can be set', async () => {
    const listId = await addList('Fair');
    await change({ listId });
    await dropList(listId);
    expect((await settings()).listId).toBeNull();
    expect((await change({ schedule: 'daily' }))[0]).toBe(200);
    expect((await change({ paused: true }))[0]).toBe(200);
  });

  test('named who may be made there: nobody else may because of it', async () => {
    const [gone, stays] = [await addList('Gone'), await addList('Stays')];
    await change({ scopeOut: { kind: 'lists', listIds: [gone, stays] } });
    await dropList(gone);
    expect((await settings()).scopeOut).toEqual({ kind: 'lists', listIds: [stays] });
    await dropList(stays);
    expect((await settings()).scopeOut).toEqual({ kind: 'lists', listIds: [] });
    expect((await change({ schedule: 'daily' }))[1].settings.scopeOut).toEqual({ kind: 'lists', listIds: [] });
    await post('/import');
    await send('POST', '/api/leads', { leads: [{ firstName: 'Cy', lastName: 'Ray', email: 'cy@example.com', phone: '2025550123' }] });
    expect(await post('/sync')).toMatchObject({ outcome: 'done', there: { created: 0 } });
  });

  test('is not taken when it is named anew', async () => {
    const listId = await addList('Fair');
    await dropList(listId);
    expect(await change({ listId })).toEqual([404, expect.objectContaining({ code: 'LIST_NOT_FOUND' })]);
  });
});

describe('a connection that was ended', () => {
  beforeEach(async () => {
    addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' });
    await post('/import');
    await change({ schedule: 'daily', scopeOut: { kind: 'all' } });
    await server.ask(`/api/connections/${id}`, { method: 'DELETE' });
  });

  test('can still be asked what it did; nothing of it can be decided any more', async () => {
    expect(await get(`/api/connections/${id}/runs`)).toMatchObject([200, { runs: [{ trigger: 'import' }] }]);
    expect((await get(`/api/connections/${id}/conflicts`))[0]).toBe(200);
    expect((await get(`/api/connections/${id}/errors`))[0]).toBe(200);
    expect((await send('POST', `/api/connections/${id}/errors/x/retry`, { how: 'again' }))[0]).toBe(404);
    expect((await get('/api/connections/nobody/runs'))[0]).toBe(404);
  });

  test('comes back with its map, its list and its leads, and with nothing that runs or is made by itself', async () => {
    const again = await connect();
    expect(again.id).toBe(id);
    expect(again.settings).toMatchObject({ schedule: 'off', scopeOut: { kind: 'off' }, listId: expect.any(String) });
    expect(again.settings.pairs.length).toBeGreaterThan(0);
    expect(again.health.linkedLeads).toBe(1);
  });
});

describe('who is not to be written to', () => {
  const there = (contact: string) => server.hubspot.people.contact(contact)?.get('hs_email_optout');

  test('by the CRM itself is not counted as to be told', async () => {
    const contact = addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' });
    await post('/import');
    await change({ writesOptOuts: true });
    server.hubspot.people.editContact(contact, { hs_email_optout: 'true' });
    await post('/sync');
    expect(await post('/dry-run')).toMatchObject({ there: { updated: 0, optOuts: 0 } });
    const writes = server.hubspot.count('batch/update');
    await post('/sync');
    expect(server.hubspot.count('batch/update')).toBe(writes);
  });

  test.each([
    ['email', 'ann@example.com', 'true'],
    ['domain', 'example.com', 'true'],
    ['phone', '+12025550123', undefined],
  ])('by %s: the CRM is told only of what was refused', async (kind, value, told) => {
    const contact = addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', phone: '+12025550123' });
    await post('/import');
    await change({ writesOptOuts: true });
    await send('POST', '/api/suppressions', { entries: [{ kind, value }] });
    const optOuts = told === undefined ? 0 : 1;
    expect(await post('/dry-run')).toMatchObject({ there: { updated: 0, optOuts } });
    expect(await post('/sync')).toMatchObject({ outcome: 'done', there: { updated: 0, optOuts } });
    expect(there(contact)).toBe(told);
  });
});
