import type { WriteAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { changeOne, createOne, type Write, type WriteMethod } from './one-write.ts';
import type { Org } from './transport.ts';

/** So many are asked about at a time: a whole batch is done long before a run's time is up. */
const ASKED_AT_ONCE = 5;
/** Of the calls that are left today, a write may use this share to ask: a small part of what its run may use. */
const SHARE_OF_LEFT = 0.01;
/** So many where the org does not say what is left. */
const ASKED_UNTOLD = 20;

/**
 * A collection says that a duplicate rule stopped a record, but mostly not whom the rule found, nor whether it lets anybody
 * pass. What is sent by itself says both, so each such record is sent once more, as it was; what is told now stands. Where
 * the other was removed in between, it is written by that, with our key. Those for whom too few calls are left stay unnamed.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
 */
export async function tellDuplicates(
  org: Org,
  method: WriteMethod,
  writes: readonly Write[],
  answers: readonly WriteAnswer[],
): Promise<readonly WriteAnswer[]> {
  const unnamed = new Set(answers.flatMap((answer) => (isUnnamed(answer) ? [answer.opId] : [])));
  const toAsk = method === 'DELETE' ? [] : writes.filter(({ opId }) => unnamed.has(opId)).slice(0, mostAsked(org));
  const told = new Map<string, WriteAnswer>();
  for (const asked of cut(toAsk, ASKED_AT_ONCE)) {
    const alone = await Promise.all(asked.map((write) => (method === 'POST' ? createOne(org, write) : changeOne(org, write))));
    for (const answer of alone) told.set(answer.opId, answer);
  }
  return answers.map((answer) => told.get(answer.opId) ?? answer);
}

function mostAsked(org: Org): number {
  const { usedToday, limitToday } = org.usage();
  return usedToday === null || limitToday === null ? ASKED_UNTOLD : Math.max(0, Math.floor((limitToday - usedToday) * SHARE_OF_LEFT));
}

function isUnnamed(answer: WriteAnswer): boolean {
  return answer.kind === 'failed' && answer.failure.code === 'DUPLICATES_DETECTED' && answer.failure.matches === undefined;
}
