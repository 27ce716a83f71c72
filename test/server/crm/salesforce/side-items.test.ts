import { afterEach, describe, expect, test } from 'vitest';
import type { SideItem } from '../../../../shared/crm/side-item.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

const orgs: OpenOrg[] = [];
async function open(habits: Partial<OrgHabits> = {}): Promise<OpenOrg> {
  const org = await openOrg(habits);
  orgs.push(org);
  return org;
}
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.fake.stop();
});

describe('campaigns and opportunities', () => {
  test('memberships with status and response; a converted lead’s belong to the contact', async () => {
    const org = await open();
    const lead = org.fake.people.addLead({ LastName: 'Lee' });
    org.fake.people.addMember(org.fake.people.addCampaign('Spring fair'), lead, 'Responded');
    const { contact } = org.fake.people.convert(lead);
    const [item] = unwrap(await org.crm.listSideItems('campaign_member', { from: org.now, to: org.now }, null)).items;
    expect(item).toMatchObject({
      title: 'Spring fair',
      facts: [{ name: 'status', value: 'Responded' }, { name: 'responded' }],
      of: [{ type: 'contact', id: contact }],
    });
  });

  test('an opportunity comes again when it changes, though its contact role does not', async () => {
    const org = await open();
    const contact = org.fake.people.addContact({ LastName: 'Lee' });
    const { deal } = org.fake.people.addOpportunity({ Name: 'Pumps', Amount: 900 }, contact);
    const before = org.now;
    org.now += 60_000;
    org.fake.people.edit(deal, { StageName: 'Closed Won' });
    const items = await readAll((page) => org.crm.listSideItems('opportunity', { from: before + 1, to: org.now }, page));
    expect(items).toMatchObject([{ title: 'Pumps', modifiedAt: org.now, of: [{ type: 'contact', id: contact }] }]);
    expect(items[0]?.facts).toContainEqual({ name: 'stage', value: 'Closed Won' });
  });

  test.each<[boolean, Record<string, string | number>, string[], string]>([
    [true, { Amount: 900, CurrencyIsoCode: 'EUR' }, ['900', 'EUR'], 'the currency is the record’s own'],
    [true, { CurrencyIsoCode: 'EUR' }, [], 'no amount is in no currency'],
    [false, { Amount: 900 }, ['900'], 'an org with one currency names none, and is not asked'],
  ])('an amount has its currency where the org has several (%s %j %j): %s', async (hasCurrencies, deal, told) => {
    const org = await open({ hasCurrencies });
    const { role } = org.fake.people.addOpportunity({ Name: 'Pumps', ...deal }, org.fake.people.addContact({ LastName: 'Lee' }));
    const amounts = ({ facts }: SideItem) => facts.flatMap(({ name, value }) => (name === 'amount' || name === 'currency' ? [value] : []));
    const window = { from: org.now, to: org.now };
    const [listed] = await readAll((page) => org.crm.listSideItems('opportunity', window, page));
    expect(listed && amounts(listed)).toEqual(told);
    expect(unwrap(await org.crm.readSideItems('opportunity', [role])).map(amounts)).toEqual([told]);
    expect(org.fake.requests.some(({ path }) => path.includes('CurrencyIsoCode'))).toBe(hasCurrencies);
  });

  test.each([
    ['Opportunity.Amount', 'amount'],
    ['OpportunityContactRole.Role', 'role'],
  ])('a field that is hidden (%s) is left out, and the rest comes', async (hidden, fact) => {
    const org = await open({ hidden: new Set([hidden]) });
    const contact = org.fake.people.addContact({ LastName: 'Lee' });
    const { role } = org.fake.people.addOpportunity({ Name: 'Pumps', Amount: 900 }, contact);
    const window = { from: org.now, to: org.now };
    for (const items of [
      await readAll((page) => org.crm.listSideItems('opportunity', window, page)),
      unwrap(await org.reopen().readSideItems('opportunity', [role])),
    ]) {
      expect(items[0]).toMatchObject({ title: 'Pumps', of: [{ type: 'contact', id: contact }] });
      expect(items[0]?.facts.map(({ name }) => name)).not.toContain(fact);
      expect(items[0]?.facts.map(({ name }) => name)).toContain('stage');
    }
  });

  test.each([
    ['Campaign', 'campaign_member'],
    ['CampaignMember', 'campaign_member'],
    ['Opportunity', 'opportunity'],
    ['OpportunityContactRole', 'opportunity'],
  ] as const)('an object that is hidden (%s) is named as a right that is missing', async (object, kind) => {
    const org = await open({ hidden: new Set([object]) });
    const missing = { ok: false, error: { kind: 'scope', missingScopes: [`Read on ${object}`] } };
    expect(await org.crm.listSideItems(kind, { from: org.now, to: org.now }, null)).toMatchObject(missing);
    expect(await org.crm.readSideItems(kind, ['00v000000000001AAA'])).toMatchObject(missing);
  });

  test('a membership that was taken away is told as gone', async () => {
    const org = await open();
    const member = org.fake.people.addMember(org.fake.people.addCampaign('Fair'), org.fake.people.addLead({ LastName: 'Lee' }));
    org.fake.people.remove(member);
    expect(unwrap(await org.crm.listSideItems('campaign_member', { from: org.now, to: org.now }, null)).items).toMatchObject([
      { isGone: true },
    ]);
  });
});

describe('on the timeline', () => {
  let org: ConnectedOrg | null = null;
  afterEach(() => org?.stop());
  const connected = async () => {
    org = await openConnectedOrg();
    const { fake, server, sync, lead, post, pass } = org;
    const timeline = async (email: string): Promise<readonly string[]> => {
      const { side } = await (await server.ask(`/api/leads/${(await lead(email)).id}/timeline`)).json();
      return side.map(({ kind, title }: { kind: string; title: string }) => `${kind} ${title}`).sort();
    };
    return { people: fake.people, sync, post, timeline, server, lead, nightLater: () => pass(25 * 60 * 60_000) };
  };
  const CY = { FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' };

  test('who comes in later has the opportunities and memberships of before', async () => {
    const { people, sync, post, timeline, server, lead } = await connected();
    people.addLead(ANN);
    const late = people.addContact({ FirstName: 'Cy' });
    people.remove(late);
    people.addOpportunity({ Name: 'Pumps', Amount: 900, StageName: 'Prospecting', Probability: 10 }, late);
    people.addMember(people.addCampaign('Spring fair'), late, 'Responded');
    await post('/import');
    await sync();
    await sync();
    people.restore(late);
    people.edit(late, CY);
    await sync();
    expect(await timeline('cy@example.com')).toEqual(['campaign_member Spring fair', 'opportunity Pumps']);
    const { side } = await (await server.ask(`/api/leads/${(await lead('cy@example.com')).id}/timeline`)).json();
    expect(
      side.flatMap(({ facts }: { facts: readonly { name: string; value: string }[] }) =>
        facts.map(({ name, value }) => `${name} ${value}`),
      ),
    ).toEqual(
      expect.arrayContaining([
        'stage Prospecting',
        'amount 900',
        'close_date 2026-12-31',
        'probability 10',
        'status Responded',
        'responded yes',
      ]),
    );
  });

  test('a deleted opportunity goes with the next run, what left no trace with the nightly look', async () => {
    const { people, sync, post, timeline, nightLater } = await connected();
    const contact = people.addContact(CY);
    const { deal } = people.addOpportunity({ Name: 'Pumps' }, contact);
    const { role } = people.addOpportunity({ Name: 'Valves' }, contact);
    people.addOpportunity({ Name: 'Pipes' }, contact);
    await post('/import');
    await sync();
    await sync();
    people.remove(deal);
    await sync();
    expect(await timeline('cy@example.com')).toEqual(['opportunity Pipes', 'opportunity Valves']);
    people.purge(role);
    nightLater();
    await sync();
    expect(await timeline('cy@example.com')).toEqual(['opportunity Pipes']);
  });

  test('a converted lead keeps its memberships and gains what hangs on the contact', async () => {
    const { people, sync, post, timeline } = await connected();
    const lead = people.addLead(ANN);
    people.addMember(people.addCampaign('Fair'), lead);
    await post('/import');
    await sync();
    await sync();
    people.convert(lead, 'Pumps');
    await sync();
    await sync();
    expect(await timeline('ann@example.com')).toEqual(['campaign_member Fair', 'opportunity Pumps']);
  });

  test('the survivor of a merge has what hung on both; who was merged away has nothing', async () => {
    const { people, sync, post, timeline, nightLater } = await connected();
    const [cy, di] = [people.addContact(CY), people.addContact({ ...CY, Email: 'di@example.com' })];
    people.addOpportunity({ Name: 'Pumps' }, cy);
    people.addOpportunity({ Name: 'Valves' }, di);
    await post('/import');
    await sync();
    await sync();
    people.merge(cy, di);
    nightLater();
    await sync();
    await sync();
    expect([await timeline('cy@example.com'), await timeline('di@example.com')]).toEqual([['opportunity Pumps', 'opportunity Valves'], []]);
  });

  test('the first run after the import of a campaign’s leads brings what hangs on them, though a narrow scope is read anew with each', async () => {
    const { people, sync, post, timeline } = await connected();
    const campaign = people.addCampaign('Fair');
    const known = people.addLead(ANN);
    people.addMember(campaign, known);
    await post('/import', { scope: { kind: 'campaign', id: campaign, name: 'Fair' }, types: ['lead'] });
    people.convert(known, 'Pumps for Fernhill');
    await sync();
    expect(await timeline('ann@example.com')).toEqual(['campaign_member Fair', 'opportunity Pumps for Fernhill']);
  });
});
