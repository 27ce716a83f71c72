import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

const MINUTE = 60_000;
const RECORDS = 100;
const USED_UP = /once all apps together have used 80 %\. Nothing was written\. Try again in about 60 minutes\./;
let org: ConnectedOrg;
afterEach(() => org.stop());
const send = (path: string) => org.server.send('POST', `/api/connections/${org.id}${path}`, {});
async function refused(answer: Response | Promise<Response>) {
  const { status } = await answer;
  return [status, (await (await answer).json()).error];
}
function addPeople(): void {
  for (let index = 0; index < RECORDS; index++) org.fake.people.addLead({ LastName: `L${index}`, Email: `l${index}@example.com` });
}

describe('an import of more than a quarter of the day’s calls can read', () => {
  const LIMIT = 100;
  beforeEach(async () => {
    org = await openConnectedOrg({ dailyLimit: LIMIT, batchSize: 1 });
    addPeople();
  });

  test('stops with a sentence, also what it would do, and nothing has come in', async () => {
    for (const path of ['/preview', '/import']) {
      const left = LIMIT - org.fake.org.habits.usedToday;
      expect(await refused(send(path))).toEqual([429, expect.stringMatching(/a quarter of those left today.*nothing was imported/)]);
      expect(org.fake.org.habits.usedToday).toBeLessThanOrEqual(LIMIT - left + left / 4 + 2);
    }
    expect(await org.leads()).toEqual([]);
  });
});

describe('preview and import while others have used the org’s day', () => {
  const LIMIT = 10_000;
  beforeEach(async () => {
    org = await openConnectedOrg({ dailyLimit: LIMIT, batchSize: 5 });
    addPeople();
  });

  test.each([
    ['79.9 %', 7_990, /none of the last fifth, which is kept for other apps\. It stopped, and nothing was imported/],
    ['80 %', 8_000, USED_UP],
    ['99 %', 9_900, USED_UP],
    ['all', LIMIT, USED_UP],
  ])('at %s they stop with a sentence that says when, and go on when there are calls again', async (_, usedToday, sentence) => {
    const { habits } = org.fake.org;
    habits.usedToday = usedToday;
    expect(await refused(send('/preview'))).toEqual([429, expect.stringMatching(sentence)]);
    expect((await send('/import')).status).toBe(429);
    // Whoever has not heard yet how it stands needs one call for it.
    expect(habits.usedToday).toBeLessThanOrEqual(Math.max(usedToday + 1, 8_000));
    const leads = await org.leads();
    expect(leads).toEqual([]);
    org.pass(61 * MINUTE);
    habits.usedToday = 0;
    expect((await send('/preview')).status).toBe(200);
    expect((await (await send('/import')).json()).created).toBe(RECORDS);
  });

  test('refused in the middle, nothing has come in, and the next try imports everybody once', async () => {
    expect((await send('/preview')).status).toBe(200);
    org.pass(2 * MINUTE);
    const { habits } = org.fake.org;
    habits.tellsUsage = () => null;
    habits.usedToday = LIMIT - 7;
    expect(await refused(send('/import'))).toEqual([429, expect.stringMatching(/Try again in about 60 minutes/)]);
    expect([habits.usedToday, await org.leads()]).toEqual([LIMIT, []]);
    org.pass(61 * MINUTE);
    habits.usedToday = 0;
    expect((await (await send('/import')).json()).created).toBe(RECORDS);
  });

  test('a connection that waits says until when, and a run of its own goes on by itself then', async () => {
    expect((await (await send('/import')).json()).created).toBe(RECORDS);
    org.fake.org.habits.usedToday = 8_000;
    org.pass(20 * MINUTE);
    expect((await org.post('/sync')).failure).toMatchObject({ kind: 'rate_daily' });
    const [connection] = (await (await org.server.ask('/api/connections')).json()).connections;
    expect([connection.state, connection.pausedUntil]).toEqual(['paused_quota', '2026-05-04T11:20:00.000Z']);
    expect(connection.health.calls.account).toMatchObject({ limit: LIMIT, stopsAt: 8_000 });
    org.fake.org.habits.usedToday = 0;
    org.pass(41 * MINUTE);
    await org.sync();
    expect((await (await org.server.ask('/api/connections')).json()).connections[0].state).toBe('ok');
  });
});
