import { setTimeout as sleep } from 'node:timers/promises';
import { hubspotCrm } from '../../server/crm/hubspot/hubspot-crm.ts';
import { makeHubspotLimiter } from '../../server/crm/hubspot/transport.ts';
import { ok } from '../../shared/result.ts';
import { openHubspotCrm } from '../support/hubspot/open-crm.ts';
import type { PortalHabits } from '../support/hubspot/portal.ts';
import { type CrmWorld, crmContract } from './crm-contract.ts';

const HUBSPOT = {
  type: 'contact',
  names: { first: 'firstname', last: 'lastname', email: 'email', phone: 'phone' },
  needed: {},
} as const;

/** The loopback portal, with the habits that documentation leaves open set one way or the other. */
async function makeLoopback(habits: Partial<PortalHabits>): Promise<CrmWorld> {
  const { hubspot, crm, clock } = await openHubspotCrm({ habits: { indexLagMs: 30_000, ...habits } });
  const { people, faults } = hubspot;
  const tick = async (act: () => unknown) => {
    clock.at += 1_000;
    act();
  };
  return {
    ...HUBSPOT,
    crm,
    people: {
      edit: (id, values) => tick(() => people.editContact(id, values)),
      archive: (id) => tick(() => people.archiveContact(id)),
      purge: (id) => tick(() => people.purgeContact(id)),
      merge: async (winner, loser) => people.mergeContacts(winner, loser),
      gather: async (name, ids) => ({ kind: 'list', id: people.createList(name, ids), name }),
      optOut: (id) => tick(() => people.editContact(id, { hs_email_optout: 'true' })),
    },
    loseReply: () => faults.loseReply(/batch\/(create|update)/),
    drop: () => faults.drop(/batch\/(create|update)/),
    expire: () => faults.expired('/crm/'),
    settle: async () => {
      clock.at += crm.traits.indexLagMs;
    },
    now: () => clock.at,
    end: hubspot.close,
  };
}

crmContract('HubSpot', () => makeLoopback({}));
crmContract('A HubSpot portal with other habits', () =>
  makeLoopback({
    mergeMakesNewId: false,
    batchReadFollowsMerges: true,
    batchReadFindsAdditional: true,
    wholeBatchFails: true,
    terseErrors: true,
    pageSize: 7,
    emptyPages: 3,
  }),
);

/** A portal for tests and a service key of it with the rights to contacts, schemas and lists: both are a developer's own. */
const key = process.env.LEADLINE_TEST_HUBSPOT_KEY;
if (key) crmContract('A real HubSpot portal', () => makeReal(key));

async function makeReal(token: string): Promise<CrmWorld> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const answer = await fetch(`https://api.hubapi.com${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
  const contacts = '/crm/objects/2026-03/contacts';
  const clock = { now: Date.now, sleep: async (ms: number) => void (await sleep(ms)) };
  const crm = hubspotCrm({ ...clock, apiUrl: null, appId: null, limiter: makeHubspotLimiter(clock), accessToken: async () => ok(token) });
  return {
    ...HUBSPOT,
    crm,
    people: {
      edit: (id, properties) => ask('PATCH', `${contacts}/${id}`, { properties }),
      archive: (id) => ask('DELETE', `${contacts}/${id}`),
      purge: (id) => ask('POST', `${contacts}/gdpr-delete`, { objectId: id }),
      merge: async (winner, loser) => (await ask('POST', `${contacts}/merge`, { primaryObjectId: winner, objectIdToMerge: loser })).id,
      gather: null,
      optOut: null,
    },
    loseReply: null,
    drop: null,
    expire: null,
    settle: () => clock.sleep(crm.traits.indexLagMs),
    now: Date.now,
    end: async () => {},
  };
}
