import { ok } from '#shared/result.ts';
import type { CrmKind, CrmToOpen } from '../crm-kind.ts';
import type { Limiter } from '../limiter.ts';
import { type AccountClock, makeAccountClock } from './account-clock.ts';
import { HUBSPOT_FIELDS } from './fields.ts';
import { hubspotCrm } from './hubspot-crm.ts';
import { askAccount, hubspotOAuth } from './hubspot-oauth.ts';
import { type HubspotBucket, makeHubspotLimiter } from './transport.ts';

/** Every connection to an account shares its limits, as long as they keep the same clock: a server has one, tests have many. */
type Account = { readonly limiter: Limiter<HubspotBucket>; readonly clock: AccountClock };
const accounts = new WeakMap<() => number, Map<string, Account>>();

function accountOf(id: string, { now, sleep }: Pick<CrmToOpen, 'now' | 'sleep'>): Account {
  const known = accounts.get(now) ?? new Map<string, Account>();
  accounts.set(now, known);
  const clock = makeAccountClock(now);
  const account = known.get(id) ?? { clock, limiter: makeHubspotLimiter({ now, sleep }, clock.utcOffsetAt) };
  known.set(id, account);
  return account;
}

/** HubSpot: contacts, deals and activities. */
export const hubspotKind: CrmKind = {
  provider: 'hubspot',
  oauth: hubspotOAuth,
  scopeKinds: ['all', 'list'],
  knownFields: () => HUBSPOT_FIELDS,
  open: ({ connection, session, vendor, now, sleep, listener }) => {
    const { limiter, clock } = accountOf(connection.account.id, { now, sleep });
    return hubspotCrm({
      apiUrl: vendor.apiUrl,
      appId: null,
      limiter,
      now,
      sleep,
      listener,
      accessToken: async (refused) => {
        const answer = await session(refused);
        if (!answer.ok) return answer;
        const { accessToken } = answer.value;
        await clock.learn(async () => {
          if (await limiter.take('general')) return null;
          listener.called();
          return askAccount(vendor.apiUrl, accessToken);
        });
        return ok(accessToken);
      },
    });
  },
  recordUrl: ({ account }, _, id) => `https://app.hubspot.com/contacts/${account.id}/record/0-1/${encodeURIComponent(id)}`,
};
