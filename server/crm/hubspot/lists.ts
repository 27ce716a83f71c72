import type { CrmScope } from '#shared/crm/scope.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, CrmScopeChoice, Page } from '../adapter.ts';
import { failureAmong, isObject } from './failures.ts';
import { cut, readParts } from './records.ts';
import { DATED, type Portal, post } from './transport.ts';

const CONTACT_TYPE_ID = '0-1';
const SEARCH_COUNT = 500;
const MEMBERSHIPS_BATCH = 100;

/** The portal's lists of contacts, by name. */
export async function listScopes(portal: Portal): Promise<CrmResult<readonly CrmScopeChoice[]>> {
  const choices: CrmScopeChoice[] = [];
  let offset = 0;
  for (;;) {
    const query = { offset, count: SEARCH_COUNT, listIds: [], processingTypes: [], additionalProperties: ['hs_list_size'] };
    const page = await portal.call('read', (client) => client.crm.lists.listsApi.doSearch(query));
    if (!page.ok) return page;
    const { lists, hasMore } = page.value;
    choices.push(...lists.filter(({ objectTypeId }) => objectTypeId === CONTACT_TYPE_ID).map(toChoice));
    offset += lists.length;
    if (!hasMore || lists.length === 0) break;
  }
  return ok(choices.toSorted((a, b) => nameOf(a.scope).localeCompare(nameOf(b.scope))));
}

function toChoice({
  listId,
  name,
  additionalProperties,
}: {
  listId: string;
  name: string;
  additionalProperties?: Record<string, string>;
}): CrmScopeChoice {
  const size = Number(additionalProperties?.hs_list_size ?? Number.NaN);
  return { scope: { kind: 'list', id: listId, name }, size: Number.isInteger(size) ? size : null };
}

const nameOf = (scope: CrmScope) => (scope.kind === 'all' ? '' : scope.name);

export async function countMembers(portal: Portal, listId: string): Promise<CrmResult<number>> {
  const answer = await portal.call('read', (client) => client.crm.lists.listsApi.getById(listId));
  if (!answer.ok) return answer;
  const { size } = answer.value.list;
  if (size !== undefined) return ok(size);
  const page = await portal.call('read', (client) => client.crm.lists.membershipsApi.getPage(listId, undefined, undefined, 1));
  return page.ok ? ok(page.value.total ?? page.value.results.length) : page;
}

export type Member = { readonly id: string; readonly joinedAt: number };

export async function listMembers(
  portal: Portal,
  listId: string,
  limit: number,
  after: string | undefined,
): Promise<CrmResult<Page<Member>>> {
  const page = await portal.call('read', (client) => client.crm.lists.membershipsApi.getPage(listId, after, undefined, limit));
  if (!page.ok) return page;
  const items = page.value.results.map(({ recordId, membershipTimestamp }) => ({ id: recordId, joinedAt: membershipTimestamp.getTime() }));
  return ok({ items, next: page.value.paging?.next?.after ?? null });
}

/** Of these contacts, those that are in a list now. */
export async function keepMembers(portal: Portal, listId: string, ids: readonly string[]): Promise<CrmResult<readonly string[]>> {
  return readParts(cut(ids, MEMBERSHIPS_BATCH), async (part) => {
    const inputs = part.map((recordId) => ({ objectTypeId: CONTACT_TYPE_ID, recordId }));
    const answer = await portal.call('read', (client) => post(client, `/crm/lists/${DATED}/records/memberships/batch/read`, { inputs }));
    if (!answer.ok) return answer;
    const failure = failureAmong(answer.value);
    if (failure) return fail(failure);
    const results = isObject(answer.value) && Array.isArray(answer.value.results) ? answer.value.results.filter(isObject) : [];
    return ok(
      results.flatMap(({ recordId, recordListMemberships }) => {
        const memberships = Array.isArray(recordListMemberships) ? recordListMemberships.filter(isObject) : [];
        return typeof recordId === 'string' && memberships.some((one) => one.listId === listId) ? [recordId] : [];
      }),
    );
  });
}
