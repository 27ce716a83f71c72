import { createServer, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { fail, ok, type Result } from '#shared/result.ts';
import { SECURITY_HEADERS } from './headers.ts';

export type Fetch = (request: Request, bindings?: object) => Response | Promise<Response>;
export type Listening = {
  readonly port: number;
  /** Takes no new requests, waits for those under way (at most `graceMs`), then ends. */
  readonly close: (graceMs: number) => Promise<void>;
};
export type ListenError = { readonly code: 'port_in_use' | 'port_forbidden' | 'address_unknown' };

/** How long a connection may keep us waiting, in ms. `lookMs`: how often that is looked at. */
export type Patience = { readonly headMs: number; readonly requestMs: number; readonly lookMs: number };
/** A head that takes longer is a slow attack or a dead line; a body of 10 MB may come over a slow one. */
const PATIENCE: Patience = { headMs: 20_000, requestMs: 5 * 60_000, lookMs: 30_000 };
const MAX_HEADER_BYTES = 16 * 1024;
const SWEEP_MS = 20;
/** More at once than any team of browsers opens. */
const MAX_CONNECTIONS = 1_000;

/**
 * Listens on an address; where that is 127.0.0.1, on ::1 too, as `localhost` can mean either. Port 0 takes a free one.
 * `onPort` is told the port before the first request is answered.
 */
export async function listen(
  fetch: Fetch,
  host: string,
  port: number,
  onPort: (port: number) => void,
  patience: Patience = PATIENCE,
): Promise<Result<Listening, ListenError>> {
  const first = await listenOn(fetch, host, port, patience);
  if (!first.ok) return first;
  const address = first.value.address() as AddressInfo; // a TCP server that listens has one
  onPort(address.port);
  const second = host === '127.0.0.1' ? await listenOn(fetch, '::1', address.port, patience) : null;
  if (second && !second.ok && second.error.code === 'port_in_use') {
    await close(first.value, 0);
    return second; // somebody else would answer under our name
  }
  const servers = second?.ok ? [first.value, second.value] : [first.value];
  return ok({
    port: address.port,
    close: async (graceMs) => {
      await Promise.all(servers.map((server) => close(server, graceMs)));
    },
  });
}

async function listenOn(fetch: Fetch, host: string, port: number, patience: Patience): Promise<Result<Server, ListenError>> {
  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: patience.headMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.lookMs,
  };
  const server = createServer(options, getRequestListener(fetch, { overrideGlobalObjects: false }));
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuse);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return ok(server);
  } catch (error) {
    return fail({ code: toCode(error) });
  }
}

function toCode(error: unknown): ListenError['code'] {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') return 'port_in_use';
  if (code === 'EACCES') return 'port_forbidden';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAFNOSUPPORT' || code === 'EINVAL') return 'address_unknown';
  throw error;
}

/**
 * What cannot be read as HTTP gets an answer in our shape all the same, and one that stops in the middle is told to come
 * again. A connection that has asked nothing is closed without a word: browsers open some ahead, and would take the word
 * for the answer to the request they send on it in that moment.
 */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const isSilent = socket instanceof Socket && socket.bytesRead === 0;
  if (!socket.writable || error.code === 'ECONNRESET' || (isLate && isSilent)) socket.destroy();
  else if (isLate) socket.end(rawAnswer('408 Request Timeout', ''));
  else socket.end(rawAnswer('400 Bad Request', UNREADABLE));
}

const UNREADABLE = JSON.stringify({ error: 'This is not a request that can be read.', code: 'INVALID_REQUEST', requestId: 'none' });

function rawAnswer(status: string, json: string): string {
  const headers = [
    ...SECURITY_HEADERS,
    ...(json === '' ? [] : [['Content-Type', 'application/json']]),
    ['Content-Length', String(json.length)],
    ['Connection', 'close'],
  ];
  return `HTTP/1.1 ${status}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${json}`;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection whose last answer goes out now would be kept open for a next request that is not taken any more.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(sweep);
  clearTimeout(force);
}
