import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectAccount, type NewAccount } from '../../../../server/crm/access/connect-account.ts';
import { createCallMeter } from '../../../../server/crm/call-meter.ts';
import type { CrmParts } from '../../../../server/crm/crm-parts.ts';
import type { Backend } from '../../../../server/leads/backend.ts';
import { type OpenConnection, openConnection } from '../open-connections.ts';

let open: OpenConnection;
beforeEach(async () => {
  open = await openConnection();
});
afterEach(() => open.end());

test('two who connect the same account for the first time in the same moment share one connection', async () => {
  const { server, vault, providers, newBroker } = open;
  const { store, actor } = server;
  const oauth = providers.get('hubspot') ?? expect.fail('no HubSpot');
  // Each looks whether the account is known, and the other comes in between.
  const slow: Backend['store'] = {
    ...store,
    findAccount: async (...asked) => {
      const found = await store.findAccount(...asked);
      await wait(5);
      return found;
    },
  };
  const meter = createCallMeter({ store, now: () => server.clock.now });
  const crm = { vault, broker: newBroker(), meter } as CrmParts; // all of it that connecting an account touches
  const account = (access: string): NewAccount => ({
    oauth,
    identity: { account: { id: 'new', name: 'Fernhill' }, apiVersion: null, scopes: [], missing: [], calls: 1 },
    tokens: { access, refresh: null },
    auth: 'service_key',
    lifeMs: null,
    instanceUrl: null,
    loginHost: null,
    renews: null,
  });
  const act = { workspace: actor.workspace, member: actor.member, at: server.clock.now };
  const both = await Promise.all(
    ['one', 'two'].map((access) => connectAccount(crm, { ...server.backend, store: slow }, act, account(access))),
  );
  const [first, second] = both.map((made) => (made.ok ? made.value : expect.fail(made.error.code)));
  expect(first?.id).toBe(second?.id);
  const session = await newBroker().sessionOf(actor.workspace, second?.number ?? 0)();
  expect(session).toMatchObject({ ok: true, value: { accessToken: 'two' } });
});
