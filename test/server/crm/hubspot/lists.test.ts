import { expect, test } from 'vitest';
import { unwrap } from '../../../support/crm-answers.ts';
import { openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

test('of 600 lists 500 are told, that there are more is said, and the last is found by a part of its name', async () => {
  const { crm, hubspot } = await openHubspotCrm();
  for (let at = 1; at <= 600; at++) hubspot.people.createList(`List ${String(at).padStart(3, '0')}`);
  const all = unwrap(await crm.listScopes('contact', ''));
  expect([all.choices.length, all.hasMore]).toEqual([500, true]);
  const { choices, hasMore } = unwrap(await crm.listScopes('contact', 'IST 600'));
  expect([choices.map(({ scope }) => scope.name), hasMore]).toEqual([['List 600'], false]);
  await hubspot.close();
});

test('lists of companies are not offered, nor taken by their id', async () => {
  const { crm, hubspot } = await openHubspotCrm();
  const companies = hubspot.portal.lists.get(hubspot.people.createList('Companies'));
  if (companies) hubspot.portal.lists.set(companies.id, { ...companies, objectTypeId: '0-2' });
  hubspot.people.createList('Contacts');
  expect(unwrap(await crm.listScopes('contact', '')).choices.map(({ scope }) => scope.name)).toEqual(['Contacts']);
  const scope = { kind: 'list', id: companies?.id ?? '', name: 'Companies' } as const;
  expect(await crm.findScope('contact', scope)).toMatchObject({ ok: false, error: { kind: 'gone', code: 'NO_SCOPE' } });
  await hubspot.close();
});

test('a list that was renamed is found by its id with its new name; one that was deleted is gone', async () => {
  const { crm, hubspot } = await openHubspotCrm();
  const id = hubspot.people.createList('Fair', [hubspot.people.createContact({ email: 'ann@x.io' })]);
  const scope = { kind: 'list', id, name: 'Old name' } as const;
  expect(unwrap(await crm.findScope('contact', scope))).toEqual({ scope: { ...scope, name: 'Fair' }, size: 1 });
  hubspot.portal.lists.delete(id);
  expect(await crm.findScope('contact', scope)).toMatchObject({ ok: false, error: { kind: 'gone' } });
  await hubspot.close();
});
