import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type QuirkyVendor = {
  readonly url: string;
  /** Everything that came: `METHOD /path` and the form. */
  readonly requests: { readonly route: string; readonly form: URLSearchParams }[];
  /** What it answers next, to everything. */
  answer: (route: string, form: URLSearchParams) => { readonly status: number; readonly body: unknown; readonly location?: string };
  readonly close: () => Promise<void>;
};

/** An authorization server on this machine that answers whatever a test wants, as no honest one would. */
export async function startQuirkyVendor(): Promise<QuirkyVendor> {
  const vendor: Omit<QuirkyVendor, 'url' | 'close'> = { requests: [], answer: () => ({ status: 500, body: {} }) };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const route = `${incoming.method} ${incoming.url?.split('?')[0]}`;
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    vendor.requests.push({ route, form });
    const { status, body, location } = vendor.answer(route, form);
    outgoing.writeHead(status, { 'Content-Type': 'application/json', ...(location ? { Location: location } : {}) });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo; // it listens on a port
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(vendor, { url: `http://127.0.0.1:${port}`, close });
}
