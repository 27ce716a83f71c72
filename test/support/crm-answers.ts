import type { CrmResult, Page } from '../../server/crm/adapter.ts';

/** The value of an answer that must be one. */
export function unwrap<T>(result: CrmResult<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** All pages of a list, however many there are. */
export async function readAll<T>(ask: (page: string | null) => Promise<CrmResult<Page<T>>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let page: string | null = null, turn = 0; turn < 10_000; turn += 1) {
    const answer: Page<T> = unwrap(await ask(page));
    items.push(...answer.items);
    page = answer.next;
    if (page === null) return items;
  }
  throw new Error('the pages never end');
}

/** Values by the CRM's field names. */
export function valuesOf(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(entries));
}
