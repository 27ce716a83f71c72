import { Connection } from 'jsforce/lib/connection.js';
import type { HttpRequest } from 'jsforce/lib/types/common.js';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import type { OpenSession } from '../token-broker.ts';
import { toFailure } from './failures.ts';

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
  readonly usage: () => { readonly calls: number; readonly usedToday: number | null; readonly limitToday: number | null };
};
export type OrgDeps = {
  readonly openSession: OpenSession;
  readonly apiVersion: string;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
};

const TIMEOUT_MS = 60_000;
/** Of the org's calls a day, which all its integrations share, the last fifth is not ours to use. */
const SHARE_OF_DAY = 0.8;
/** A locked row was not written: so often it is tried, the first wait this long. */
export const LOCK_TRIES = 3;
export const LOCK_WAIT_MS = 500;
const READ_TRIES = 4;
const READ_WAIT_MS = 1_000;

/** Salesforce's REST interface through jsforce as plain transport: its own retries, refreshes and defaults are off. */
export function openOrg(deps: OrgDeps): Org {
  let calls = 0;
  let lastToken: string | null = null;
  let day: { used: number; limit: number } | null = null;

  async function once(call: OrgCall, refused: string | null): Promise<CrmResult<unknown>> {
    const session = await deps.openSession(refused);
    if (!session.ok) return session;
    const { accessToken, instanceUrl } = session.value;
    if (instanceUrl === null) return fail(NO_ORG);
    lastToken = accessToken;
    const connection = new Connection({ accessToken, instanceUrl, version: deps.apiVersion });
    calls += 1;
    try {
      const answer = await connection.request(toRequest(call), { retry: { maxRetries: 0, methods: [] }, timeout: TIMEOUT_MS });
      return ok(answer);
    } catch (error) {
      return fail(failureOf(error, call));
    } finally {
      day = connection.limitInfo.apiUsage ?? day;
    }
  }

  async function call(asked: OrgCall): Promise<CrmResult<unknown>> {
    if (day && day.used >= day.limit * SHARE_OF_DAY)
      return fail({ kind: 'rate_daily', code: 'SHARE_OF_DAY', message: `${day.used} of ${day.limit} calls of the day are used` });
    let answer = await once(asked, null);
    if (!answer.ok && answer.error.kind === 'auth') answer = await once(asked, lastToken);
    for (let tried = 1; !answer.ok && mayRepeat(asked, answer.error, tried); tried++) {
      const wait = answer.error.kind === 'lock' ? LOCK_WAIT_MS : READ_WAIT_MS;
      await deps.sleep(wait * 2 ** (tried - 1) * (0.5 + deps.random()));
      answer = await once(asked, null);
    }
    return answer;
  }

  return { call, usage: () => ({ calls, usedToday: day?.used ?? null, limitToday: day?.limit ?? null }) };
}

/** A read may be asked again; a write only when the row was locked, as then nothing was written. */
function mayRepeat({ method, path }: OrgCall, { kind }: CrmFailure, tried: number): boolean {
  if (kind === 'lock') return tried < LOCK_TRIES;
  const isRead = method === 'GET' || READS_BY_POST.test(path);
  return isRead && (kind === 'transient' || kind === 'rate_burst') && tried < READ_TRIES;
}
/** Retrieving by id is a POST with the ids in its body. */
const READS_BY_POST = /^\/composite\/sobjects\/\w+$/;

function toRequest({ method, path, body, headers }: OrgCall): HttpRequest {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  return { method, url: path, ...json, headers: { 'content-type': 'application/json', ...headers } };
}

/** Salesforce tells the address of the org with each token. */
const NO_ORG: CrmFailure = { kind: 'auth', code: 'NO_INSTANCE_URL', message: '' };

/** Errors of the transport: told by Salesforce, or no answer at all. */
function failureOf(error: unknown, call: OrgCall): CrmFailure {
  if (error instanceof Error && 'errorCode' in error) return ofVendor(error as VendorException, call);
  const isWrite = call.method !== 'GET' && !READS_BY_POST.test(call.path);
  const code = causeCode(error);
  const neverLeft = code !== null && ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
  return { kind: isWrite && !neverLeft ? 'ambiguous' : 'transient', code: code ?? 'NO_ANSWER', message: '' };
}

type VendorException = Error & { readonly errorCode: unknown; readonly data?: unknown };

function ofVendor({ errorCode, message, data }: VendorException, { method, path }: OrgCall): CrmFailure {
  const several = Array.isArray(data) ? data[0] : data;
  const failure = toFailure(several && typeof several === 'object' ? several : { errorCode, message });
  const isWrite = method !== 'GET' && !READS_BY_POST.test(path);
  // A gateway that gave up does not know whether the org went on.
  const isLost = isWrite && /^ERROR_HTTP_(502|503|504)$/.test(failure.code);
  return isLost ? { ...failure, kind: 'ambiguous' } : failure;
}

function causeCode(error: unknown): string | null {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return typeof cause?.code === 'string' ? cause.code : null;
}
