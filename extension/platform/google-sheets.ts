import { fail, ok, type Result } from '#shared/result.ts';
import type { SheetsApi, SpreadsheetAnswer } from '#shared/table/sheet-book.ts';
import { failureOfGoogle, type SheetFailure, type SheetFailureKind, sheetFailure } from '#shared/table/sheet-failure.ts';

/** How Google's Sheets API is asked. */
export type SheetsAccess = {
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly accessToken: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  /** From 0 to 1: who waits, waits a little longer than others. */
  readonly random: () => number;
  /** Ends early when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Somebody gave up: the reading fails as `cancelled`. */
  readonly signal?: AbortSignal;
  /** Google asks for patience: until when (ms since 1970), and why. Null: it goes on. */
  readonly onWait?: (wait: { readonly until: number; readonly why: 'quota' | 'googleTrouble' | 'unreachable' } | null) => void;
};

const TIMEOUT_MS = 60_000;
/** Attempts in all, by what went wrong. Sixty reads a minute are allowed, so a minute of waiting always helps. */
const ATTEMPTS: ReadonlyMap<SheetFailureKind, number> = new Map([
  ['quota', 6],
  ['googleTrouble', 4],
  ['unreachable', 3],
]);
/** Google's advice: 1, 2, 4 … seconds and a bit, never more than this. */
const MAX_WAIT_MS = 64_000;

/** The Sheets API with a token, each question repeated as Google advises. Every failure comes back as data. */
export function sheetsApi(access: SheetsAccess): SheetsApi {
  return {
    spreadsheet: (spreadsheetId, fields, ranges) =>
      ask(
        access,
        `/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`,
        [['fields', fields], ['prettyPrint', 'false'], ...ranges.map(pairOf)],
        readSpreadsheet,
      ),
    values: (spreadsheetId, range, render) =>
      ask(
        access,
        `/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}/values:batchGet`,
        [
          ['ranges', range],
          ['valueRenderOption', render],
          ['majorDimension', 'ROWS'],
          ['fields', 'valueRanges.values'],
          ['prettyPrint', 'false'],
        ],
        readValues,
      ),
  };
}

/** Waits; an aborted signal ends it at once. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

type Query = readonly (readonly [name: string, value: string])[];

async function ask<T>(
  access: SheetsAccess,
  path: string,
  query: Query,
  read: (body: unknown) => T | null,
): Promise<Result<T, SheetFailure>> {
  for (let attempt = 1; ; attempt++) {
    if (access.signal?.aborted) return fail(sheetFailure('cancelled'));
    const answer = await askOnce(access, `${access.apiUrl}${path}?${new URLSearchParams(query.map(([name, value]) => [name, value]))}`);
    if (answer.ok) {
      const value = read(answer.value);
      return value === null ? fail(sheetFailure('unexpected')) : ok(value);
    }
    const { kind, waitMs } = answer.error;
    if (attempt >= (ATTEMPTS.get(kind) ?? 1)) return answer;
    const ownMs = 2 ** (attempt - 1) * 1_000 + access.random() * 1_000;
    const ms = Math.min(Math.max(waitMs ?? 0, ownMs), MAX_WAIT_MS);
    // Only these three are in the table above.
    access.onWait?.({ until: access.now() + ms, why: kind as 'quota' | 'googleTrouble' | 'unreachable' });
    await access.sleep(ms, access.signal);
    access.onWait?.(null);
  }
}

async function askOnce({ fetch, accessToken, signal }: SheetsAccess, url: string): Promise<Result<unknown, SheetFailure>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${accessToken}` },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      // Cookies say nothing to the API, and a token goes to no other address.
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const body: unknown = await response.json().catch(() => null);
    return response.ok ? ok(body) : fail(failureOfGoogle(response.status, body, response.headers.get('Retry-After')));
  } catch {
    if (signal?.aborted) return fail(sheetFailure('cancelled'));
    return fail(sheetFailure(timeout.aborted ? 'timedOut' : 'unreachable'));
  }
}

function pairOf(range: string): readonly [string, string] {
  return ['ranges', range];
}

/** Google is believed about the shapes of its own answers, but a page of a Wi-Fi that asks for a login is no answer. */
function readSpreadsheet(body: unknown): SpreadsheetAnswer | null {
  return isObject(body) && (body.sheets === undefined || Array.isArray(body.sheets)) ? (body as SpreadsheetAnswer) : null;
}

function readValues(body: unknown): readonly (readonly unknown[])[] | null {
  if (!isObject(body) || !Array.isArray(body.valueRanges)) return isObject(body) && Object.keys(body).length === 0 ? [] : null;
  const [first]: readonly unknown[] = body.valueRanges;
  const values: unknown = isObject(first) ? (first.values ?? []) : [];
  return Array.isArray(values) && values.every((row) => Array.isArray(row)) ? values : null;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
