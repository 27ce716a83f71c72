import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmField, CrmResult, Page } from '../adapter.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { dropJob, openJob, readJobResults, readJobState } from './bulk-jobs.ts';
import { readBulkRows } from './bulk-rows.ts';
import { isObject, OBJECTS, toRecords } from './objects.ts';
import type { Condition } from './soql.ts';
import type { Org } from './transport.ts';

/** From so many records on a job costs fewer calls than asking for 2,000 at a time, and waiting for it is worth while. */
export const BULK_ROWS = 50_000;
/** Rows loaded at once: in few calls, and little enough to hold. */
export const BULK_PART_ROWS = 10_000;
/** Of them a page has so many, as merging a page is one transaction. */
const MERGED_ROWS = 1_000;
/** Parts held between their pages: readings of several jobs at a time. */
const HELD_PARTS = 2;
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
  /** Null = the job was not seen complete yet. */
  readonly at: { readonly locator: string | null; readonly row: number } | null;
};
type Part = { readonly records: readonly CrmRecord[]; readonly next: string | null };
export type BulkDeps = {
  readonly org: Org;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** The last part of a job, by its id: another process loads it anew. */
  readonly parts: Map<string, Part & { readonly locator: string | null }>;
};

export function makeBulkDeps({ org, sleep, random }: Omit<BulkDeps, 'parts'>): BulkDeps {
  return { org, sleep, random, parts: new Map() };
}

/** A whole reading that has more than its first page. */
export type BulkAsk = {
  readonly type: RecordType;
  readonly columns: readonly string[];
  /** Of records behind the first page. */
  readonly where: Condition;
  readonly after: string;
};

/** The token of a job that reads all the rest; null where a job is not to be had. */
export async function startJob({ org }: BulkDeps, { type, columns, where, after }: BulkAsk): Promise<string | null> {
  const job = await openJob(org, { fields: columns, from: OBJECTS[type].name, where });
  return job.ok ? writePlace({ job: job.value, columns, after, looks: 0, at: null }) : null;
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
  if (place.at === null) {
    await sleep((WAITS_MS[place.looks] ?? 20_000) * (0.5 + random()));
    const state = await readJobState(org, place.job);
    if (!state.ok) return mayPass(state.error.kind) ? state : giveUp();
    if (state.value === 'failed' || (state.value === 'running' && place.looks >= MOST_LOOKS)) return giveUp();
    if (state.value === 'running') return ok({ items: [], next: writePlace({ ...place, looks: place.looks + 1 }) });
  }
  const { locator, row } = place.at ?? { locator: null, row: 0 };
  const part = await loadPart(deps, type, place, locator, fields);
  if (!part.ok) return mayPass(part.error.kind) ? part : giveUp();
  const { records, next } = part.value;
  const end = row + MERGED_ROWS;
  const at = end < records.length ? { locator, row: end } : next === null ? null : { locator: next, row: 0 };
  return ok({ items: records.slice(row, end), next: at === null ? null : writePlace({ ...place, at }) });
}

async function loadPart(
  { org, parts }: BulkDeps,
  type: RecordType,
  { job, columns }: Place,
  locator: string | null,
  fields: readonly CrmField[],
): Promise<CrmResult<Part>> {
  const held = parts.get(job);
  if (held?.locator === locator) return ok(held);
  const results = await readJobResults(org, job, locator, BULK_PART_ROWS);
  if (!results.ok) return results;
  const { text, rowCount, next } = results.value;
  const rows = readBulkRows(text, columns, fields);
  if (!rows) return fail(NOT_AN_ANSWER);
  // A file that was cut off is no end of the records.
  if (rowCount !== null && rowCount !== rows.length) return fail({ kind: 'transient', code: 'CUT_OFF', message: '' });
  const part = { records: toRecords(type, rows), next, locator };
  parts.delete(job);
  if (next !== null || rows.length > MERGED_ROWS) parts.set(job, part);
  for (const oldest of [...parts.keys()].slice(0, -HELD_PARTS)) parts.delete(oldest);
  return ok(part);
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
  const { job, columns, after, looks, at } = value;
  if (typeof job !== 'string' || typeof after !== 'string' || typeof looks !== 'number' || !Array.isArray(columns)) return null;
  const place = { job, columns: columns.map(String), after, looks };
  if (!isObject(at)) return { ...place, at: null };
  return { ...place, at: { locator: typeof at.locator === 'string' ? at.locator : null, row: Number(at.row) } };
}
