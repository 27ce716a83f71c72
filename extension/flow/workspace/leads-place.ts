import { LEAD_SORTS } from '#shared/api/lead-bodies.ts';
import type { LeadFilter, LeadSort } from '../../platform/lead-api.ts';
import { hrefOf } from './address.ts';

/** Which leads the table shows, and in which order: all of it stands in the address. */
export type LeadsPlace = { readonly filter: LeadFilter; readonly sort: LeadSort };

export const NEWEST_FIRST: LeadSort = '-createdAt';
/** The parts of a filter, by their names in the address. */
const PARTS = [
  ['search', 'search'],
  ['list', 'listId'],
  ['import', 'importId'],
  ['tag', 'tag'],
  ['owner', 'owner'],
] as const satisfies readonly (readonly [string, keyof LeadFilter])[];

/** Reads it out of the query of an address; what is empty or unknown is left out. */
export function readLeadsPlace(query: URLSearchParams): LeadsPlace {
  const given = PARTS.map(([name, part]) => [part, query.get(name)?.slice(0, MAX_LENGTH) ?? ''] as const);
  const sort = query.get('sort');
  return {
    filter: Object.fromEntries(given.filter(([, value]) => value !== '')), // keys are the parts of a filter
    sort: LEAD_SORTS.find((known) => known === sort) ?? NEWEST_FIRST,
  };
}

/** What the server takes of one part. */
const MAX_LENGTH = 300;

/** The address of the table, or of one lead from which one comes back to this table. */
export function leadsHref({ filter, sort }: LeadsPlace, leadId?: string): string {
  const query = new URLSearchParams();
  for (const [name, part] of PARTS) if (filter[part]) query.set(name, filter[part]);
  if (sort !== NEWEST_FIRST) query.set('sort', sort);
  return hrefOf('leads', leadId === undefined ? [] : [leadId], query);
}

/** The same place with one part of the filter changed; the empty text takes it out. */
export function withPart({ filter, sort }: LeadsPlace, part: keyof LeadFilter, value: string): LeadsPlace {
  const { [part]: _, ...others } = filter;
  return { filter: value === '' ? others : { ...others, [part]: value }, sort };
}

/** A column's order at a click on its head: upwards, then downwards, then newest first again. */
export function nextSort(sort: LeadSort, column: 'name' | 'companyName'): LeadSort {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? NEWEST_FIRST : column;
}

/** The leads an import brought, changed or added to its list. */
export function importedLeadsHref(importId: string): string {
  return leadsHref({ filter: { importId }, sort: NEWEST_FIRST });
}
