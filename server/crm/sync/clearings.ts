import { pairsToPush } from '#shared/crm/merge-record.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { SyncedLead } from '../../store/sync-records.ts';
import { DONE, pairsOf, type StageEnd, type SyncContext } from './context.ts';

/** Pairs that stay filled there for now, and the end of a part that asks about them. */
export type KeptFilled = { readonly pairIds: ReadonlySet<string>; readonly end: StageEnd };

/** The code of a run that would have emptied a field in too many records there; its message is the number. */
export const TOO_MANY_CLEARED = 'too_many_cleared';

/** How often each pair of some leads would be emptied in the CRM, added to what was counted so far. */
export function countClearings(ctx: SyncContext, type: RecordType, leads: readonly SyncedLead[], counts: Map<string, number>): void {
  for (const lead of leads) for (const id of toPushOf(ctx, type, lead)) if (isBlank(lead, id)) counts.set(id, (counts.get(id) ?? 0) + 1);
}

/**
 * One field emptied on very many leads at once is more likely a slip, of a file or a map, than a wish; and what a CRM has
 * lost Leadline cannot give back. Such a field is emptied nowhere until a person agrees to the number; all else goes.
 */
export async function keepFilled(ctx: SyncContext, counts: ReadonlyMap<string, number>, agreed: number): Promise<KeptFilled> {
  const { limits, run, store } = ctx;
  const many = [...counts].filter(([, count]) => count > limits.maxCleared);
  if (many.length === 0) return { pairIds: new Set(), end: DONE };
  const { linked } = await store.countLinks(run.fence.workspace, run.fence.connection);
  const kept = many.filter(([, count]) => count > linked * limits.removedShare);
  const count = kept.reduce((sum, [, each]) => sum + each, 0);
  if (count <= agreed) return { pairIds: new Set(), end: DONE };
  const failure = { kind: 'validation', code: TOO_MANY_CLEARED, message: String(count) } as const;
  return { pairIds: new Set(kept.map(([id]) => id)), end: { kind: 'short', failure } };
}

/** What of a lead may go: all but what would empty a field that stays filled. */
export function withoutClearings({ pairIds }: KeptFilled, lead: SyncedLead, toPush: readonly string[]): readonly string[] {
  return toPush.filter((id) => !pairIds.has(id) || !isBlank(lead, id));
}

/** Leads that have anything to send but what would empty such a field: the others are not even read. */
export function withMore(ctx: SyncContext, type: RecordType, kept: KeptFilled, leads: readonly SyncedLead[]): readonly SyncedLead[] {
  if (kept.pairIds.size === 0) return leads;
  return leads.filter((lead) => withoutClearings(kept, lead, toPushOf(ctx, type, lead)).length > 0);
}

/** Open questions are left to whoever sends: here it is only counted. */
function toPushOf(ctx: SyncContext, type: RecordType, { link, values }: SyncedLead): readonly string[] {
  const pairs = pairsOf(ctx.settings(), type);
  return link === null ? [] : pairsToPush(pairs, link.base, values, new Map(), ctx.options).map(({ id }) => id);
}

function isBlank({ values }: SyncedLead, pairId: string): boolean {
  return (values.get(pairId) ?? '') === '';
}
