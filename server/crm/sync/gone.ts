import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { Gone, ReadAnswer, TimeWindow } from '../adapter.ts';
import { cut } from '../cut.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { takeInAnswers } from './take-in.ts';

/**
 * Deleted records and those merged away show in no list of changes. Where the CRM tells of them nobody waits for the nightly
 * look at all that is linked; what it does not tell, or not now, that one finds. `readTo` (ms): up to there it told.
 */
export async function followGone(
  ctx: SyncContext,
  type: RecordType,
  window: TimeWindow,
): Promise<{ readonly end: StageEnd; readonly readTo: number }> {
  const { crm, store, run } = ctx;
  const told = crm.listGone ? await crm.listGone(type, window) : ok<Gone>({ ids: [], isWhole: true, readTo: window.to });
  if (!told.ok) {
    const end = endFor(told.error);
    return { end: end.kind === 'stop' ? end : DONE, readTo: window.to };
  }
  const { readTo } = told.value;
  if (!told.value.isWhole) await sweepSoon(ctx, type);
  const ids = [...(await store.findLinked(run.fence, type, told.value.ids))];
  let end = DONE;
  for (const some of cut(ids, crm.traits.readBatch)) {
    const read = await crm.readRecords(type, some, fieldsOf(ctx.settings(), type));
    if (!read.ok) return { end: worse(end, endFor(read.error)), readTo };
    const links = some.map((remoteId) => ({ type, remoteId, state: 'linked' }) as const);
    end = worse(end, (await takeInAnswers(ctx, links, read.value.map(asDeleted))).end);
  }
  return { end, readTo };
}

/** Who is told to be deleted is, though nothing is to be seen of them. */
function asDeleted(answer: ReadAnswer): ReadAnswer {
  return answer.kind === 'gone' && answer.why === 'unseen' ? { ...answer, why: 'archived' } : answer;
}

/** At most so often all that is linked is looked at because the CRM's log has a gap: it may have one each time. */
const GAP_MS = 60 * 60 * 1_000;

/** What is missing in the log is found by looking at all that is linked, in this run already. */
async function sweepSoon({ store, run, now }: SyncContext, type: RecordType): Promise<void> {
  const object = `sweep:${type}` as const;
  const cursor = await store.readCursor(run.fence.workspace, run.fence.connection, object);
  if (!cursor || cursor.window !== null || now() - cursor.readTo < GAP_MS) return;
  await store.saveCursor(run, object, { ...cursor, readTo: 0 });
}
