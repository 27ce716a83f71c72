import type { CrmFailure, FailureKind } from '#shared/crm/failure.ts';

/** An answer that is not a success, as it came. */
export type ErrorAnswer = { readonly status: number; readonly headers: ReadonlyMap<string, string>; readonly text: string };
/** A read may be asked again; of a write nobody knows what a gateway that gave up has let through. `create`: a write that makes something. */
export type CallKind = 'read' | 'search' | 'write' | 'create';
export const isWrite = (call: CallKind): boolean => call === 'write' || call === 'create';

/** What helps, by HTTP status. What is not here: 5xx may pass, everything else is unknown to us. */
const BY_STATUS: ReadonlyMap<number, FailureKind> = new Map([
  [400, 'validation'],
  [401, 'auth'],
  [403, 'scope'],
  [404, 'gone'],
  [409, 'duplicate'],
  [422, 'validation'],
  [423, 'lock'],
  [429, 'rate_burst'],
  [477, 'transient'],
]);
/** Codes of single values inside a 400 that mean something else than "mend the record". */
const BY_VALUE_CODE: ReadonlyMap<string, FailureKind> = new Map([
  ['PROPERTY_DOESNT_EXIST', 'schema_drift'],
  ['READ_ONLY_VALUE', 'scope'],
  ['CONFLICTING_UNIQUE_VALUE', 'duplicate'],
]);
/** The same by the category that an entry of a 207 carries instead of a status. */
const BY_CATEGORY: ReadonlyMap<string, number> = new Map([
  ['OBJECT_NOT_FOUND', 404],
  ['CONFLICT', 409],
  ['VALIDATION_ERROR', 400],
  ['MISSING_SCOPES', 403],
  ['RATE_LIMITS', 429],
  ['INTERNAL_ERROR', 500],
]);
/** How long to wait where the answer does not say: by policy of the limit (HubSpot's usage guidelines), 423 at least two seconds. */
const WAIT_MS = { TEN_SECONDLY_ROLLING: 10_000, SECONDLY: 1_000, lock: 2_000 } as const;
const LONGEST_WAIT_MS = 60_000;

/** Reads an error answer. Every field of the body is optional, and it may be a gateway's HTML. */
export function toFailure({ status, headers, text }: ErrorAnswer, call: CallKind): CrmFailure {
  const body = readJson(text);
  const failure = fromBody(body, status);
  const told = readRetryAfter(headers.get('retry-after'));
  if (status === 429) return { ...failure, ...toRate(body, told) };
  if (status === 423) return { ...failure, retryAfterMs: told ?? WAIT_MS.lock };
  if (status >= 500 && isWrite(call)) return { ...failure, kind: 'ambiguous' };
  return told === null ? failure : { ...failure, retryAfterMs: told };
}

/** Reads an entry of a 207's `errors`. */
export function fromBatchError(entry: unknown): CrmFailure {
  const body = isObject(entry) ? entry : {};
  const category = textOf(body.category);
  const message = textOf(body.message);
  const { context } = body;
  const namesIds = isObject(context) && NAMES_IDS.some((name) => name in context); // only what is not there is named so
  const status = BY_CATEGORY.get(category) ?? (EXISTING_ID.test(message) ? 409 : namesIds && category === '' ? 404 : 400);
  return fromBody(body, status);
}

/**
 * Of the `errors` of a read, one that is not just that something is not there, or cannot be by its name: what is missing for
 * another reason must not be taken for gone.
 */
export function failureAmong(answer: unknown): CrmFailure | undefined {
  const errors = isObject(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors
    .filter((entry) => !isObject(entry) || entry.category !== 'VALIDATION_ERROR')
    .map(fromBatchError)
    .find(({ kind }) => kind !== 'gone');
}

type Body = Readonly<Record<string, unknown>>;
const NAMES_IDS = ['ids', 'id', 'fromObjectId'];
const EXISTING_ID = /Existing ID: (\d+)/;

/** Batches name the record in the way beside their sentence too. */
function existingId({ context }: Body): string | undefined {
  const ids = isObject(context) && Array.isArray(context.existingId) ? context.existingId : [];
  return ids.find((id) => typeof id === 'string');
}

function fromBody(body: Body, status: number): CrmFailure {
  const message = textOf(body.message);
  const inMessage = readInvalidValues(message);
  const values = inMessage.length > 0 ? inMessage : readDetails(body);
  const [first] = values;
  const special = values.find(({ code }) => BY_VALUE_CODE.has(code));
  const kind = BY_STATUS.get(status) ?? (status >= 500 || status === 408 ? 'transient' : 'bug');
  const of = special ?? first;
  const match = existingId(body) ?? EXISTING_ID.exec(message)?.[1];
  const missingScopes = status === 403 ? readScopes(body) : [];
  const correlationId = textOf(body.correlationId);
  return {
    kind: (kind === 'validation' && special && BY_VALUE_CODE.get(special.code)) || kind,
    code: of?.code || textOf(body.category) || String(status),
    message: of?.message || message,
    ...(of?.name ? { field: of.name } : {}),
    ...(missingScopes.length > 0 ? { missingScopes } : {}),
    ...(match === undefined ? {} : { matches: [{ type: 'contact' as const, id: match, title: '' }] }),
    ...(correlationId === '' ? {} : { correlationId }),
  };
}

function toRate(body: Body, told: number | null): Pick<CrmFailure, 'kind' | 'code' | 'retryAfterMs'> {
  const policy = textOf(body.policyName) || (/daily/i.test(textOf(body.message)) ? 'DAILY' : 'TEN_SECONDLY_ROLLING');
  if (policy === 'DAILY') return { kind: 'rate_daily', code: policy };
  const byPolicy = policy === 'SECONDLY' ? WAIT_MS.SECONDLY : WAIT_MS.TEN_SECONDLY_ROLLING;
  return { kind: 'rate_burst', code: policy, retryAfterMs: told ?? byPolicy };
}

type InvalidValue = { readonly name: string; readonly code: string; readonly message: string };

/** What is wrong with single values, told in a list of its own: newer checks do so, as an administrator's rules. */
function readDetails({ errors }: Body): readonly InvalidValue[] {
  const details = Array.isArray(errors) ? errors.filter(isObject) : [];
  return details
    .map(({ code, message, context, in: place }) => {
      const named = isObject(context) && Array.isArray(context.propertyName) ? textOf(context.propertyName[0]) : '';
      return { name: named || textOf(place), code: textOf(code), message: textOf(message) };
    })
    .filter(({ code, name }) => code !== '' || name !== '');
}

/** Validation errors carry a JSON list inside their sentence; what is said there of one value is for people to read. */
function readInvalidValues(message: string): readonly InvalidValue[] {
  const start = message.indexOf('[{');
  if (start < 0) return [];
  const list = readJson(message.slice(start, message.lastIndexOf(']') + 1));
  return Array.isArray(list)
    ? list
        .filter(isObject)
        .map((one) => ({ name: textOf(one.name), code: textOf(one.error) || textOf(one.code), message: textOf(one.message) }))
    : [];
}

/** The rights that are missing, wherever the body names them. */
function readScopes(body: Body): readonly string[] {
  const details = [body, ...(Array.isArray(body.errors) ? body.errors : [])].filter(isObject);
  const lists = details.flatMap(({ context }) => (isObject(context) ? Object.entries(context) : []));
  return lists.flatMap(([name, value]) =>
    /scope/i.test(name) && Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [],
  );
}

/** Seconds (RFC 9110 10.2.3; HubSpot sends no dates); clamped, as nobody waits for days within one call. */
function readRetryAfter(text: string | undefined): number | null {
  const seconds = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(seconds) || seconds < 0) return null;
  return Math.min(seconds * 1_000, LONGEST_WAIT_MS);
}

function readJson(text: string): Body & { readonly length?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? (value as Body) : {};
  } catch {
    return {};
  }
}

export const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
