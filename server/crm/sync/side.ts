import type { RecordType } from '#shared/crm/record.ts';
import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import type { CursorObject, SyncCursor } from '../../store/sync-records.ts';
import type { SideDue } from '../../store/sync-store.ts';
import type { CrmResult } from '../adapter.ts';
import { cut } from '../cut.ts';
import { DONE, endFor, PASSING, readUpTo, type StageEnd, type SyncContext, typesOf, worse } from './context.ts';

/** Links looked at in one go, and items read between two beats of the lease: as many as a call of either vendor takes. */
const LOOK_BATCH = 1_000;

/**
 * Reads deals, activities and the like, never writing: what changed, by a cursor for each kind, and then all that hangs on
 * records which the cursors passed before they were a lead's, or which nobody looked at for long. The first reading waits
 * until the records are in, and finds everything on them without asking for each.
 */
export async function pullSide(ctx: SyncContext): Promise<StageEnd> {
  const { crm, store, run, now } = ctx;
  const { sideKinds } = crm.traits;
  if (sideKinds.length === 0) return DONE;
  const isBegun = (
    await readCursors(
      ctx,
      sideKinds.map((kind) => `side:${kind}` as const),
    )
  ).some((cursor) => cursor !== null);
  if (!isBegun) {
    // Its cursor says that a kind was looked at as a whole, also while a narrower scope is about to be read anew.
    const looks = await readCursors(
      ctx,
      typesOf(ctx).map((type) => `sweep:${type}` as const),
    );
    if (looks.includes(null)) return DONE;
    await store.noteAllSideRead(run, now());
  }
  let end = DONE;
  for (const kind of sideKinds) {
    end = worse(end, await pullChanged(ctx, kind));
    if (end.kind === 'stop') return end;
  }
  for (const type of typesOf(ctx)) {
    if (end.kind === 'stop') return end;
    end = worse(end, await lookAtDue(ctx, type));
  }
  return end;
}

function readCursors({ store, run }: SyncContext, objects: readonly CursorObject[]): Promise<readonly (SyncCursor | null)[]> {
  const { workspace, connection } = run.fence;
  return Promise.all(objects.map((object) => store.readCursor(workspace, connection, object)));
}

async function pullChanged(ctx: SyncContext, kind: SideKind): Promise<StageEnd> {
  const { crm, store, run, limits, lease, now } = ctx;
  const object = `side:${kind}` as const;
  const stored = await store.readCursor(run.fence.workspace, run.fence.connection, object);
  const renamed = await findRenamed(ctx, kind, stored);
  if (!renamed.ok) return endFor(renamed.error);
  // What has other labels now is told anew, all of it; and what was passed over while a clock was wrong.
  const isWrong = stored !== null && stored.readTo > readUpTo(ctx) + limits.lagMs;
  const known = stored !== null && (renamed.value !== null || isWrong) ? { ...stored, readTo: 0, window: null, page: null } : stored;
  const from = Math.max(0, (known?.readTo ?? 0) - limits.overlapMs);
  const window = known?.window ?? { from, to: readUpTo(ctx) };
  if (window.to <= window.from) return DONE;
  const save = (cursor: SyncCursor) => store.saveCursor(run, object, cursor);
  const readTo = known?.readTo ?? 0;
  let page = known?.window ? known.page : null;
  if (renamed.value !== null) {
    await save({ phase: 'incremental', readTo, window, page: null });
    await store.saveCursor(run, `labels:${kind}`, { phase: 'incremental', readTo: now(), window: null, page: renamed.value });
  }
  for (;;) {
    await lease.keep();
    const listed = await crm.listSideItems(kind, window, page);
    if (!listed.ok) return endFor(listed.error);
    ctx.counts.add('sideItems', await store.saveSideItems(run, listed.value.items));
    page = listed.value.next;
    const cursor: SyncCursor = { phase: 'incremental', readTo, window, page };
    await save(page === null ? { ...cursor, readTo: Math.min(window.to, readUpTo(ctx)), window: null } : cursor);
    if (page === null) return DONE;
  }
}

/** The mark of labels that are other ones than those the items of a kind were read with; null where they are the same. */
async function findRenamed({ crm, store, run }: SyncContext, kind: SideKind, cursor: SyncCursor | null): Promise<CrmResult<string | null>> {
  if (cursor !== null && !(await store.hasSideItems(run.fence, kind))) return { ok: true, value: null };
  const mark = await crm.sideLabelsMark(kind);
  if (!mark.ok || mark.value === null) return mark;
  const { workspace, connection } = run.fence;
  const known = await store.readCursor(workspace, connection, `labels:${kind}`);
  return { ok: true, value: known?.page === mark.value ? null : mark.value };
}

/** Looks at links that are due, those first that nobody has looked at since they are. */
async function lookAtDue(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { store, run, limits, now } = ctx;
  let end = DONE;
  for (;;) {
    await ctx.lease.keep();
    const due = await store.listSideDue(run.fence, type, now() - limits.sweepMs, LOOK_BATCH);
    if (due.length === 0) return end;
    const looked = await lookAt(ctx, type, due);
    end = worse(end, looked.end);
    if (!looked.isNoted) return end;
  }
}

type Kept = Pick<SideItem, 'kind' | 'id'>;
type Looked = { readonly end: StageEnd; readonly isNoted: boolean };

/** Reads all that hangs on some links, kind by kind. A kind that may not be read leaves what is known of it alone. */
async function lookAt(ctx: SyncContext, type: RecordType, due: readonly SideDue[]): Promise<Looked> {
  const { crm, store, run, now } = ctx;
  const at = now();
  const records = due.map(({ remoteId }) => ({ type, id: remoteId }));
  const kinds: SideKind[] = [];
  const kept: Kept[] = [];
  let end = DONE;
  for (const kind of crm.traits.sideKinds) {
    const read = await readOn(ctx, kind, records);
    if (!read.ok) {
      end = worse(end, endFor(read.error));
      if (PASSING.has(read.error.kind)) return { end, isNoted: false };
      continue;
    }
    kinds.push(kind);
    kept.push(...read.value);
  }
  await store.noteSideRead(run, { linkIds: due.map(({ linkId }) => linkId), kinds, kept, at });
  return { end, isNoted: true };
}

/** Which items of a kind hang on some records; each is on disk as it is now. */
async function readOn(
  ctx: SyncContext,
  kind: SideKind,
  records: Parameters<SyncContext['crm']['findSideItems']>[1],
): Promise<CrmResult<readonly Kept[]>> {
  const { crm, store, run, lease } = ctx;
  const found = await crm.findSideItems(kind, records);
  if (!found.ok) return found;
  const items: Kept[] = [];
  for (const some of cut(found.value, LOOK_BATCH)) {
    await lease.keep();
    const read = await crm.readSideItems(kind, some);
    if (!read.ok) return read;
    ctx.counts.add('sideItems', await store.saveSideItems(run, read.value));
    items.push(...read.value.map(({ id }) => ({ kind, id })));
  }
  return { ok: true, value: items };
}
