import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, Page, RecordRef, TimeWindow } from '../adapter.ts';
import { cut } from '../cut.ts';
import { readBatch } from './by-id.ts';
import { fromBatchError, isObject } from './failures.ts';
import { type ObjectAnswer, readParts } from './records.ts';
import { HUBSPOT_SIDE_KINDS, type HubspotSideKind, KINDS, MODIFIED, propertiesOf, type SideLabels, toSideItem } from './side-facts.ts';
import { makeLabelReader, readCurrency } from './side-labels.ts';
import type { Portal } from './transport.ts';
import { walkChanges } from './walk-changes.ts';

const ASSOCIATIONS_BATCH = 1_000;
const CONTACTS = 'contacts';

/** Deals and activities of a portal, read only. */
export type SideReader = {
  /** One page of those that changed in a window, with the contacts they belong to. What is archived is not in it. */
  list(kind: SideKind, window: TimeWindow, page: string | null): Promise<CrmResult<Page<SideItem>>>;
  find(kind: SideKind, records: readonly RecordRef[]): Promise<CrmResult<readonly string[]>>;
  read(kind: SideKind, ids: readonly string[]): Promise<CrmResult<readonly SideItem[]>>;
  labelsMark(kind: SideKind): Promise<CrmResult<string | null>>;
};

export function makeSideReader(portal: Portal, now: () => number): SideReader {
  const labels = makeLabelReader(portal, now);
  let ownCurrency: string | null = null;

  /** With the portal's own currency, where a deal has an amount and names none. */
  async function labelsFor(kind: HubspotSideKind, objects: readonly ObjectAnswer[]): Promise<CrmResult<SideLabels>> {
    const known = await labels.read(kind);
    const asksCurrency = kind === 'deal' && objects.some(({ properties }) => properties.amount && !properties.deal_currency_code);
    if (!known.ok || !asksCurrency) return known;
    if (ownCurrency === null) {
      const currency = await readCurrency(portal);
      if (!currency.ok) return currency;
      ownCurrency = currency.value;
    }
    return ok({ ...known.value, currency: ownCurrency });
  }

  async function readItems(kind: HubspotSideKind, ids: readonly string[]): Promise<CrmResult<readonly SideItem[]>> {
    if (ids.length === 0) return ok([]);
    const { type } = KINDS[kind];
    const objects = await readBatch(portal, type, ids, { properties: [...propertiesOf(kind)] });
    if (!objects.ok) return objects;
    const contacts = await readTies(portal, type, CONTACTS, ids);
    if (!contacts.ok) return contacts;
    const owners = new Map(contacts.value);
    const told = await labelsFor(kind, objects.value);
    return told.ok ? ok(objects.value.map((object) => toSideItem(kind, object, owners.get(object.id) ?? [], told.value))) : told;
  }

  return {
    async list(asked, window, page) {
      const kind = kindOf(asked);
      if (!kind) return ok({ items: [], next: null });
      const changed = await walkChanges(portal, { type: KINDS[kind].type, modified: MODIFIED }, window, page);
      if (!changed.ok) return changed;
      const items = await readItems(kind, changed.value.items);
      return items.ok ? ok({ items: items.value, next: changed.value.next }) : items;
    },
    async find(asked, records) {
      const kind = kindOf(asked);
      const contacts = records.filter(({ type }) => type === 'contact').map(({ id }) => id);
      if (!kind || contacts.length === 0) return ok([]);
      const ties = await readTies(portal, CONTACTS, KINDS[kind].type, contacts);
      return ties.ok ? ok([...new Set(ties.value.flatMap(([, ids]) => ids))]) : ties;
    },
    async read(asked, ids) {
      const kind = kindOf(asked);
      return kind ? readItems(kind, ids) : ok([]);
    },
    labelsMark: async (kind) => (kind === 'deal' ? labels.mark() : ok(null)),
  };
}

function kindOf(asked: SideKind): HubspotSideKind | undefined {
  return HUBSPOT_SIDE_KINDS.find((one) => one === asked);
}

/** Which records each of some records is tied to, 1,000 a call; one that is tied to more than fit goes on in a further call. */
async function readTies(
  portal: Portal,
  from: string,
  to: string,
  ids: readonly string[],
): Promise<CrmResult<readonly (readonly [string, readonly string[]])[]>> {
  return readParts(cut(ids, ASSOCIATIONS_BATCH), async (part) => {
    const found = new Map<string, string[]>();
    let inputs: { id: string; after?: string }[] = part.map((id) => ({ id }));
    while (inputs.length > 0) {
      const answer = await portal.call('read', (client) => client.crm.associations.v4.batchApi.getPage(from, to, { inputs }));
      if (!answer.ok) return answer;
      const failure = failureIn(answer.value);
      if (failure) return fail(failure);
      inputs = [];
      for (const { _from: one, to: others, paging } of answer.value.results) {
        found.set(one.id, [...(found.get(one.id) ?? []), ...others.map(({ toObjectId }) => String(toObjectId))]);
        if (paging?.next) inputs.push({ id: one.id, after: paging.next.after });
      }
    }
    return ok([...found]);
  });
}

/** An error among the answers that is not just that a record is tied to none: what hangs there would be taken for gone. */
function failureIn(answer: unknown) {
  const errors = isObject(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  const telling = errors.filter((error) => isObject(error) && typeof error.category === 'string' && error.category !== '');
  return telling.map(fromBatchError).find(({ kind }) => kind !== 'gone');
}
