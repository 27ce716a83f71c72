import { isQueryValid } from '@jetstreamapp/soql-parser-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contains, writeSoql } from '../../../../server/crm/salesforce/soql.ts';
import { unwrap } from '../../../support/crm-answers.ts';
import { type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';

let org: OpenOrg;
beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.fake.stop());

const names = ({ choices }: { readonly choices: readonly { readonly scope: { readonly name: string } }[] }) =>
  choices.map(({ scope }) => scope.name);

describe('what comes in from Salesforce can be narrowed to', () => {
  test('list views by name, then campaigns by name, those that are over last and marked', async () => {
    const { people, org: state } = org.fake;
    people.edit(people.addCampaign('Autumn fair'), { IsActive: false });
    people.addMember(people.addCampaign('Winter fair'), people.addLead({ LastName: 'Lee' }));
    people.addCampaign('Spring fair');
    state.views.push({ id: '00B000000000002AAA', object: 'Lead', label: 'All open', where: null });
    const told = unwrap(await org.crm.listScopes('lead', ''));
    expect(names(told)).toEqual(['All open', 'EMEA leads', 'Spring fair', 'Winter fair', 'Autumn fair']);
    expect(told.choices.map(({ isActive }) => isActive)).toEqual([undefined, undefined, undefined, undefined, false]);
    expect(told.choices.map(({ size }) => size)).toEqual([null, null, 0, 1, 0]);
    expect(told.hasMore).toBe(false);
  });

  test('a view that Salesforce cannot say as a query is not offered, nor one of another kind of record', async () => {
    const { views } = org.fake.org;
    views.push({ id: '00B000000000002AAA', object: 'Lead', label: 'Odd', where: null, isSoqlCompatible: false });
    views.push({ id: '00B000000000003AAA', object: 'Contact', label: 'My contacts', where: null });
    expect(names(unwrap(await org.crm.listScopes('lead', '')))).toEqual(['EMEA leads']);
    expect(names(unwrap(await org.crm.listScopes('contact', '')))).toEqual(['My contacts']);
  });

  test('of 1,200 campaigns 500 are told, that there are more is said, and the 1,100th is found by its name', async () => {
    for (let at = 1; at <= 1_200; at++) org.fake.people.addCampaign(`Campaign ${String(at).padStart(4, '0')}`);
    const all = unwrap(await org.crm.listScopes('lead', ''));
    expect([all.choices.length, all.hasMore]).toEqual([501, true]);
    const found = unwrap(await org.crm.listScopes('lead', 'campaign 1100'));
    expect([names(found), found.hasMore]).toEqual([['Campaign 1100'], false]);
  });

  test('an answer that comes in several pages is read to its end', async () => {
    org.fake.org.habits.batchSize = 3;
    for (let at = 0; at < 8; at++) org.fake.people.addCampaign(`Fair ${at}`);
    expect(names(unwrap(await org.crm.listScopes('lead', 'fair')))).toHaveLength(8);
  });

  test('one that was renamed is found by its id with its new name; one that was deleted is gone', async () => {
    const { people, org: state } = org.fake;
    const fair = people.addCampaign('Spring fair');
    const scope = { kind: 'campaign', id: fair, name: 'Spring fair' } as const;
    people.edit(fair, { Name: 'Summer fair', IsActive: false });
    expect(unwrap(await org.crm.findScope('lead', scope))).toEqual({ scope: { ...scope, name: 'Summer fair' }, size: 0, isActive: false });
    people.remove(fair);
    expect(await org.crm.findScope('lead', scope)).toMatchObject({ ok: false, error: { kind: 'gone' } });
    const view = { kind: 'view', id: '00B000000000001AAA', name: 'Old name', type: 'lead' } as const;
    expect(unwrap(await org.crm.findScope('lead', view)).scope.name).toBe('EMEA leads');
    state.views.splice(0);
    expect(await org.crm.findScope('lead', view)).toMatchObject({ ok: false, error: { kind: 'gone' } });
  });

  test('an org without campaigns has its list views all the same', async () => {
    org.fake.org.habits.hidden.add('Campaign');
    expect(names(unwrap(await org.crm.listScopes('lead', 'emea')))).toEqual(['EMEA leads']);
  });

  test('however long a text is, what is asked is a query', () => {
    const soql = writeSoql({ fields: ['Id'], from: 'Campaign', where: contains('Name', `'%_\\😀`.repeat(2_000)) });
    expect(isQueryValid(soql)).toBe(true);
  });
});
