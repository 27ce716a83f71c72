import { fail, ok, type Result } from '#shared/result.ts';
import { detectFileType } from '#shared/table/detect-file-type.ts';
import { nameOfAddress } from './csv-link-address.ts';
import { readDispositionName } from './csv-link-name.ts';
import { isLoginPage } from './csv-link-page.ts';
import type { OpenedSource } from './source.ts';

/** Why a link gave no file. */
export type LinkFailure =
  /** No answer: no network, no such host, a certificate the browser refuses, or a site it led on to without telling. */
  | { readonly kind: 'unreachable' }
  /** The site sends the download on to another site; it has to be asked for first. */
  | { readonly kind: 'other_site'; readonly address: string }
  /** Nothing came for so long. */
  | { readonly kind: 'timeout'; readonly waitedMs: number }
  /** 404 or 410 */
  | { readonly kind: 'not_found' }
  /** A sign-in page, 401, or 403: the file is there for others, or for this user once signed in. */
  | { readonly kind: 'sign_in' }
  /** A web page that is no file. */
  | { readonly kind: 'web_page' }
  | { readonly kind: 'site_failed'; readonly status: number }
  /** `bytes` where the site said so beforehand; more than `limit` came otherwise. */
  | { readonly kind: 'too_large'; readonly limit: number; readonly bytes: number | null }
  | { readonly kind: 'cancelled' };

export type LinkFetch = {
  readonly fetch: typeof globalThis.fetch;
  /** Calls back once after so many ms; gives the way to stop. */
  readonly after: (ms: number, work: () => void) => () => void;
  /** Hears of requests that are sent on to another address; gives the way to stop. Where nobody can say, it never calls. */
  readonly onRedirect: (address: string, heard: (to: string) => void) => () => void;
};

export type LinkWish = {
  readonly address: string;
  /** Decoded bytes. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Decoded bytes so far; `total` null where it is not known. */
  readonly onProgress: (bytes: number, total: number | null) => void;
};

/** So long a site may send nothing, before its answer and within it. */
export const LINK_WAIT_MS = 30_000;
/** A page is told from a file by so much of it. */
const HEAD_BYTES = 64 * 1024;
const ACCEPT = 'text/csv, text/tab-separated-values, text/plain;q=0.9, */*;q=0.8';

/**
 * Fetches a link with the user's own session at that site, in this browser. What it is, is told by its bytes: only web
 * pages are turned away here, everything else is judged by whoever reads it. Reads no more than the limit and one piece.
 */
export async function fetchLink(effects: LinkFetch, wish: LinkWish): Promise<Result<OpenedSource, LinkFailure>> {
  const stop = new AbortController();
  const clock = idleClock(effects, stop);
  let sentTo: string | null = null;
  const deaf = effects.onRedirect(wish.address, (to) => {
    sentTo = to;
  });
  const cancel = () => stop.abort();
  wish.signal.addEventListener('abort', cancel, { once: true });
  if (wish.signal.aborted) cancel();
  try {
    clock.touch();
    const response = await effects.fetch(wish.address, {
      credentials: 'include',
      cache: 'no-store',
      redirect: 'follow',
      referrerPolicy: 'no-referrer',
      headers: { accept: ACCEPT },
      signal: stop.signal,
    });
    clock.touch();
    return await readAnswer(response, wish, clock.touch, cancel);
  } catch (error) {
    if (wish.signal.aborted) return fail({ kind: 'cancelled' });
    if (clock.isOver()) return fail({ kind: 'timeout', waitedMs: LINK_WAIT_MS });
    if (!isNetworkError(error)) throw error;
    return fail(sentTo !== null && isOtherSite(sentTo, wish.address) ? { kind: 'other_site', address: sentTo } : { kind: 'unreachable' });
  } finally {
    clock.stop();
    deaf();
    wish.signal.removeEventListener('abort', cancel);
  }
}

/** A refused or broken connection is a TypeError, in the middle of a body as before it. */
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && error.name === 'NetworkError');
}

function isOtherSite(address: string, than: string): boolean {
  return URL.canParse(address) && new URL(address).host !== new URL(than).host;
}

async function readAnswer(
  response: Response,
  wish: LinkWish,
  touch: () => void,
  cancel: () => void,
): Promise<Result<OpenedSource, LinkFailure>> {
  const { status, headers } = response;
  if (status < 200 || status > 299) {
    cancel();
    return fail(failureOfStatus(status));
  }
  const total = totalOf(headers);
  if (total !== null && total > wish.limit) {
    cancel();
    return fail({ kind: 'too_large', limit: wish.limit, bytes: total });
  }
  const read = await readBody(response, wish, touch, total);
  if (!read.ok) {
    cancel();
    return read;
  }
  const address = response.url || wish.address;
  const head = new Uint8Array(await read.value.slice(0, HEAD_BYTES).arrayBuffer());
  if (detectFileType(head) === 'html') return fail({ kind: isLoginPage(head, address) ? 'sign_in' : 'web_page' });
  const name = readDispositionName(headers.get('content-disposition')) ?? nameFromAddresses(address, wish.address);
  return ok({ name, bytes: read.value.size, blob: read.value, from: wish.address });
}

/** Of the two ends of a redirect the one that looks like a file's name; the host where neither has any. */
function nameFromAddresses(last: string, first: string): string {
  const names = [nameOfAddress(last), nameOfAddress(first)].filter((name) => name !== '');
  return names.find((name) => /\.\w{2,5}$/.test(name)) ?? names[0] ?? new URL(last).hostname;
}

function failureOfStatus(status: number): LinkFailure {
  if (status === 404 || status === 410) return { kind: 'not_found' };
  return status === 401 || status === 403 ? { kind: 'sign_in' } : { kind: 'site_failed', status };
}

/** Decoded bytes to come, where the site says so: the length of a packed body says nothing of what is in it. */
function totalOf(headers: Headers): number | null {
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return null;
  const length = headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

async function readBody(
  response: Response,
  { limit, onProgress }: LinkWish,
  touch: () => void,
  total: number | null,
): Promise<Result<Blob, LinkFailure>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    touch();
    bytes += piece.value.length;
    if (bytes > limit) return fail({ kind: 'too_large', limit, bytes: null });
    pieces.push(piece.value);
    onProgress(bytes, total);
  }
  // What the site calls it is not kept: whoever reads it looks at the bytes.
  return ok(new Blob(pieces));
}

/** Aborts after a time without a touch. */
function idleClock({ after }: LinkFetch, stop: AbortController) {
  let isOver = false;
  let clear = () => {};
  return {
    isOver: () => isOver,
    stop: () => clear(),
    touch: () => {
      clear();
      clear = after(LINK_WAIT_MS, () => {
        isOver = true;
        stop.abort();
      });
    },
  };
}
