import type { CrmRecord } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, Page, TimeWindow } from '../adapter.ts';
import { READ_BATCH, readBatch } from './by-id.ts';
import { MODIFIED_PROPERTY, toProperties } from './fields.ts';
import { countMembers, keepMembers, listMembers } from './lists.ts';
import { type ContactReader, toRecords } from './records.ts';
import type { Portal } from './transport.ts';
import { walkChanges } from './walk-changes.ts';

/** Memberships a page: two full batch reads of contacts. */
const MEMBERS_WITH_VALUES = 2 * READ_BATCH;
const MEMBERS_ALONE = 250;
/** A list page asks for its properties in the address, which HubSpot cuts off somewhere beyond 8,000 characters (414). */
const LONGEST_QUERY = 6_000;
const CONTACTS = { type: 'contacts', modified: MODIFIED_PROPERTY };

export async function countRecords(portal: Portal, scope: CrmScope): Promise<CrmResult<number>> {
  if (scope.kind !== 'all') return countMembers(portal, scope.id);
  const query = { filterGroups: [], sorts: [], properties: [MODIFIED_PROPERTY], limit: 1, after: '0' };
  const answer = await portal.call('search', (client) => client.crm.objects.searchApi.doSearch('contacts', query));
  return answer.ok ? ok(answer.value.total) : answer;
}

/** One page of the live contacts of a scope. */
export async function listRecords(
  reader: ContactReader,
  scope: CrmScope,
  fields: readonly string[],
  page: string | null,
): Promise<CrmResult<Page<CrmRecord>>> {
  const { portal } = reader;
  const properties = toProperties(fields);
  const after = page ?? undefined;
  if (scope.kind !== 'all') {
    const members = await listMembers(portal, scope.id, MEMBERS_WITH_VALUES, after);
    return members.ok ? readPage(reader, members.value, fields) : members;
  }
  const fits = properties.reduce((sum, name) => sum + name.length + 'properties=&'.length, 0) <= LONGEST_QUERY;
  const asked = fits ? properties : [MODIFIED_PROPERTY];
  const answer = await portal.call('read', (client) => client.crm.objects.basicApi.getPage('contacts', READ_BATCH, after, asked));
  if (!answer.ok) return answer;
  const next = answer.value.paging?.next?.after ?? null;
  if (!fits) return readPage(reader, { items: answer.value.results, next }, fields);
  const items = await toRecords(reader, answer.value.results, fields);
  return items.ok ? ok({ items: items.value, next }) : items;
}

async function readPage(
  reader: ContactReader,
  { items, next }: Page<{ readonly id: string }>,
  fields: readonly string[],
): Promise<CrmResult<Page<CrmRecord>>> {
  const ids = items.map(({ id }) => id);
  const batch = await readBatch(reader.portal, 'contacts', ids, { properties: toProperties(fields) });
  if (!batch.ok) return batch;
  const records = await toRecords(reader, batch.value, fields);
  return records.ok ? ok({ items: records.value, next }) : records;
}

/**
 * Ids of contacts that changed in a window. Joining a list does not count as a change of a contact, so that for a list its
 * members come first, those who joined in the window; then what changed and is in the list.
 */
export async function listChanged(
  portal: Portal,
  scope: CrmScope,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<string>>> {
  if (scope.kind === 'all') return walkChanges(portal, CONTACTS, window, page);
  if (page?.startsWith(WALKING)) {
    const changed = await walkChanges(portal, CONTACTS, window, page.slice(WALKING.length) || null);
    if (!changed.ok) return changed;
    const members = await keepMembers(portal, scope.id, changed.value.items);
    const { next } = changed.value;
    return members.ok ? ok({ items: members.value, next: next === null ? null : `${WALKING}${next}` }) : members;
  }
  const members = await listMembers(portal, scope.id, MEMBERS_ALONE, page?.slice(JOINED.length));
  if (!members.ok) return members;
  const { items, next } = members.value;
  const joined = items.filter(({ joinedAt }) => joinedAt >= window.from && joinedAt <= window.to);
  return ok({ items: joined.map(({ id }) => id), next: next === null ? WALKING : `${JOINED}${next}` });
}
const [WALKING, JOINED] = ['changed:', 'joined:'] as const;
