import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to a CRM and its answer. What tells who asks is not kept. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string | null;
  /** Null = no body; JSON where it is, else the text. */
  readonly sent: unknown;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly answer: unknown;
};
export type Recorder = { readonly url: string; readonly exchanges: Exchange[]; readonly close: () => Promise<void> };

/** Headers that are about one connection or one encoding: each side of the recorder has its own. */
const OF_ONE_HOP = new Set(['connection', 'content-encoding', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

/** An address of this machine that passes everything on to `target` and keeps what was said. A connection that broke stays broken. */
export async function startRecorder(target: string): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    const { method = 'GET', url = '/' } = incoming;
    const at = new URL(url, target);
    try {
      const given = Object.entries(incoming.headers).flatMap(([name, value]): readonly [string, string][] =>
        OF_ONE_HOP.has(name) || typeof value !== 'string' ? [] : [[name, value]],
      );
      const body = sent.length === 0 ? {} : { body: sent };
      const answer = await fetch(at, { method, headers: given, redirect: 'manual', ...body });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const headers = new Map([...answer.headers].filter(([name]) => !OF_ONE_HOP.has(name)));
      exchanges.push({
        method,
        path: at.pathname,
        query: at.searchParams,
        contentType: incoming.headers['content-type'] ?? null,
        sent: read(sent),
        status: answer.status,
        headers,
        answer: read(bytes),
      });
      outgoing.writeHead(answer.status, Object.fromEntries(headers));
      outgoing.end(bytes);
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo; // it listens on a port
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, exchanges, close };
}

function read(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
