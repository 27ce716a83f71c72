import { setDispatcher } from 'jsforce/lib/request.js';

/** Answers a request; null breaks the connection. */
type Answer = (request: Request, path: string, body: string) => Promise<Response | null>;

/** What jsforce's fetch asks for, and whom it tells the answer, as far as they are needed here (undici's Dispatcher). */
type Asked = {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>> | readonly { readonly name: string; readonly value: string }[];
  readonly body: AsyncIterable<Uint8Array> | null;
};
type Listener = {
  onRequestStart(controller: object): void;
  onResponseStart(controller: object, status: number, headers: Readonly<Record<string, string>>, text: string): void;
  onResponseData(controller: object, chunk: Uint8Array): void;
  onResponseEnd(controller: object, trailers: object): void;
  onResponseError(controller: object, error: Error): void;
};

const servers = new Map<string, Answer>();
const { fetch } = globalThis;
let count = 0;

/**
 * Has an address of this process alone answered by a function: by both ways in which our adapters ask, so that everything of
 * theirs is as it is on a wire, at a fraction of its cost. Until the last of them ends, jsforce reaches nobody else. Gives the
 * address and how to end it.
 */
export function serveInProcess(answer: Answer): { readonly url: string; readonly end: () => void } {
  if (servers.size === 0) listen();
  count += 1;
  const url = `http://loopback-${count}.invalid`;
  servers.set(url, answer);
  const end = () => {
    servers.delete(url);
    if (servers.size > 0) return;
    setDispatcher(undefined as never); // then it takes one of its own, whatever its types say
    globalThis.fetch = fetch;
  };
  return { url, end };
}

function listen(): void {
  const dispatcher = { dispatch: (asked: Asked, listener: Listener) => void dispatch(asked, listener), on: () => dispatcher };
  setDispatcher(dispatcher as never); // of it jsforce's fetch uses this much
  globalThis.fetch = async (given, init) => {
    const url = new URL(given instanceof Request ? given.url : given);
    const answer = servers.get(url.origin);
    if (!answer) return fetch(given, init);
    const request = new Request(given, init);
    const body = await request.clone().text();
    const told = await answer(request, url.pathname + url.search, body);
    if (told === null) throw new TypeError('fetch failed', { cause: cut() });
    return told;
  };
}

async function dispatch({ origin, path, method, headers, body }: Asked, listener: Listener): Promise<void> {
  const rawHeaders: Buffer[] = [];
  const controller = { aborted: false, paused: false, reason: null, rawHeaders, abort() {}, pause() {}, resume() {} };
  const answer = servers.get(origin);
  listener.onRequestStart(controller);
  try {
    if (!answer) throw Object.assign(new Error('there is nobody'), { code: 'ECONNREFUSED' });
    const chunks: Uint8Array[] = [];
    for await (const chunk of body ?? []) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const request = new Request(new URL(path, origin), {
      method,
      headers: headers as Record<string, string>,
      ...(text === '' ? {} : { body: text }),
    });
    const told = await answer(request, path, text);
    if (told === null) throw cut();
    for (const text of [...told.headers].flat()) rawHeaders.push(Buffer.from(text));
    listener.onResponseStart(controller, told.status, {}, told.statusText);
    const bytes = Buffer.from(await told.arrayBuffer());
    if (bytes.length > 0) listener.onResponseData(controller, bytes);
    listener.onResponseEnd(controller, {});
  } catch (error) {
    listener.onResponseError(controller, error as Error);
  }
}

/** As a socket that the other side closed is told. */
function cut(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
}
