import type { Client } from '@hubspot/api-client';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, CrmUsage } from '../adapter.ts';
import type { CallListener } from '../call-meter.ts';
import { ACCOUNT_SHARE, type Limiter, type LimiterSetup, makeLimiter, type TellsLimits } from '../limiter.ts';
import { readClockOffset } from '../their-clock.ts';
import { type CallKind, type ErrorAnswer, isWrite, toFailure } from './failures.ts';

/** Search has a limit of its own, which no header tells. */
export type HubspotBucket = 'general' | 'search';
export type PortalDeps = {
  /** A token that is good now; `refused`: HubSpot has just answered 401 to that one. */
  readonly accessToken: (refused?: string) => Promise<CrmResult<string>>;
  /** Null = HubSpot's own address. */
  readonly apiUrl: string | null;
  /** Of the account: every connection to it shares one. */
  readonly limiter: Limiter<HubspotBucket>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly listener: CallListener;
};
export type Portal = {
  /** One call. Refused tokens and, for reads, what may pass in a moment are tried again; a write that may have been done never is. */
  readonly call: <T>(kind: CallKind, act: (client: Client) => Promise<T>) => Promise<CrmResult<T>>;
  readonly usage: () => CrmUsage;
};

/**
 * HubSpot's limits as every account has them until its answers say more: 100 calls in 10 seconds (with OAuth 110, and 11 a
 * second) and 5 searches a second, of which we take four fifths. `utcOffsetAt`: the account's clock, where it is known.
 */
export function makeHubspotLimiter(
  clock: Pick<LimiterSetup<HubspotBucket>, 'now' | 'sleep'>,
  utcOffsetAt: LimiterSetup<HubspotBucket>['utcOffsetAt'] = () => null,
): Limiter<HubspotBucket> {
  const rates = { general: { calls: 80, perMs: 10_000 }, search: { calls: 4, perMs: 1_000 } };
  return makeLimiter({ ...clock, rates, share: ACCOUNT_SHARE, utcOffsetAt });
}

/** Of the addresses of the SDK (v3, v4) the dated ones are made: the old ones end in 2027. */
export const DATED = '2026-03';
const READ_TRIES = 3;
const FIRST_WAIT_MS = 1_000;
/** A wait longer than this is not for one call to sit out. */
const LONGEST_WAIT_MS = 15_000;
/** Shorter than a worker may be away with a write under way. */
const TIMEOUT_MS = 20_000;

/** HubSpot through its SDK as typed transport; the SDK's retries and limiter are never set, as they hold for the whole process. */
export function openPortal({ accessToken, apiUrl, limiter, sleep, now, listener }: PortalDeps): Portal {
  let calls = 0;
  let clockOffsetMs: number | null = null;
  const heard = (headers: Headers, { day }: TellsLimits) => {
    if (day) listener.told({ used: day.limit - day.left, limit: day.limit });
    clockOffsetMs = readClockOffset(headers.date, now()) ?? clockOffsetMs;
  };
  let current: { readonly token: string; readonly client: Client } | null = null;

  /** One client for each token: API objects taken before a change of token keep the old one. */
  const clientOf = async (token: string, kind: CallKind): Promise<Client> => {
    const isShared = kind === 'read' || kind === 'write';
    if (isShared && current?.token === token) return current.client;
    const config = {
      accessToken: token,
      middleware: [makeMiddleware(limiter, kind, heard)],
      ...(apiUrl === null ? {} : { basePath: apiUrl }),
    };
    const sdk = await import('@hubspot/api-client'); // no earlier: a server without HubSpot starts without it
    const client = new sdk.Client(config);
    if (isShared) current = { token, client };
    return client;
  };

  async function once<T>(kind: CallKind, act: (client: Client) => Promise<T>, token: string): Promise<CrmResult<T>> {
    const bucket = bucketOf(kind);
    const refusal = await limiter.take(bucket);
    if (refusal) return fail(refusal);
    calls += 1;
    listener.called();
    try {
      const client = await clientOf(token, kind);
      return ok(await inTime(act(client)));
    } catch (error) {
      const failure = error instanceof RefusedCall ? toFailure(error.answer, kind) : noAnswer(error, kind);
      if (failure.kind === 'rate_daily') return fail({ ...failure, retryAfterMs: limiter.endDay() });
      if (failure.kind === 'rate_burst') limiter.hold(bucket, failure.retryAfterMs ?? FIRST_WAIT_MS);
      return fail(failure);
    }
  }

  async function call<T>(kind: CallKind, act: (client: Client) => Promise<T>): Promise<CrmResult<T>> {
    let token = await accessToken();
    if (!token.ok) return token;
    let answer = await once(kind, act, token.value);
    if (!answer.ok && answer.error.kind === 'auth') {
      token = await accessToken(token.value); // a refused call was not carried out, so that writes may go again too
      if (!token.ok) return token;
      answer = await once(kind, act, token.value);
      if (!answer.ok && answer.error.kind === 'auth') {
        // The new one, too: nothing but a new sign-in helps, and whoever keeps the tokens has to know.
        const told = await accessToken(token.value);
        return told.ok ? answer : told;
      }
    }
    for (let tried = 1; !answer.ok && !isWrite(kind) && tried < READ_TRIES; tried += 1) {
      const waitMs = waitBefore(answer.error, tried);
      if (waitMs === null) break;
      if (waitMs > 0) await sleep(waitMs);
      answer = await once(kind, act, token.value);
    }
    return answer;
  }

  return {
    call,
    usage: () => ({
      calls,
      leftToday: limiter.day()?.left ?? null,
      limitToday: limiter.day()?.limit ?? null,
      ...(clockOffsetMs === null ? {} : { clockOffsetMs }),
    }),
  };
}

/** Before a read goes again; null = it had better not. A burst is waited for in the limiter. */
function waitBefore({ kind, retryAfterMs }: CrmFailure, tried: number): number | null {
  if (kind === 'rate_burst') return (retryAfterMs ?? 0) > LONGEST_WAIT_MS ? null : 0;
  if (kind !== 'transient' && kind !== 'lock') return null;
  const waitMs = retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tried - 1);
  return waitMs > LONGEST_WAIT_MS ? null : waitMs;
}

/** An answer of 400 or more, caught before the SDK writes its headers and body into a message. */
class RefusedCall extends Error {
  readonly answer: ErrorAnswer;
  constructor(answer: ErrorAnswer) {
    super(String(answer.status));
    this.answer = answer;
  }
}

type RequestContext = { getUrl(): string; setUrl(url: string): void };
type Headers = Readonly<Record<string, string>>;
type ResponseContext = {
  httpStatusCode: number;
  readonly headers: Headers;
  readonly body: { text(): Promise<string> };
};

const bucketOf = (kind: CallKind): HubspotBucket => (kind === 'search' ? 'search' : 'general');

function makeMiddleware(limiter: Limiter<HubspotBucket>, kind: CallKind, heard: (headers: Headers, limits: TellsLimits) => void) {
  return {
    pre: (context: unknown) => {
      const request = context as RequestContext; // what the SDK gives to every middleware
      request.setUrl(toDatedUrl(request.getUrl()));
      return request;
    },
    post: async (context: unknown) => {
      const answer = context as ResponseContext; // as above
      const { httpStatusCode: status, headers, body } = answer;
      const limits = readLimits(new Map(Object.entries(headers)));
      heard(headers, limits);
      limiter.told(bucketOf(kind), limits);
      if (status >= 400) throw new RefusedCall({ status, headers: new Map(Object.entries(headers)), text: await body.text() });
      // The SDK reads what was made from a 201 alone; behind some gateways a plain 200 comes.
      if (kind === 'create' && status === 200) answer.httpStatusCode = 201;
      return answer;
    },
  };
}

/**
 * `/crm/v3/objects/contacts` is `/crm/objects/2026-03/contacts` today, and `/crm/v4/associations/…` likewise. The SDK asks for
 * owners with a slash at the end, which the dated address has not.
 */
export function toDatedUrl(url: string): string {
  const parsed = new URL(url);
  parsed.pathname = parsed.pathname.replace(/^\/crm\/v[34]\/([^/]+)/, `/crm/$1/${DATED}`).replace(/\/$/, '');
  return parsed.href;
}

/** Calls for which the SDK has no method, by their dated paths. */
export async function post(client: Client, path: string, body: unknown): Promise<unknown> {
  return readAnswer(await client.apiRequest({ method: 'POST', path, body }));
}
export async function get(client: Client, path: string): Promise<unknown> {
  return readAnswer(await client.apiRequest({ method: 'GET', path }));
}

async function readAnswer(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (answer.status >= 400) throw new RefusedCall({ status: answer.status, headers: new Map(answer.headers), text });
  return JSON.parse(text);
}

function readLimits(headers: ReadonlyMap<string, string>): TellsLimits {
  const number = (name: string) => Number(headers.get(`x-hubspot-ratelimit-${name}`) ?? Number.NaN);
  // With OAuth there is a limit for each second beside that of ten; the narrower one is kept, and with it both.
  const ofSecond = { max: number('secondly'), left: number('secondly-remaining'), perMs: 1_000 };
  const ofWindow = { max: number('max'), left: number('remaining'), perMs: number('interval-milliseconds') };
  const window = [ofSecond, ofWindow].find((one) => Object.values(one).every(Number.isFinite));
  const [limit, leftToday] = [number('daily'), number('daily-remaining')];
  return {
    ...(window ? { window } : {}),
    ...([limit, leftToday].every(Number.isFinite) && limit >= 1 ? { day: { limit, left: leftToday } } : {}),
  };
}

/** The request cannot have left this machine. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** No answer, or one that nobody can read: a write may have been done. The error's own words may hold personal data. */
function noAnswer(error: unknown, kind: CallKind): CrmFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  const code = cause && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'NO_ANSWER';
  return { kind: isWrite(kind) && !NEVER_SENT.has(code) ? 'ambiguous' : 'transient', code, message: '' };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
