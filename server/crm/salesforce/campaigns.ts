import { fail, ok } from '#shared/result.ts';
import type { Campaign, CrmResult, RecordRef, WriteAnswer } from '../adapter.ts';
import type { OrgRow } from './objects.ts';
import { query } from './queries.ts';
import { MEMBER_FIELD } from './scopes.ts';
import { compare, text } from './soql.ts';
import type { Org } from './transport.ts';
import { type WriteDeps, writeAll } from './writing.ts';

/** A campaign has a handful of them. */
const MAX_STATUSES = 200;

/** A campaign's name, and what its members can be. */
export async function readCampaign(org: Org, campaignId: string): Promise<CrmResult<Campaign>> {
  const found = await query(org, { fields: ['Id', 'Name'], from: 'Campaign', where: compare('Id', '=', text(campaignId)), limit: 1 });
  if (!found.ok) return found;
  const [row] = found.value.rows;
  if (!row) return fail({ kind: 'gone', code: 'NO_CAMPAIGN', message: '' });
  const statuses = await query(org, {
    fields: ['Label', 'IsDefault', 'HasResponded'],
    from: 'CampaignMemberStatus',
    where: compare('CampaignId', '=', text(campaignId)),
    orderBy: ['SortOrder'],
    limit: MAX_STATUSES,
  });
  // Who may not see them still makes members, of the default status.
  if (!statuses.ok && statuses.error.kind !== 'scope' && statuses.error.kind !== 'schema_drift') return statuses;
  const name = typeof row.Name === 'string' ? row.Name : campaignId;
  return ok({ name, statuses: statuses.ok ? statuses.value.rows.flatMap(readStatus) : [] });
}

function readStatus({ Label, IsDefault, HasResponded }: OrgRow): Campaign['statuses'] {
  return typeof Label === 'string' ? [{ label: Label, isDefault: IsDefault === true, isResponded: HasResponded === true }] : [];
}

/** Makes records members of a campaign, each by itself. Who is one already is refused by Salesforce and stays as they are. */
export async function addMembers(
  deps: Omit<WriteDeps, 'fields'>,
  campaignId: string,
  status: string | null,
  records: readonly RecordRef[],
): Promise<readonly WriteAnswer[]> {
  const writes = records.map(({ type, id }) => ({
    opId: id,
    object: 'CampaignMember',
    values: { CampaignId: campaignId, [MEMBER_FIELD[type]]: id, ...(status === null ? {} : { Status: status }) },
  }));
  return writeAll(deps, 'POST', writes);
}
