import { startHubspot } from '../support/hubspot/start-hubspot.ts';
import { startSalesforce } from '../support/salesforce/start-salesforce.ts';
import { hubspotEnv, salesforceEnv } from '../support/start-server.ts';
import { ask, type Target } from './chunked-client.ts';

/** Fields that people edit on both sides. */
export const FIELDS = ['jobTitle', 'companyName'] as const;
export type Field = (typeof FIELDS)[number];
export type RemotePerson = {
  readonly id: string;
  readonly email: string;
  /** What our unique field holds. */
  readonly key: string | null;
  readonly values: ReadonlyMap<Field, string>;
};
/** A CRM on this machine, as the sweep needs it. */
export type Remote = {
  readonly env: Readonly<Record<string, string>>;
  /** Connects the server to it; gives the path of the connection. */
  readonly connect: (target: Target) => Promise<string>;
  readonly add: (email: string) => void;
  /** Gives the value that stood there before. */
  readonly edit: (person: RemotePerson, field: Field, value: string) => string;
  readonly people: () => readonly RemotePerson[];
  /** Writes of records that came so far. */
  readonly writes: () => number;
  /** Does something right before the nth request from now is carried out. */
  readonly before: (nth: number, act: () => void) => void;
  /** The next writes are carried out, and their answers lost. */
  readonly loseReplies: (count: number) => void;
  /** Forgets what was planned; gives how many answers were lost of those planned. */
  readonly calm: () => number;
  /** An edit in the very moment of a write is told by the history of values; Salesforce has none. */
  readonly seesRaces: boolean;
  readonly stop: () => Promise<void>;
};

/** What happens in the CRM happened a while ago, so that nothing is too young to be read. */
const now = () => Date.now() - 2 * 60_000;
const WRITE = /^(POST .*contacts\/batch\/(create|update)|PATCH .*contacts)/;

export async function hubspotRemote(): Promise<Remote> {
  const hubspot = await startHubspot({ now, clock: Date.now });
  const { people, faults } = hubspot;
  const names: Record<Field, string> = { jobTitle: 'jobtitle', companyName: 'company' };
  let planned = 0;
  return {
    env: hubspotEnv(hubspot),
    connect: async (target) => {
      const reply = await ask(target, 'POST', '/api/connections/hubspot/service-key', { key: hubspot.oauth.serviceKey() });
      return `/api/connections/${JSON.parse(reply?.body ?? '').id}`;
    },
    add: (email) => void people.createContact({ firstname: 'Ann', lastname: 'Lee', email, jobtitle: 'Buyer', company: 'Fernhill' }),
    edit: ({ id }, field, value) => {
      const before = people.contact(id)?.get(names[field]) ?? '';
      people.editContact(id, { [names[field]]: value });
      return before;
    },
    people: () =>
      people.contactIds().map((id) => {
        const values = people.contact(id);
        const value = (name: string) => values?.get(name) ?? '';
        return {
          id,
          email: value('email'),
          key: value('leadline_id') || null,
          values: new Map(FIELDS.map((field) => [field, value(names[field])])),
        };
      }),
    writes: () => hubspot.count(WRITE),
    before: (nth, act) => {
      let left = nth;
      faults.meanwhile(/./, () => --left === 0 && act(), nth);
    },
    loseReplies: (count) => {
      planned += count;
      faults.loseReply(WRITE, count);
    },
    calm: () => {
      const left = faults.clear().reduce((sum, fault) => sum + (fault.effect.kind === 'silence' ? fault.left : 0), 0);
      const lost = planned - left;
      planned = 0;
      return lost;
    },
    seesRaces: true,
    stop: hubspot.close,
  };
}

const COLLECTION = '/composite/sobjects ';
const SINGLE = 'PATCH /services/data/v67.0/sobjects/Lead/';

export async function salesforceRemote(): Promise<Remote> {
  const org = await startSalesforce({ now, clock: Date.now });
  org.org.habits.dailyLimit = 10_000_000;
  const names: Record<Field, string> = { jobTitle: 'Title', companyName: 'Company' };
  let plans: ReturnType<typeof org.fault>[] = [];
  let planned = 0;
  return {
    env: salesforceEnv(org),
    connect: async (target) => {
      org.auth.redirects.add(`http://localhost:${target.port}/oauth/salesforce/callback`);
      const begun = await ask(target, 'POST', '/api/connections/salesforce/authorize', {});
      const consent = await fetch(JSON.parse(begun?.body ?? '').url, { redirect: 'manual' });
      const back = new URL(consent.headers.get('Location') ?? '');
      await ask(target, 'GET', `${back.pathname}${back.search}`);
      const connected = await ask(target, 'GET', '/api/connections');
      return `/api/connections/${JSON.parse(connected?.body ?? '').connections[0].id}`;
    },
    add: (email) => void org.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: email, Title: 'Buyer', Company: 'Fernhill' }),
    edit: ({ id }, field, value) => {
      const before = org.people.read(id)[names[field]];
      org.people.edit(id, { [names[field]]: value });
      return typeof before === 'string' ? before : '';
    },
    people: () =>
      [...org.people.live('Lead'), ...org.people.live('Contact')].map((values) => {
        const value = (name: string) => String(values[name] ?? '');
        return {
          id: value('Id'),
          email: value('Email'),
          key: value('Leadline_Id__c') || null,
          values: new Map(FIELDS.map((field) => [field, value(names[field])])),
        };
      }),
    writes: () =>
      org.requests.filter(
        ({ method, path }) => method !== 'GET' && (`${path} `.includes(COLLECTION) || `${method} ${path}`.includes(SINGLE)),
      ).length,
    before: (nth, act) => {
      let left = nth;
      plans.push(org.fault('', { kind: 'meanwhile', act: () => --left === 0 && act() }, nth));
    },
    loseReplies: (count) => {
      planned += 2 * count;
      for (const route of [COLLECTION, SINGLE]) plans.push(org.fault(route, { kind: 'lost_reply' }, count));
    },
    calm: () => {
      const lost = planned - plans.reduce((sum, plan) => sum + (plan.kind === 'lost_reply' ? plan.left : 0), 0);
      for (const plan of plans) plan.left = 0;
      [plans, planned] = [[], 0];
      return lost;
    },
    seesRaces: false,
    stop: org.stop,
  };
}
