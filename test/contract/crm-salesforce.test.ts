import { setTimeout as sleep } from 'node:timers/promises';
import { salesforceCrm } from '../../server/crm/salesforce/salesforce-crm.ts';
import { TESTED_VERSION } from '../../server/crm/salesforce/salesforce-oauth.ts';
import type { RecordType } from '../../shared/crm/record.ts';
import { ok } from '../../shared/result.ts';
import { startRecorder } from '../support/crm-recorder.ts';
import { NOBODY } from '../support/nobody-counts.ts';
import { openOrg } from '../support/salesforce/open-org.ts';
import type { OrgHabits } from '../support/salesforce/org.ts';
import { compareWithReal, type RecordedWorld } from './compare-with-real.ts';
import { crmContract } from './crm-contract.ts';

const NAMES = { first: 'FirstName', last: 'LastName', email: 'Email', phone: 'Phone' } as const;

/** The loopback org; `lateMs` is how late queries see what a transaction has written. */
async function makeLoopback(type: RecordType, habits: Partial<OrgHabits> = {}, isRecorded = false): Promise<RecordedWorld> {
  const org = await openOrg(habits, isRecorded);
  const { people, auth } = org.fake;
  const tick = async (act: () => unknown) => {
    org.now += 1_000;
    act();
  };
  return {
    crm: org.crm,
    type,
    names: NAMES,
    needed: type === 'lead' ? { Company: 'Leadline test' } : {},
    people: {
      edit: (id, values) => tick(() => people.edit(id, values)),
      archive: (id) => tick(() => people.remove(id)),
      purge: (id) => tick(() => people.purge(id)),
      purgedAs: 'unseen',
      merge: async (winner, loser) => {
        people.merge(winner, loser);
        return winner;
      },
      gather: async (name, ids) => {
        const campaign = people.addCampaign(name);
        for (const id of ids) people.addMember(campaign, id);
        return { kind: 'campaign', id: campaign, name };
      },
      optOut: (id) => tick(() => people.edit(id, { HasOptedOutOfEmail: true })),
      hang: (person) => {
        const id = people.addMember(people.addCampaign('Fair'), person);
        return { kind: 'campaign_member', id, drop: () => people.remove(id) };
      },
    },
    loseReply: () => org.fake.fault('/composite/sobjects ', { kind: 'lost_reply' }),
    drop: () => org.fake.fault('/composite/sobjects ', { kind: 'dropped' }),
    expire: () => auth.expireSessions(),
    settle: async (ms = org.crm.traits.indexLagMs) => {
      org.now += ms;
    },
    now: () => org.now,
    lags: [],
    exchanges: org.exchanges,
    end: org.fake.stop,
  };
}

crmContract('Salesforce, by its leads', () => makeLoopback('lead'));
crmContract('Salesforce, by its contacts', () => makeLoopback('contact'));
crmContract('A Salesforce org without our field that answers few rows at once', () =>
  makeLoopback('lead', { hasKeyField: false, batchSize: 7 }),
);

/**
 * An org for tests, a sandbox say: its address (`https://acme--uat.sandbox.my.salesforce.com`) and an access token of somebody
 * who may read and write leads, contacts and campaigns. Both are a developer's own.
 */
const { LEADLINE_TEST_SALESFORCE_URL: address, LEADLINE_TEST_SALESFORCE_TOKEN: token } = process.env;
const toRoute = (path: string) => path.replace(/\/[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?(?:-\d+)?(?=\/|$)/g, '/{id}');
if (address && token)
  for (const type of ['lead', 'contact'] as const)
    compareWithReal(
      `Salesforce, by its ${type}s`,
      { loopback: () => makeLoopback(type, {}, true), real: () => makeReal(type, address, token) },
      toRoute,
    );

async function makeReal(type: RecordType, org: string, accessToken: string): Promise<RecordedWorld> {
  const recorder = await startRecorder(org);
  const apiVersion = TESTED_VERSION.toFixed(1);
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
    const url = `${org}/services/data/v${apiVersion}${path}`;
    const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const wait = async (ms: number) => void (await sleep(ms));
  const openSession = async () => ok({ accessToken, instanceUrl: recorder.url });
  const crm = salesforceCrm({ apiVersion, now: Date.now, random: Math.random, sleep: wait, openSession, listener: NOBODY });
  const object = { lead: 'Lead', contact: 'Contact' }[type];
  const create = async (name: string, values: object): Promise<string> => {
    const [made] = await ask('POST', '/composite/sobjects', { records: [{ attributes: { type: name }, ...values }] });
    if (!made.success) throw new Error(JSON.stringify(made.errors));
    return made.id;
  };
  const campaigns: string[] = [];
  return {
    crm,
    type,
    names: NAMES,
    needed: type === 'lead' ? { Company: 'Leadline test' } : {},
    people: {
      edit: (id, values) => ask('PATCH', `/sobjects/${object}/${id}`, values),
      archive: (id) => ask('DELETE', `/sobjects/${object}/${id}`),
      // Neither of them has a REST call.
      purge: null,
      purgedAs: 'unseen',
      merge: null,
      gather: async (name, ids) => {
        const campaign = await create('Campaign', { Name: name, IsActive: true });
        campaigns.push(campaign);
        for (const id of ids) await create('CampaignMember', { CampaignId: campaign, [`${object}Id`]: id });
        return { kind: 'campaign', id: campaign, name };
      },
      optOut: (id) => ask('PATCH', `/sobjects/${object}/${id}`, { HasOptedOutOfEmail: true }),
      hang: null,
    },
    loseReply: null,
    drop: null,
    expire: null,
    settle: (ms = crm.traits.indexLagMs) => wait(ms),
    now: Date.now,
    lags: [],
    exchanges: recorder.exchanges,
    end: async () => {
      for (const id of campaigns) await ask('DELETE', `/sobjects/Campaign/${id}`);
      await recorder.close();
    },
  };
}
