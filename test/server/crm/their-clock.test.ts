import { describe, expect, test } from 'vitest';
import type { Crm } from '../../../server/crm/adapter.ts';
import { runSync } from '../../../server/crm/sync/run.ts';
import { readClockOffset } from '../../../server/crm/their-clock.ts';
import { createMemorySyncStore } from '../../../server/store/memory/sync-store.ts';
import { openHubspotCrm } from '../../support/hubspot/open-crm.ts';
import { ANN, openConnectedOrg } from '../../support/salesforce/connected-org.ts';
import { createRemote } from './model/remote.ts';
import { settingsOf } from './model/settings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOON = Date.UTC(2026, 4, 18, 12);

test.each([
  ['the same time', 'Mon, 18 May 2026 12:00:00 GMT', 0],
  ['a whole second that has begun is the same time', 'Mon, 18 May 2026 11:59:58 GMT', 0],
  ['they are ahead', 'Mon, 18 May 2026 12:20:00 GMT', 20 * MINUTE_MS],
  ['they are behind', 'Mon, 18 May 2026 11:40:00 GMT', -20 * MINUTE_MS],
  ['they tell nothing', undefined, null],
  ['they tell nonsense', 'noon', null],
])('the clock of a CRM is told by its answers: %s', (_, date, offset) => expect(readClockOffset(date, NOON)).toBe(offset));

describe('a CRM whose clock is not ours', () => {
  const SETTINGS = settingsOf({ rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] });
  let ids = 0;

  /** `told`: what its headers say of its clock against ours (ms). */
  async function open({ told }: { readonly told: () => number }) {
    let [now, theirs] = [NOON, NOON + told()];
    const remote = createRemote(() => theirs++);
    const { store, leads } = createMemorySyncStore();
    await store.changeSettings({ workspace: 1, member: null, at: now }, 1, SETTINGS);
    const crm: Crm = { ...remote.crm, usage: () => ({ ...remote.crm.usage(), clockOffsetMs: told() }) };
    const newId = () => `id${ids++}`;
    const parts = { crm, store, workspace: 1, connection: 1, defaultCountry: 'US', owner: 'me', now: () => now, newId };
    return {
      remote,
      titles: () => leads.listLeads().map(({ lead }) => lead.jobTitle),
      pass: (ms: number, ofThem = ms) => {
        now += ms;
        theirs += ofThem;
      },
      sync: async () => {
        now += 10 * MINUTE_MS;
        theirs += 10 * MINUTE_MS;
        return runSync(parts, { trigger: 'by_hand' });
      },
    };
  }
  const person = (jobTitle: string) =>
    new Map([
      ['firstName', 'Ann'],
      ['jobTitle', jobTitle],
    ]);

  test.each([
    ['20 minutes behind ours', -20 * MINUTE_MS],
    ['20 minutes ahead of ours', 20 * MINUTE_MS],
  ])('who is new there comes in, with a clock %s', async (_, offset) => {
    const { remote, titles, sync } = await open({ told: () => offset });
    await sync();
    for (const title of ['One', 'Two', 'Three']) {
      remote.user.add(person(title));
      await sync();
    }
    await sync();
    expect(titles()).toEqual(['One', 'Two', 'Three']);
  });

  test('edits come in also after our clock was 30 days ahead once', async () => {
    let offset = 0;
    const { remote, titles, pass, sync } = await open({ told: () => offset });
    const known = remote.user.add(person('Clerk'));
    await sync();
    pass(30 * DAY_MS, 0);
    offset = -30 * DAY_MS;
    await sync();
    pass(-30 * DAY_MS, 0);
    offset = 0;
    remote.user.edit(known, 'jobTitle', 'Chief');
    await sync();
    expect(titles()).toEqual(['Chief']);
  });

  test('a cursor that lies ahead of all clocks is pulled back, and what it passed over is read', async () => {
    const { remote, titles, pass, sync } = await open({ told: () => 0 });
    const known = remote.user.add(person('Clerk'));
    await sync();
    pass(30 * DAY_MS);
    await sync();
    pass(-30 * DAY_MS);
    remote.user.edit(known, 'jobTitle', 'Chief');
    remote.user.add(person('New'));
    await sync();
    expect(titles()).toEqual(['Chief', 'New']);
  });
});

test('HubSpot tells its clock with every answer', async () => {
  const { crm, hubspot, clock } = await openHubspotCrm();
  expect(crm.usage().clockOffsetMs).toBeUndefined();
  for (const offset of [0, -20 * MINUTE_MS, 30 * DAY_MS]) {
    Object.assign(hubspot.portal, { now: () => clock.at + offset });
    await crm.countRecords('contact', { kind: 'all' });
    expect(crm.usage().clockOffsetMs).toBe(offset);
  }
  await hubspot.close();
});

test('Salesforce tells its clock, too: who is edited there comes in although its clock is 20 minutes behind', async () => {
  const org = await openConnectedOrg();
  const known = org.fake.people.addLead(ANN);
  await org.post('/import');
  const now = org.fake.org.now;
  Object.assign(org.fake.org, { now: () => now() - 20 * MINUTE_MS });
  for (const title of ['One', 'Two', 'Three']) {
    org.pass(10 * MINUTE_MS);
    org.fake.people.edit(known, { Title: title });
    org.pass(2 * MINUTE_MS);
    await org.sync();
    expect((await org.lead('ann@example.com')).jobTitle).toBe(title);
  }
  await org.stop();
});
