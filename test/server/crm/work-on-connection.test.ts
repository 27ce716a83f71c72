import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
let id: string;

beforeEach(async () => {
  server = await startServer();
  id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
});
afterEach(() => server.stop());

const post = async (path: string, body: unknown = {}) => {
  const answer = await server.send('POST', `/api/connections/${id}${path}`, body);
  return { status: answer.status, body: await answer.json() };
};
const get = async (path: string) => (await server.ask(`/api/connections/${id}${path}`)).json();
const leads = async () =>
  (await (await server.ask('/api/leads?limit=100')).json()).leads as { id: string; email: string; jobTitle?: string }[];
const addContact = (properties: Record<string, string>) => server.hubspot.people.createContact(properties);

describe('contacts of HubSpot', () => {
  test('are planned in whole before anything is stored: a name is enough, and what is missing is named', async () => {
    addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com' });
    addContact({ firstname: 'Bo' });
    addContact({ company: 'Nobody here' });
    const { status, body } = await post('/preview');
    expect(status).toBe(200);
    expect(body.recordCount).toBe(3);
    expect(body.summary).toMatchObject({ total: 3, valid: 2, invalid: 1 });
    expect(await leads()).toEqual([]);
  });

  test('come in as one import with its receipt, are linked, and are not asked for twice', async () => {
    addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
    await post('/preview');
    const calls = server.hubspot.requests.length;
    const { status, body } = await post('/import');
    expect(status).toBe(201);
    expect(body).toMatchObject({ created: 1, total: 1, list: { name: 'HubSpot contacts', created: true } });
    expect(server.hubspot.requests.length).toBe(calls);
    const { connections } = await (await server.ask('/api/connections')).json();
    expect(connections[0].settings.listId).toBe(body.list.id);
    expect(connections[0].settings.scopeOut).toEqual({ kind: 'off' });
    const [run] = (await get('/runs')).runs;
    expect(run).toMatchObject({ trigger: 'import', outcome: 'done', counts: { pulled: 1 } });
  });

  test.each<[string, object, number, object]>([
    ['of a list HubSpot has not', { scope: { kind: 'list', id: '99', name: 'Fair' } }, 404, { field: 'scope', value: '99' }],
    ['of a kind of scope HubSpot has not', { scope: { kind: 'view', id: '99', name: 'Fair' } }, 400, { field: 'scope', value: 'view' }],
    ['into a list that is not there', { listId: 'nobody' }, 404, { field: 'listId', value: 'nobody' }],
  ])('%s are refused before anything of it is kept, and the field is named', async (_, asked, status, detail) => {
    addContact({ firstname: 'Ann', email: 'ann@example.com' });
    for (const path of ['/preview', '/import'])
      expect(await post(path, asked)).toMatchObject({ status, body: { details: [expect.objectContaining(detail)] } });
    const { connections } = await (await server.ask('/api/connections')).json();
    expect(connections[0].settings).toMatchObject({ pairs: [], scopeIn: { kind: 'all' } });
  });

  test('come in without a field that was deleted there, and the preview names it', async () => {
    server.hubspot.people.defineProperty('contacts', { name: 'region', label: 'Region', type: 'string', fieldType: 'text' });
    addContact({ firstname: 'Ann', email: 'ann@example.com' });
    await post('/import');
    server.hubspot.people.dropProperty('contacts', 'region');
    addContact({ firstname: 'Bob', email: 'bob@example.com' });
    const { status, body } = await post('/preview');
    expect([status, body.recordCount, body.notices]).toEqual([200, 2, [{ kind: 'field_vanished', type: 'contact', field: 'Region' }]]);
    expect(await post('/import')).toMatchObject({ status: 201, body: { created: 1 } });
  });

  test('with a field mapped twice are refused', async () => {
    const pair = { type: 'contact', remote: 'email', label: 'Email', valueType: 'email', direction: 'both', rule: 'crm', trouble: null };
    const pairs = ['a', 'b'].map((id) => ({ ...pair, id, local: { kind: 'field', id: id === 'a' ? 'email' : 'altEmail1' } }));
    expect(await post('/import', { pairs })).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });

  test('who opted out there is on the suppression list, with HubSpot as the source, and is not stored', async () => {
    addContact({ firstname: 'Ann', email: 'ann@example.com', hs_email_optout: 'true' });
    const { body } = await post('/import');
    expect(body).toMatchObject({ suppressed: 1, created: 0 });
    const { suppressions } = await (await server.ask('/api/suppressions')).json();
    expect(suppressions).toMatchObject([{ value: 'ann@example.com', source: 'hubspot' }]);
  });

  test('stay in step after that: a change there comes here, a change here goes there', async () => {
    const contact = addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
    await post('/import');
    const [lead] = await leads();
    await server.send('PATCH', `/api/leads/${lead?.id}`, { companyName: 'Fernhill' });
    expect((await post('/sync')).body).toMatchObject({ outcome: 'done', there: { updated: 1 } });
    expect(server.hubspot.people.contact(contact)?.get('company')).toBe('Fernhill');
    expect((await post('/sync')).body).toMatchObject({ there: { created: 0, updated: 0 }, here: { created: 0, updated: 0 } });
  });

  test('are not kept in step while somebody has paused that, and a dry run may be made', async () => {
    addContact({ firstname: 'Ann', email: 'ann@example.com' });
    await post('/import');
    await server.send('PATCH', `/api/connections/${id}`, { paused: true });
    expect(await post('/sync')).toMatchObject({ status: 409, body: { code: 'CONFLICT', error: expect.stringMatching(/paused/) } });
    expect((await post('/dry-run')).status).toBe(200);
    await server.send('PATCH', `/api/connections/${id}`, { paused: false });
    expect((await post('/sync')).status).toBe(200);
  });

  test('a right that a key turns out to have is missing no more once a run goes through', async () => {
    const missing = async () => (await (await server.ask('/api/connections')).json()).connections[0].missingScopes;
    await post('/import');
    const { store } = server.backend;
    const [connection] = await store.listAllConnections();
    if (!connection) return expect.fail('no connection');
    await store.noteMissingScopes(connection.workspace, connection.number, ['crm.objects.contacts.read']);
    expect(await missing()).toHaveLength(1);
    await post('/sync');
    expect(await missing()).toEqual([]);
  });

  test('nothing is made there until somebody says which leads may go', async () => {
    addContact({ firstname: 'Ann', email: 'ann@example.com' });
    await post('/import');
    await server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Cy', lastName: 'Ray', email: 'cy@example.com', phone: '2025550123' }],
    });
    expect((await post('/dry-run')).body).toMatchObject({ dryRun: true, there: { created: 0 } });
    await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
    const [cy] = (await leads()).filter(({ email }) => email === 'cy@example.com');
    const said = (await post('/dry-run')).body;
    expect(said).toMatchObject({ there: { created: 1 }, creates: [{ leadId: cy?.id, name: 'Cy Ray' }] });
    expect(server.hubspot.people.contactIds()).toHaveLength(1);
    expect((await post('/sync')).body).toMatchObject({ there: { created: 1 } });
    expect(server.hubspot.people.contactIds()).toHaveLength(2);
  });

  test('our opt-outs go there only where an admin wants that: the mark and nothing else, and nothing takes it back', async () => {
    const contact = addContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
    await post('/import');
    const [lead] = await leads();
    await server.send('PATCH', `/api/leads/${lead?.id}`, { jobTitle: 'Secret' });
    await server.send('POST', '/api/suppressions', { entries: [{ kind: 'email', value: 'ann@example.com' }] });
    const there = () => server.hubspot.people.contact(contact);
    expect((await post('/sync')).body).toMatchObject({ outcome: 'done', there: { updated: 0 } });
    expect(there()?.get('hs_email_optout')).toBeUndefined();
    await server.send('PATCH', `/api/connections/${id}`, { writesOptOuts: true });
    expect((await post('/dry-run')).body).toMatchObject({ there: { updated: 0, optOuts: 1 } });
    expect((await post('/sync')).body).toMatchObject({ outcome: 'done', there: { updated: 0, optOuts: 1 } });
    expect([there()?.get('hs_email_optout'), there()?.get('jobtitle')]).toEqual(['true', 'Buyer']);
    const { suppressions } = await (await server.ask('/api/suppressions')).json();
    await server.ask(`/api/suppressions/${suppressions[0].id}`, { method: 'DELETE' });
    const writes = server.hubspot.count('batch/update');
    expect((await post('/sync')).body).toMatchObject({ outcome: 'done', there: { optOuts: 0 } });
    expect([there()?.get('hs_email_optout'), server.hubspot.count('batch/update')]).toEqual(['true', writes]);
  });

  test('more than 100 new records there are made only when their number is given', async () => {
    addContact({ firstname: 'Ann', email: 'ann@example.com' });
    await post('/import');
    const people = Array.from({ length: 101 }, (_, n) => ({
      firstName: 'Cy',
      lastName: `Ray ${n}`,
      email: `cy${n}@example.com`,
      phone: `+1202555${1000 + n}`,
    }));
    await server.send('POST', '/api/leads', { leads: people });
    await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
    const asked = { status: 409, body: { code: 'CONFLICT', details: [{ about: 'crm_creates', count: 101 }] } };
    expect(await post('/sync')).toMatchObject(asked);
    expect(await post('/sync', { confirmCreates: 1_000 })).toMatchObject(asked);
    expect(server.hubspot.people.contactIds()).toHaveLength(1);
    expect((await post('/sync', { confirmCreates: 101 })).body).toMatchObject({ there: { created: 101 } });
    expect(server.hubspot.people.contactIds()).toHaveLength(102);
  });

  test('many deletions are asked about, and their number is the agreement', async () => {
    const contacts = Array.from({ length: 26 }, (_, n) => addContact({ firstname: 'Ann', email: `ann${n}@example.com` }));
    await post('/import');
    await server.send('PATCH', `/api/connections/${id}`, { whenDeletedHere: 'archive_there' });
    await server.send('DELETE', '/api/leads', { ids: (await leads()).map((lead: { id: string }) => lead.id) });
    const asked = { status: 409, body: { code: 'CONFLICT', details: [{ about: 'crm_removals', count: 26 }] } };
    expect(await post('/sync')).toMatchObject(asked);
    expect(await post('/sync', { confirmRemovals: 25 })).toMatchObject(asked);
    expect(server.hubspot.people.contactIds()).toHaveLength(contacts.length);
    expect((await post('/sync', { confirmRemovals: 26 })).body).toMatchObject({ failure: null });
    expect(server.hubspot.people.contactIds()).toEqual([]);
  });

  test('a field emptied on many leads at once is asked about, and their number is the agreement', async () => {
    const contacts = Array.from({ length: 26 }, (_, n) =>
      addContact({ firstname: 'Ann', email: `ann${n}@example.com`, jobtitle: 'Buyer' }),
    );
    await post('/import');
    for (const { id: lead } of await leads()) await server.send('PATCH', `/api/leads/${lead}`, { jobTitle: '' });
    const asked = { status: 409, body: { code: 'CONFLICT', details: [{ about: 'crm_clears', count: 26 }] } };
    expect(await post('/sync')).toMatchObject(asked);
    expect(await post('/sync', { confirmClears: 25 })).toMatchObject(asked);
    const titles = () => contacts.filter((contact) => server.hubspot.people.contact(contact)?.get('jobtitle'));
    expect(titles()).toHaveLength(26);
    expect((await post('/sync', { confirmClears: 26 })).body).toMatchObject({ failure: null });
    expect(titles()).toEqual([]);
  });

  test('fields are told by their labels, lists by their sizes', async () => {
    const { types } = await get('/fields');
    expect(types[0].type).toBe('contact');
    expect(types[0].suggested.find(({ remote }: { remote: string }) => remote === 'email')).toMatchObject({
      label: 'Email',
      local: { id: 'email' },
    });
    expect(await get('/lists')).toHaveProperty('scopes');
  });

  test('a connection that HubSpot ended says so, with what to do', async () => {
    server.hubspot.oauth.revokeAll();
    const { status, body } = await post('/preview');
    expect(status).toBe(409);
    expect(body.error).toContain('Connect it again');
  });
});
