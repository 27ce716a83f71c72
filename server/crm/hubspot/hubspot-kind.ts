import { ok } from '#shared/result.ts';
import type { CrmKind, CrmToOpen } from '../crm-kind.ts';
import type { Limiter } from '../limiter.ts';
import { HUBSPOT_FIELDS } from './fields.ts';
import { hubspotCrm } from './hubspot-crm.ts';
import { hubspotOAuth } from './hubspot-oauth.ts';
import { type HubspotBucket, makeHubspotLimiter } from './transport.ts';

/** Every connection to an account shares its limits, as long as they keep the same clock: a server has one, tests have many. */
const limiters = new WeakMap<() => number, Map<string, Limiter<HubspotBucket>>>();

function limiterOf(account: string, { now, sleep }: Pick<CrmToOpen, 'now' | 'sleep'>): Limiter<HubspotBucket> {
  const known = limiters.get(now) ?? new Map<string, Limiter<HubspotBucket>>();
  limiters.set(now, known);
  const limiter = known.get(account) ?? makeHubspotLimiter({ now, sleep });
  known.set(account, limiter);
  return limiter;
}

/** HubSpot: contacts, deals and activities. */
export const hubspotKind: CrmKind = {
  provider: 'hubspot',
  oauth: hubspotOAuth,
  scopeKinds: ['all', 'list'],
  knownFields: () => HUBSPOT_FIELDS,
  open: ({ connection, session, vendor, now, sleep }) => {
    return hubspotCrm({
      apiUrl: vendor.apiUrl,
      appId: null,
      limiter: limiterOf(connection.account.id, { now, sleep }),
      now,
      sleep,
      accessToken: async (refused) => {
        const answer = await session(refused);
        return answer.ok ? ok(answer.value.accessToken) : answer;
      },
    });
  },
  recordUrl: ({ account }, _, id) => `https://app.hubspot.com/contacts/${account.id}/record/0-1/${encodeURIComponent(id)}`,
};
