import type { CrmRecord } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult, FieldHistory, KeyedRecord, ReadAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { failureAmong } from './failures.ts';
import { ADDITIONAL_EMAILS, KEY_PROPERTY, toProperties } from './fields.ts';
import type { OwnSource } from './own-source.ts';
import { type ContactReader, type ObjectAnswer, readParts, toRecords } from './records.ts';
import type { Portal } from './transport.ts';

export const READ_BATCH = 100;
/** Histories are long: half as many records a call. */
const HISTORY_BATCH = 50;
/** Addresses in one search: its body may hold 3,000 characters. */
const EMAILS_OF_SEARCH_CHARS = 2_000;
const SEARCH_PAGE = 200;

type BatchQuery = { readonly properties: string[]; readonly idProperty?: string; readonly archived?: boolean };

/**
 * A batch read. Ids that are not there are among the errors of a 207, and are simply absent here: whoever asks must look. So is
 * an address that HubSpot takes for none; it must not keep the others from being found.
 */
export async function readBatch(
  portal: Portal,
  type: string,
  ids: readonly string[],
  { properties, idProperty, archived = false }: BatchQuery,
): Promise<CrmResult<readonly ObjectAnswer[]>> {
  const readPart = async (part: readonly string[]): Promise<CrmResult<readonly ObjectAnswer[]>> => {
    const input = { inputs: part.map((id) => ({ id })), properties, propertiesWithHistory: [], ...(idProperty ? { idProperty } : {}) };
    const answer = await portal.call('read', (client) => client.crm.objects.batchApi.read(type, input, archived));
    if (!answer.ok && answer.error.kind === 'validation' && idProperty === 'email')
      return part.length === 1 ? ok([]) : readParts(cut(part, Math.ceil(part.length / 2)), readPart);
    if (!answer.ok) return answer;
    const failure = failureAmong(answer.value);
    return failure ? fail(failure) : ok(answer.value.results);
  };
  return readParts(cut([...new Set(ids)], READ_BATCH), readPart);
}

/**
 * Contacts by id, one answer for each id asked. What the batch does not know is asked for singly, as only that follows a
 * merge; then in the recycle bin; and what is in neither is gone for good.
 */
export async function readRecords(
  reader: ContactReader,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly ReadAnswer[]>> {
  const { portal } = reader;
  const properties = toProperties(fields);
  const batch = await readBatch(portal, 'contacts', ids, { properties });
  if (!batch.ok) return batch;
  const found = new Map(batch.value.map((object) => [object.id, object]));
  // Some portals may follow merges here too: the survivor then stands in the answer under an id nobody asked for.
  const survivors = new Map<string, string>();
  for (const id of new Set(ids)) {
    if (found.has(id)) continue;
    const single = await portal.call('read', (client) => client.crm.objects.basicApi.getById('contacts', id));
    if (single.ok) survivors.set(id, single.value.id);
    else if (single.error.kind !== 'gone') return single;
  }
  const unread = [...survivors.values()].filter((id) => !found.has(id));
  const followed = unread.length === 0 ? ok([]) : await readBatch(portal, 'contacts', unread, { properties });
  if (!followed.ok) return followed;
  for (const object of followed.value) found.set(object.id, object);
  const records = await toRecords(reader, [...found.values()], fields);
  if (!records.ok) return records;
  const byId = new Map(records.value.map((record) => [record.id, record]));
  const missing = [...new Set(ids)].filter((id) => !byId.has(survivors.get(id) ?? id));
  const archived = missing.length === 0 ? ok([]) : await readBatch(portal, 'contacts', missing, { properties: [], archived: true });
  if (!archived.ok) return archived;
  const bin = new Set(archived.value.map(({ id }) => id));
  return ok(
    ids.map((asked): ReadAnswer => {
      const record = byId.get(survivors.get(asked) ?? asked);
      return record ? { kind: 'found', asked, record } : { kind: 'gone', asked, why: bin.has(asked) ? 'archived' : 'purged' };
    }),
  );
}

/** Contacts by our unique property, which has no index lag. */
export async function findByKey(
  reader: ContactReader,
  keys: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly KeyedRecord[]>> {
  const properties = [...toProperties(fields), KEY_PROPERTY];
  const batch = await readBatch(reader.portal, 'contacts', keys, { properties, idProperty: KEY_PROPERTY });
  if (!batch.ok) return batch;
  const records = await toRecords(reader, batch.value, fields);
  if (!records.ok) return records;
  return ok(
    records.value.flatMap((record, index) => {
      const key = batch.value[index]?.properties[KEY_PROPERTY];
      return key ? [{ key, record }] : [];
    }),
  );
}

/** Contacts by any of their addresses: the first ones without index lag, the further ones as search knows them. */
export async function findByEmail(
  reader: ContactReader,
  emails: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly CrmRecord[]>> {
  const { portal } = reader;
  const properties = toProperties([...fields, 'email', ADDITIONAL_EMAILS]);
  const asked = [...new Set(emails.map((email) => email.trim().toLowerCase()))].filter((email) => email !== '');
  const first = await readBatch(portal, 'contacts', asked, { properties, idProperty: 'email' });
  if (!first.ok) return first;
  const known = new Set(first.value.flatMap(emailsOf));
  const left = asked.filter((email) => !known.has(email));
  const ids = await readParts(cutByLength(left), (part) => searchAdditional(portal, part));
  if (!ids.ok) return ids;
  const further = ids.value.length === 0 ? ok([]) : await readBatch(portal, 'contacts', ids.value, { properties });
  if (!further.ok) return further;
  const objects = new Map([...first.value, ...further.value].map((object) => [object.id, object]));
  const wanted = new Set(asked);
  return toRecords(
    reader,
    [...objects.values()].filter((object) => emailsOf(object).some((email) => wanted.has(email))),
    fields,
  );
}

async function searchAdditional(portal: Portal, values: readonly string[]): Promise<CrmResult<readonly string[]>> {
  const filters = [{ propertyName: ADDITIONAL_EMAILS, operator: 'IN', values: [...values] }];
  const query = { filterGroups: [{ filters }], sorts: [], properties: ['hs_object_id'], limit: SEARCH_PAGE, after: '0' };
  // biome-ignore lint/suspicious/noExplicitAny: the SDK types the operator as an enum of its own
  const answer = await portal.call('search', (client) => client.crm.objects.searchApi.doSearch('contacts', query as any));
  return answer.ok ? ok(answer.value.results.map(({ id }) => id)) : answer;
}

function emailsOf({ properties }: ObjectAnswer): readonly string[] {
  return [properties.email ?? '', ...(properties[ADDITIONAL_EMAILS] ?? '').split(';')].map((email) => email.trim().toLowerCase());
}

function cutByLength(emails: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let chars = Number.POSITIVE_INFINITY;
  for (const email of emails) {
    chars += email.length + 3;
    if (chars > EMAILS_OF_SEARCH_CHARS) {
      parts.push([]);
      chars = email.length + 3;
    }
    parts.at(-1)?.push(email);
  }
  return parts;
}

/** Earlier values of fields. Until it is known which source is ours, the history of our key is read along. */
export async function readHistory(
  portal: Portal,
  ids: readonly string[],
  fields: readonly string[],
  own: OwnSource,
): Promise<CrmResult<readonly FieldHistory[]>> {
  const asked = new Set(fields);
  const histories = await readParts(cut([...new Set(ids)], HISTORY_BATCH), async (part) => {
    const propertiesWithHistory = [...asked, ...(own.isKnown() ? [] : [KEY_PROPERTY])];
    const input = { inputs: part.map((id) => ({ id })), properties: [], propertiesWithHistory };
    const answer = await portal.call('read', (client) => client.crm.objects.batchApi.read('contacts', input));
    if (!answer.ok) return answer;
    const failure = failureAmong(answer.value);
    if (failure) return fail(failure);
    return ok(
      answer.value.results.flatMap(({ id, propertiesWithHistory: told = {} }) =>
        Object.entries(told).map(([field, entries]) => ({ id, field, entries })),
      ),
    );
  });
  if (!histories.ok) return histories;
  for (const { id, field, entries } of histories.value) own.learn(id, field, entries);
  return ok(
    histories.value
      .filter(({ field }) => asked.has(field))
      .map(({ id, field, entries }) => ({
        id,
        field,
        entries: entries.map((entry) => ({
          value: entry.value ?? '',
          at: entry.timestamp.getTime(),
          isOurs: own.isOurs(entry),
          ...(entry.sourceLabel ? { by: entry.sourceLabel } : {}),
        })),
      })),
  );
}
