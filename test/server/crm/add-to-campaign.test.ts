import { afterEach, beforeEach, expect, test } from 'vitest';
import { restError } from '../../support/salesforce/org-errors.ts';
import { connectSalesforce } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
let path: string;
let listId: string;
beforeEach(async () => {
  server = await startServer();
  path = `/api/connections/${await connectSalesforce(server)}`;
});
afterEach(() => server.stop());

const post = async (below: string, body: unknown) => {
  const answer = await server.send('POST', `${path}${below}`, body);
  return { status: answer.status, body: await answer.json() };
};
const get = async (below: string) => {
  const answer = await server.ask(`${path}${below}`);
  return { status: answer.status, body: await answer.json() };
};
const membersOf = (campaign: string) =>
  [...(server.salesforce.org.records.get('CampaignMember')?.values() ?? [])]
    .filter(({ values }) => values.get('CampaignId') === campaign)
    .map(({ values }) => values.get('LeadId') ?? values.get('ContactId'));

/** Ann is a lead there and Bo a contact; both come in. Cy is known here alone. */
async function fill() {
  const { people } = server.salesforce;
  const ann = people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com' });
  const bo = people.addContact({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
  const { body } = await post('/import', { listName: 'Fair' });
  listId = body.list.id;
  await server.send('POST', '/api/leads', {
    leads: [{ firstName: 'Cy', lastName: 'Orr', email: 'cy@example.com', phone: '2025550123' }],
    listId,
  });
  return { ann, bo, campaign: people.addCampaign('Spring fair') };
}

test('leads of a list become members of a campaign, once, and those that are no records there are counted', async () => {
  const { ann, bo, campaign } = await fill();
  const members = `/campaigns/${campaign}/members`;
  expect(await post(members, { listId })).toMatchObject({
    status: 200,
    body: { added: 2, already: 0, notThere: 1, failed: 0, failures: [] },
  });
  expect(membersOf(campaign).toSorted()).toEqual([bo, ann].toSorted());
  expect((await post(members, { listId })).body).toMatchObject({ added: 0, already: 2, notThere: 1, failed: 0 });
  expect(membersOf(campaign)).toHaveLength(2);
});

test('who is not to be contacted becomes a member of nothing', async () => {
  const { ann, campaign } = await fill();
  await server.send('POST', '/api/suppressions', { entries: [{ kind: 'email', value: 'bo@example.com' }] });
  expect((await post(`/campaigns/${campaign}/members`, { listId })).body).toMatchObject({ added: 1, suppressed: 1 });
  expect(membersOf(campaign)).toEqual([ann]);
});

test('one bad record stops no other, and why it failed is told', async () => {
  const { bo, ann, campaign } = await fill();
  server.salesforce.people.remove(ann);
  const { body } = await post(`/campaigns/${campaign}/members`, { listId });
  expect(body).toMatchObject({
    added: 1,
    failed: 1,
    failures: [{ kind: 'gone', code: 'ENTITY_IS_DELETED', count: 1, people: [{ name: 'Ann Lee' }] }],
  });
  expect(membersOf(campaign)).toEqual([bo]);
});

test('an answer that is lost is asked again without a second membership', async () => {
  const { campaign } = await fill();
  server.salesforce.fault('POST /services/data/v67.0/composite/sobjects ', { kind: 'lost_reply' });
  expect((await post(`/campaigns/${campaign}/members`, { listId })).body).toMatchObject({
    failed: 2,
    failures: [{ kind: 'ambiguous', count: 2 }],
  });
  expect((await post(`/campaigns/${campaign}/members`, { listId })).body).toMatchObject({ already: 2, failed: 0 });
  expect(membersOf(campaign)).toHaveLength(2);
});

test('people become what was chosen of the campaign’s own statuses, and have responded where it says so', async () => {
  const { bo, campaign } = await fill();
  const { body } = await get(`/campaigns/${campaign}`);
  expect(body).toEqual({
    id: campaign,
    name: 'Spring fair',
    statuses: [
      { label: 'Sent', isDefault: true, isResponded: false },
      { label: 'Responded', isDefault: false, isResponded: true },
    ],
  });
  expect(await post(`/campaigns/${campaign}/members`, { listId, status: 'Visited' })).toMatchObject({ status: 400 });
  expect(membersOf(campaign)).toEqual([]);
  expect((await post(`/campaigns/${campaign}/members`, { listId, status: 'Responded' })).body).toMatchObject({ added: 2 });
  const member = [...(server.salesforce.org.records.get('CampaignMember')?.values() ?? [])].find(
    ({ values }) => values.get('ContactId') === bo,
  );
  expect([member?.values.get('Status'), member?.values.get('HasResponded')]).toEqual(['Responded', true]);
});

test('who may not see the statuses of campaigns still makes members, of the default one', async () => {
  const { campaign } = await fill();
  server.salesforce.fault(
    'CampaignMemberStatus',
    { kind: 'error', error: restError(400, 'INVALID_TYPE', "sObject type 'CampaignMemberStatus' is not supported.") },
    2,
  );
  expect((await get(`/campaigns/${campaign}`)).body).toMatchObject({ name: 'Spring fair', statuses: [] });
  expect((await post(`/campaigns/${campaign}/members`, { listId })).body).toMatchObject({ added: 2 });
});

test('a list that goes with a campaign is remembered, with who came into it since, until it is forgotten', async () => {
  const { campaign } = await fill();
  expect((await get('/campaigns')).body).toEqual({ links: [] });
  await post(`/campaigns/${campaign}/members`, { listId, status: 'Sent' });
  const link = { listId, listName: 'Fair', campaignId: campaign, campaignName: 'Spring fair', status: 'Sent' };
  const last = { added: 2, already: 0, notThere: 1, suppressed: 0, failed: 0 };
  expect((await get('/campaigns')).body.links).toMatchObject([{ ...link, newcomers: 0, last }]);
  await server.send('POST', '/api/leads', {
    leads: [{ firstName: 'Di', lastName: 'Orr', email: 'di@example.com', phone: '2025550124' }],
    listId,
  });
  expect((await get('/campaigns')).body.links).toMatchObject([{ ...link, newcomers: 1, last }]);
  await post(`/campaigns/${campaign}/members`, { listId });
  expect((await get('/campaigns')).body.links).toMatchObject([{ ...link, status: null, newcomers: 0, last: { already: 2, notThere: 2 } }]);
  const forget = () => server.ask(`${path}/campaigns/${campaign}/lists/${listId}`, { method: 'DELETE' });
  expect([(await forget()).status, (await forget()).status]).toEqual([200, 404]);
  expect((await get('/campaigns')).body).toEqual({ links: [] });
  expect(membersOf(campaign)).toHaveLength(2);
});

test('an asking that was broken off says so until it is asked again, and a deleted list is forgotten with its campaign', async () => {
  const { campaign } = await fill();
  const { workspace } = server.home;
  const connection = (await server.backend.store.listConnections(workspace))[0]?.number ?? 0;
  const link = { listId, campaignId: campaign, campaignName: 'Spring fair', status: null };
  await post(`/campaigns/${campaign}/members`, { listId });
  expect((await get('/campaigns')).body.links).toMatchObject([{ last: { added: 2 } }]);
  await server.backend.store.linkCampaign({ workspace, member: null, at: 1 }, connection, link);
  expect((await get('/campaigns')).body.links).toMatchObject([{ last: null }]);
  await post(`/campaigns/${campaign}/members`, { listId });
  expect((await get('/campaigns')).body.links).toMatchObject([{ last: { added: 0, already: 2 } }]);
  await server.ask(`/api/lists/${listId}`, { method: 'DELETE' });
  expect((await get('/campaigns')).body).toEqual({ links: [] });
});

test('a campaign or a list that is not there is said, and so is a CRM without campaigns', async () => {
  const { campaign } = await fill();
  expect(await post('/campaigns/701000000000000AAA/members', { listId })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await post(`/campaigns/${campaign}/members`, { listId: 'none' })).toMatchObject({ status: 404, body: { code: 'LIST_NOT_FOUND' } });
  const hubspot = await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() });
  path = `/api/connections/${(await hubspot.json()).id}`;
  const { status, body } = await post('/campaigns/1/members', { listId });
  expect([status, body.error]).toEqual([400, 'HubSpot has no campaigns that leads can become members of.']);
});
