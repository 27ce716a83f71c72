import type { RecordType } from '#shared/crm/record.ts';
import { type CrmScope, holdsType } from '#shared/crm/scope.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmField, CrmResult } from '../adapter.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { conditionOfView } from './list-views.ts';
import { isObject, OBJECTS, type OrgRow } from './objects.ts';
import { query, queryToEnd } from './queries.ts';
import { all, blank, type Condition, compare, inQuery, text } from './soql.ts';
import type { Org } from './transport.ts';

/**
 * A scope as a part of our own queries, or, where only Salesforce can say it, as the ids it has now. `campaign`: the one whose
 * members it is.
 */
export type ScopeFilter =
  | { readonly kind: 'asked'; readonly condition: Condition | null; readonly isMine: boolean; readonly campaign?: string }
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<string> };

/** Where a member of a campaign names the record it is. */
export const MEMBER_FIELD = { lead: 'LeadId', contact: 'ContactId' } as const satisfies Record<RecordType, string>;
const NOBODY: ScopeFilter = { kind: 'ids', ids: new Set() };
/** How long what is known of a list view serves the pages of one reading. */
const VIEW_MS = 15 * 60 * 1_000;

export type Scopes = {
  /** How a scope narrows reading; the pages behind the first one are narrowed as that was. */
  readonly filter: (type: RecordType, scope: CrmScope, page: string | null) => Promise<CrmResult<ScopeFilter>>;
  /** What nobody was found in is there all the same, or `gone`: a campaign that was deleted looks as if it had no members. */
  readonly mustBe: (scope: CrmScope) => Promise<CrmResult<void>>;
};

type ScopesDeps = {
  readonly org: Org;
  readonly now: () => number;
  readonly describe: (type: RecordType) => Promise<CrmResult<readonly CrmField[]>>;
};

export function makeScopes(deps: ScopesDeps): Scopes {
  const { org, now } = deps;
  const views = new Map<string, { readonly at: number; readonly filter: ScopeFilter }>();

  async function ofView(type: RecordType, view: View, page: string | null): Promise<CrmResult<ScopeFilter>> {
    const key = `${type} ${view.id}`;
    const held = views.get(key);
    if (page !== null && held && now() - held.at < VIEW_MS) return ok(held.filter);
    const filter = await readView(deps, type, view);
    if (filter.ok) views.set(key, { at: now(), filter: filter.value });
    return filter;
  }

  return {
    filter: async (type, scope, page) => {
      switch (scope.kind) {
        case 'all':
          return ok({ kind: 'asked', condition: null, isMine: false });
        case 'campaign':
          return ok({ kind: 'asked', condition: inCampaign(type, scope.id), isMine: false, campaign: scope.id });
        case 'view':
        case 'list':
          return holdsType(scope, type) ? ofView(type, scope, page) : ok(NOBODY);
      }
    },
    mustBe: async (scope) => {
      if (scope.kind !== 'campaign') return ok(undefined);
      const found = await query(org, { fields: ['Id'], from: 'Campaign', where: compare('Id', '=', text(scope.id)), limit: 1 });
      if (!found.ok) return found;
      return found.value.rows.length === 0 ? fail({ kind: 'gone', code: 'NO_CAMPAIGN', message: '' }) : ok(undefined);
    },
  };
}

function inCampaign(type: RecordType, campaignId: string): Condition {
  const members = {
    fields: [MEMBER_FIELD[type]],
    from: 'CampaignMember',
    where: all(compare('CampaignId', '=', text(campaignId)), compare(MEMBER_FIELD[type], '!=', blank)),
  };
  return inQuery('Id', members);
}

type View = Extract<CrmScope, { readonly kind: 'view' | 'list' }>;
/** Settings of old do not say of which kind a view is. */
const OTHER = { lead: 'contact', contact: 'lead' } as const satisfies Record<RecordType, RecordType>;

async function readView({ org, describe }: ScopesDeps, type: RecordType, { id, type: known }: View): Promise<CrmResult<ScopeFilter>> {
  const answer = await describeView(org, type, id);
  if (!answer.ok) {
    const isOfOther = known === undefined && answer.error.kind === 'gone' && (await describeView(org, OTHER[type], id)).ok;
    return isOfOther ? ok(NOBODY) : answer;
  }
  const fields = await describe(type);
  if (!fields.ok) return fields;
  if (!isObject(answer.value)) return fail(NOT_AN_ANSWER);
  const view = conditionOfView(answer.value, OBJECTS[type].name, fields.value);
  return view ? ok({ kind: 'asked', ...view }) : idsOfView(org, answer.value);
}

/** Where not all of a view is understood, its query is Salesforce's own text and cannot be mixed with ours. */
async function idsOfView(org: Org, { query: soql }: OrgRow): Promise<CrmResult<ScopeFilter>> {
  if (typeof soql !== 'string') return fail(NOT_AN_ANSWER);
  const rows = await queryToEnd(org, soql);
  if (!rows.ok) return rows;
  return ok({ kind: 'ids', ids: new Set(rows.value.flatMap(({ Id }) => (typeof Id === 'string' ? [Id] : []))) });
}

function describeView(org: Org, type: RecordType, viewId: string) {
  return org.call({ method: 'GET', path: `/sobjects/${OBJECTS[type].name}/listviews/${encodeURIComponent(viewId)}/describe` });
}
