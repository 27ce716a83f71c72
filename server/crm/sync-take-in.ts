import type { LinkRecord, MergedRecord, PulledRecord } from '../store/sync-records.ts';
import type { ReadAnswer } from './adapter.ts';
import { DONE, type StageEnd, type SyncContext, worse } from './sync-context.ts';
import { moveToSurvivor } from './sync-follow.ts';
import { mergeAll } from './sync-merge.ts';

/**
 * Takes in what the CRM answered about linked records: values are merged, merged and converted ones are followed, and of
 * those that are gone the link says so.
 */
export async function takeInAnswers(
  ctx: SyncContext,
  links: readonly LinkRecord[],
  answers: readonly ReadAnswer[],
): Promise<{ readonly merged: readonly MergedRecord[]; readonly end: StageEnd }> {
  const linksByRemoteId = new Map(links.map((link) => [link.remoteId, link]));
  const pulled: PulledRecord[] = [];
  let end = DONE;
  for (const answer of answers) {
    const link = linksByRemoteId.get(answer.asked);
    if (!link) continue;
    const moved = await moveToSurvivor(ctx, link, answer);
    end = worse(end, moved.end);
    if (moved.pulled) pulled.push(moved.pulled);
  }
  const merged: MergedRecord[] = [];
  for (const type of ctx.crm.traits.types) {
    const taken = await mergeAll(
      ctx,
      pulled.filter(({ record }) => record.type === type),
      { creates: false },
    );
    merged.push(...taken.merged);
    end = worse(end, taken.end);
  }
  return { merged, end };
}
