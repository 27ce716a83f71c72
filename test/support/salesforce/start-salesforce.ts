import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeOrg, type Org, type OrgHabits } from './org.ts';
import { makeOrgAuth, type OrgAuth } from './org-auth.ts';
import { OrgError, restError } from './org-errors.ts';
import { peopleOf } from './org-people.ts';
import { answerData } from './org-routes.ts';

/** What goes wrong with requests whose `METHOD /path` holds a text. */
export type OrgFault = {
  readonly route: string;
  readonly kind: 'error' | 'lost_reply' | 'dropped' | 'meanwhile';
  readonly error?: OrgError;
  readonly act?: () => void;
  left: number;
};
export type FakeSalesforce = Omit<ReturnType<typeof makeSalesforce>, 'answer'> & {
  readonly url: string;
  readonly stop: () => Promise<void>;
};

export type SalesforceSetup = {
  /** When things happen there. */
  readonly now?: () => number;
  /** What its answers say the time is; else that. Ahead of it, all that happened has settled. */
  readonly clock?: () => number;
  readonly habits?: Partial<OrgHabits>;
  readonly redirects?: readonly string[];
};

/** A Salesforce org, its login server and REST interface, without a socket. `url`: where it is. */
export function makeSalesforce(setup: SalesforceSetup, url: () => string) {
  const now = setup.now ?? Date.now;
  const org = makeOrg(now, setup.habits);
  const auth = makeOrgAuth(org.orgId, now, url);
  for (const redirect of setup.redirects ?? []) auth.redirects.add(redirect);
  const faults: OrgFault[] = [];
  const requests: { method: string; path: string; body: string }[] = [];
  return {
    org,
    auth,
    people: peopleOf(org),
    requests,
    fault: (route: string, given: Omit<OrgFault, 'route' | 'left'>, times = 1): OrgFault => {
      const planned: OrgFault = { route, ...given, left: times };
      faults.push(planned);
      return planned;
    },
    /** Answers a request; null where a fault breaks the connection. */
    answer: async (given: Request, path: string, body: string): Promise<Response | null> => {
      const { method } = given;
      requests.push({ method, path, body });
      const fault = faults.find((planned) => planned.left > 0 && `${method} ${path} `.includes(planned.route));
      if (fault) fault.left -= 1;
      if (fault?.kind === 'dropped') return null;
      fault?.act?.();
      const answer = fault?.kind === 'error' && fault.error ? errorAnswer(fault.error) : await respond(org, auth, given);
      if (fault?.kind === 'lost_reply') return null;
      const headers = [...answer.headers, ...tellsAlways(org.habits, answer, path, setup.clock ?? now)];
      return new Response(answer.body, { status: answer.status, headers });
    },
  };
}

/** The same on a free port of this machine: both behind one address. */
export async function startSalesforce(setup: SalesforceSetup = {}): Promise<FakeSalesforce> {
  let url = '';
  const { answer: answerTo, ...salesforce } = makeSalesforce(setup, () => url);
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/' } = incoming;
    const given = new Request(new URL(path, url), { method, headers: plainHeaders(incoming), ...(method === 'GET' ? {} : { body }) });
    const answer = await answerTo(given, path, body.toString());
    if (answer === null) return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  // In one process with its client it may be kept from answering for long.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  return {
    ...salesforce,
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(org: Org, auth: OrgAuth, request: Request): Promise<Response> {
  const url = new URL(request.url);
  try {
    if (url.pathname.startsWith('/services/oauth2/')) return await auth.answer(request, url);
    if (url.pathname === '/services/data')
      return Response.json(org.habits.versions.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version })));
    const token = /^Bearer (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '';
    if (!auth.isGood(token)) throw restError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    if (org.habits.usedToday >= org.habits.dailyLimit) throw restError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    org.habits.usedToday += 1;
    return await answerData(org, request, url);
  } catch (error) {
    if (error instanceof OrgError) return errorAnswer(error);
    throw error;
  }
}

function errorAnswer({ status, body }: OrgError): Response {
  if (typeof body !== 'string') return Response.json(body, { status });
  return new Response(body === '' ? null : body, { status, headers: { 'Content-Type': 'text/html' } });
}

/** What an answer tells whatever was asked. Neither one without a body nor what needs no session says how much is used. */
function tellsAlways(habits: OrgHabits, { status }: Response, path: string, clock: () => number): readonly [string, string][] {
  const date = ['Date', new Date(clock()).toUTCString()] satisfies [string, string];
  if (!path.startsWith('/services/data/') || status === 204) return [date];
  const usage = habits.tellsUsage(habits.usedToday, habits.dailyLimit);
  return usage === null ? [date] : [date, ['Sforce-Limit-Info', usage]];
}

function plainHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
