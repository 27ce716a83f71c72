import { afterEach, describe, expect, test } from 'vitest';
import type { Page } from '../../../../server/crm/adapter.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

let world: HubspotWorld;
const open = async (...setup: Parameters<typeof openHubspotCrm>) => {
  world = await openHubspotCrm(...setup);
  return world;
};
afterEach(() => world.hubspot.close());
const all = { kind: 'all' } as const;

describe('what changed', () => {
  test('thousands of one millisecond are all found, beyond 9,000 by reading the list', async () => {
    const { crm, hubspot, clock } = await open();
    const from = clock.at;
    const ids: string[] = [];
    const add = (count: number) => {
      for (let index = 0; index < count; index += 1) ids.push(hubspot.people.createContact({ firstname: 'Tie' }));
    };
    add(3);
    clock.at += 1;
    add(10_100);
    clock.at += 1;
    add(70);
    clock.at += 1;
    add(2);
    const changed = await readAll((page) => crm.listChanged('contact', all, { from, to: clock.at }, page));
    expect(new Set(changed)).toEqual(new Set(ids));
    expect(
      hubspot.requests.filter(({ path }) => path.endsWith('/search')).every(({ body }) => Number(JSON.parse(body).after) < 10_000),
    ).toBe(true);
  });

  test('short and empty pages are not the end, and a contact edited meanwhile hides no other', async () => {
    const { crm, hubspot, clock } = await open({ habits: { pageSize: 3, emptyPages: 2 } });
    const from = clock.at;
    const ids = Array.from({ length: 20 }, () => {
      clock.at += 1;
      return hubspot.people.createContact({ firstname: 'Ann' });
    });
    const to = clock.at;
    clock.at += 60_000;
    const changed: string[] = [];
    let page: string | null = null;
    let turn = 0;
    do {
      const answer: Page<string> = unwrap(await crm.listChanged('contact', all, { from, to }, page));
      changed.push(...answer.items);
      hubspot.people.editContact(ids[turn] ?? '', { lastname: 'Lee' }); // leaves the window
      turn += 1;
      page = answer.next;
    } while (page !== null && turn < 100);
    const untouched = ids.slice(turn);
    expect(untouched.filter((id) => !changed.includes(id))).toEqual([]);
  });

  test('of a list: who changed and is in it, and who joined it', async () => {
    const { crm, hubspot, clock } = await open();
    const [ann, bob, cid] = ['ann', 'bob', 'cid'].map((name) => hubspot.people.createContact({ email: `${name}@x.io` })) as [
      string,
      string,
      string,
    ];
    const id = hubspot.people.createList('VIP', [ann]);
    expect(unwrap(await crm.listScopes('contact', '')).choices).toEqual([{ scope: { kind: 'list', id, name: 'VIP' }, size: 1 }]);
    const scope = { kind: 'list', id, name: 'VIP' } as const;
    clock.at += 60_000;
    const from = clock.at;
    hubspot.people.editContact(ann, { firstname: 'A' });
    hubspot.people.editContact(cid, { firstname: 'C' });
    hubspot.people.addToList(id, bob);
    const changed = await readAll((page) => crm.listChanged('contact', scope, { from, to: clock.at }, page));
    expect([...changed].sort()).toEqual([ann, bob].sort());
    expect(unwrap(await crm.countRecords('contact', scope))).toBe(2);
    expect((await readAll((page) => crm.listRecords('contact', scope, ['email'], page))).map((one) => one.id).sort()).toEqual(
      [ann, bob].sort(),
    );
  });
});
