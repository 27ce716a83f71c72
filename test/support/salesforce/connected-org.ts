import { afterEach, expect } from 'vitest';
import { startServer, type TestServer } from '../start-server.ts';
import type { OrgHabits } from './org.ts';
import { type FakeSalesforce, startSalesforce } from './start-salesforce.ts';

const BACK = 'http://localhost:8787/oauth/salesforce/callback';

/** A server that is connected to a loopback org, and the clock of both. */
export type ConnectedOrg = {
  readonly fake: FakeSalesforce;
  readonly server: TestServer;
  readonly id: string;
  readonly pass: (ms: number) => void;
  /** A request below the connection; gives the answer's body. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers are judged by the tests
  readonly post: (path: string, body?: unknown) => Promise<any>;
  readonly change: (settings: unknown) => Promise<Response>;
  /** A run twenty minutes later, which has to end well. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly sync: () => Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly leads: () => Promise<any[]>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly lead: (email: string) => Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly errors: () => Promise<any[]>;
  readonly stop: () => Promise<void>;
};

export const ANN = { FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com', Title: 'Buyer' };

/** `more`: what else the operator has set. */
export async function openConnectedOrg(
  habits: Partial<OrgHabits> = {},
  more: (fake: FakeSalesforce) => object = () => ({}),
): Promise<ConnectedOrg> {
  let now = Date.UTC(2026, 4, 4, 10);
  const fake = await startSalesforce({ now: () => now, redirects: [BACK], habits });
  const env = {
    LEADLINE_SALESFORCE_CLIENT_ID: fake.auth.clientId,
    LEADLINE_SALESFORCE_CLIENT_SECRET: fake.auth.clientSecret,
    LEADLINE_SALESFORCE_API_URL: fake.url,
    LEADLINE_SALESFORCE_AUTH_URL: fake.url,
    ...more(fake),
  };
  const server = await startServer({ now: () => now, env });
  const id = await connect(server);
  const post = async (path: string, body: unknown = {}) => (await server.send('POST', `/api/connections/${id}${path}`, body)).json();
  const leads = async () => (await (await server.ask('/api/leads?limit=100')).json()).leads;
  return {
    fake,
    server,
    id,
    post,
    leads,
    pass: (ms) => {
      now += ms;
    },
    change: (settings) => server.send('PATCH', `/api/connections/${id}`, settings),
    sync: async () => {
      now += 20 * 60_000;
      const ran = await post('/sync');
      expect(ran).toMatchObject({ outcome: 'done', failure: null });
      return ran;
    },
    lead: async (email) => (await leads()).find((one: { email: string }) => one.email === email),
    errors: async () => (await (await server.ask(`/api/connections/${id}/errors`)).json()).errors,
    stop: async () => {
      await server.stop();
      await fake.stop();
    },
  };
}

/** Connects orgs for the tests of a file, and stops them after each. */
export function orgsOfTests(): (habits?: Partial<OrgHabits>) => Promise<ConnectedOrg> {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  return async (habits) => {
    const org = await openConnectedOrg(habits);
    stops.push(org.stop);
    return org;
  };
}

async function connect(server: TestServer): Promise<string> {
  expect((await signIn(server)).status).toBe(200);
  return (await (await server.ask('/api/connections')).json()).connections[0].id;
}

/** Somebody signs in there and says yes. */
export async function signIn(server: TestServer, asked: object = {}): Promise<Response> {
  const { url } = await (await server.send('POST', '/api/connections/salesforce/authorize', asked)).json();
  const consent = await fetch(url, { redirect: 'manual' });
  const back = new URL(consent.headers.get('Location') ?? '');
  return server.ask(back.pathname + back.search, { key: null });
}
