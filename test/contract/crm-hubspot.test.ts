import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hubspotCrm } from '../../server/crm/hubspot/hubspot-crm.ts';
import { makeHubspotLimiter } from '../../server/crm/hubspot/transport.ts';
import { ok } from '../../shared/result.ts';
import { startRecorder } from '../support/crm-recorder.ts';
import { openHubspotCrm } from '../support/hubspot/open-crm.ts';
import type { PortalHabits } from '../support/hubspot/portal.ts';
import { NOBODY } from '../support/nobody-counts.ts';
import { compareWithReal, type RecordedWorld } from './compare-with-real.ts';
import { crmContract } from './crm-contract.ts';

const HUBSPOT = {
  type: 'contact',
  names: { first: 'firstname', last: 'lastname', email: 'email', phone: 'phone' },
  needed: {},
} as const;

/** The loopback portal, with the habits that documentation leaves open set one way or the other. */
async function makeLoopback(habits: Partial<PortalHabits>, isRecorded = false): Promise<RecordedWorld> {
  const { hubspot, crm, clock, exchanges } = await openHubspotCrm({ habits: { indexLagMs: 30_000, ...habits }, isRecorded });
  const { people, faults } = hubspot;
  if (isRecorded) clock.at += 137; // times of a real portal have milliseconds
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
      purgedAs: 'purged',
      merge: async (winner, loser) => people.mergeContacts(winner, loser),
      gather: async (name, ids) => ({ kind: 'list', id: people.createList(name, ids), name }),
      optOut: (id) => tick(() => people.editContact(id, { hs_email_optout: 'true' })),
      hang: (contactId) => {
        const id = people.createItem('notes', { hs_timestamp: String(clock.at) }, [contactId]);
        return { kind: 'note', id, drop: () => people.archiveItem('notes', id) };
      },
    },
    loseReply: () => faults.loseReply(/batch\/(create|update)/),
    drop: () => faults.drop(/batch\/(create|update)/),
    expire: () => faults.expired('/crm/'),
    settle: async (ms = crm.traits.indexLagMs) => {
      clock.at += ms;
    },
    now: () => clock.at,
    lags: [],
    exchanges,
    end: hubspot.close,
  };
}

crmContract('HubSpot', () => makeLoopback({}));
crmContract('A HubSpot portal that lists what is wrong with values', () => makeLoopback({ listsErrors: true }));
crmContract('A HubSpot portal with other habits', () =>
  makeLoopback({
    mergeMakesNewId: false,
    batchReadFollowsMerges: true,
    batchReadFindsAdditional: true,
    wholeBatchFails: true,
    terseErrors: true,
    plainSuccess: true,
    pageSize: 7,
    emptyPages: 3,
  }),
);

/**
 * A portal for tests and a service key of it with the rights to contacts, schemas and lists: both are a developer's own. The
 * address is HubSpot's unless another is given, such as that of a loopback in a process of its own.
 */
const { LEADLINE_TEST_HUBSPOT_KEY: key, LEADLINE_TEST_HUBSPOT_URL: address = 'https://api.hubapi.com' } = process.env;
const toRoute = (path: string) => path.replace(/\/\d{4,}(?=\/|$)/g, '/{id}');
if (key) compareWithReal('HubSpot', { loopback: () => makeLoopback({}, true), real: () => makeReal(key) }, toRoute);

async function makeReal(token: string): Promise<RecordedWorld> {
  const recorder = await startRecorder(address);
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const answer = await fetch(`${address}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const contacts = '/crm/objects/2026-03/contacts';
  const lists = '/crm/lists/2026-03';
  const name = `Leadline test ${randomBytes(4).toString('hex')}`;
  // Only a key that may write lists can try them.
  const made = await ask('POST', lists, { name, objectTypeId: '0-1', processingType: 'MANUAL' }).catch(() => null);
  const clock = { now: Date.now, sleep: async (ms: number) => void (await sleep(ms)) };
  const limiter = makeHubspotLimiter(clock);
  const gather = async (id: string, ids: readonly string[]) => {
    await ask('PUT', `${lists}/${id}/memberships/add`, ids);
    return { kind: 'list', id, name } as const;
  };
  const crm = hubspotCrm({ ...clock, apiUrl: recorder.url, appId: null, limiter, accessToken: async () => ok(token), listener: NOBODY });
  return {
    ...HUBSPOT,
    crm,
    people: {
      edit: (id, properties) => ask('PATCH', `${contacts}/${id}`, { properties }),
      archive: (id) => ask('DELETE', `${contacts}/${id}`),
      purge: (id) => ask('POST', `${contacts}/gdpr-delete`, { objectId: id }),
      purgedAs: 'purged',
      merge: async (winner, loser) => (await ask('POST', `${contacts}/merge`, { primaryObjectId: winner, objectIdToMerge: loser })).id,
      gather: made && ((_, ids) => gather(made.list.listId, ids)),
      optOut: (id) => ask('PATCH', `${contacts}/${id}`, { properties: { hs_email_optout: 'true' } }),
      hang: null,
    },
    loseReply: null,
    drop: null,
    expire: null,
    settle: (ms = crm.traits.indexLagMs) => clock.sleep(ms),
    now: Date.now,
    lags: [],
    exchanges: recorder.exchanges,
    removeKeyField: () => ask('DELETE', '/crm/properties/2026-03/contacts/leadline_id'),
    end: async () => {
      if (made) await ask('DELETE', `${lists}/${made.list.listId}`);
      await recorder.close();
    },
  };
}
