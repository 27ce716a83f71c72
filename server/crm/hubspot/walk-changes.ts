import { fail, ok } from '#shared/result.ts';
import type { CrmResult, Page, TimeWindow } from '../adapter.ts';
import { isObject } from './failures.ts';
import type { Portal } from './transport.ts';

/** What is searched and the property that says when it last changed. */
export type Walked = { readonly type: string; readonly modified: string };
/**
 * Where a walk through a window stands. `walk`: everything from this moment on. `tie`: among records of this one moment.
 * `scan`: through all records there are, as there are more of one moment than search gives.
 */
type Place =
  | { readonly kind: 'walk'; readonly at: number; readonly after: string; readonly empty: number }
  | { readonly kind: 'tie'; readonly at: number; readonly after: string; readonly total: number }
  | { readonly kind: 'scan'; readonly at: number; readonly until: number; readonly after: string };

const SEARCH_PAGE = 200;
const LIST_PAGE = 100;
/** Search gives 10,000 results of a query; below that by a margin for what comes in meanwhile. */
const MOST_RESULTS = 9_000;
/** Pages may be empty and not the last; so many of them in a row are a fault. */
const MOST_EMPTY = 25;

/**
 * One page of the ids of records that changed in a closed window, oldest change first. Each page goes on from the moment of
 * the last record seen instead of counting on from its place: a record that changes meanwhile leaves the window, and with
 * counted places the one behind it would move up into a page already read. This needs no more than 10,000 results either,
 * except where thousands share one millisecond: those are counted, and beyond 9,000 found by reading the whole list.
 */
export async function walkChanges(
  portal: Portal,
  walked: Walked,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<string>>> {
  const place = readPlace(page) ?? { kind: 'walk', at: window.from, after: '', empty: 0 };
  if (place.at > window.to) return ok({ items: [], next: null });
  if (place.kind === 'scan') return scan(portal, walked, place, window);
  const isTie = place.kind === 'tie';
  const found = await search(portal, walked, { from: place.at, to: isTie ? place.at : window.to }, place.after);
  if (!found.ok) return found;
  const { ids, times, total, after } = found.value;
  const items = ids;
  if (isTie) {
    if (total < place.total) return ok({ items, next: write({ ...place, after: '', total }) }); // one moved up: from the start
    return ok({ items, next: after === null ? write(from(place.at + 1)) : write({ ...place, after, total }) });
  }
  if (after === null) return ok({ items, next: null });
  const last = times.at(-1);
  if (last === undefined)
    return place.empty < MOST_EMPTY
      ? ok({ items, next: write({ ...place, after, empty: place.empty + 1 }) })
      : fail({ kind: 'transient', code: 'EMPTY_PAGES', message: '' });
  const isSorted = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time));
  if (!isSorted) return ok({ items: [], next: write({ kind: 'scan', at: place.at, until: window.to, after: '' }) });
  if (last > place.at) return ok({ items, next: write(from(last)) });
  const inTie = await search(portal, walked, { from: place.at, to: place.at }, '');
  if (!inTie.ok) return inTie;
  return inTie.value.total > MOST_RESULTS
    ? ok({ items: [], next: write({ kind: 'scan', at: place.at, until: place.at, after: '' }) })
    : ok({ items, next: write({ kind: 'tie', at: place.at, after: '', total: inTie.value.total }) });
}

const from = (at: number): Place => ({ kind: 'walk', at, after: '', empty: 0 });

type Found = { readonly ids: readonly string[]; readonly times: readonly number[]; readonly total: number; readonly after: string | null };

async function search(portal: Portal, { type, modified }: Walked, window: TimeWindow, after: string): Promise<CrmResult<Found>> {
  const between = { propertyName: modified, operator: 'BETWEEN', value: String(window.from), highValue: String(window.to) };
  const query = {
    filterGroups: [{ filters: [between] }],
    sorts: [modified],
    properties: [modified],
    limit: SEARCH_PAGE,
    after: after === '' ? '0' : after,
  };
  // biome-ignore lint/suspicious/noExplicitAny: the SDK types the operator as an enum of its own
  const answer = await portal.call('search', (client) => client.crm.objects.searchApi.doSearch(type, query as any));
  if (!answer.ok) return answer;
  const { results, total, paging } = answer.value;
  return ok({
    ids: results.map(({ id }) => id),
    times: results.map(({ properties, updatedAt }) => readTime(properties[modified]) ?? updatedAt.getTime()),
    total,
    after: paging?.next?.after ?? null,
  });
}

async function scan(
  portal: Portal,
  { type, modified }: Walked,
  place: Extract<Place, { readonly kind: 'scan' }>,
  window: TimeWindow,
): Promise<CrmResult<Page<string>>> {
  const after = place.after === '' ? undefined : place.after;
  const answer = await portal.call('read', (client) => client.crm.objects.basicApi.getPage(type, LIST_PAGE, after, [modified]));
  if (!answer.ok) return answer;
  const items = answer.value.results.flatMap(({ id, properties, updatedAt }) => {
    const time = readTime(properties[modified]) ?? updatedAt.getTime();
    return time >= place.at && time <= place.until ? [id] : [];
  });
  const next = answer.value.paging?.next?.after;
  if (next !== undefined) return ok({ items, next: write({ ...place, after: next }) });
  return ok({ items, next: place.until < window.to ? write(from(place.until + 1)) : null });
}

function readTime(text: string | null | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

const write = (place: Place): string => JSON.stringify(place);

/** A token of a former version of ours starts the window anew: nothing is missed. */
function readPlace(page: string | null): Place | null {
  if (page === null) return null;
  const read: unknown = parse(page);
  if (!isObject(read) || typeof read.at !== 'number' || typeof read.after !== 'string') return null;
  const { kind, at, after } = read;
  if (kind === 'walk' && typeof read.empty === 'number') return { kind, at, after, empty: read.empty };
  if (kind === 'tie' && typeof read.total === 'number') return { kind, at, after, total: read.total };
  if (kind === 'scan' && typeof read.until === 'number') return { kind, at, after, until: read.until };
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
