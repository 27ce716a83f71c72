import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultRoute, type LoggedRequest, makeFaults, NoAnswer, withFaults } from './faults.ts';
import { HubspotError, hubspotError, missingScopes, notFound } from './hubspot-errors.ts';
import { HUBSPOT_APP, type HubspotApp, makeOAuth } from './hubspot-oauth.ts';
import { makePortal, type PortalHabits } from './portal.ts';
import { dayHeaders, type LimitSetup, makeLimits } from './portal-limits.ts';
import { makePeople } from './portal-people.ts';
import { answerApi, scopesOf } from './route-request.ts';

export type HubspotSetup = {
  /** When things happen there. */
  readonly now?: () => number;
  /** What its answers say the time is; else that. Ahead of it, all that happened has settled. */
  readonly clock?: () => number;
  readonly app?: Partial<HubspotApp>;
  readonly habits?: Partial<PortalHabits>;
  /** Limits that are enforced; none unless given. */
  readonly limits?: Partial<LimitSetup>;
};
export type FakeHubspot = ReturnType<typeof makeHubspot>;
export type RunningHubspot = FakeHubspot & { readonly url: string; readonly authUrl: string; readonly close: () => Promise<void> };

/** A HubSpot portal with its API and its authorization server behind one origin, without a socket. */
export function makeHubspot({ now = Date.now, app = {}, habits = {}, limits = {} }: HubspotSetup = {}) {
  const portal = makePortal(now, habits);
  const registered: HubspotApp = { ...HUBSPOT_APP, ...app };
  const oauth = makeOAuth(registered, portal.portalId, now);
  const faults = makeFaults();
  const counted = makeLimits(now, {
    perTenSeconds: null,
    perSecond: null,
    searchPerSecond: null,
    perDay: null,
    tellsDay: dayHeaders,
    ...limits,
  });
  const requests: LoggedRequest[] = [];

  function carryOut(request: Request, url: URL, text: string): Response {
    const { method } = request;
    const path = url.pathname;
    if (method === 'GET' && path === '/oauth/authorize') return oauth.authorize(url.searchParams);
    const effects = faults.take(`${method} ${path}`);
    if (path.startsWith('/oauth/')) {
      const [isToken, below] = /^\/oauth\/2026-03\/token(\/.*)?$/.exec(path) ?? [];
      if (isToken === undefined) throw notFound();
      if (method !== 'POST') throw hubspotError(405, null, 'Method not allowed');
      const isForm = /^application\/x-www-form-urlencoded(;|$)/.test(request.headers.get('Content-Type') ?? '');
      if (!isForm) throw hubspotError(415, null, 'HTTP 415 Unsupported Media Type');
      const answer = withFaults(effects, () => oauth.answerToken(below ?? '', new URLSearchParams(text)));
      return answer === null ? respond(404, null) : respond(answer.status, answer.body);
    }
    const grant = oauth.authenticate(request.headers.get('Authorization'));
    const needed = scopesOf(method, path);
    const missing = needed.filter((scope) => !grant.scopes.includes(scope));
    if (missing.length > 0) throw missingScopes(missing);
    const headers = counted.count(path.endsWith('/search'), grant.isOAuth);
    const read = { method, path, query: url.searchParams, text, contentType: request.headers.get('Content-Type'), appId: grant.appId };
    const answer = withFaults(effects, () => answerApi(portal, read));
    const status = answer.status === 201 && portal.habits.plainSuccess ? 200 : answer.status;
    return respond(status, answer.body, headers);
  }

  return {
    portal,
    people: makePeople(portal),
    oauth,
    app: registered,
    faults,
    limits: counted,
    /** Every request that came, oldest first. */
    requests,
    /** How many requests of a route came: those whose `METHOD /path` holds the text or fits the pattern. */
    count: (route: FaultRoute): number =>
      requests.filter(({ method, path }) => {
        const name = `${method} ${path}`;
        return typeof route === 'string' ? name.includes(route) : route.test(name);
      }).length,
    /** Answers a request; throws `NoAnswer` where a fault breaks the connection. */
    answer: async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const text = await request.text();
      requests.push({ method: request.method, path: url.pathname, query: url.search, body: text, at: now() });
      try {
        return carryOut(request, url, text);
      } catch (error) {
        if (!(error instanceof HubspotError)) throw error;
        return respond(error.status, error.body, error.headers, portal.habits.terseErrors);
      }
    },
  };
}

function respond(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}, isTerse = false): Response {
  if (body === null) return new Response(null, { status, headers });
  if (typeof body === 'string') return new Response(body, { status, headers: { ...headers, 'Content-Type': 'text/html' } });
  const { category: _category, errors: _errors, links: _links, correlationId: _id, ...must } = isTerse ? Object(body) : { ...Object(body) };
  const sent = isTerse ? must : body;
  return new Response(JSON.stringify(sent), { status, headers: { ...headers, 'Content-Type': 'application/json;charset=utf-8' } });
}

/** The same on a free port of this machine: `url` is the API's base and `authUrl` that of the consent page. */
export async function startHubspot(setup: HubspotSetup = {}): Promise<RunningHubspot> {
  const hubspot = makeHubspot(setup);
  const clock = () => (setup.clock ?? hubspot.portal.now)();
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = 'GET', url = '/', headers } = incoming;
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) };
    const given = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    );
    try {
      const answer = await hubspot.answer(new Request(new URL(url, `http://${headers.host}`), { method, headers: given, ...body }));
      outgoing.writeHead(answer.status, { Date: new Date(clock()).toUTCString(), ...Object.fromEntries(answer.headers) });
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      if (!(error instanceof NoAnswer)) console.error(error); // a bug of the loopback, not a fault
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // a test that forgets to close it still ends
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = `http://127.0.0.1:${port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { ...hubspot, url, authUrl: url, close };
}
