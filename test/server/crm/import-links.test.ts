import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../support/start-server.ts';

/** What an import from a CRM leaves for the runs after it. */
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

const post = async (path: string, body: unknown = {}) => (await server.send('POST', `/api/connections/${id}${path}`, body)).json();
const settings = async () => (await (await server.ask('/api/connections')).json()).connections[0].settings;
const leads = async () => (await (await server.ask('/api/leads?limit=100')).json()).leads as Record<string, string>[];
const lead = async (email: string) => (await leads()).find((one) => one.email === email);
const people = () => server.hubspot.people;
const ann = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' };
const saveLead = (more: Record<string, string>) =>
  server.send('POST', '/api/leads', {
    leads: [{ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123', ...more }],
  });

describe('after an import', () => {
  test('of one list, whoever is new outside it still comes in with the next run', async () => {
    people().createContact(ann);
    await post('/import');
    await post('/sync');
    const later = people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com' });
    const list = people().createList('Webinar', [people().createContact({ ...ann, firstname: 'Cy', email: 'cy@example.com' })]);
    await post('/import', { scope: { kind: 'list', id: list, name: 'Webinar' } });
    expect(later).toBeTruthy();
    now += 20 * 60_000;
    await post('/sync');
    expect((await leads()).map(({ email }) => email).sort()).toEqual(['ann@example.com', 'bo@example.com', 'cy@example.com']);
    expect((await settings()).scopeIn).toEqual({ kind: 'all' });
  });

  test('of the scope once more, what changed meanwhile of leads outside it still comes in', async () => {
    const list = people().createList('Webinar', [people().createContact(ann)]);
    await post('/import', { scope: { kind: 'list', id: list, name: 'Webinar' } });
    const outside = people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com' });
    await post('/import', { scope: { kind: 'all' } });
    await post('/sync');
    now += 60 * 60_000;
    people().editContact(outside, { jobtitle: 'Head' });
    now += 60 * 60_000;
    await post('/import');
    now += 60_000;
    await post('/sync');
    expect((await lead('bo@example.com'))?.jobTitle).toBe('Head');
  });

  test('a lead that was here already is merged by the rules, and the run says so', async () => {
    await saveLead({ jobTitle: 'Mine' });
    people().createContact({ ...ann, jobtitle: 'Theirs', company: 'Fernhill' });
    const receipt = await post('/import');
    expect(receipt).toMatchObject({ created: 0, addedToList: 1 });
    const [run] = (await (await server.ask(`/api/connections/${id}/runs`)).json()).runs;
    expect(run.counts).toMatchObject({ pulled: 1, updatedHere: 1, conflicts: 1 });
    expect((await lead('ann@example.com'))?.companyName).toBe('Fernhill');
    const { conflicts } = await (await server.ask(`/api/connections/${id}/conflicts`)).json();
    expect(conflicts).toMatchObject([{ ours: 'Mine', theirs: 'Theirs' }]);
  });

  test('preview and receipt say how many fields differ; the CRM’s value wins over one that came with a file, and nothing of it is sent', async () => {
    const contact = people().createContact({ ...ann, jobtitle: 'Chief', company: 'Fernhill' });
    people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com' });
    now += 30 * 24 * 60 * 60_000;
    await saveLead({ firstName: 'WRONG', jobTitle: 'intern' });
    const { planned } = await post('/preview');
    expect(planned).toMatchObject({
      differingFields: 2,
      message: expect.stringContaining('2 fields of leads that are here already differ'),
    });
    const receipt = await post('/import');
    expect(receipt).toMatchObject({ differingFields: 2, message: expect.stringContaining('Nothing is sent before the next sync') });
    expect(await lead('ann@example.com')).toMatchObject({ firstName: 'Ann', jobTitle: 'Chief', companyName: 'Fernhill' });
    now += 20 * 60_000;
    await post('/sync');
    expect(people().contact(contact)?.get('jobtitle')).toBe('Chief');
    const { conflicts } = await (await server.ask(`/api/connections/${id}/conflicts`)).json();
    expect(conflicts.map(({ ours, winner }: { ours: string; winner: string }) => [ours, winner]).sort()).toEqual([
      ['WRONG', 'theirs'],
      ['intern', 'theirs'],
    ]);
    expect((await post('/preview')).planned).not.toHaveProperty('differingFields');
  });

  test('the first run reads only what changed since the reading began; all are looked at again a day later', async () => {
    const contact = people().createContact(ann);
    people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com' });
    now += 60 * 60_000;
    await post('/preview');
    now += 60_000;
    people().editContact(contact, { jobtitle: 'Head' });
    await post('/import');
    const reads = () => server.hubspot.count('POST /crm/objects/2026-03/contacts/batch/read');
    const before = reads();
    now += 20 * 60_000;
    await post('/sync');
    expect(reads() - before).toBe(1);
    expect((await lead('ann@example.com'))?.jobTitle).toBe('Head');
    now += 25 * 60 * 60_000;
    await post('/sync');
    expect(reads() - before).toBe(2);
  });

  test('of what a preview read more than a minute ago: who opted out, went or changed since comes as they are now', async () => {
    const [out, gone, changed] = ['bo', 'cy', 'di'].map((name) =>
      people().createContact({ ...ann, firstname: name, email: `${name}@example.com` }),
    ) as [string, string, string]; // three names
    people().createContact(ann);
    await post('/preview');
    now += 10 * 60_000;
    people().editContact(out, { hs_email_optout: 'true' });
    people().purgeContact(gone);
    people().editContact(changed, { jobtitle: 'Head' });
    people().createContact({ ...ann, firstname: 'Eve', email: 'eve@example.com' });
    const receipt = await post('/import');
    expect(receipt).toMatchObject({ total: 3, created: 2, suppressed: 1, changedSincePreview: 3 });
    expect(receipt.message).toContain('3 records have changed in HubSpot since the preview: the import went by what is there now.');
    expect((await leads()).map(({ email }) => email).sort()).toEqual(['ann@example.com', 'di@example.com']);
    expect((await lead('di@example.com'))?.jobTitle).toBe('Head');
    now += 20 * 60_000;
    await post('/sync');
    expect(await lead('eve@example.com')).toBeDefined();
  });

  test('a value no lead can hold is an error that names its field and shows the record; the import keeps its words', async () => {
    const contact = people().createContact({ ...ann, phone: 'call me' });
    await post('/import');
    expect(await lead('ann@example.com')).not.toHaveProperty('phone');
    const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
    const remote = { id: contact, url: expect.stringContaining(contact) };
    expect(errors).toMatchObject([{ stage: 'pull', remote, failure: { kind: 'validation', code: 'value_unfit', field: 'Phone Number' } }]);
  });

  test('a text over the size limit stays there, and its person comes in without it, as with a run', async () => {
    people().createContact({ ...ann, jobtitle: 'x'.repeat(33_000) });
    expect(await post('/import')).toMatchObject({ created: 1, rejected: 0 });
    expect(await lead('ann@example.com')).not.toHaveProperty('jobTitle');
    const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
    expect(errors).toMatchObject([{ stage: 'pull', failure: { code: 'value_unfit', field: 'Job Title' } }]);
  });

  test('again, what a run has seen since the preview is not put back to what the preview read', async () => {
    const contact = people().createContact(ann);
    await post('/import');
    await post('/preview');
    now += 60_000;
    const known = await lead('ann@example.com');
    await server.send('PATCH', `/api/leads/${known?.id}`, { jobTitle: 'New' });
    now += 11 * 60_000;
    await post('/sync');
    expect(people().contact(contact)?.get('jobtitle')).toBe('New');
    await post('/import');
    expect((await lead('ann@example.com'))?.jobTitle).toBe('New');
  });

  test('whoever was left out stands among the errors, with a link to the record; one to decide comes when it is decided', async () => {
    const nobody = people().createContact({ company: 'Nobody here' });
    await saveLead({ firstName: 'Una', lastName: 'Other', email: 'una@example.com' });
    const twin = people().createContact({ firstname: 'Pia', lastname: 'Else', email: 'pia@example.com', phone: '+12025550123' });
    const receipt = await post('/import');
    expect(receipt).toMatchObject({ rejected: 1, review: 1 });
    const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
    expect(new Map(errors.map((one: { remote: { id: string; url: string } }) => [one.remote.id, one.remote.url.length > 0]))).toEqual(
      new Map([
        [nobody, true],
        [twin, true],
      ]),
    );
    expect((await lead('una@example.com'))?.firstName).toBe('Una');
    await server.send('POST', `/api/imports/${receipt.importId}/decide`, { all: { as: 'create' } });
    now += 20 * 60_000;
    await post('/sync');
    const pia = await lead('pia@example.com');
    await server.send('PATCH', `/api/leads/${pia?.id}`, { jobTitle: 'Head' });
    now += 20 * 60_000;
    await post('/sync');
    expect(people().contact(twin)?.get('jobtitle')).toBe('Head');
  });

  test('nobody who waits for a decision is made by a run meanwhile; decided as somebody else, the lead is that record, once', async () => {
    people().createContact({ ...ann, phone: '+12025550123' });
    const zed = people().createContact({ firstname: 'Zed', lastname: 'Orr', email: 'zed@example.com', phone: '+12025550123' });
    const receipt = await post('/import');
    expect(receipt).toMatchObject({ created: 1, review: 1 });
    expect((await post('/dry-run')).here).toMatchObject({ created: 0 });
    for (const _ of ['a run', 'another run']) {
      now += 20 * 60_000;
      people().editContact(zed, { jobtitle: `Head ${now}` });
      expect((await post('/sync')).here).toMatchObject({ created: 0 });
      const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
      expect(errors).toMatchObject([{ remote: { id: zed }, failure: { code: 'in_review' } }]);
    }
    await server.send('POST', `/api/imports/${receipt.importId}/decide`, { all: { as: 'create' } });
    now += 20 * 60_000;
    await post('/sync');
    expect((await leads()).map(({ email }) => email).sort()).toEqual(['ann@example.com', 'zed@example.com']);
    expect((await (await server.ask(`/api/connections/${id}/errors`)).json()).errors).toEqual([]);
    await server.send('PATCH', `/api/leads/${(await lead('zed@example.com'))?.id}`, { jobTitle: 'Mine' });
    now += 20 * 60_000;
    await post('/sync');
    expect(people().contact(zed)?.get('jobtitle')).toBe('Mine');
    expect(await post('/import')).toMatchObject({ created: 0, review: 0, duplicate: 2 });
  });

  test('the preview’s numbers are the receipt’s', async () => {
    people().createContact(ann);
    people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com', hs_email_optout: 'true' });
    people().createContact({ company: 'Nobody here' });
    const { planned } = await post('/preview');
    const receipt = await post('/import');
    for (const bucket of ['created', 'suppressed', 'rejected', 'review', 'duplicate', 'total'])
      expect(planned[bucket]).toBe(receipt[bucket]);
  });
});

describe('again, whoever is linked is here already', () => {
  const sameKeys = ['created', 'addedToList', 'updated', 'duplicate', 'review', 'suppressed', 'rejected', 'total'];
  const again = async () => {
    now += 2 * 60_000;
    const { planned } = await post('/preview');
    const receipt = await post('/import');
    for (const bucket of sameKeys) expect([bucket, planned[bucket]]).toEqual([bucket, receipt[bucket]]);
    return receipt;
  };

  test('whatever became of an address there or here', async () => {
    const there = people().createContact(ann);
    people().createContact({ ...ann, firstname: 'Bo', email: 'bo@example.com' });
    await post('/import');
    const bo = await lead('bo@example.com');
    now += 60_000;
    people().editContact(there, { email: 'ann.lee@example.org' });
    await server.send('PATCH', `/api/leads/${bo?.id}`, { email: 'bo.new@example.com' });
    expect(await again()).toMatchObject({ total: 2, created: 0, duplicate: 2 });
    expect((await leads()).map(({ email }) => email).sort()).toEqual(['ann.lee@example.org', 'bo.new@example.com']);
    expect(await again()).toMatchObject({ total: 2, created: 0, duplicate: 2 });
  });

  test('without an address or a number, too; also after disconnecting and connecting again', async () => {
    people().createContact({ firstname: 'Lea', lastname: 'Orr', company: 'Fernhill' });
    people().createContact({ firstname: 'Lea', lastname: 'Orr', company: 'Fernhill' });
    expect(await post('/import')).toMatchObject({ created: 2 });
    expect(await again()).toMatchObject({ created: 0, duplicate: 2 });
    expect((await server.ask(`/api/connections/${id}`, { method: 'DELETE' })).status).toBeLessThan(300);
    id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
    expect(await again()).toMatchObject({ created: 0, duplicate: 2 });
    expect(await leads()).toHaveLength(2);
  });

  test('though their address became somebody else’s here: nobody is asked, and nobody is mixed up', async () => {
    const contact = people().createContact(ann);
    await post('/import');
    const known = await lead('ann@example.com');
    await server.send('PATCH', `/api/leads/${known?.id}`, { email: 'ann.lee@example.com' });
    await saveLead({ firstName: 'Una', lastName: 'Other' });
    expect(await again()).toMatchObject({ total: 1, created: 0, review: 0, duplicate: 1 });
    expect((await lead('ann@example.com'))?.firstName).toBe('Una');
    expect(people().contact(contact)?.get('email')).toBe('ann@example.com');
  });

  test('into another list, they come into it, once', async () => {
    const list = people().createList('Webinar', [people().createContact({ firstname: 'Lea', lastname: 'Orr' })]);
    await post('/import');
    const intoWebinar = { scope: { kind: 'list', id: list, name: 'Webinar' } };
    now += 2 * 60_000;
    expect((await post('/preview', intoWebinar)).planned).toMatchObject({ created: 0, addedToList: 1 });
    expect(await post('/import', intoWebinar)).toMatchObject({ created: 0, addedToList: 1, list: { name: 'Webinar' } });
    expect(await leads()).toHaveLength(1);
  });
});

describe('who may', () => {
  test('a member imports, but the first import, which makes the map, is an admin’s', async () => {
    people().createContact(ann);
    const key = await server.makeKey('member');
    const first = await server.send('POST', `/api/connections/${id}/import`, {}, { key });
    expect([first.status, (await first.json()).error]).toEqual([403, expect.stringContaining('an admin makes it')]);
    await post('/import');
    const before = await settings();
    expect((await server.send('POST', `/api/connections/${id}/import`, { scope: { kind: 'all' } }, { key })).status).toBeLessThan(300);
    expect(await settings()).toEqual(before);
  });
});
