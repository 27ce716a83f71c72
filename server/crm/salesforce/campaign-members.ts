import { fail, ok } from '#shared/result.ts';
import type { CrmResult, RecordRef, WriteAnswer } from '../adapter.ts';
import { query } from './queries.ts';
import { MEMBER_FIELD } from './scopes.ts';
import { compare, text } from './soql.ts';
import { type WriteDeps, writeAll } from './writing.ts';

/** Makes records members of a campaign, each by itself. Who is one already is refused by Salesforce and stays as they are. */
export async function addToCampaign(
  deps: Omit<WriteDeps, 'fields'>,
  campaignId: string,
  records: readonly RecordRef[],
): Promise<CrmResult<readonly WriteAnswer[]>> {
  const found = await query(deps.org, { fields: ['Id'], from: 'Campaign', where: compare('Id', '=', text(campaignId)), limit: 1 });
  if (!found.ok) return found;
  if (found.value.rows.length === 0) return fail({ kind: 'gone', code: 'NO_CAMPAIGN', message: '' });
  const items = records.map(({ id }) => ({ opId: id, id }));
  const bodies = records.map(({ type, id }) => ({
    attributes: { type: 'CampaignMember' },
    CampaignId: campaignId,
    [MEMBER_FIELD[type]]: id,
  }));
  return ok(await writeAll(deps, 'POST', items, bodies, false));
}
