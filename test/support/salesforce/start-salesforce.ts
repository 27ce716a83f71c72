import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeOrg, type Org, type OrgHabits } from './org.ts';
import { makeOrgAuth, type OrgAuth } from './org-auth.ts';
import { OrgError, restError } from './org-errors.ts';
import { peopleOf } from './org-people.ts';
import { answerData, OFFERED_VERSIONS } from './org-routes.ts';

/** What goes wrong with requests whose `METHOD /path` holds a text. */
export type OrgFault = {
  readonly route: string;
  readonly kind: 'error' | 'lost_reply' | 'dropped' | 'meanwhile';
  readonly error?: OrgError;
  readonly act?: () => void;
  left: number;
};
export type FakeSalesforce = {
  readonly url: string;
  readonly org: Org;
  readonly auth: OrgAuth;
  readonly people: ReturnType<typeof peopleOf>;
  readonly requests: { readonly method: string; readonly path: string; readonly body: string }[];
  /** Gives the plan, of which `left` tells how often it is still to come. */
  readonly fault: (route: string, fault: Omit<OrgFault, 'route' | 'left'>, times?: number) => OrgFault;
  readonly stop: () => Promise<void>;
};

/** A Salesforce org on a free port of this machine: login server and REST interface behind one address. */
export async function startSalesforce(
  options: {
    /** When things happen there. */
    readonly now?: () => number;
    /** What its answers say the time is; else that. Ahead of it, all that happened has settled. */
    readonly clock?: () => number;
    readonly habits?: Partial<OrgHabits>;
    readonly redirects?: readonly string[];
  } = {},
): Promise<FakeSalesforce> {
  const now = options.now ?? Date.now;
  const org = makeOrg(now, options.habits);
  let url = '';
  const auth = makeOrgAuth(org.orgId, now, () => url);
  for (const redirect of options.redirects ?? []) auth.redirects.add(redirect);
  const faults: OrgFault[] = [];
  const requests: { method: string; path: string; body: string }[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/' } = incoming;
    requests.push({ method, path, body: body.toString() });
    const fault = faults.find((planned) => planned.left > 0 && `${method} ${path} `.includes(planned.route));
    if (fault) fault.left -= 1;
    if (fault?.kind === 'dropped') return void incoming.socket.destroy();
    if (fault?.kind === 'meanwhile') fault.act?.();
    const given = new Request(new URL(path, url), { method, headers: plainHeaders(incoming), ...(method === 'GET' ? {} : { body }) });
    const answer = fault?.kind === 'error' && fault.error ? errorAnswer(fault.error) : await respond(org, auth, given);
    if (fault?.kind === 'lost_reply') return void incoming.socket.destroy();
    await send(outgoing, answer, org.habits, path, options.clock ?? org.now);
  });
  // In one process with its client it may be kept from answering for long.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  return {
    url,
    org,
    auth,
    people: peopleOf(org),
    requests,
    fault: (route, given, times = 1) => {
      const planned: OrgFault = { route, ...given, left: times };
      faults.push(planned);
      return planned;
    },
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
      return Response.json(OFFERED_VERSIONS.map((version) => ({ label: `v${version}`, url: `/services/data/v${version}`, version })));
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

async function send(outgoing: ServerResponse, answer: Response, habits: OrgHabits, path: string, clock: () => number): Promise<void> {
  // Neither an answer without a body nor what needs no session says it.
  const tells = path.startsWith('/services/data/') && answer.status !== 204;
  const usage = tells ? { 'Sforce-Limit-Info': `api-usage=${habits.usedToday}/${habits.dailyLimit}` } : {};
  outgoing.writeHead(answer.status, { Date: new Date(clock()).toUTCString(), ...Object.fromEntries(answer.headers), ...usage });
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
}

function plainHeaders({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
