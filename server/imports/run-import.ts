import { createHash } from 'node:crypto';
import { setImmediate as letOthers } from 'node:timers/promises';
import type { FileReceipt } from '#shared/api/imports.ts';
import { BUCKET_OF } from '#shared/plan/decide-row.ts';
import type { OptedOut } from '#shared/plan/opt-outs.ts';
import { BUCKETS, type Bucket, type Decision, type ImportPlan, type ImportPolicy, type PlannedRow } from '#shared/plan/plan.ts';
import { splitChunks } from '#shared/plan/split-chunks.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { dryRunSentences } from '#shared/sentences/en.ts';
import { type Actor, actOf, type Backend, newUuid, type Refusal, uuidOf } from '../leads/backend.ts';
import { refuseOverwrite } from '../leads/permission.ts';
import { ownerCheck } from '../store/check-owner.ts';
import type { CheckedRow, ListTarget, NewImport } from '../store/records.ts';
import { checkOwners } from './check-rows.ts';
import type { FileImportOptions } from './file-options.ts';
import { completeImport } from './finish-import.ts';
import { importClosed } from './import-answers.ts';
import { toImportPolicy } from './import-policy.ts';
import { planAgainstStore, planFile } from './plan-file.ts';
import { type ReadFile, readFile } from './read-file.ts';
import { toRefusal } from './receive-chunk.ts';
import { findOptedOut, takeOptOuts } from './take-opt-outs.ts';

/**
 * POST /api/imports: reads, maps, checks and stores a whole file in transactions of 1,000 rows. With an idempotency
 * key the same file under the same key is the same import: what is stored is not stored again, a run that broke off
 * goes on where it was, the receipt is the same; another file is `IDEMPOTENCY_MISMATCH`. A file that is no table:
 * `INVALID_FILE`, `TOO_LARGE`, `UNSUPPORTED_TYPE` with the file error in `details`.
 */
export async function runImport(
  backend: Backend,
  actor: Actor,
  bytes: Uint8Array,
  options: FileImportOptions,
  idempotencyKey: string | null,
): Promise<Result<FileReceipt, Refusal>> {
  const workspace = await backend.store.readWorkspace(actor.workspace);
  const refused = refuseOverwrite(workspace, actor, options.onDuplicate);
  if (refused) return fail(refused);
  const policy = toImportPolicy(options, workspace);
  if (!policy.ok) return policy;
  const read = await readFile(backend, actor, bytes, options);
  if (!read.ok) return read;
  return importTable(backend, actor, read.value, policy.value, { options, contentSha256: sha256(bytes), idempotencyKey });
}

/** Where a table comes from and what it is imported with. `contentSha256` (hex): what makes it the same table again. */
export type TableOrigin = {
  readonly options: FileImportOptions;
  readonly contentSha256: string;
  readonly idempotencyKey: string | null;
};

/** The same for a table that was read already. */
export async function importTable(
  backend: Backend,
  actor: Actor,
  file: ReadFile,
  policy: ImportPolicy,
  { options, contentSha256, idempotencyKey }: TableOrigin,
): Promise<Result<FileReceipt, Refusal>> {
  const list = await findList(backend, actor, options);
  if (!list) return fail({ code: 'LIST_NOT_FOUND' });
  const optedOut = await findOptedOut(file, policy);
  if (options.dryRun) return await dryRun(backend, actor, file, policy, list, optedOut);
  // What is cut and known again by its hash is the file alone: the workspace changes with the first chunk that is stored.
  const alone = await planFile(file, policy);
  const plan = await planAgainstStore(backend, actor, file, policy, list.id, optedOut, alone);
  if (!plan) return fail({ code: 'LIST_NOT_FOUND' });
  const chunks = [...splitChunks(alone.rows)];
  const announced: NewImport = {
    importId: idempotencyKey === null ? newUuid(backend) : uuidOf(sha256(`${actor.workspace} ${idempotencyKey}`), '8'),
    source: options.source ?? (file.table.sheet === undefined ? 'csv' : 'xlsx'),
    ...(options.fileName === undefined ? {} : { fileName: options.fileName }),
    fileSha256: contentSha256,
    list: targetOf(options),
    mapping: file.mapping,
    headers: file.table.headers,
    policy,
    total: alone.rows.length,
    chunkCount: chunks.length,
    bodySha256: sha256(JSON.stringify([contentSha256, options])),
  };
  const put = await backend.store.putImport(actOf(backend, actor), announced);
  if (put.kind === 'mismatch') return fail({ code: 'IDEMPOTENCY_MISMATCH' });
  if (put.kind === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  if (put.import.state === 'cancelled' || put.import.state === 'undone') return fail(importClosed(put.import.state));
  // Nobody who opted out is written first: they are on the list before the first row.
  const taken = optedOut && put.import.state === 'receiving' ? await takeOptOuts(backend, actor, file, optedOut, options) : ok(null);
  if (!taken.ok) return taken;
  const checkOwner = ownerCheck(await backend.store.listMembers(actor.workspace));
  let first = 0;
  for (const { seq, rows, body } of chunks) {
    const decided = rows.map((row, at) => decidedRow(row, plan.rows[first + at] ?? row));
    first += rows.length;
    const checked = checkOwners(decided, checkOwner).map((row) => ofRecord(row, file));
    const chunk = { importId: announced.importId, seq, sha256: sha256(body), rows: checked };
    const stored = await backend.store.storeChunk(actOf(backend, actor), chunk);
    if (!('answer' in stored)) return fail(toRefusal(stored));
    await letOthers();
  }
  return await completeImport(backend, actor, announced.importId);
}

/**
 * A row with what the plan says of it: only that sees an earlier row of the file as it came. What would be written is
 * left to the transaction. `alone` is the row without a look at the workspace.
 */
function decidedRow(alone: PlannedRow, planned: PlannedRow): PlannedRow {
  if (!COMPARED.has(alone.decision)) return alone;
  return LEFT_TO_STORE.has(planned.decision) ? { ...planned, decision: 'auto' } : planned;
}

/** Which record a row is, and whether a lead is that by a link. */
function ofRecord(row: CheckedRow, { linkedLeads, recordAt }: ReadFile): CheckedRow {
  const record = recordAt?.(row.line);
  if (!record) return row;
  return { ...row, record, ...(linkedLeads?.has(row.line) ? { isLinked: true } : {}) };
}

const COMPARED: ReadonlySet<Decision> = new Set<Decision>(['auto', 'duplicate', 'review']);
const LEFT_TO_STORE: ReadonlySet<Decision> = new Set<Decision>(['create', 'update', 'add']);

function targetOf({ listId, listName }: FileImportOptions): ListTarget {
  if (listId !== undefined) return { id: listId };
  return listName === undefined ? null : { name: listName };
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The receipt an import would have now, without an id: nothing is stored. */
async function dryRun(
  backend: Backend,
  actor: Actor,
  file: ReadFile,
  policy: NewImport['policy'],
  list: FileReceipt['list'],
  optedOut: OptedOut | null,
): Promise<Result<FileReceipt, Refusal>> {
  const plan = await planAgainstStore(backend, actor, file, policy, list.id, optedOut);
  if (!plan) return fail({ code: 'LIST_NOT_FOUND' });
  const counters = countBuckets(plan);
  return ok({
    importId: null,
    state: 'receiving',
    list,
    total: plan.rows.length,
    ...counters,
    changedSincePreview: 0,
    message: dryRunSentences(counters, list.name, list.id === null).join(' '),
    undoableUntil: null,
    dryRun: true,
  });
}

/** The list rows would go to; one that would be made has no id yet. `null` = no such list. */
async function findList(backend: Backend, actor: Actor, { listId, listName }: FileImportOptions): Promise<FileReceipt['list'] | null> {
  const lists = await backend.store.listLists(actor.workspace);
  const isIt = (list: (typeof lists)[number]) => {
    if (listId !== undefined) return list.id === listId;
    return listName === undefined ? list.isDefault : list.name.toLowerCase() === listName.trim().toLowerCase();
  };
  const found = lists.find(isIt);
  if (found) return { id: found.id, name: found.name, created: false };
  return listName === undefined ? null : { id: null, name: listName.trim(), created: false };
}

function countBuckets(plan: ImportPlan): { readonly [B in Bucket]: number } {
  const counters = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as { [B in Bucket]: number }; // made of every bucket
  for (const { decision } of plan.rows) counters[decision === 'auto' ? 'created' : BUCKET_OF[decision]]++;
  return counters;
}
