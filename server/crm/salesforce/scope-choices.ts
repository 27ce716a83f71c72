import type { CrmFailure } from '#shared/crm/failure.ts';
import { RECORD_TYPES, type RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, CrmScopeChoice, CrmScopeChoices, NarrowScope } from '../adapter.ts';
import { OBJECTS, type OrgRow } from './objects.ts';
import { query, queryToEnd } from './queries.ts';
import { all, type Condition, compare, contains, type Query, text, writeSoql, yesNo } from './soql.ts';
import type { Org } from './transport.ts';

/** Of list views and of campaigns each; whoever looks for others searches by name. */
const MAX_CHOICES = 500;

/** How many of a campaign's members are of a kind. */
const SIZE_FIELD = { lead: 'NumberOfLeads', contact: 'NumberOfContacts' } as const satisfies Record<RecordType, string>;

/** What one kind of scope is a row of. The resource of list views knows no search; the object does. */
type Source = {
  readonly query: Pick<Query, 'fields' | 'from' | 'orderBy'>;
  readonly only: readonly Condition[];
  readonly toChoice: (row: OrgRow) => CrmScopeChoice | null;
};

/** List views by name, then campaigns: active ones first. Each kind up to a limit. */
export async function listScopes(org: Org, type: RecordType, search: string): Promise<CrmResult<CrmScopeChoices>> {
  const named = search === '' ? [] : [contains('Name', search)];
  const [views, campaigns] = await Promise.all([listSome(org, viewsOf(type), named), listSome(org, campaignsOf(type), named)]);
  if (!views.ok) return views;
  if (!campaigns.ok) return campaigns;
  return ok({
    choices: [...views.value.choices, ...campaigns.value.choices],
    hasMore: views.value.hasMore || campaigns.value.hasMore,
  });
}

const NO_SCOPE: CrmFailure = { kind: 'gone', code: 'NO_SCOPE', message: '' };

/** One of them by its id, with the name it has now; a view is of the kind it is of, whichever is asked about. */
export async function findScope(org: Org, type: RecordType, { kind, id }: NarrowScope): Promise<CrmResult<CrmScopeChoice>> {
  const { query: asked, toChoice } = kind === 'campaign' ? campaignsOf(type) : viewsOf(type);
  const found = await query(org, { ...asked, where: compare('Id', '=', text(id)), limit: 1 });
  if (!found.ok) return found.error.kind === 'schema_drift' ? fail(NO_SCOPE) : found; // they may not see any
  const [choice = null] = found.value.rows.map(toChoice);
  return choice ? ok(choice) : fail(NO_SCOPE);
}

function viewsOf(type: RecordType): Source {
  return {
    query: { fields: ['Id', 'Name', 'SobjectType'], from: 'ListView', orderBy: ['Name', 'Id'] },
    only: [compare('SobjectType', '=', text(OBJECTS[type].name)), compare('IsSoqlCompatible', '=', yesNo(true))],
    toChoice: ({ Id, Name, SobjectType }) => {
      const of = RECORD_TYPES.find((each) => OBJECTS[each].name === SobjectType);
      if (typeof Id !== 'string' || !of) return null;
      return { scope: { kind: 'view', id: Id, name: typeof Name === 'string' ? Name : Id, type: of }, size: null };
    },
  };
}

function campaignsOf(type: RecordType): Source {
  const sizeField = SIZE_FIELD[type];
  return {
    query: { fields: ['Id', 'Name', 'IsActive', sizeField], from: 'Campaign', orderBy: [{ falling: 'IsActive' }, 'Name', 'Id'] },
    only: [],
    toChoice: (row) => {
      const { Id, Name, IsActive } = row;
      const size = row[sizeField];
      if (typeof Id !== 'string') return null;
      return {
        scope: { kind: 'campaign', id: Id, name: typeof Name === 'string' ? Name : Id },
        size: typeof size === 'number' ? size : null,
        ...(IsActive === false ? { isActive: false } : {}),
      };
    },
  };
}

async function listSome(
  org: Org,
  { query: asked, only, toChoice }: Source,
  named: readonly Condition[],
): Promise<CrmResult<CrmScopeChoices>> {
  const conditions = [...only, ...named];
  const where = conditions.length > 0 ? { where: all(...conditions) } : {};
  const found = await queryToEnd(org, writeSoql({ ...asked, ...where, limit: MAX_CHOICES + 1 }));
  // Not every edition has campaigns, and not everybody may see them.
  if (!found.ok) return found.error.kind === 'schema_drift' || found.error.kind === 'scope' ? ok({ choices: [], hasMore: false }) : found;
  const rows = found.value;
  return ok({
    choices: rows.slice(0, MAX_CHOICES).flatMap((row) => toChoice(row) ?? []),
    hasMore: rows.length > MAX_CHOICES,
  });
}
