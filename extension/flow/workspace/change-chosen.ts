import type { ServerFailure } from '#shared/api/server-failure.ts';
import { MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { ok, type Result } from '#shared/result.ts';
import type { BulkChange, LeadApi, LeadFilter } from '../../platform/lead-api.ts';
import { type Selection, whichLeads } from './selection.ts';

/** The same change for all chosen leads; gives how many it changed. More than one call takes at a time go one after another. */
export async function changeChosen(
  api: Pick<LeadApi, 'changeMany'>,
  selection: Selection,
  filter: LeadFilter,
  change: BulkChange,
): Promise<Result<number, ServerFailure>> {
  const which = whichLeads(selection, filter);
  if (!('ids' in which)) return api.changeMany(which, change);
  let changed = 0;
  for (let start = 0; start < which.ids.length; start += MAX_LEADS_PER_CALL) {
    const answer = await api.changeMany({ ids: which.ids.slice(start, start + MAX_LEADS_PER_CALL) }, change);
    if (!answer.ok) return answer;
    changed += answer.value;
  }
  return ok(changed);
}
