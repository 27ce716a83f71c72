import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import type { SheetImportBody } from '#shared/api/google.ts';
import type { FileReceipt } from '#shared/api/imports.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type CellRange, readA1Range } from '#shared/table/a1-title.ts';
import { readSheetTab } from '#shared/table/read-sheet.ts';
import { writeSheetFile } from '#shared/table/read-sheet-file.ts';
import { readSheetAddress, type SheetAddress } from '#shared/table/sheet-address.ts';
import { chooseTab, readSheetBook, type SheetsApi, type SpreadsheetAnswer } from '#shared/table/sheet-book.ts';
import { failureOfGoogle, type SheetFailure, type SheetFailureKind, sheetFailure } from '#shared/table/sheet-failure.ts';
import type { Actor, Backend, Refusal, RefusalReason } from '../leads/backend.ts';
import type { GoogleConfig } from './google-code.ts';
import { runImport } from './run-import.ts';

/** `retryAfter` in seconds, where Google asks to wait. */
export type SheetRefusal = Refusal & { readonly retryAfter?: number };

const ROOT_URL = 'https://sheets.googleapis.com';
const TIMEOUT_MS = 60_000;
const MAX_FILE_NAME = 300;

/**
 * POST /api/imports/google-sheets: reads a tab with the token that came along and imports it like any file. The token is
 * in this call's headers to Google and nowhere else.
 */
export async function importSheet(
  backend: Backend,
  actor: Actor,
  google: Pick<GoogleConfig, 'apiUrl'>,
  body: SheetImportBody & { readonly maxFileBytes: number },
  idempotencyKey: string | null,
): Promise<Result<FileReceipt, SheetRefusal>> {
  const { accessToken, spreadsheetId, sheetName, range, ...options } = body;
  const address = readSheetAddress(spreadsheetId);
  // An id that does not look like one may still be one: Google knows.
  const isBareId = /^[A-Za-z0-9_-]{1,200}$/.test(spreadsheetId);
  if (!address.ok && !isBareId) return fail(badBody('spreadsheetId', address.error));
  const place: SheetAddress = address.ok ? address.value : { spreadsheetId };
  const wanted = range ?? place.range;
  const cells = wanted === undefined ? null : readA1Range(wanted);
  if (wanted !== undefined && !cells) return fail(badBody('range', 'a range in A1 notation, as B2:F40'));
  const api = await openSheets(google.apiUrl ?? ROOT_URL, accessToken);
  const read = await readTab(api, place, cells, sheetName ?? cells?.tab, options.maxFileBytes);
  if (!read.ok) return fail(toRefusal(read.error));
  const { file, fileName } = read.value;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return runImport(backend, actor, bytes, { ...options, fileName, source: 'google-sheets' }, idempotencyKey);
}

type ReadTab = { readonly file: Blob; readonly fileName: string };

async function readTab(
  api: SheetsApi,
  place: SheetAddress,
  range: CellRange | null,
  sheetName: string | undefined,
  maxBytes: number,
): Promise<Result<ReadTab, SheetFailure>> {
  if (place.published) return fail(sheetFailure('published'));
  const book = await readSheetBook(api, place.spreadsheetId);
  if (!book.ok) return book;
  const name = sheetName ?? place.tab;
  const tab = chooseTab(book.value, {
    ...(place.gid === undefined ? {} : { gid: place.gid }),
    ...(name === undefined ? {} : { tab: name }),
  });
  if (!tab.ok) return tab;
  const { spreadsheetId, title } = book.value;
  const content = await readSheetTab(api, { spreadsheetId, tab: tab.value, ...(range ? { range } : {}) }, { maxBytes });
  if (!content.ok) return content;
  const file = writeSheetFile({ spreadsheetId, gid: tab.value.gid, title, tab: tab.value.title }, content.value);
  return ok({ file, fileName: `${title} - ${tab.value.title}`.slice(0, MAX_FILE_NAME) });
}

/** The library is loaded when the first sheet is asked for: it takes more memory than the rest of the server. */
async function openSheets(rootUrl: string, token: string): Promise<SheetsApi> {
  const { sheets } = await import('googleapis/build/src/apis/sheets/index.js');
  const { spreadsheets } = sheets({ version: 'v4', rootUrl: `${rootUrl}/` });
  // Its own retries would hide how long Google asks to wait.
  const options = { headers: { Authorization: `Bearer ${token}` }, timeout: TIMEOUT_MS, retry: false, retryConfig: { retry: 0 } };
  return {
    spreadsheet: (spreadsheetId, fields, ranges) =>
      ask(async () => {
        const { data } = await spreadsheets.get({ spreadsheetId, fields, ranges: [...ranges], prettyPrint: false }, options);
        return withoutNulls(data);
      }),
    values: (spreadsheetId, range, valueRenderOption) =>
      ask(async () => {
        const query = {
          spreadsheetId,
          ranges: [range],
          valueRenderOption,
          majorDimension: 'ROWS',
          fields: 'valueRanges.values',
          prettyPrint: false,
        };
        const { data } = await spreadsheets.values.batchGet(query, options);
        return data.valueRanges?.[0]?.values ?? [];
      }),
  };
}

/** The library's types allow null everywhere; what Google sends has none. */
function withoutNulls(data: sheets_v4.Schema$Spreadsheet): SpreadsheetAnswer {
  return data as SpreadsheetAnswer;
}

async function ask<T>(work: () => Promise<T>): Promise<Result<T, SheetFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(failureOfException(error));
  }
}

/** The library throws with Google's answer in `response`; its message can quote the request, so it goes nowhere. */
function failureOfException(error: unknown): SheetFailure {
  if (!(error instanceof Error)) return sheetFailure('unexpected');
  if ('response' in error && typeof error.response === 'object' && error.response !== null) {
    // The library brings a fetch of its own: these headers are like the global ones, and not of their class.
    const { status, data, headers } = error.response as { status?: unknown; data?: unknown; headers?: Partial<Headers> };
    return failureOfGoogle(Number(status), data, headers?.get?.('Retry-After') ?? null);
  }
  return sheetFailure(/abort|timeout/i.test(error.name + error.message) ? 'timedOut' : 'unreachable');
}

type Row = { readonly code: Refusal['code']; readonly about: RefusalReason };
const REFUSALS = {
  signedOut: { code: 'INVALID_REQUEST', about: 'google_token' },
  scopeMissing: { code: 'INVALID_REQUEST', about: 'google_scope' },
  noAccess: { code: 'FORBIDDEN', about: 'google_no_access' },
  apiDisabled: { code: 'FORBIDDEN', about: 'google_api_disabled' },
  notFound: { code: 'NOT_FOUND', about: 'google_no_sheet' },
  notASpreadsheet: { code: 'INVALID_FILE', about: 'google_no_spreadsheet' },
  published: { code: 'INVALID_REQUEST', about: 'google_published' },
  tabNotFound: { code: 'NOT_FOUND', about: 'google_no_tab' },
  tabIsNoGrid: { code: 'INVALID_FILE', about: 'google_no_grid' },
  tabEmpty: { code: 'INVALID_FILE', about: 'google_empty' },
  tooLarge: { code: 'TOO_LARGE', about: 'google_too_large' },
  quota: { code: 'RATE_LIMITED', about: 'google_quota' },
  keepsChanging: { code: 'CONFLICT', about: 'google_changing' },
  unreachable: { code: 'INTERNAL', about: 'google_unreachable' },
  timedOut: { code: 'INTERNAL', about: 'google_unreachable' },
  cancelled: { code: 'INTERNAL', about: 'google_unreachable' },
  googleTrouble: { code: 'INTERNAL', about: 'google_unreachable' },
  unexpected: { code: 'INTERNAL', about: 'google_unreachable' },
} as const satisfies Record<SheetFailureKind, Row>;

function toRefusal({ kind, data, waitMs }: SheetFailure): SheetRefusal {
  const wait = kind === 'quota' ? { retryAfter: Math.ceil((waitMs ?? 60_000) / 1_000) } : {};
  return { ...REFUSALS[kind], ...(data ? { data } : {}), details: [{ google: kind }], ...wait };
}

function badBody(path: string, expected: string): SheetRefusal {
  return { code: 'INVALID_REQUEST', details: [{ path, expected }] };
}
