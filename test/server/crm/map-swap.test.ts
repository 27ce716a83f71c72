import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../support/start-server.ts';

/** What a map that was changed makes of values that an import by hand brought from the same CRM. */
let now: number;
let server: TestServer;
let id: string;

beforeEach(async () => {
  now = Date.now();
  server = await startServer({ now: () => now });
  server.hubspot.portal.habits.indexLagMs = 0;
  id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
});
afterEach(() => server.stop());

const HOUR = 60 * 60_000;
const post = async (path: string, body: unknown = {}) => (await server.send('POST', `/api/connections/${id}${path}`, body)).json();
const leads = async () => (await (await server.ask('/api/leads?limit=100')).json()).leads as Record<string, string>[];
const people = () => server.hubspot.people;
const NAMES = ['Ann', 'Bo', 'Cy', 'Di'] as const;
const valuesOf = (name: string) => ({
  firstname: name,
  email: `${name}@example.com`.toLowerCase(),
  jobtitle: `${name} is Chief`,
  company: `${name} Ltd`,
});
const there = (contacts: readonly string[]) =>
  contacts.map((contact) => ['jobtitle', 'company'].map((field) => people().contact(contact)?.get(field)));
const AS_THEY_WERE = NAMES.map((name) => [`${name} is Chief`, `${name} Ltd`]);

/** Four contacts come in; an hour later job title and company change places in the map. */
async function swapAfterImport(meanwhile: () => Promise<void> = async () => {}, how: object = {}): Promise<readonly string[]> {
  const contacts = NAMES.map((name) => people().createContact(valuesOf(name)));
  now += HOUR;
  await post('/import', how);
  now += HOUR;
  await meanwhile();
  const { settings } = (await (await server.ask('/api/connections')).json()).connections[0];
  const otherOf = new Map([
    ['jobtitle', 'company'],
    ['company', 'jobtitle'],
  ]);
  const pairs = settings.pairs.map((pair: { remote: string; label: string }) => ({
    ...pair,
    remote: otherOf.get(pair.remote) ?? pair.remote,
  }));
  expect((await server.send('PATCH', `/api/connections/${id}`, { pairs })).status).toBe(200);
  now += HOUR;
  return contacts;
}

test('contacts that nobody edited stay as they are in the CRM when two fields of the map change places, as the dry run says', async () => {
  const contacts = await swapAfterImport();
  const foreseen = await post('/dry-run');
  expect(foreseen).toMatchObject({ here: { updated: 4 }, there: { updated: 0 }, conflicts: 8 });
  expect(await post('/sync')).toMatchObject({ outcome: 'done', here: { updated: 4 }, there: { updated: 0 }, conflicts: 8 });
  expect(there(contacts)).toEqual(AS_THEY_WERE);
  const { conflicts } = await (await server.ask(`/api/connections/${id}/conflicts`)).json();
  expect(new Set(conflicts.map(({ winner }: { winner: string }) => winner))).toEqual(new Set(['theirs']));
  expect((await leads()).map(({ companyName, jobTitle }) => [companyName, jobTitle])).toEqual(expect.arrayContaining(AS_THEY_WERE));
});

test('nor is what such an import put in the place of a file’s value an edit of whoever imported', async () => {
  const lead = { email: 'ann@example.com', jobTitle: 'Filed', companyName: 'Filed Ltd' };
  await server.send('POST', '/api/leads', { leads: [lead], require: 'any' });
  const fields = ['jobTitle', 'companyName'];
  const contacts = await swapAfterImport(undefined, { onDuplicate: 'overwrite', overwriteFields: fields });
  expect(await post('/sync')).toMatchObject({ outcome: 'done', there: { updated: 0 } });
  expect(there(contacts)).toEqual(AS_THEY_WERE);
});

test('what a person typed here since the import is newer than what stands there, and goes there', async () => {
  const contacts = await swapAfterImport(async () => {
    const ann = (await leads()).find(({ email }) => email === 'ann@example.com');
    await server.send('PATCH', `/api/leads/${ann?.id}`, { jobTitle: 'Typed' });
  });
  await post('/sync');
  expect(there(contacts)).toEqual([['Ann is Chief', 'Typed'], ...AS_THEY_WERE.slice(1)]);
});

test('so does what a file brought since', async () => {
  const contacts = await swapAfterImport(async () => {
    const filed = await server.send('POST', '/api/leads', {
      leads: [{ email: 'ann@example.com', jobTitle: 'Filed' }],
      onDuplicate: 'overwrite',
      overwriteFields: ['jobTitle'],
      require: 'any',
    });
    expect(filed.status).toBeLessThan(300);
  });
  await post('/sync');
  expect((await leads()).find(({ email }) => email === 'ann@example.com')?.jobTitle).toBe('Filed');
  expect(there(contacts)).toEqual([['Ann is Chief', 'Filed'], ...AS_THEY_WERE.slice(1)]);
});

test('nor is it said of what an import from the CRM brought that a member wrote it', async () => {
  await swapAfterImport(async () => {
    const { settings } = (await (await server.ask('/api/connections')).json()).connections[0];
    const pairs = settings.pairs.map((pair: { remote: string }) => (pair.remote === 'jobtitle' ? { ...pair, rule: 'leadline' } : pair));
    await server.send('PATCH', `/api/connections/${id}`, { pairs });
  });
  await post('/sync');
  const { conflicts } = await (await server.ask(`/api/connections/${id}/conflicts`)).json();
  const kept = conflicts.filter(({ winner }: { winner: string }) => winner === 'ours');
  expect(kept).toHaveLength(4);
  expect(kept.map(({ oursAt, oursBy }: { oursAt: unknown; oursBy: unknown }) => [oursAt ?? null, oursBy ?? null])).toEqual(
    kept.map(() => [null, null]),
  );
});
