import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A site with files on this machine: everything a link can lead to, good and bad. */
export type FakeFiles = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Path and cookie of each request, as `GET /leads.csv cookie=…`. */
  readonly requests: string[];
  /** Bytes that were handed to the network, over all answers. */
  sentBytes(): number;
  close(): Promise<void>;
};

export const FILE_ROWS =
  'First Name,Last Name,Email,Phone\r\nAnn,Lee,ann@example.com,+12025550123\r\nBob,Ray,bob@example.com,+12025550124\r\n';
const LOGIN = '<!doctype html><title>Acme</title><form><input name=u><input type=password name=p></form>';
const ATTACHED = { 'content-disposition': "attachment; filename*=UTF-8''June%20l%C3%A9ads.csv" };
const ZEROS = Buffer.alloc(1024 * 1024);
/** 300 MB of zeros in 0.3 MB. */
const bomb = () => gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 1 });

type Answer = (request: IncomingMessage, response: ServerResponse, at: { readonly count: (bytes: number) => void }) => void;
const send =
  (status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);

const PATHS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['/leads.csv', send(200, 'text/csv', FILE_ROWS)],
  ['/as-binary', send(200, 'application/octet-stream', FILE_ROWS, ATTACHED)],
  ['/as-html.csv', send(200, 'text/html', FILE_ROWS)],
  ['/packed.csv', send(200, 'text/csv', gzipSync(FILE_ROWS), { 'content-encoding': 'gzip' })],
  ['/empty.csv', send(200, 'text/csv', '')],
  ['/page', send(200, 'text/html', '<!doctype html><title>Our leads</title><p>They are great.')],
  ['/page.csv', send(200, 'text/csv', '<!doctype html><title>Our leads</title><p>They are great.')],
  ['/login.csv', send(200, 'text/html', LOGIN)],
  ['/401.csv', send(401, 'text/plain', 'who are you?')],
  ['/403.csv', send(403, 'text/plain', 'not you')],
  ['/410.csv', send(410, 'text/plain', 'gone')],
  ['/500.csv', send(500, 'text/plain', 'oh')],
  ['/429.csv', send(429, 'text/plain', 'slowly')],
  ['/moved.csv', send(302, 'text/plain', '', { location: '/as-binary' })],
  ['/to-login.csv', send(302, 'text/plain', '', { location: '/login.csv' })],
  ['/loop.csv', send(302, 'text/plain', '', { location: '/loop.csv' })],
  // Answers never.
  ['/silent.csv', () => {}],
  ['/stalls.csv', (_request, response) => void response.writeHead(200, { 'content-type': 'text/csv' }).write('First Name,')],
  [
    '/breaks.csv',
    (_request, response) => response.writeHead(200, { 'content-length': '999' }).write('First Name,', () => response.destroy()),
  ],
  ['/said-large.csv', (_request, response) => void response.writeHead(200, { 'content-length': String(300 * 1024 * 1024) }).write('a,b\n')],
  ['/endless.csv', (_request, response, { count }) => endless(response, count)],
  ['/bomb.csv', (_request, response) => response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' }).end(bomb())],
  [
    '/private.csv',
    (request, response) =>
      request.headers.cookie?.includes('session=ann')
        ? response.writeHead(200, { 'content-type': 'text/csv' }).end(FILE_ROWS)
        : response.writeHead(200, { 'content-type': 'text/html' }).end(LOGIN),
  ],
  ['/sign-in', send(200, 'text/html', '<!doctype html><p>Hello Ann', { 'set-cookie': 'session=ann; Path=/' })],
]);

/** Starts it. `/to?<address>` leads on to any address; other paths are 404. */
export async function startFiles(): Promise<FakeFiles> {
  const requests: string[] = [];
  let sent = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}${request.headers.cookie ? ` ${request.headers.cookie}` : ''}`);
    const answer = path.startsWith('/to?') ? send(302, 'text/plain', '', { location: path.slice(4) }) : PATHS.get(path);
    (answer ?? send(404, 'text/html', '<!doctype html><p>No such page'))(request, response, { count: (bytes) => (sent += bytes) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    sentBytes: () => sent,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function endless(response: ServerResponse, count: (bytes: number) => void): void {
  response.writeHead(200, { 'content-type': 'text/csv' });
  const more = () => {
    while (!response.destroyed) {
      count(ZEROS.length);
      if (!response.write(ZEROS)) return void response.once('drain', more);
    }
  };
  more();
}
