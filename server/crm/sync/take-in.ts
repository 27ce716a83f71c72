import type { MergedRecord, PulledRecord } from '../../store/sync-records.ts';
import type { ReadAnswer } from '../adapter.ts';
import { type StageEnd, type SyncContext, worse } from './context.ts';
import { followConverted, type LinkToFollow, moveToSurvivor } from './follow.ts';
import { type MergeEnd, mergeAll } from './merge.ts';

/**
 * Takes in what the CRM answered about linked records of one type: values are merged, merged and converted ones are
 * followed, and of those that are gone the link says so. `waiting`: those whose survivors are not to be seen. `attempts`: how often
 * each was looked for before.
 */
export async function takeInAnswers(
  ctx: SyncContext,
  links: readonly LinkToFollow[],
  answers: readonly ReadAnswer[],
  attempts?: ReadonlyMap<string, number>,
): Promise<MergeEnd & { readonly waiting: ReadonlySet<string> }> {
  const linksByRemoteId = new Map(links.map((link) => [link.remoteId, link]));
  const pulled: PulledRecord[] = [];
  for (const answer of answers) {
    const link = linksByRemoteId.get(answer.asked);
    const moved = link && (await moveToSurvivor(ctx, link, answer));
    if (moved) pulled.push(moved);
  }
  const [first] = links;
  const turned = first ? await followConverted(ctx, first.type, answers, attempts) : null;
  const options = { creates: false, ...(attempts ? { attempts } : {}) };
  const merged = await mergeKinds(ctx, [...pulled, ...(turned?.pulled ?? [])], options, turned?.end);
  return { ...merged, waiting: turned?.waiting ?? new Set() };
}

/** The same of records of any kind, each kind by itself. */
export async function mergeKinds(
  ctx: SyncContext,
  pulled: readonly PulledRecord[],
  options: Parameters<typeof mergeAll>[2],
  before: StageEnd = { kind: 'done' },
): Promise<MergeEnd> {
  const merged: MergedRecord[] = [];
  let end = before;
  for (const type of ctx.crm.traits.types) {
    const taken = await mergeAll(
      ctx,
      pulled.filter(({ record }) => record.type === type),
      options,
    );
    merged.push(...taken.merged);
    end = worse(end, taken.end);
  }
  return { merged, end };
}
