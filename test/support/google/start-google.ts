import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeAuth, type FakeClient, makeFakeAuth, SHEETS_SCOPE } from './fake-google-auth.ts';
import { type FakeSheets, type FakeSpreadsheet, makeFakeSheets } from './fake-sheets.ts';

export type FakeGoogle = { readonly auth: FakeAuth; readonly sheets: FakeSheets; readonly answer: (request: Request) => Promise<Response> };
export type GoogleSetup = {
  readonly spreadsheets?: readonly FakeSpreadsheet[];
  readonly redirects?: readonly string[];
  /** Accounts signed in to the browser, the first one preferred. */
  readonly emails?: readonly string[];
  readonly now?: () => number;
};

export const CLIENT: FakeClient = { id: '1234-demo.apps.googleusercontent.com', secret: 'GOCSPX-demo-secret', redirects: [] };

/** Authorization server and Sheets API behind one origin, without a socket: `answer` can stand in for `fetch`. */
export function makeGoogle(setup: GoogleSetup = {}): FakeGoogle {
  const { spreadsheets = [], redirects = [], emails = ['ann@example.com'], now = Date.now } = setup;
  const auth = makeFakeAuth({ ...CLIENT, redirects }, emails, now);
  const sheets = makeFakeSheets(spreadsheets, (token) => {
    const grant = auth.tokens.get(token);
    return grant && grant.endsAt >= now() ? grant : null;
  });
  const answer = async (request: Request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
    return new URL(request.url).pathname.startsWith('/v4/') ? sheets.answer(request) : auth.answer(request);
  };
  return { auth, sheets, answer };
}

/** `fetch` into the fake, which honours the signal of a call. */
export function fetchInto(google: Pick<FakeGoogle, 'answer'>): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    return google.answer(request);
  };
}

/** A code as a person's consent gives it, and its verifier. */
export async function makeCode(
  google: Pick<FakeGoogle, 'answer'>,
  redirectUri: string,
): Promise<{ readonly code: string; readonly codeVerifier: string }> {
  const codeVerifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: SHEETS_SCOPE,
    state: 's',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const answer = await google.answer(new Request(`http://google.test/o/oauth2/v2/auth?${query}`));
  return { code: new URL(answer.headers.get('Location') ?? '').searchParams.get('code') ?? '', codeVerifier };
}

export type RunningGoogle = FakeGoogle & { readonly url: string; readonly stop: () => Promise<void> };

/** The same on a free port of this machine: its address is both LEADLINE_GOOGLE_API_URL and LEADLINE_GOOGLE_AUTH_URL. */
export async function startGoogle(setup: GoogleSetup = {}): Promise<RunningGoogle> {
  const google = makeGoogle(setup);
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = 'GET', url = '/', headers } = incoming;
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.concat(chunks) };
    const given = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    );
    const answer = await google.answer(new Request(new URL(url, `http://${headers.host}`), { method, headers: given, ...body }));
    // Google's APIs let every page ask that has a token.
    const open = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Expose-Headers': 'Retry-After',
    };
    outgoing.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...open });
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref(); // a test that forgets to stop it still ends
  const { port } = server.address() as AddressInfo; // it listens on a port
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { ...google, url: `http://127.0.0.1:${port}`, stop };
}
