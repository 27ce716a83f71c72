import { readdir, readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { toDatedUrl } from '../../../../server/crm/hubspot/transport.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { HUBSPOT_SCOPES } from '../../../support/hubspot/hubspot-oauth.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

let world: HubspotWorld | null = null;
const open = async (...setup: Parameters<typeof openHubspotCrm>) => {
  world = await openHubspotCrm(...setup);
  return world;
};
afterEach(() => world?.hubspot.close());
const all = { kind: 'all' } as const;

test.each([
  [
    'https://api.hubapi.com/crm/v3/objects/contacts/batch/read?archived=false',
    'https://api.hubapi.com/crm/objects/2026-03/contacts/batch/read?archived=false',
  ],
  ['http://127.0.0.1:1/crm/v3/lists/search', 'http://127.0.0.1:1/crm/lists/2026-03/search'],
  [
    'http://127.0.0.1:1/crm/v4/associations/deals/contacts/batch/read',
    'http://127.0.0.1:1/crm/associations/2026-03/deals/contacts/batch/read',
  ],
  ['http://127.0.0.1:1/crm/v3/objects/v3', 'http://127.0.0.1:1/crm/objects/2026-03/v3'],
  ['http://127.0.0.1:1/crm/v3/owners/?limit=500', 'http://127.0.0.1:1/crm/owners/2026-03?limit=500'],
])('of an old address its dated one is made: %s', (old, dated) => expect(toDatedUrl(old)).toBe(dated));

test('the retries and the limiter of the SDK stay off, as the last client that was made would decide for all of the process', async () => {
  const folder = new URL('../../../../server/crm/hubspot/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  expect(sources.filter((source) => source.includes('sdk.Client('))).toHaveLength(1);
  expect(sources.filter((source) => /numberOfApiCallRetries|limiterOptions|limiterJobOptions/.test(source))).toEqual([]);
});

describe('the connection', () => {
  test('a refused token is told once and replaced; refused again, the connection has to be made anew', async () => {
    const { crm, hubspot, refused, token } = await open();
    hubspot.faults.expired('contacts');
    expect((await crm.countRecords('contact', all)).ok).toBe(true);
    expect(refused).toEqual([token.value]);
    const before = refused.length;
    hubspot.oauth.revokeAll();
    expect(await crm.countRecords('contact', all)).toMatchObject({ ok: false, error: { kind: 'auth' } });
    // Both are told, the one it had and the one that came instead.
    expect(refused.length - before).toBe(2);
  });

  test('a missing right is named', async () => {
    const { crm } = await open({ scopes: ['crm.objects.contacts.read', 'crm.schemas.contacts.read'] });
    expect(unwrap(await crm.ensureKeyField('contact'))).toBe('not_allowed');
    expect(await crm.listScopes('contact', '')).toMatchObject({ ok: false, error: { kind: 'scope', missingScopes: ['crm.lists.read'] } });
  });

  test.each([
    ['a burst', (one: HubspotWorld) => one.hubspot.faults.tooMany('search', 'TEN_SECONDLY_ROLLING'), 10_000],
    ['a burst with Retry-After', (one: HubspotWorld) => one.hubspot.faults.tooMany('search', 'TEN_SECONDLY_ROLLING', 3), 3_000],
    ['too many searches', (one: HubspotWorld) => one.hubspot.faults.tooMany('search', 'SECONDLY'), 1_000],
    ['a lock', (one: HubspotWorld) => one.hubspot.faults.locked('search'), 2_000],
    ['a gateway’s page', (one: HubspotWorld) => one.hubspot.faults.badGateway('search'), 1_000],
    ['no answer', (one: HubspotWorld) => one.hubspot.faults.drop('search'), 1_000],
  ])('a read waits for %s to pass', async (_why, plan, waitMs) => {
    const opened = await open();
    const { crm, clock } = opened;
    plan(opened);
    expect(unwrap(await crm.countRecords('contact', all))).toBe(0);
    expect(clock.slept).toEqual([waitMs]);
  });

  test('when the day’s calls are used up it says until when, and asks no more before', async () => {
    const { crm, hubspot, clock } = await open();
    hubspot.faults.tooMany('search', 'DAILY');
    clock.at += 1_200_000; // the account's time zone is not known: its day may end with any full hour
    const untilMidnight = 2_400_000;
    const expected = { ok: false, error: { kind: 'rate_daily', retryAfterMs: untilMidnight } };
    expect(await crm.countRecords('contact', all)).toMatchObject(expected);
    expect(await crm.countRecords('contact', all)).toMatchObject(expected);
    expect(hubspot.count('search')).toBe(1);
    clock.at += untilMidnight;
    expect((await crm.countRecords('contact', all)).ok).toBe(true);
  });

  test('with OAuth the limit of each second is kept too', async () => {
    const { crm, hubspot, clock, token } = await open({ limits: { perTenSeconds: 110, perSecond: 11 } });
    const { portalId } = hubspot.portal;
    const grant = { portalId, scopes: HUBSPOT_SCOPES, appId: '1', isOAuth: true, endsAt: Number.POSITIVE_INFINITY, refreshToken: null };
    hubspot.oauth.accessTokens.set('CNdemo', grant);
    token.value = 'CNdemo';
    for (let index = 0; index < 3_000; index += 1) hubspot.people.createContact({ email: `p${index}@x.io` });
    const from = clock.at;
    await readAll((page) => crm.listRecords('contact', all, ['email'], page));
    expect([hubspot.requests.length, clock.at - from]).toEqual([30, 3_000]);
  });

  test('searches keep to a limit of their own, which no header tells', async () => {
    const { crm, hubspot, clock } = await open({ limits: { searchPerSecond: 5 } });
    const from = clock.at;
    for (let index = 0; index < 12; index += 1) unwrap(await crm.countRecords('contact', all));
    expect([hubspot.count('search'), clock.at - from]).toEqual([12, 2_000]);
  });

  test('an import of 20,000 contacts and a look at 200 changes keep the limits and need no call more than they must', async () => {
    const { crm, hubspot, clock } = await open({ limits: { perTenSeconds: 100, searchPerSecond: 5 } });
    for (let index = 0; index < 20_000; index += 1) hubspot.people.createContact({ email: `p${index}@x.io` });
    const from = clock.at;
    const records = await readAll((page) => crm.listRecords('contact', all, ['email', 'firstname'], page));
    expect([new Set(records.map(({ id }) => id)).size, hubspot.requests.length]).toEqual([20_000, 200]);
    expect(clock.at - from).toBeLessThan(30_000);
    expect(crm.usage()).toMatchObject({ calls: 200, limitToday: 250_000 });
    clock.at += 1;
    const changedAt = clock.at;
    for (const { id } of records.slice(0, 200)) hubspot.people.editContact(id, { firstname: 'Ann' });
    const changed = await readAll((page) => crm.listChanged('contact', all, { from: changedAt, to: clock.at }, page));
    const read = unwrap(await crm.readRecords('contact', changed, ['firstname']));
    expect([read.length, crm.usage().calls]).toEqual([200, 203]); // one search, two batches
  });
});
