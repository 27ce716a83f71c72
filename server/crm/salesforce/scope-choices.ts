import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, CrmScopeChoice } from '../adapter.ts';
import { isObject, OBJECTS } from './objects.ts';
import { query } from './queries.ts';
import { compare, yesNo } from './soql.ts';
import type { Org } from './transport.ts';

const MAX_CHOICES = 500;

/** List views and active campaigns by name. */
export async function listScopes(org: Org, type: RecordType): Promise<CrmResult<readonly CrmScopeChoice[]>> {
  const views = await org.call({ method: 'GET', path: `/sobjects/${OBJECTS[type].name}/listviews?limit=${MAX_CHOICES}` });
  if (!views.ok) return views;
  const campaigns = await query(org, {
    fields: ['Id', 'Name', type === 'lead' ? 'NumberOfLeads' : 'NumberOfContacts'],
    from: 'Campaign',
    where: compare('IsActive', '=', yesNo(true)),
    orderBy: ['Name'],
    limit: MAX_CHOICES,
  });
  // Not every edition has campaigns, and not everybody may see them.
  const rows = campaigns.ok ? campaigns.value.rows : [];
  if (!campaigns.ok && campaigns.error.kind !== 'schema_drift' && campaigns.error.kind !== 'scope') return campaigns;
  return ok([...readViews(views.value, type), ...rows.flatMap((row) => readCampaign(row, type))]);
}

function readViews(answer: unknown, type: RecordType): readonly CrmScopeChoice[] {
  const views = isObject(answer) && Array.isArray(answer.listviews) ? answer.listviews.filter(isObject) : [];
  return views.flatMap(({ id, label, soqlCompatible }) =>
    typeof id === 'string' && soqlCompatible !== false
      ? [{ scope: { kind: 'view', id, name: typeof label === 'string' ? label : id, type }, size: null } as const]
      : [],
  );
}

function readCampaign(row: Readonly<Record<string, unknown>>, type: RecordType): readonly CrmScopeChoice[] {
  const { Id, Name } = row;
  const size = row[type === 'lead' ? 'NumberOfLeads' : 'NumberOfContacts'];
  if (typeof Id !== 'string') return [];
  return [
    { scope: { kind: 'campaign', id: Id, name: typeof Name === 'string' ? Name : Id }, size: typeof size === 'number' ? size : null },
  ];
}
