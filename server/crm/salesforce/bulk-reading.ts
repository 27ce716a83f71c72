import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmField, CrmResult, Page } from '../adapter.ts';
import { dropJob, openJob, readJobResults, readJobState } from './bulk-jobs.ts';
import { readBulkRows } from './bulk-rows.ts';
import { isObject, OBJECTS, toRecords } from './objects.ts';
import { countRows } from './queries.ts';
import type { Condition } from './soql.ts';
import type { Org } from './transport.ts';

/** From so many records on a job costs fewer calls than asking for 2,000 at a time, and waiting for it is worth while. */
export const BULK_ROWS = 50_000;
/** Rows taken at once: so many are merged well within a lease. */
export const BULK_PAGE_ROWS = 10_000;
/** Between one look at a job and the next; the last one again and again. Each well below what a lease lasts. */
const WAITS_MS = [5_000, 10_000, 20_000] as const;
/** Half an hour; a job that takes longer is not waited for. */
const MOST_LOOKS = 90;

/** Where a reading by job stands, as a page's token: it outlives a restart, as a job and its locators do. */
type Place = {
  readonly job: string;
  /** What was asked for, in the order of the columns. */
  readonly columns: readonly string[];
  /** The id after which the job's records begin: there a plain reading goes on where the job comes to nothing. */
  readonly after: string;
  readonly looks: number;
  /** Of the next results; null = none were read yet. */
  readonly locator: string | null;
};
export type BulkDeps = {
  readonly org: Org;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
};
/** A whole reading that has more than its first page. */
export type BulkAsk = {
  readonly type: RecordType;
  readonly columns: readonly string[];
  /** Of records behind the first page. */
  readonly where: Condition;
  readonly after: string;
  readonly rowsSoFar: number;
};

/** The token of a job that reads all the rest; null where a job is not worth it, or is not to be had. */
export async function startJob({ org }: BulkDeps, { type, columns, where, after, rowsSoFar }: BulkAsk): Promise<string | null> {
  const left = await countRows(org, { from: OBJECTS[type].name, where });
  if (!left.ok || rowsSoFar + left.value <= BULK_ROWS) return null;
  const job = await openJob(org, { fields: columns, from: OBJECTS[type].name, where });
  return job.ok ? writePlace({ job: job.value, columns, after, looks: 0, locator: null }) : null;
}

/**
 * The next results of a job, or an empty page while it runs. A job that failed, was deleted or takes too long is dropped:
 * the token leads to the plain reading after the same id then, so that nobody is left out.
 */
export async function readJobPage(
  deps: BulkDeps,
  type: RecordType,
  columns: readonly string[],
  fields: readonly CrmField[],
  token: string,
): Promise<CrmResult<Page<CrmRecord>>> {
  const place = readPlace(token);
  if (!place) return fail({ kind: 'bug', code: 'NOT_A_TOKEN', message: '' });
  const { org, sleep, random } = deps;
  const giveUp = async () => {
    await dropJob(org, place.job);
    return ok({ items: [], next: place.after });
  };
  // Fields were mapped newly since: the job has not asked for them.
  if (place.columns.join() !== columns.join()) return giveUp();
  if (place.locator === null) {
    await sleep((WAITS_MS[place.looks] ?? 20_000) * (0.5 + random()));
    const state = await readJobState(org, place.job);
    if (!state.ok) return mayPass(state.error.kind) ? state : giveUp();
    if (state.value === 'failed' || (state.value === 'running' && place.looks >= MOST_LOOKS)) return giveUp();
    if (state.value === 'running') return ok({ items: [], next: writePlace({ ...place, looks: place.looks + 1 }) });
  }
  const results = await readJobResults(org, place.job, place.locator, BULK_PAGE_ROWS);
  if (!results.ok) return mayPass(results.error.kind) ? results : giveUp();
  const { text, rowCount, next } = results.value;
  const rows = readBulkRows(text, columns, fields);
  if (!rows) return giveUp();
  // A file that was cut off is no end of the records.
  if (rowCount !== null && rowCount !== rows.length) return fail({ kind: 'transient', code: 'CUT_OFF', message: '' });
  return ok({ items: toRecords(type, rows), next: next === null ? null : writePlace({ ...place, locator: next }) });
}

/** What goes away by itself or by connecting again; the job is still there then. */
function mayPass(kind: string): boolean {
  return ['auth', 'rate_daily', 'rate_burst', 'transient'].includes(kind);
}

/** Says whether a page's token is that of a job; the others are ids. */
export function isJobToken(token: string): boolean {
  return token.startsWith('{');
}

function writePlace(place: Place): string {
  return JSON.stringify(place);
}

function readPlace(token: string): Place | null {
  const value: unknown = JSON.parse(token);
  if (!isObject(value)) return null;
  const { job, columns, after, looks, locator } = value;
  if (typeof job !== 'string' || typeof after !== 'string' || typeof looks !== 'number' || !Array.isArray(columns)) return null;
  return { job, columns: columns.map(String), after, looks, locator: typeof locator === 'string' ? locator : null };
}
