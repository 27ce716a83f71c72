/**
 * Why a Google Sheet is not read.
 *
 * signedOut: the token ran out or was revoked · scopeMissing: it may not read sheets · noAccess: this account may not open
 * the sheet · apiDisabled: the operator's project has not switched the Sheets API on · notFound: no such sheet, or deleted ·
 * notASpreadsheet: an Excel file in Drive, say · published: a published page, which only a CSV link can read ·
 * tabNotFound, tabIsNoGrid (a chart), tabEmpty · tooLarge: data.limit bytes or data.rows · quota: too many reads a minute ·
 * keepsChanging: somebody edits faster than it can be read · googleTrouble: Google answers with an error of its own ·
 * unexpected: an answer nobody understands
 */
export const SHEET_FAILURES = {
  signedOut: 'reconnect',
  scopeMissing: 'reconnect',
  noAccess: 'reconnect',
  apiDisabled: 'never',
  notFound: 'never',
  notASpreadsheet: 'never',
  published: 'never',
  tabNotFound: 'never',
  tabIsNoGrid: 'never',
  tabEmpty: 'never',
  tooLarge: 'never',
  quota: 'later',
  keepsChanging: 'later',
  unreachable: 'now',
  timedOut: 'now',
  cancelled: 'now',
  googleTrouble: 'later',
  unexpected: 'never',
} as const satisfies Record<string, 'now' | 'later' | 'reconnect' | 'never'>;

export type SheetFailureKind = keyof typeof SHEET_FAILURES;
export type SheetFailure = {
  readonly kind: SheetFailureKind;
  /** Whether trying again helps. */
  readonly retry: (typeof SHEET_FAILURES)[SheetFailureKind];
  /** Of `quota` and `googleTrouble`: Google's own `Retry-After`, in ms. */
  readonly waitMs?: number;
  readonly data?: Readonly<Record<string, string | number>>;
};

/** A failure with what is known of it. */
export function sheetFailure(kind: SheetFailureKind, rest: Omit<SheetFailure, 'kind' | 'retry'> = {}): SheetFailure {
  return { kind, retry: SHEET_FAILURES[kind], ...rest };
}

/**
 * What an answer of the Sheets API that is no success means. `body` is Google's error (google.rpc.Status in JSON, as
 * https://cloud.google.com/apis/design/errors has it), `retryAfter` the header's text.
 */
export function failureOfGoogle(status: number, body: unknown, retryAfter: string | null): SheetFailure {
  const { state, reasons, message } = readStatus(body);
  const waitMs = /^\d{1,5}$/.test(retryAfter?.trim() ?? '') ? Number(retryAfter) * 1_000 : null;
  const waits = waitMs === null ? {} : { waitMs };
  if (status === 401) return sheetFailure('signedOut');
  if (status === 429 || state === 'RESOURCE_EXHAUSTED' || reasons.has('RATE_LIMIT_EXCEEDED')) return sheetFailure('quota', waits);
  if (status === 403) {
    if (reasons.has('SERVICE_DISABLED') || reasons.has('accessNotConfigured')) return sheetFailure('apiDisabled');
    if (reasons.has('ACCESS_TOKEN_SCOPE_INSUFFICIENT') || reasons.has('insufficientPermissions')) return sheetFailure('scopeMissing');
    return sheetFailure('noAccess');
  }
  if (status === 404) return sheetFailure('notFound');
  if (state === 'FAILED_PRECONDITION') return sheetFailure('notASpreadsheet');
  // The one message without a reason of its own: a tab that was renamed or deleted meanwhile.
  if (status === 400 && message.startsWith('Unable to parse range')) return sheetFailure('tabNotFound');
  if (status >= 500) return sheetFailure('googleTrouble', waits);
  return sheetFailure('unexpected', { data: { status } });
}

type Status = { readonly state: string; readonly reasons: ReadonlySet<string>; readonly message: string };

function readStatus(body: unknown): Status {
  const error = partOf(body, 'error');
  const details = partOf(error, 'details') ?? [];
  const older = partOf(error, 'errors') ?? [];
  const all = [...(Array.isArray(details) ? details : []), ...(Array.isArray(older) ? older : [])];
  return {
    state: textOf(partOf(error, 'status')),
    reasons: new Set(all.map((detail) => textOf(partOf(detail, 'reason')))),
    message: textOf(partOf(error, 'message')),
  };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
