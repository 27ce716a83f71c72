import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, ReadAnswer } from '../adapter.ts';
import { keyOf, OBJECTS, type OrgRow, toRecord } from './objects.ts';
import { queryToEnd } from './queries.ts';
import { retrieve, withAlways } from './reading.ts';
import { isOneOf, writeSoql } from './soql.ts';
import type { Org } from './transport.ts';

/** The most ids one retrieve takes is 2,000; so many keep its answer small. */
export const READ_BATCH = 500;
const ASK_BATCH = 200;
/** A survivor may have been merged itself. */
const MAX_MERGES = 5;

/**
 * Canonical values by id. An id without a live record is looked for in the recycle bin: a merged one leads to its
 * survivor, a deleted one is archived, one that is nowhere was purged.
 */
export async function readRecords(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly ReadAnswer[]>> {
  const rows = await retrieveAll(org, type, ids, fields);
  if (!rows.ok) return rows;
  const lost = ids.filter((id) => !rows.value.has(id));
  const masters = await findMasters(org, type, lost);
  if (!masters.ok) return masters;
  const survivors = await retrieveAll(org, type, [...new Set([...masters.value.values()].filter((id) => id !== null))], fields);
  if (!survivors.ok) return survivors;
  return ok(ids.map((asked) => answerFor(type, asked, rows.value, masters.value, survivors.value)));
}

function answerFor(
  type: RecordType,
  asked: string,
  rows: ReadonlyMap<string, OrgRow>,
  masters: ReadonlyMap<string, string | null>,
  survivors: ReadonlyMap<string, OrgRow>,
): ReadAnswer {
  const master = masters.get(asked);
  const row = rows.get(asked) ?? (typeof master === 'string' ? survivors.get(master) : undefined);
  if (!row) return { kind: 'gone', asked, why: master === undefined ? 'purged' : 'archived' };
  const contact = row.ConvertedContactId;
  if (type === 'lead' && row.IsConverted === true && typeof contact === 'string') {
    const key = keyOf(row);
    return { kind: 'converted', asked, to: { type: 'contact', id: contact }, ...(key === undefined ? {} : { key }) };
  }
  const record = toRecord(type, row);
  return record ? { kind: 'found', asked, record } : { kind: 'gone', asked, why: 'archived' };
}

async function retrieveAll(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<ReadonlyMap<string, OrgRow>>> {
  const rows = new Map<string, OrgRow>();
  for (let from = 0; from < ids.length; from += READ_BATCH) {
    const asked = ids.slice(from, from + READ_BATCH);
    const read = await retrieve(org, type, asked, withAlways(type, fields));
    if (!read.ok) return read;
    for (const [index, row] of read.value.entries()) if (row) rows.set(asked[index] ?? '', row);
  }
  return ok(rows);
}

/** What the recycle bin knows: the survivor's id of a merged record, null of a deleted one, nothing of a purged one. */
async function findMasters(org: Org, type: RecordType, ids: readonly string[]): Promise<CrmResult<ReadonlyMap<string, string | null>>> {
  const found = new Map<string, string | null>();
  let asked = ids.map((id) => ({ first: id, id }));
  for (let merges = 0; asked.length > 0 && merges < MAX_MERGES; merges++) {
    const rows = await askBin(
      org,
      type,
      asked.map(({ id }) => id),
    );
    if (!rows.ok) return rows;
    const next: typeof asked = [];
    for (const { first, id } of asked) {
      const row = rows.value.get(id);
      if (!row) continue;
      const master = typeof row.MasterRecordId === 'string' ? row.MasterRecordId : null;
      // The chain ends at a record that lives.
      if (row.IsDeleted !== true) found.set(first, id);
      else {
        found.set(first, null);
        if (master !== null) next.push({ first, id: master });
      }
    }
    asked = next;
  }
  return ok(found);
}

async function askBin(org: Org, type: RecordType, ids: readonly string[]): Promise<CrmResult<ReadonlyMap<string, OrgRow>>> {
  const rows = new Map<string, OrgRow>();
  for (let from = 0; from < ids.length; from += ASK_BATCH) {
    const where = isOneOf('Id', ids.slice(from, from + ASK_BATCH));
    const soql = writeSoql({ fields: ['Id', 'IsDeleted', 'MasterRecordId'], from: OBJECTS[type].name, where });
    const answer = await queryToEnd(org, soql, true); // a record not in it would be taken for purged
    if (!answer.ok) return answer;
    for (const row of answer.value) if (typeof row.Id === 'string') rows.set(row.Id, row);
  }
  return ok(rows);
}
