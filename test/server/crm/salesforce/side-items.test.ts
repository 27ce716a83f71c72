import { afterEach, describe, expect, test } from 'vitest';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
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

  test('a membership that was taken away is told as gone', async () => {
    const org = await open();
    const member = org.fake.people.addMember(org.fake.people.addCampaign('Fair'), org.fake.people.addLead({ LastName: 'Lee' }));
    org.fake.people.remove(member);
    expect(unwrap(await org.crm.listSideItems('campaign_member', { from: org.now, to: org.now }, null)).items).toMatchObject([
      { isGone: true },
    ]);
  });
});
