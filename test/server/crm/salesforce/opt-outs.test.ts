import { afterEach, describe, expect, test } from 'vitest';
import { valuesOf } from '../../../support/crm-answers.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

const DESK = '+12025550123';
const MOBILE = '+12025550144';
let org: ConnectedOrg;
afterEach(() => org.stop());

async function open(habits: Partial<OrgHabits> = {}): Promise<void> {
  org = await openConnectedOrg(habits);
}
const suppress = (kind: string, value: string) => org.server.send('POST', '/api/suppressions', { entries: [{ kind, value }] });
const get = async (path: string) => (await org.server.ask(path)).json();
const errors = () => org.errors();
const flags = (id: string) => {
  const { HasOptedOutOfEmail, DoNotCall } = org.fake.people.read(id);
  return [HasOptedOutOfEmail === true, DoNotCall === true];
};

describe('our opt-outs in an org', () => {
  test.each([
    ['email', 'ann@example.com', [true, false]],
    ['domain', 'example.com', [true, false]],
    ['phone', DESK, [false, true]],
    ['phone', MOBILE, [false, true]],
  ])('by %s %s: the dry run counts it, the box for it is ticked once, and no run ever clears it', async (kind, value, expected) => {
    await open();
    const id = org.fake.people.addLead({ ...ANN, Phone: DESK, MobilePhone: MOBILE });
    await org.post('/import');
    await org.change({ writesOptOuts: true });
    await suppress(kind, value);
    expect(await org.post('/dry-run')).toMatchObject({ there: { updated: 0, optOuts: 1 } });
    expect(flags(id)).toEqual([false, false]);
    expect(await org.sync()).toMatchObject({ there: { updated: 0, optOuts: 1 }, errors: 0 });
    expect(flags(id)).toEqual(expected);
    const [entry] = (await get('/api/suppressions')).suppressions;
    await org.server.ask(`/api/suppressions/${entry.id}`, { method: 'DELETE' });
    org.fake.people.edit(id, { HasOptedOutOfEmail: false, DoNotCall: false });
    expect(await org.sync()).toMatchObject({ there: { optOuts: 0 } });
    expect(flags(id)).toEqual([false, false]);
  });

  test.each([
    ['hidden', 'opt_out_hidden', [true, false]],
    ['readOnly', 'opt_out_read_only', [true, false]],
  ] as const)('where one box is %s the other is ticked, and the first is named', async (habit, notice, expected) => {
    await open({ [habit]: new Set(['Lead.DoNotCall']) });
    const id = org.fake.people.addLead({ ...ANN, Phone: DESK });
    await org.post('/import');
    await org.change({ writesOptOuts: true });
    await suppress('phone', DESK);
    await suppress('email', 'ann@example.com');
    expect(await org.sync()).toMatchObject({ there: { optOuts: 1 }, errors: 0 });
    expect([flags(id), await errors()]).toEqual([expected, []]);
    const { notices } = await get(`/api/connections/${org.id}/fields`);
    expect(notices).toEqual([{ kind: notice, type: 'lead', field: 'Do Not Call' }]);
  });

  test('who is a lead and a contact there is told at both', async () => {
    await open();
    const lead = org.fake.people.addLead({ ...ANN, Phone: DESK });
    const contact = org.fake.people.addContact({ ...ANN, Phone: DESK });
    await org.post('/import');
    await org.sync();
    await org.change({ writesOptOuts: true });
    await suppress('phone', DESK);
    expect(await org.sync()).toMatchObject({ there: { optOuts: 2 } });
    expect([flags(lead), flags(contact)]).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test('no value of a lead goes over a box, whatever the map says', async () => {
    await open();
    const map = await get(`/api/connections/${org.id}/fields`);
    const [about] = map.types;
    expect(about.fields.find(({ name }: { name: string }) => name === 'DoNotCall').isReadOnly).toBe(true);
    const box = { ...about.suggested[0], id: 'box', remote: 'DoNotCall', label: 'Do Not Call', local: { kind: 'custom', label: 'Calls' } };
    const out = { ...box, valueType: 'yesNo', direction: 'both' };
    expect((await org.change({ pairs: [...about.suggested, out] })).status).toBe(400);
    expect((await org.change({ pairs: [...about.suggested, { ...out, direction: 'in' }] })).status).toBe(200);
    const direct = await openOrg();
    try {
      const id = direct.fake.people.addLead({ ...ANN, DoNotCall: true, HasOptedOutOfEmail: true });
      for (const name of ['DoNotCall', 'HasOptedOutOfEmail'])
        for (const value of ['false', '', 'true']) {
          const values = valuesOf({ Title: 'X', [name]: value });
          const refused = [{ kind: 'failed', failure: { kind: 'scope', field: name } }];
          expect(await direct.crm.updateRecords('lead', [{ opId: 'a', id, values }])).toMatchObject(refused);
          expect(await direct.crm.createRecords('lead', [{ opId: 'b', key: 'k', values }])).toMatchObject(refused);
        }
      expect(direct.fake.people.read(id)).toMatchObject({ DoNotCall: true, HasOptedOutOfEmail: true, Title: 'Buyer' });
    } finally {
      await direct.fake.stop();
    }
  });
});

describe('opt-outs of an org', () => {
  test('who refused anything is suppressed by the import, as the preview says, with a number to name or without, and does not come in later either', async () => {
    await open();
    const { people } = org.fake;
    const someone = (name: string, more: object) => people.addLead({ LastName: name, Email: `${name}@example.com`, ...more });
    someone('a', { HasOptedOutOfEmail: true });
    someone('b', { DoNotCall: true, Phone: DESK });
    someone('c', { DoNotCall: true, MobilePhone: MOBILE });
    someone('d', { HasOptedOutOfEmail: true, DoNotCall: true, Phone: DESK, MobilePhone: MOBILE });
    someone('e', { Phone: MOBILE }); // the number of one who refused
    const f = someone('f', { DoNotCall: true });
    people.addContact({ LastName: 'g', Email: 'g@example.com' });
    const expected = { suppressed: 6, created: 1, total: 7 };
    expect((await org.post('/preview')).planned).toMatchObject(expected);
    expect(await org.post('/import')).toMatchObject(expected);
    const { suppressions } = await get('/api/suppressions');
    expect(suppressions.map(({ value }: { value: string }) => value).toSorted()).toEqual([DESK, MOBILE, 'a@example.com', 'd@example.com']);
    people.edit(f, { Title: 'Buyer' });
    expect(await org.sync()).toMatchObject({ here: { created: 0, updated: 0 }, there: { updated: 0, optOuts: 0 } });
    expect((await org.leads()).map(({ email }) => email)).toEqual(['g@example.com']);
  });

  test.each([
    ['DoNotCall', { Phone: DESK }],
    ['DoNotCall', {}],
    ['HasOptedOutOfEmail', {}],
  ])('%s of a lead with %j: the timeline says from where and when, and nothing of the lead is sent again', async (box, more) => {
    await open();
    const id = org.fake.people.addLead({ ...ANN, ...more });
    await org.post('/import');
    const ann = await org.lead('ann@example.com');
    org.fake.people.edit(id, { [box]: true });
    await org.sync();
    const [entry] = (await get(`/api/leads/${ann.id}/timeline`)).events;
    expect(entry).toMatchObject({ kind: 'marked_do_not_contact', source: 'salesforce', at: expect.stringMatching(/^2026-05-04T10:/) });
    await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'Head' });
    expect(await org.sync()).toMatchObject({ there: { updated: 0 } });
    expect(org.fake.people.read(id).Title).toBe('Buyer');
    org.fake.people.edit(id, { [box]: false });
    await org.sync();
    expect(await org.lead('ann@example.com')).toMatchObject({ doNotContact: true });
    expect(org.fake.people.read(id)).toMatchObject({ Title: 'Buyer', [box]: false });
  });

  test('of a record outside the scope: who is in step is marked, and whoever is to be made is looked up first', async () => {
    await open();
    const { people } = org.fake;
    const inside = people.addLead(ANN);
    const campaign = people.addCampaign('Fair');
    people.addMember(campaign, inside);
    await org.post('/import', { scope: { kind: 'campaign', id: campaign, name: 'Fair' } });
    await org.change({ scopeIn: { kind: 'campaign', id: campaign, name: 'Fair' }, scopeOut: { kind: 'all' } });
    people.remove(org.fake.people.addMember(people.addCampaign('Other'), inside));
    people.edit(inside, { DoNotCall: true });
    people.addContact({ LastName: 'Bo', Email: 'bo@example.com', HasOptedOutOfEmail: true });
    await org.server.send('POST', '/api/leads', { leads: [{ lastName: 'Bo', email: 'bo@example.com' }], require: 'any' });
    const before = org.fake.people.live('Lead').length;
    await org.sync();
    expect(org.fake.people.live('Lead')).toHaveLength(before);
    expect((await org.leads()).map(({ doNotContact }) => doNotContact)).toEqual([true, true]);
  });

  test('nobody who refused becomes a member of a campaign', async () => {
    await open();
    const { people } = org.fake;
    people.addLead(ANN);
    const bo = people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com', Phone: DESK });
    await org.post('/import');
    const { listIds } = await org.lead('ann@example.com');
    const campaign = people.addCampaign('Fair');
    people.edit(bo, { DoNotCall: true });
    await org.sync();
    const answer = await org.post(`/campaigns/${campaign}/members`, { listId: listIds[0] });
    expect(answer).toMatchObject({ added: 1, suppressed: 1, failed: 0 });
  });

  test('a lead that is converted takes its refusal along, and one that only the contact tells of marks the lead', async () => {
    await open();
    const { people } = org.fake;
    const [ann, bo] = [people.addLead(ANN), people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com' })];
    await org.post('/import');
    people.edit(ann, { DoNotCall: true });
    people.convert(ann);
    people.edit(people.convert(bo).contact, { DoNotCall: true });
    await org.sync();
    expect((await org.leads()).map(({ doNotContact }) => doNotContact)).toEqual([true, true]);
  });
});
