import type { RecordType } from '../../shared/crm/record.ts';
import { openOrg } from '../support/salesforce/open-org.ts';
import type { OrgHabits } from '../support/salesforce/org.ts';
import { crmContract } from './crm-contract.ts';
import type { CrmWorld } from './crm-world.ts';

const NAMES = { first: 'FirstName', last: 'LastName', email: 'Email', phone: 'Phone' } as const;

/** The loopback org; `lateMs` is how late queries see what a transaction has written. */
async function makeLoopback(type: RecordType, habits: Partial<OrgHabits> = {}): Promise<CrmWorld> {
  const org = await openOrg(habits);
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
    end: org.fake.stop,
  };
}

crmContract('Salesforce, by its leads', () => makeLoopback('lead'));
crmContract('Salesforce, by its contacts', () => makeLoopback('contact'));
crmContract('A Salesforce org without our field that answers few rows at once', () =>
  makeLoopback('lead', { hasKeyField: false, batchSize: 7 }),
);
