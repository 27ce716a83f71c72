import { ok } from '#shared/result.ts';
import type { CrmKind } from '../crm-kind.ts';
import type { Limiter } from '../limiter.ts';
import { HUBSPOT_FIELDS } from './fields.ts';
import { hubspotCrm } from './hubspot-crm.ts';
import { hubspotOAuth } from './hubspot-oauth.ts';
import { type HubspotBucket, makeHubspotLimiter } from './transport.ts';

/** Every connection to an account shares its limits. */
const limiters = new Map<string, Limiter<HubspotBucket>>();

/** HubSpot: contacts, deals and activities. */
export const hubspotKind: CrmKind = {
  provider: 'hubspot',
  oauth: hubspotOAuth,
  knownFields: () => HUBSPOT_FIELDS,
  open: ({ connection, session, vendor, now, sleep }) => {
    const known = limiters.get(connection.account.id);
    const limiter = known ?? makeHubspotLimiter({ now, sleep });
    if (!known) limiters.set(connection.account.id, limiter);
    return hubspotCrm({
      apiUrl: vendor.apiUrl,
      appId: null,
      limiter,
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
