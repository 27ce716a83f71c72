import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import { fail, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';
import type { ImportRowRecord, WorkspaceId } from '../store/records.ts';
import type { ImportStore } from '../store/store.ts';
import { type NewSyncError, type PulledRecord, RUN_COUNTS, type RunCounts } from '../store/sync-records.ts';
import type { Run, SyncStore } from '../store/sync-store.ts';
import { pairsOf } from './sync/context.ts';
import type { SyncLimits } from './sync/limits.ts';
import { troubleOf } from './sync/merge.ts';

/** What an import brought in, by the lines of its table. */
export type ImportedRecords = {
  readonly importId: string;
  readonly recordAt: (line: number) => CrmRecord | undefined;
  /** Kinds of which every record of the connection's own scope was read: their changes are asked for from then on. */
  readonly wholeTypes: readonly RecordType[];
  /** When reading them began (ms). */
  readonly readFrom: number;
  /** The CRM's clock against ours (ms). */
  readonly clockOffsetMs: number;
  /** Calls that reading them took. */
  readonly calls: number;
};
export type LinkDeps = {
  readonly store: SyncStore & Pick<ImportStore, 'readImportRows'>;
  readonly limits: SyncLimits;
  readonly now: () => number;
  readonly newId: () => string;
};

const PAGE = 500;
/** Rows that are their lead; one in review only may be. */
const STORED: ReadonlySet<Bucket> = new Set<Bucket>(['created', 'addedToList', 'updated', 'duplicate']);

/** Does work that writes for a connection while nobody else keeps it in step: `IN_PROGRESS` where somebody does. */
export async function whileAlone<T>(
  { store, limits, now, newId }: LinkDeps,
  workspace: WorkspaceId,
  connection: number,
  work: (run: Run) => Promise<Result<T, Refusal | CrmFailure>>,
): Promise<Result<T, Refusal | CrmFailure>> {
  const fence = await store.takeLease(workspace, connection, newId(), now(), now() + limits.leaseMs);
  if (!fence) return fail({ code: 'IN_PROGRESS', about: 'crm_busy_sync' });
  // Storing many rows may take longer than a lease lasts; who lost it is told by the next write.
  const beat = setInterval(() => void store.renewLease(fence, now() + limits.leaseMs).catch(() => {}), limits.leaseMs / 3);
  beat.unref();
  try {
    const run = await store.startRun(fence, 'import', now());
    const done = await work(run);
    const failure = done.ok || !('kind' in done.error) ? null : done.error;
    await store.endRun(run, { outcome: done.ok ? 'done' : 'failed', failure, at: now(), leftToday: null });
    return done;
  } finally {
    clearInterval(beat);
    await store.releaseLease(fence);
  }
}

/**
 * Notes which lead each imported record is. Where a lead was there before, both sides are merged as two that were never in
 * step: blanks are filled, the rule of a field decides, and both values are kept. A record that was rejected or waits for
 * a decision stands among the errors, the latter to be looked at again. Gives what was done; `conflicts`: fields that differed.
 */
export async function linkImported(
  { store, limits, now }: LinkDeps,
  run: Run,
  { importId, recordAt, wholeTypes, readFrom, clockOffsetMs, calls }: ImportedRecords,
): Promise<RunCounts> {
  const { workspace, connection } = run.fence;
  const counts = { ...(Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as Record<keyof RunCounts, number>) }; // made of every count
  const settings = await store.readSettings(workspace, connection);
  const readTo = readFrom + clockOffsetMs - limits.lagMs;
  // Cut off in between, the next run reads all of them and what became of them since.
  for (const type of wholeTypes)
    if ((await store.readCursor(workspace, connection, type)) === null)
      await store.saveCursor(run, type, { phase: 'initial', readTo, window: null, page: null });
  let cursor: string | undefined;
  do {
    const page = await store.readImportRows(workspace, importId, { ...(cursor === undefined ? {} : { cursor }), limit: PAGE });
    if (page === null || page === 'bad_cursor') break;
    const rows = page.rows.flatMap((row) => {
      const record = recordAt(row.line);
      return record ? [{ row, record }] : [];
    });
    // Nothing of them is taken for what we wrote once, though one may carry our key: whoever imports is told both values.
    // Who is a lead there and a contact too was just read as both.
    const pulled = rows.flatMap(({ row, record }): readonly PulledRecord[] =>
      STORED.has(row.bucket) && row.leadId !== null ? [{ record, leadId: row.leadId, ours: new Map(), isApart: true, clockOffsetMs }] : [],
    );
    const wasHere = new Set(rows.flatMap(({ row }) => (row.bucket !== 'created' && row.leadId !== null ? [row.leadId] : [])));
    const merged = pulled.length > 0 ? await store.mergeRecords(run, pulled, { creates: false, dryRun: false }) : [];
    counts.pulled += pulled.length;
    for (const { leadId, written, conflicts } of merged) {
      counts.conflicts += conflicts;
      if (written > 0 && leadId !== null && wasHere.has(leadId)) counts.updatedHere += 1;
    }
    const types = new Map(pulled.map(({ record }) => [record.id, record.type]));
    const troubles = merged.flatMap((each) => {
      const type = types.get(each.remoteId);
      return type === undefined ? [] : (troubleOf(each, type, pairsOf(settings, type)) ?? []);
    });
    const errors = [...troubles, ...rows.flatMap(({ row, record }) => errorOf(row, record, now()))];
    if (errors.length > 0) await store.noteErrors(run, errors);
    counts.errors += errors.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  for (const type of wholeTypes) {
    const known = await store.readCursor(workspace, connection, type);
    // Changes of linked records outside a narrower scope were not among those read.
    const goesOn = known !== null && settings.scopeIn.kind !== 'all' ? known.readTo : Math.max(known?.readTo ?? 0, readTo);
    await store.saveCursor(run, type, { phase: 'incremental', readTo: goesOn, window: null, page: null });
    // All of them were just looked at.
    const swept = await store.readCursor(workspace, connection, `sweep:${type}`);
    if (swept === null) await store.saveCursor(run, `sweep:${type}`, { phase: 'incremental', readTo: readFrom, window: null, page: null });
  }
  await store.saveRun(run, counts, calls);
  return counts;
}

function errorOf({ bucket, problems }: ImportRowRecord, { type, id }: CrmRecord, now: number): readonly NewSyncError[] {
  const about = { type, leadId: null, remoteId: id, stage: 'pull' } as const;
  if (bucket === 'review') return [{ ...about, failure: { kind: 'duplicate', code: 'in_review', message: '' }, nextAt: now }];
  if (bucket !== 'rejected') return [];
  const problem = problems.find(({ severity }) => severity === 'error');
  return [{ ...about, failure: { kind: 'validation', code: problem?.code ?? 'rejected', message: '' }, nextAt: null }];
}
