import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import { ok } from '#shared/result.ts';
import type { SyncCursor } from '../../store/sync-records.ts';
import type { CrmResult, Page, ReadAnswer, TimeWindow } from '../adapter.ts';
import { cut } from '../cut.ts';
import {
  DONE,
  endFor,
  endForScope,
  fieldsOf,
  isAhead,
  isScopeGone,
  readUpTo,
  type StageEnd,
  type SyncContext,
  typesOf,
  worse,
} from './context.ts';
import { followConverted, isUnseen, noteWaiting, RECORD_UNSEEN } from './follow.ts';
import { followGone } from './gone.ts';
import { retryAt } from './limits.ts';
import { mergeAll } from './merge.ts';
import { mergeKinds, takeInAnswers } from './take-in.ts';

/**
 * Reads what the CRM has that we do not: everything the first time, then what changed. A window reaches back into the last
 * one and ends before the newest changes, as the CRM's index shows them late; it only says which ids changed, the values
 * are read by id. Each page is on disk, merged, before the cursor says so.
 */
export async function pull(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const failed = await pullFailed(ctx, type);
  if (failed.kind === 'stop') return failed;
  // Of every kind up to the same moment: who became another kind is seen as both, or as neither yet.
  const end = await pullUpTo(ctx, type, readUpTo(ctx));
  return worse(failed, end);
}

/** What an earlier run left half read, or a scope that is read anew, is read first, and then what changed since. */
async function pullUpTo(ctx: SyncContext, type: RecordType, readTo: number): Promise<StageEnd> {
  const { store, run } = ctx;
  const step = async () => {
    const known = await store.readCursor(run.fence.workspace, run.fence.connection, type);
    const cursor = (await isAhead(ctx, type, known)) ? await readAllAnew(ctx, type) : known;
    const isFirst = !cursor || cursor.phase === 'initial';
    const end = await (isFirst ? pullAll(ctx, type, cursor, readTo) : pullChanged(ctx, type, cursor, readTo));
    return { end, isLeft: isFirst ? cursor !== null : cursor.window !== null };
  };
  const { end, isLeft } = await step();
  return end.kind === 'done' && isLeft ? (await step()).end : end;
}

/** Everything is read again, and everybody linked is looked at. */
async function readAllAnew(ctx: SyncContext, type: RecordType): Promise<SyncCursor> {
  const { store, run } = ctx;
  const cursor: SyncCursor = { phase: 'initial', readTo: readUpTo(ctx), window: null, page: null };
  await store.saveCursor(run, type, cursor);
  await store.saveCursor(run, `sweep:${type}`, { phase: 'incremental', readTo: 0, window: null, page: null });
  return cursor;
}

async function pullAll(ctx: SyncContext, type: RecordType, known: SyncCursor | null, now: number): Promise<StageEnd> {
  const { crm, store, run, lease, rules } = ctx;
  // Afterwards what changed from the start of the reading on; a scope that is read anew does not show what changed of linked
  // records outside of it, and so it goes on where it was.
  let cursor: SyncCursor = known?.page ? known : { phase: 'initial', readTo: known?.readTo ?? now, window: null, page: null };
  for (;;) {
    await lease.keep();
    const { scopeIn } = ctx.settings();
    const holdsAny = holdsType(scopeIn, type);
    const listed = holdsAny ? await crm.listRecords(type, scopeIn, fieldsOf(ctx.settings(), type), cursor.page) : NOBODY;
    if (!listed.ok) {
      const end = endForScope(ctx, listed.error);
      return known && isScopeGone(end) ? worse(await pullLinked(ctx, type, known, now), end) : end;
    }
    // What became of whom it takes in is among what changed since, also where it is cut off here and begins anew.
    if (known === null && cursor.page === null && rules.note_beginning) await store.saveCursor(run, type, cursor);
    const { readTo } = cursor;
    const items = listed.value.items.filter((record) => !mayBeAnother(ctx, record, readTo));
    ctx.counts.add('pulled', items.length);
    const { end } = await mergeAll(
      ctx,
      items.map((record) => ({ record })),
      { creates: true },
    );
    if (end.kind !== 'done') return end;
    const { next } = listed.value;
    cursor = { ...cursor, readTo: Math.min(readTo, readUpTo(ctx)), page: next, phase: next === null ? 'incremental' : 'initial' };
    await store.saveCursor(run, type, cursor);
    if (next !== null) continue;
    const { workspace, connection } = run.fence;
    const swept = await store.readCursor(workspace, connection, `sweep:${type}`);
    // All of them were just looked at.
    if (swept === null && holdsAny) await store.saveCursor(run, `sweep:${type}`, { ...cursor, window: null });
    return DONE;
  }
}

const NOBODY = ok<Page<CrmRecord>>({ items: [], next: null });

/** A contact made since the reading began may be a lead that was converted: it comes with what changed, after the leads. */
function mayBeAnother(ctx: SyncContext, { type, createdAt }: CrmRecord, readTo: number): boolean {
  return ctx.rules.follow_conversions && type !== typesOf(ctx)[0] && createdAt > readTo;
}

/** Who is linked stays in step also while the scope is there no more. Once it is back, it is read from its beginning. */
async function pullLinked(ctx: SyncContext, type: RecordType, known: SyncCursor, readTo: number): Promise<StageEnd> {
  const { crm, store, run, lease, limits } = ctx;
  const window = { from: known.readTo - limits.overlapMs, to: readTo };
  let page: string | null = null;
  do {
    await lease.keep();
    const listed: CrmResult<Page<string>> = await crm.listChanged(type, { kind: 'all' }, window, page);
    if (!listed.ok) return endFor(listed.error);
    const ids = [...new Set(listed.value.items)];
    const linked = await store.findLinked(run.fence, type, ids);
    const end = await pullIds(
      ctx,
      type,
      ids.filter((id) => linked.has(id)),
    );
    if (end.kind !== 'done') return end;
    page = listed.value.next;
  } while (page !== null);
  return pullGone(ctx, type, known, { ...readUntil(ctx, known, readTo), phase: 'initial' });
}

async function pullChanged(ctx: SyncContext, type: RecordType, known: SyncCursor, readTo: number): Promise<StageEnd> {
  const { store, run, lease, limits, rules } = ctx;
  const window = known.window ?? { from: known.readTo - (rules.overlap ? limits.overlapMs : -1), to: readTo };
  if (window.to <= window.from) return DONE;
  let page = known.window ? known.page : null;
  for (;;) {
    await lease.keep();
    const listed = await listChanged(ctx, type, window, page);
    if (!listed.ok) {
      const end = endForScope(ctx, listed.error);
      return isScopeGone(end) ? worse(await pullLinked(ctx, type, known, readTo), end) : end;
    }
    const { items, next } = listed.value;
    const cursor = next === null ? readUntil(ctx, known, window.to) : { ...known, window, page: next };
    if (!rules.read_before_cursor) await store.saveCursor(run, type, cursor);
    const end = await pullIds(ctx, type, items);
    if (end.kind !== 'done') return end;
    if (next === null) return pullGone(ctx, type, known, cursor);
    if (rules.read_before_cursor) await store.saveCursor(run, type, cursor);
    page = next;
  }
}

/** All that changed up to a moment was read, or up to where the CRM is known to tell. */
function readUntil(ctx: SyncContext, known: SyncCursor, to: number): SyncCursor {
  return { ...known, readTo: Math.max(known.readTo, Math.min(to, readUpTo(ctx))), window: null, page: null };
}

/**
 * What was deleted since is the last of what changed. Where the CRM tells less of it than was asked, something long is under way
 * there, whose changes will show late, too: the next run begins there.
 */
async function pullGone(ctx: SyncContext, type: RecordType, known: SyncCursor, cursor: SyncCursor): Promise<StageEnd> {
  const { end, readTo } = await followGone(ctx, type, { from: known.readTo - ctx.limits.lagMs, to: cursor.readTo });
  if (end.kind === 'done')
    await ctx.store.saveCursor(ctx.run, type, { ...cursor, readTo: Math.max(known.readTo, Math.min(cursor.readTo, readTo)) });
  return end;
}

/** Pages whose tokens begin so go through all that changed, for those who are linked; the others through the scope. */
const OF_ALL = 'linked ';
const START_OF_SCOPE = '';

/**
 * Ids to read, of one page of what changed. Who is linked stays in step under every scope: where it is narrow, all that
 * changed is gone through for them first, then the scope for who is new, so that each record is read once. Of whom was
 * deleted here it has to be known as well what they become there.
 */
async function listChanged(ctx: SyncContext, type: RecordType, window: TimeWindow, page: string | null): Promise<CrmResult<Page<string>>> {
  const { crm, store, run } = ctx;
  const scope = ctx.settings().scopeIn;
  const isNarrow = scope.kind !== 'all' || !holdsType(scope, type);
  const isOfAll = isNarrow && (page === null || page.startsWith(OF_ALL));
  const token = isOfAll ? page?.slice(OF_ALL.length) : page;
  const listed = await crm.listChanged(type, isOfAll ? { kind: 'all' } : scope, window, token || null);
  if (!listed.ok) return listed;
  const { next } = listed.value;
  const ids = [...new Set(listed.value.items)];
  if (!isNarrow) return ok({ items: ids, next });
  const linked = await store.findLinked(run.fence, type, ids, 'deleted_too');
  const items = ids.filter((id) => linked.has(id) === isOfAll);
  if (!isOfAll) return ok({ items, next });
  // Nobody is new of a kind that the scope has none of.
  const end = holdsType(scope, type) ? START_OF_SCOPE : null;
  return ok({ items, next: next === null ? end : `${OF_ALL}${next}` });
}

async function pullIds(ctx: SyncContext, type: RecordType, ids: readonly string[]): Promise<StageEnd> {
  const { readBatch } = ctx.crm.traits;
  for (const some of cut(ids, readBatch)) {
    const read = await ctx.crm.readRecords(type, some, fieldsOf(ctx.settings(), type));
    if (!read.ok) return endFor(read.error);
    ctx.counts.add('pulled', read.value.length);
    const end = await takeInAll(ctx, type, read.value);
    if (end.kind !== 'done') return end;
  }
  return DONE;
}

/** Who was converted goes first: the contact is the lead that is here already. */
async function takeInAll(ctx: SyncContext, type: RecordType, answers: readonly ReadAnswer[]): Promise<StageEnd> {
  const turned = await followConverted(ctx, type, answers);
  const { end } = await mergeKinds(ctx, [...turned.pulled, ...pulledOf(answers)], { creates: true });
  return worse(turned.end, end);
}

/** Those that are gone since they were listed are the sweep's. */
function pulledOf(answers: readonly ReadAnswer[]) {
  return answers.flatMap((answer) => (answer.kind === 'found' ? [{ record: answer.record }] : []));
}

/** Records that failed before and are due: they never held the cursor, so they are read by id. */
async function pullFailed(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { crm, store, run, limits } = ctx;
  const listed = await store.listDueErrors(run.fence, ctx.now(), crm.traits.readBatch);
  const due = listed.flatMap((error) => (error.type === type && error.remoteId !== null ? [{ ...error, remoteId: error.remoteId }] : []));
  if (due.length === 0) return DONE;
  const read = await crm.readRecords(
    type,
    due.map(({ remoteId }) => remoteId),
    fieldsOf(ctx.settings(), type),
  );
  if (!read.ok) {
    const nextAt = retryAt(limits, ctx.now(), Math.max(...due.map(({ attempts }) => attempts)));
    await store.noteErrors(
      run,
      due.map(({ leadId, remoteId }) => ({ type, leadId, remoteId, stage: 'pull', failure: read.error, nextAt })),
    );
    return endFor(read.error);
  }
  const attempts = new Map(due.map((error) => [error.remoteId, error.attempts]));
  const linked = await store.findLinked(run.fence, type, [...attempts.keys()]);
  const known = [...linked].map((remoteId) => ({ type, remoteId, state: 'unseen' }) as const);
  const turned = await takeInAnswers(
    ctx,
    known,
    read.value.filter(({ asked }) => linked.has(asked)),
    attempts,
  );
  const unseen = read.value.filter(isUnseen).map(({ asked }) => asked);
  const waiting = new Set([...turned.waiting, ...(await noteWaiting(ctx, type, unseen, RECORD_UNSEEN, attempts))]);
  const isOver = (answer: ReadAnswer) => answer.kind !== 'found' || answer.record.id !== answer.asked;
  const over = read.value.filter((answer) => isOver(answer) && !waiting.has(answer.asked));
  await store.clearErrors(
    run,
    over.map(({ asked }) => ({ type, remoteId: asked })),
  );
  const others = read.value.filter(({ asked }) => !linked.has(asked));
  const { end } = await mergeAll(ctx, pulledOf(others), { creates: true, attempts });
  return worse(turned.end, end);
}
