import { afterEach, describe, expect, test } from 'vitest';
import type { Crm } from '../../../../server/crm/adapter.ts';
import { createBudget } from '../../../../server/crm/sync/budget.ts';
import { SYNC_LIMITS } from '../../../../server/crm/sync/limits.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';
import { dayHeaders, type LimitSetup } from '../../../support/hubspot/portal-limits.ts';

const LIMIT = 200;
let world: HubspotWorld;
async function open(limits: Partial<LimitSetup> = {}): Promise<HubspotWorld> {
  world = await openHubspotCrm({ limits: { perDay: LIMIT, ...limits } });
  return world;
}
afterEach(() => world.hubspot.close());
const read = (crm: Crm) => crm.readRecords('contact', ['1'], []);
const search = (crm: Crm) => crm.countRecords('contact', { kind: 'all' });
/** How often it goes until it is refused. */
async function untilRefused(act: () => Promise<{ readonly ok: boolean }>): Promise<number> {
  for (let times = 0; ; times++) if (!(await act()).ok) return times;
}

describe('the calls of a portal’s day', () => {
  test('from 80 % on none is used, whoever used the others: another server of ours hears of them with its next answer', async () => {
    const { crm, reopen, hubspot } = await open();
    const other = reopen();
    expect((await read(other)).ok).toBe(true);
    await untilRefused(() => read(crm));
    expect(hubspot.requests.length).toBe(LIMIT * 0.8);
    await untilRefused(() => read(other));
    expect(hubspot.requests.length).toBe(LIMIT * 0.8 + 1);
  });

  test('searches, whose answers tell nothing, count as well', async () => {
    const { crm, hubspot } = await open();
    expect((await read(crm)).ok).toBe(true);
    await untilRefused(() => search(crm));
    expect(hubspot.requests.length).toBe(LIMIT * 0.8);
  });

  test('a run uses at most a quarter of those that are left', async () => {
    const { crm, hubspot } = await open();
    for (let calls = 0; calls < 20; calls++) await read(crm);
    const [before, left] = [hubspot.requests.length, LIMIT - hubspot.requests.length];
    const budget = createBudget(crm, SYNC_LIMITS);
    await untilRefused(() => read(budget.crm));
    expect(hubspot.requests.length - before).toBeGreaterThan(left / 8);
    expect(hubspot.requests.length - before).toBeLessThanOrEqual(left / 4);
  });

  test.each([
    ['none', {}],
    ['no numbers', dayHeaders('many', 'few')],
    ['a limit of none', dayHeaders(0, 0)],
    ['a limit without what is left', { 'X-HubSpot-RateLimit-Daily': '200' }],
    ['blanks', dayHeaders(' ', ' ')],
    ['without end', dayHeaders('Infinity', 1)],
  ])('a header that cannot be true stops nobody: %s', async (_, headers) => {
    const { crm } = await open({ tellsDay: () => headers });
    for (let calls = 0; calls < 3; calls++) expect((await read(crm)).ok).toBe(true);
    expect(crm.usage()).toMatchObject({ limitToday: null, leftToday: null });
  });
});
