import { fail, ok } from '#shared/result.ts';
import type { CrmResult, CrmScopeChoice, CrmScopeChoices, Page } from '../adapter.ts';
import { cut } from '../cut.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { failureAmong, isObject } from './failures.ts';
import { readParts } from './records.ts';
import { DATED, type Portal, post } from './transport.ts';

const CONTACT_TYPE_ID = '0-1';
const SEARCH_COUNT = 500;
const MEMBERSHIPS_BATCH = 100;

/** The portal's lists of contacts whose names HubSpot finds by a text ('' = any), by name; as many as one answer holds. */
export async function listScopes(portal: Portal, search: string): Promise<CrmResult<CrmScopeChoices>> {
  const named = search === '' ? {} : { query: search };
  const asked = { offset: 0, count: SEARCH_COUNT, objectTypeId: CONTACT_TYPE_ID, listIds: [], processingTypes: [], ...WITH_SIZE, ...named };
  // The library's own call knows no kind of object to search for.
  const page = await portal.call('read', (client) => post(client, `/crm/lists/${DATED}/search`, asked));
  if (!page.ok) return page;
  if (!isObject(page.value) || !Array.isArray(page.value.lists)) return fail(NOT_AN_ANSWER);
  const choices = page.value.lists.filter(isObject).flatMap((list) => toChoice(list) ?? []);
  return ok({
    choices: choices.toSorted((a, b) => a.scope.name.localeCompare(b.scope.name)),
    hasMore: page.value.hasMore === true,
  });
}
const WITH_SIZE = { additionalProperties: ['hs_list_size'] };

/** A list of contacts as it is now; HubSpot finds none of another account or in the bin. */
export async function findList(portal: Portal, listId: string): Promise<CrmResult<CrmScopeChoice>> {
  const answer = await portal.call('read', (client) => client.crm.lists.listsApi.getById(listId));
  if (!answer.ok) return answer;
  const { name, size, deletedAt, objectTypeId } = answer.value.list;
  if (deletedAt || objectTypeId !== CONTACT_TYPE_ID) return fail({ kind: 'gone', code: 'NO_SCOPE', message: '' });
  return ok({ scope: { kind: 'list', id: listId, name }, size: size ?? null });
}

function toChoice({ listId, name, objectTypeId, additionalProperties }: Readonly<Record<string, unknown>>): CrmScopeChoice | null {
  if (typeof listId !== 'string' || typeof name !== 'string' || objectTypeId !== CONTACT_TYPE_ID) return null;
  const told = isObject(additionalProperties) ? additionalProperties.hs_list_size : undefined;
  const size = Number(told ?? Number.NaN);
  return { scope: { kind: 'list', id: listId, name }, size: Number.isInteger(size) ? size : null };
}

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
