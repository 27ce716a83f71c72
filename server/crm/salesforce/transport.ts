import { Connection } from 'jsforce/lib/connection.js';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpRequestOptions } from 'jsforce/lib/types/common.js';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import type { OpenSession } from '../access/token-broker.ts';
import type { CrmResult, CrmUsage } from '../adapter.ts';
import type { CallListener } from '../call-meter.ts';
import { NO_API } from '../hidden-kind.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { readClockOffset } from '../their-clock.ts';
import { holdsLongNumbers, parseExactly } from './exact-json.ts';
import { toFailure } from './failures.ts';
import { makeOrgDay } from './org-day.ts';
import { chooseVersion } from './salesforce-oauth.ts';

export type OrgCall = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Starts with a slash; below `/services/data/vNN.0`, or from the root when it starts with `/services`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Org = {
  /** One call, answered as parsed JSON (or text). Only refused tokens and locked rows are tried again: neither was done. */
  readonly call: (call: OrgCall) => Promise<CrmResult<unknown>>;
  /** The same of an answer that is a file: its text as it came, with its headers by their names in small letters. */
  readonly download: (path: string) => Promise<CrmResult<OrgFile>>;
  readonly usage: () => Omit<CrmUsage, 'leftToday'> & { readonly usedToday: number | null };
};
export type OrgFile = { readonly text: string; readonly headers: ReadonlyMap<string, string> };
export type OrgDeps = {
  readonly openSession: OpenSession;
  readonly apiVersion: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly listener: CallListener;
};

const TIMEOUT_MS = 60_000;
/** A locked row was not written: so often it is tried, the first wait this long. */
export const LOCK_TRIES = 3;
export const LOCK_WAIT_MS = 500;
const READ_TRIES = 4;
const READ_WAIT_MS = 1_000;
/** A login server that is away is left alone for some seconds by whoever keeps the sessions. */
const SESSION_TRIES = 3;
const SESSION_WAIT_MS = 6_000;

/** Salesforce's REST interface through jsforce as plain transport: its own retries, refreshes and defaults are off. */
export function openOrg(deps: OrgDeps): Org {
  let calls = 0;
  let lastToken: string | null = null;
  let version = deps.apiVersion;
  let noVersion: { readonly at: number; readonly told: CrmResult<string> | null } | null = null;
  let lastOrg = '';
  /** Whether the org was asked for at another address already. */
  let wasElsewhere = false;
  const day = makeOrgDay(deps.now);
  let clockOffsetMs: number | null = null;

  async function once(call: OrgCall, stale: Stale | null, isFile: boolean): Promise<Tried> {
    const opened = await openAt(stale);
    if (!opened.ok) return { answer: opened, isSent: false };
    const { accessToken, instanceUrl } = opened.value;
    lastToken = accessToken;
    lastOrg = instanceUrl;
    const connection = new Connection({ accessToken, instanceUrl, version });
    const transport = new ListeningTransport();
    calls += 1;
    deps.listener.called();
    try {
      // As text jsforce leaves a file as it is.
      const options = {
        retry: { maxRetries: 0, methods: [] },
        timeout: TIMEOUT_MS,
        transport,
        ...(isFile ? { responseType: 'text/plain' } : {}),
      };
      const body: unknown = await connection.request(toRequest(call), options);
      const isCut = !isFile && holdsLongNumbers(transport.text);
      return { answer: ok({ body: isCut ? parseExactly(transport.text) : body, headers: transport.headers }), isSent: true };
    } catch (error) {
      const failure = failureOf(error, call);
      return { answer: fail(transport.status === CHANGED_SINCE ? { ...failure, kind: 'changed' } : failure), isSent: true };
    } finally {
      const usage = transport.headers.size > 0 ? day.heard(transport.headers.get('sforce-limit-info')) : null;
      if (usage) deps.listener.told(usage);
      clockOffsetMs = readClockOffset(transport.headers.get('date'), deps.now()) ?? clockOffsetMs;
    }
  }

  /**
   * Where a version is no longer offered, nothing that is asked under it was done: the newest one that is known here takes its
   * place. Null: it was not that.
   */
  async function renewVersion(failure: CrmFailure, call: OrgCall): Promise<CrmResult<string> | null> {
    if (!mayBeVersion(failure, call)) return null;
    if (noVersion && deps.now() - noVersion.at < VERSION_ASKED_MS) return noVersion.told;
    const chosen = await chooseVersion(lastOrg);
    if (chosen.ok && chosen.value !== version) {
      version = chosen.value;
      noVersion = null;
      return chosen;
    }
    const told = chosen.ok || chosen.error.kind === 'transient' ? null : chosen;
    noVersion = { at: deps.now(), told };
    return told;
  }

  /** A session and where its org is. One that names no place of Salesforce's is asked for anew, once. */
  async function openAt(stale: Stale | null): Promise<CrmResult<{ readonly accessToken: string; readonly instanceUrl: string }>> {
    let session = await deps.openSession(stale?.token ?? null, stale?.isElsewhere ?? false);
    if (session.ok && session.value.instanceUrl === null) session = await deps.openSession(session.value.accessToken, true);
    if (!session.ok) return session;
    const { accessToken, instanceUrl } = session.value;
    return instanceUrl === null ? fail(NO_ORG) : ok({ accessToken, instanceUrl });
  }

  async function send(asked: OrgCall, isFile = false): Promise<CrmResult<Answer>> {
    if (day.mustAsk()) {
      const { answer } = await once({ method: 'GET', path: '/limits' }, null, false);
      if (answer.ok) day.heardLimits(answer.value.body);
    }
    const refusal = day.refuses();
    if (refusal) return fail(refusal);
    let stale: Stale | null = null;
    let isRenewed = false;
    for (let tried = 1; ; ) {
      const { answer, isSent } = await once(asked, stale, isFile);
      if (answer.ok) return answer;
      const { error } = answer;
      if (error.kind === 'rate_daily') return fail(day.ended(error));
      const renewed = isSent ? await renewVersion(error, asked) : null;
      if (renewed && !renewed.ok) return renewed;
      if (renewed) continue;
      if (isSent && lastToken !== null && ((error.kind === 'auth' && !isRenewed) || (UNREACHED.has(error.code) && !wasElsewhere))) {
        const isElsewhere: boolean = error.kind !== 'auth';
        wasElsewhere ||= isElsewhere;
        isRenewed ||= !isElsewhere;
        stale = { token: lastToken, isElsewhere };
        continue;
      }
      // The new one, too: nothing but a new sign-in helps, and whoever keeps the tokens has to know.
      if (isSent && error.kind === 'auth') {
        const told = await deps.openSession(lastToken);
        return told.ok ? answer : told;
      }
      // Without a session nothing was sent, and the stale one is still to be replaced.
      if (isSent) stale = null;
      const mayGoOn: boolean = isSent ? mayRepeat(asked, error, tried) : error.kind === 'transient' && tried < SESSION_TRIES;
      if (!mayGoOn) return answer;
      const wait = !isSent ? SESSION_WAIT_MS : error.kind === 'lock' ? LOCK_WAIT_MS : READ_WAIT_MS;
      await deps.sleep(wait * 2 ** (tried - 1) * (0.5 + deps.random()));
      tried += 1;
    }
  }

  return {
    call: async (asked) => {
      const answer = await send(asked);
      return answer.ok ? ok(answer.value.body) : answer;
    },
    download: async (path) => {
      const answer = await send({ method: 'GET', path, headers: { accept: 'text/csv' } }, true);
      if (!answer.ok) return answer;
      const { body, headers } = answer.value;
      return typeof body === 'string' ? ok({ text: body, headers }) : fail(NOT_AN_ANSWER);
    },
    usage: () => ({
      calls,
      usedToday: day.told()?.used ?? null,
      limitToday: day.told()?.limit ?? null,
      ...(clockOffsetMs === null ? {} : { clockOffsetMs }),
    }),
  };
}

/** Whatever else such an answer says: the record was changed after the moment that was named. */
const CHANGED_SINCE = 412;

/** How often it is looked whether a version is offered still. */
const VERSION_ASKED_MS = 60 * 60 * 1_000;

/** A version that was retired is answered 410; an address under one that never was as any other that is not there. */
function mayBeVersion({ code }: CrmFailure, { path }: OrgCall): boolean {
  return /^(ERROR_HTTP_410|GONE|UNSUPPORTED_API_VERSION)$/.test(code) || (code === 'NOT_FOUND' && path.endsWith('/describe'));
}

/** A token that was refused, or with which the org was not found where it is said to be. */
type Stale = { readonly token: string; readonly isElsewhere: boolean };
/** `isSent`: an answer of the org, or none; otherwise of whoever gives the session. */
type Tried = { readonly answer: CrmResult<Answer>; readonly isSent: boolean };
type Answer = { readonly body: unknown; readonly headers: ReadonlyMap<string, string> };

/** jsforce gives the body of an answer only, and what JavaScript makes of its numbers. */
class ListeningTransport extends Transport {
  headers: ReadonlyMap<string, string> = new Map();
  text = '';
  status = 0;
  override httpRequest(request: HttpRequest, options?: HttpRequestOptions) {
    const answer = super.httpRequest(request, options);
    answer.then(
      ({ headers, body, statusCode }) => {
        this.status = statusCode;
        this.headers = new Map(Object.entries(headers));
        this.text = body;
      },
      () => undefined, // whoever waits for the answer hears of it
    );
    return answer;
  }
}

/** A read may be asked again; a write only when the row was locked, as then nothing was written. */
function mayRepeat({ method, path }: OrgCall, { kind }: CrmFailure, tried: number): boolean {
  if (kind === 'lock') return tried < LOCK_TRIES;
  const isRead = method === 'GET' || READS_BY_POST.test(path);
  return isRead && (kind === 'transient' || kind === 'rate_burst') && tried < READ_TRIES;
}
/** Retrieving by id is a POST with the ids in its body; a query job that is asked for twice only leaves one that nobody reads. */
const READS_BY_POST = /^\/(composite\/sobjects\/\w+|jobs\/query)$/;

function toRequest({ method, path, body, headers }: OrgCall): HttpRequest {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  return { method, url: path, ...json, headers: { 'content-type': 'application/json', ...headers } };
}

/** Salesforce tells the address of the org with each token. */
const NO_ORG: CrmFailure = { kind: 'auth', code: 'NO_INSTANCE_URL', message: '' };

/** Nobody was reached: nothing was done, and the org may be elsewhere by now. */
const UNREACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Errors of the transport: told by Salesforce, or no answer at all. */
function failureOf(error: unknown, call: OrgCall): CrmFailure {
  if (error instanceof Error && 'errorCode' in error) return ofVendor(error as VendorException, call);
  const isWrite = call.method !== 'GET' && !READS_BY_POST.test(call.path);
  const code = causeCode(error);
  const neverLeft = code !== null && (UNREACHED.has(code) || code === 'EAI_AGAIN');
  return { kind: isWrite && !neverLeft ? 'ambiguous' : 'transient', code: code ?? 'NO_ANSWER', message: '' };
}

type VendorException = Error & { readonly errorCode: unknown; readonly data?: unknown };

function ofVendor({ errorCode, message, data }: VendorException, { method, path }: OrgCall): CrmFailure {
  const told = readErrorText(message) ?? data;
  const several = Array.isArray(told) ? told[0] : told;
  const failure = toFailure(several && typeof several === 'object' ? several : { errorCode, message });
  const isWrite = method !== 'GET' && !READS_BY_POST.test(path);
  // A gateway that gave up does not know whether the org went on.
  const isLost = isWrite && /^ERROR_HTTP_(502|503|504)$/.test(failure.code);
  if (failure.code === NO_API) return { ...failure, missingScopes: ['API Enabled'] };
  return isLost ? { ...failure, kind: 'ambiguous' } : failure;
}

/** Where a file was asked for, the errors come as text. */
function readErrorText(message: string): unknown {
  if (!message.startsWith('[{')) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function causeCode(error: unknown): string | null {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' ? cause.code : null;
}
