import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';

/** An answer of a vendor's authorization server: small, JSON, never followed elsewhere. */
export type VendorAnswer = { readonly status: number; readonly fields: ReadonlyMap<string, unknown>; readonly retryAfterMs: number | null };

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** What a vendor may make us wait, whatever it says. */
const LONGEST_WAIT_MS = 60 * 60 * 1_000;

/**
 * One request. A failure is `transient`: no answer, too long or too late a one, or one that is no JSON object. Where a
 * `list` is expected, its entries are the fields by their index.
 */
export async function askVendor(url: string, init: RequestInit, shape: 'object' | 'list' = 'object'): Promise<CrmResult<VendorAnswer>> {
  try {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await readBounded(answer);
    const retryAfterMs = readRetryAfter(answer.headers.get('Retry-After'));
    const fields = text === null ? null : readFields(text, shape);
    if (fields) return ok({ status: answer.status, fields, retryAfterMs });
    // A busy or broken server may answer with a page: its status says enough.
    if (answer.status >= 400 || text === '') return ok({ status: answer.status, fields: new Map(), retryAfterMs });
    return fail(transient('UNREADABLE'));
  } catch {
    return fail(transient('NO_ANSWER'));
  }
}

/** A failure that goes away by itself. Its message holds nothing a vendor said. */
export function transient(code: string): CrmFailure {
  return { kind: 'transient', code, message: 'no usable answer' };
}

/** The text of an answer; null when it is longer than any answer of its kind. */
async function readBounded(answer: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readFields(text: string, shape: 'object' | 'list'): ReadonlyMap<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isShape = typeof value === 'object' && value !== null && Array.isArray(value) === (shape === 'list');
    return isShape ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

/** Seconds (RFC 9110, 10.2.3), at most an hour. */
function readRetryAfter(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Math.min(Number(text) * 1_000, LONGEST_WAIT_MS) : null;
}
