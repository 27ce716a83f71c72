import type { SideKind } from '#shared/crm/side-item.ts';
import type { SyncCursor } from '../store/sync-records.ts';
import { DONE, endFor, type StageEnd, type SyncContext } from './sync-context.ts';

/** Reads deals, activities and the like that changed: read-only, each kind with a cursor of its own. */
export async function pullSideItems(ctx: SyncContext, kind: SideKind): Promise<StageEnd> {
  const { crm, store, run, limits, lease, now } = ctx;
  const object = `side:${kind}` as const;
  const known = await store.readCursor(run.fence.workspace, run.fence.connection, object);
  const from = known === null ? 0 : known.readTo - limits.overlapMs;
  const window = known?.window ?? { from, to: now() - limits.lagMs };
  if (window.to <= window.from) return DONE;
  let page = known?.window ? known.page : null;
  for (;;) {
    await lease.keep();
    const listed = await crm.listSideItems(kind, window, page);
    if (!listed.ok) return endFor(listed.error);
    ctx.counts.add('sideItems', await store.saveSideItems(run, listed.value.items));
    page = listed.value.next;
    const cursor: SyncCursor = { phase: 'incremental', readTo: known?.readTo ?? 0, window, page };
    await store.saveCursor(run, object, page === null ? { ...cursor, readTo: window.to, window: null } : cursor);
    if (page === null) return DONE;
  }
}
