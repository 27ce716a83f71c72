import { beforeEach, describe, expect, test } from 'vitest';
import { NoAnswer } from '../../../support/hubspot/faults.ts';
import { readPublishedSpecs } from '../../../support/hubspot/published-specs.ts';
import { type FakeHubspot, makeHubspot } from '../../../support/hubspot/start-hubspot.ts';

/** HubSpot's own OpenAPI files, where a developer has them: they may not be passed on, so they are not here. */
const specs = readPublishedSpecs('2026-03');

let time: number;
let hubspot: FakeHubspot;
let key: string;
beforeEach(() => {
  time = Date.UTC(2026, 10, 2, 9);
  hubspot = makeHubspot({ now: () => time });
  key = hubspot.oauth.serviceKey();
});

// biome-ignore lint/suspicious/noExplicitAny: an answer as it came, whose shape the tests are about
type Json = any;
type Answer = { readonly status: number; readonly body: Json; readonly headers: Headers };
async function ask(method: string, path: string, body?: unknown, token = key): Promise<Answer> {
  const headers = { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await hubspot.answer(new Request(`http://hubspot.test${path}`, init));
  const text = await answer.text();
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
  const read = { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  const { pathname, searchParams } = new URL(path, 'http://hubspot.test');
  const contentType = body === undefined ? null : 'application/json';
  const exchange = {
    method,
    path: pathname,
    query: searchParams,
    contentType,
    sent: body ?? null,
    status: read.status,
    headers: new Map(),
  };
  // What is refused may well be asked in a way that nobody describes.
  if (specs && read.status < 400) expect([path, specs.judge({ ...exchange, answer: text === '' ? null : read.body })]).toEqual([path, []]);
  return read;
}
const contacts = '/crm/objects/2026-03/contacts';
const create = (properties: Record<string, string>) => ask('POST', contacts, { properties, associations: [] });
const search = (body: object) => ask('POST', `${contacts}/search`, body);
const between = (from: number, to: number) => [
  { filters: [{ propertyName: 'lastmodifieddate', operator: 'BETWEEN', value: String(from), highValue: String(to) }] },
];

describe('a contact', () => {
  test('is made, read, changed, archived and brought back as in a portal', async () => {
    const made = await create({ email: 'Ann@Example.com', firstname: 'Ann' });
    expect(made.status).toBe(201);
    expect(made.body.properties.email).toBe('ann@example.com');
    const { id } = made.body;
    const read = await ask('GET', `${contacts}/${id}?properties=firstname,lastname`);
    expect(read.body.properties).toMatchObject({ firstname: 'Ann', lastname: null });
    time += 1_000;
    const changed = await ask('PATCH', `${contacts}/${id}`, { properties: { firstname: '' } });
    expect([changed.body.updatedAt, changed.body.properties.firstname]).toEqual(['2026-11-02T09:00:01Z', '']);
    expect((await ask('DELETE', `${contacts}/${id}`)).status).toBe(204);
    expect((await ask('GET', `${contacts}/${id}`)).status).toBe(404);
    expect((await ask('GET', `${contacts}?archived=true`)).body.results).toHaveLength(1);
    hubspot.people.restoreContact(id);
    expect((await ask('GET', `${contacts}/${id}`)).status).toBe(200);
  });

  test('merged with another answers under a third id, by either old one', async () => {
    const [ann, bob] = [
      hubspot.people.createContact({ email: 'ann@x.io' }),
      hubspot.people.createContact({ email: 'bob@x.io', phone: '1' }),
    ];
    const survivor = (await ask('POST', `${contacts}/merge`, { primaryObjectId: ann, objectIdToMerge: bob })).body.id;
    expect([ann, bob]).not.toContain(survivor);
    for (const old of [ann, bob])
      expect((await ask('GET', `${contacts}/${old}?properties=email,phone,hs_additional_emails`)).body).toMatchObject({
        id: survivor,
        properties: { email: 'ann@x.io', phone: '1', hs_additional_emails: 'bob@x.io' },
      });
    const batch = await ask('POST', `${contacts}/batch/read`, { inputs: [{ id: ann }], properties: [], propertiesWithHistory: [] });
    expect([batch.status, batch.body.numErrors]).toEqual([207, 1]);
  });

  test('remembers who set each value, newest first', async () => {
    const id = hubspot.people.createContact({ firstname: 'An' });
    time += 5;
    await ask('PATCH', `${contacts}/${id}`, { properties: { firstname: 'Ann' } });
    const { body } = await ask('GET', `${contacts}/${id}?propertiesWithHistory=firstname`);
    expect(body.propertiesWithHistory.firstname.map((one: Json) => [one.value, one.sourceType])).toEqual([
      ['Ann', 'INTEGRATION'],
      ['An', 'CRM_UI'],
    ]);
  });
});

describe('a batch', () => {
  const input = (traceId: string, properties: Record<string, string>) => ({ objectWriteTraceId: traceId, properties, associations: [] });

  test('with trace ids saves the good ones and says which failed', async () => {
    const holder = hubspot.people.createContact({ email: 'bob@x.io', hs_additional_emails: 'ann@x.io' });
    const inputs = [input('a', { email: 'ann@x.io' }), input('b', { email: 'cid@x.io' }), input('c', { nonsense: '1' })];
    const { status, body } = await ask('POST', `${contacts}/batch/create`, { inputs });
    expect(status).toBe(207);
    expect(body.results.map((one: Json) => one.objectWriteTraceId)).toEqual(['b']);
    expect(body.errors.map((one: Json) => [one.context.objectWriteTraceId, one.category])).toEqual([
      [['a'], 'CONFLICT'],
      [['c'], 'VALIDATION_ERROR'],
    ]);
    expect(body.errors[0].message).toMatch(`Existing ID: ${holder}`);
  });

  test('of a strict portal fails as a whole, and then nothing of it is saved', async () => {
    hubspot.portal.habits.wholeBatchFails = true;
    const answer = await ask('POST', `${contacts}/batch/create`, { inputs: [input('a', { email: 'ann@x.io' }), input('b', { x: '' })] });
    expect([answer.status, hubspot.people.contactIds()]).toEqual([400, []]);
  });

  test('is found, made and counted by a unique property', async () => {
    await ask('POST', '/crm/properties/2026-03/contacts', {
      name: 'leadline_id',
      label: 'Leadline ID',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
      hasUniqueValue: true,
    });
    const inputs = [{ id: 'k1', idProperty: 'leadline_id', objectWriteTraceId: 't', properties: { firstname: 'Ann' } }];
    const first = await ask('POST', `${contacts}/batch/upsert`, { inputs });
    const second = await ask('POST', `${contacts}/batch/upsert`, { inputs });
    expect([first.body.results[0].new, second.body.results[0].new]).toEqual([true, false]);
    const { body } = await ask('POST', `${contacts}/batch/read`, {
      idProperty: 'leadline_id',
      inputs: [{ id: 'k1' }],
      properties: ['firstname'],
      propertiesWithHistory: [],
    });
    expect(body.results[0].properties.firstname).toBe('Ann');
  });
});

describe('search', () => {
  test('does not see a change before its time has come', async () => {
    hubspot.portal.habits.indexLagMs = 30_000;
    hubspot.people.createContact({ email: 'ann@x.io' });
    const body = { filterGroups: between(time - 1, time + 1), sorts: ['lastmodifieddate'], limit: 200, after: '0', properties: [] };
    expect((await search(body)).body.total).toBe(0);
    time += 30_000;
    expect((await search(body)).body.total).toBe(1);
  });

  test('stops at 10,000, and pages may be empty before the end', async () => {
    hubspot.portal.habits.emptyPages = 1;
    for (let index = 0; index < 3; index += 1) hubspot.people.createContact({ firstname: 'Tie' });
    const body = { filterGroups: between(time, time), sorts: ['lastmodifieddate'], limit: 2, properties: [] };
    expect((await search({ ...body, after: '0' })).body).toMatchObject({ total: 3, results: [], paging: { next: { after: '0' } } });
    expect((await search({ ...body, after: '0' })).body.results).toHaveLength(2);
    expect((await search({ ...body, after: '9999' })).status).toBe(400);
  });
});

describe('a request that is wrong is refused', () => {
  test.each([
    ['an unknown property', 'POST', contacts, { properties: { nonsense: 'x' } }],
    ['a number instead of a text', 'POST', contacts, { properties: { numemployees: 5 } }],
    ['a value that is no option', 'POST', contacts, { properties: { hs_lead_status: 'Warm' } }],
    ['a read-only property', 'POST', contacts, { properties: { createdate: '1' } }],
    ['an address that is none', 'POST', contacts, { properties: { email: 'ann at x' } }],
    ['inputs that are missing', 'POST', `${contacts}/batch/read`, { properties: [] }],
    ['more than 100 inputs', 'POST', `${contacts}/batch/read`, { inputs: Array.from({ length: 101 }, (_, i) => ({ id: String(i) })) }],
    ['the same id twice', 'POST', `${contacts}/batch/update`, { inputs: [1, 1].map(() => ({ id: '1', properties: {} })) }],
    [
      'an unknown operator',
      'POST',
      `${contacts}/search`,
      { filterGroups: [{ filters: [{ propertyName: 'email', operator: 'LIKE', value: 'x' }] }] },
    ],
    ['two sorts', 'POST', `${contacts}/search`, { sorts: ['email', 'phone'] }],
    ['more than 200 of a search', 'POST', `${contacts}/search`, { limit: 201 }],
    ['more than 100 of a list', 'GET', `${contacts}?limit=101`, undefined],
    ['more than 500 owners', 'GET', '/crm/owners/2026-03?limit=501', undefined],
    ['a word behind the question mark that nobody knows', 'GET', `${contacts}?page=2`, undefined],
    ['one that is known elsewhere', 'POST', `${contacts}/search?archived=false`, {}],
    ['neither true nor false', 'GET', `${contacts}?archived=1`, undefined],
    ['a key nobody knows', 'POST', `${contacts}/search`, { page: 1 }],
    ['upsert by email', 'POST', `${contacts}/batch/upsert`, { inputs: [{ id: 'a@x.io', idProperty: 'email', properties: {} }] }],
  ])('%s', async (_why, method, path, body) => {
    expect((await ask(method, path, body)).status).toBe(400);
  });

  test.each([
    ['a body that is no JSON', 'text/plain', '{}', 415],
    ['a form', 'application/x-www-form-urlencoded', 'a=1', 415],
    ['JSON that is broken', 'application/json', '{', 400],
  ])('%s', async (_why, type, body, status) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': type };
    const answer = await hubspot.answer(new Request(`http://hubspot.test${contacts}/search`, { method: 'POST', headers, body }));
    expect(answer.status).toBe(status);
  });

  test('nobody in particular', async () => {
    const answer = await hubspot.answer(new Request(`http://hubspot.test${contacts}`));
    expect([answer.status, (await answer.json()).category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    expect((await ask('GET', contacts, undefined, 'pat-na1-unknown')).status).toBe(401);
  });

  test('an old path', async () => expect((await ask('GET', '/crm/v3/objects/contacts')).status).toBe(404));
  test('a missing right, with its name', async () => {
    const answer = await ask('GET', '/crm/objects/2026-03/deals', undefined, hubspot.oauth.serviceKey(['oauth']));
    expect([answer.status, answer.body.errors[0].context]).toEqual([403, { requiredGranularScopes: ['crm.objects.deals.read'] }]);
  });
});

describe('around contacts', () => {
  test('deals, activities, lists, pipelines, owners and the account answer', async () => {
    const ann = hubspot.people.createContact({ email: 'ann@x.io' });
    const deal = hubspot.people.createItem('deals', { dealname: 'Ten seats', pipeline: 'default', dealstage: 'closedwon' }, [ann]);
    const note = hubspot.people.createItem('notes', { hs_timestamp: String(time), hs_note_body: 'Hello' }, [ann]);
    const list = hubspot.people.createList('VIP', [ann]);
    const back = await ask('POST', '/crm/associations/2026-03/deals/contacts/batch/read', { inputs: [{ id: deal }, { id: '1' }] });
    expect([back.status, back.body.results[0].to[0].toObjectId, back.body.numErrors]).toEqual([207, ann, 1]);
    expect((await ask('GET', `/crm/objects/2026-03/notes/${note}?properties=hs_note_body`)).body.properties.hs_note_body).toBe('Hello');
    expect(
      (
        await ask('POST', '/crm/lists/2026-03/search', {
          listIds: [],
          offset: 0,
          processingTypes: [],
          additionalProperties: ['hs_list_size'],
        })
      ).body.lists[0],
    ).toMatchObject({ listId: list, additionalProperties: { hs_list_size: '1' } });
    expect((await ask('GET', `/crm/lists/2026-03/${list}/memberships`)).body.results[0].recordId).toBe(ann);
    expect((await ask('GET', '/crm/pipelines/2026-03/deals')).body.results[0].stages.at(-1).metadata).toEqual({
      isClosed: 'true',
      probability: '0.0',
    });
    expect((await ask('GET', '/crm/owners/2026-03')).body.results).toHaveLength(1);
    expect((await ask('GET', '/crm/properties/2026-03/contacts')).body.results.length).toBeGreaterThan(20);
    expect((await ask('GET', '/account-info/2026-03/details')).body.portalId).toBe(hubspot.portal.portalId);
  });

  test('a list is made, filled and deleted by whom may', async () => {
    const lists = '/crm/lists/2026-03';
    const wanted = { name: 'VIP', objectTypeId: '0-1', processingType: 'MANUAL' };
    expect((await ask('POST', lists, wanted)).status).toBe(403);
    const may = hubspot.oauth.serviceKey(['crm.lists.read', 'crm.lists.write']);
    const { listId } = (await ask('POST', lists, wanted, may)).body.list;
    const ann = hubspot.people.createContact({ email: 'ann@x.io' });
    const { body } = await ask('PUT', `${lists}/${listId}/memberships/add`, [ann, '1'], may);
    expect(body).toEqual({ recordsIdsAdded: [ann], recordIdsRemoved: [], recordIdsMissing: ['1'] });
    expect((await ask('GET', `${lists}/${listId}`, undefined, may)).body.list.size).toBe(1);
    expect((await ask('DELETE', `${lists}/${listId}`, undefined, may)).status).toBe(204);
    expect((await ask('GET', `${lists}/${listId}`, undefined, may)).status).toBe(404);
  });

  test('each policy of the limits has its 429, and headers tell what is left', async () => {
    hubspot = makeHubspot({ now: () => time, limits: { perTenSeconds: 2, perDay: 3 } });
    key = hubspot.oauth.serviceKey();
    const list = () => ask('GET', contacts);
    const first = await list();
    expect(first.headers.get('X-HubSpot-RateLimit-Remaining')).toBe('1');
    await list();
    expect((await list()).body.policyName).toBe('TEN_SECONDLY_ROLLING');
    time += 10_000;
    await list();
    expect((await list()).body.policyName).toBe('DAILY');
  });

  test('a reply can be lost after the work is done', async () => {
    hubspot.faults.loseReply('batch/create');
    const inputs = [{ properties: { email: 'ann@x.io' }, associations: [] }];
    await expect(ask('POST', `${contacts}/batch/create`, { inputs })).rejects.toThrow(NoAnswer);
    expect(hubspot.people.contactIds()).toHaveLength(1);
  });
});
