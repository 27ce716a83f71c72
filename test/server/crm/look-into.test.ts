import { afterEach, describe, expect, test } from 'vitest';
import { type ConnectedOrg, openConnectedOrg } from '../../support/salesforce/connected-org.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let stop: () => Promise<void> = async () => {};
afterEach(() => stop());

/** What a connection can be narrowed to, as the screens ask for it. */
async function lists(server: TestServer, id: string, query = '') {
  const answer = await server.ask(`/api/connections/${id}/lists${query}`);
  return { status: answer.status, body: await answer.json() };
}
async function open(): Promise<ConnectedOrg> {
  const org = await openConnectedOrg();
  stop = org.stop;
  return org;
}
const nameOf = ({ scope }: { readonly scope: { readonly name: string } }) => scope.name;

describe('the choice of what comes in', () => {
  test('is searched by a part of the name, in the CRM; blanks around it do not count', async () => {
    const { fake, server, id } = await open();
    for (const name of ['Spring fair', 'Autumn fair', 'Webinar']) fake.people.addCampaign(name);
    const { body } = await lists(server, id, `?search=${encodeURIComponent(' FAIR ')}`);
    expect(new Set(body.scopes.map(nameOf))).toEqual(new Set(['Autumn fair', 'Spring fair']));
    expect(body.hasMore).toBe(false);
  });

  test.each([
    ['quotes and wildcards', "O'Brien 100 %_\\", 200],
    ['200 signs', '漢'.repeat(200), 200],
    ['more than 200 signs', 'x'.repeat(201), 400],
    ['10,000 signs', '😀'.repeat(5_000), 400],
  ])('%s find nobody else’s, and too long a text is refused', async (_, text, status) => {
    const { fake, server, id } = await open();
    fake.people.addCampaign('Spring fair');
    const answer = await lists(server, id, `?search=${encodeURIComponent(text)}`);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body.scopes).toEqual([]);
  });

  test('holds what the connection is narrowed to, as it is called now, though hundreds come before it', async () => {
    const { fake, server, id, post, change } = await open();
    await post('/import');
    for (let at = 0; at < 510; at++) fake.people.addCampaign(`A ${at}`);
    const scope = { kind: 'campaign', id: fake.people.addCampaign('Zebra'), name: 'Zebra' };
    await change({ scopeIn: scope });
    fake.people.edit(scope.id, { Name: 'Zebra 2026', IsActive: false });
    const { body } = await lists(server, id);
    expect(body).toMatchObject({ hasMore: true });
    expect(body.scopes.at(-1)).toMatchObject({ scope: { id: scope.id, name: 'Zebra 2026' }, isActive: false });
    expect(body.gone).toBeUndefined();
  });

  test('says that a campaign or list view the connection is narrowed to is gone', async () => {
    const { fake, server, id, post, change } = await open();
    await post('/import');
    const campaign = { kind: 'campaign', id: fake.people.addCampaign('Spring fair'), name: 'Spring fair' };
    const view = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' };
    for (const [scopeIn, remove] of [
      [campaign, () => fake.people.remove(campaign.id)],
      [view, () => fake.org.views.splice(0)],
    ] as const) {
      await change({ scopeIn });
      expect((await lists(server, id)).body.gone).toBeUndefined();
      remove();
      expect((await lists(server, id)).body.gone).toEqual(scopeIn);
    }
  });

  test('says that a list of HubSpot the connection is narrowed to is gone', async () => {
    const server = await startServer();
    stop = server.stop;
    const key = server.hubspot.oauth.serviceKey();
    const { id } = await (await server.send('POST', '/api/connections/hubspot/service-key', { key })).json();
    server.hubspot.people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
    await server.send('POST', `/api/connections/${id}/import`, {});
    const list = server.hubspot.people.createList('Webinar');
    await server.send('PATCH', `/api/connections/${id}`, { scopeIn: { kind: 'list', id: list, name: 'Webinar' } });
    expect((await lists(server, id)).body.gone).toBeUndefined();
    server.hubspot.portal.lists.delete(list);
    expect((await lists(server, id)).body).toMatchObject({ scopes: [], gone: { name: 'Webinar' } });
  });
});
