import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, ReadAnswer } from '../adapter.ts';
import { cut } from '../cut.ts';
import { CONVERTED_TO, IS_CONVERTED, KEY_FIELD, keyOf, OBJECTS, type OrgRow, toRecord } from './objects.ts';
import { queryToEnd } from './queries.ts';
import { findByField, retrieve } from './reading.ts';
import { isOneOf, writeSoql } from './soql.ts';
import type { Org } from './transport.ts';

/** The most ids one retrieve takes is 2,000; so many keep its answer small. */
export const READ_BATCH = 500;
const ASK_BATCH = 200;
/** What a lead in the recycle bin says of whom it became. */
const TOLD_IN_BIN = [IS_CONVERTED, CONVERTED_TO, KEY_FIELD];
/** A survivor may have been merged itself. */
const MAX_MERGES = 5;

/**
 * Canonical values by id. An id without a live record is looked for in the recycle bin: a merged one leads to its
 * survivor, a deleted one is archived. One that is nowhere may be hidden from whoever connected: Salesforce does not say.
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
  const inBin = ['Id', 'IsDeleted', 'MasterRecordId', ...TOLD_IN_BIN.filter((name) => fields.includes(name))];
  const bin = await askBin(org, type, lost, inBin);
  if (!bin.ok) return bin;
  const masters = await findMasters(org, type, lost, bin.value);
  if (!masters.ok) return masters;
  const survivors = await retrieveAll(org, type, [...new Set([...masters.value.values()].filter((id) => id !== null))], fields);
  if (!survivors.ok) return survivors;
  const contacts = await findContacts(org, type, [...rows.value.values(), ...survivors.value.values(), ...bin.value.values()]);
  if (!contacts.ok) return contacts;
  // A lead that was deleted after it was converted still tells who the person is.
  const convertedInBin = [...bin.value].filter(([id, row]) => row[IS_CONVERTED] === true && contacts.value.has(id));
  const told = new Map([...survivors.value, ...convertedInBin]);
  return ok(ids.map((asked) => answerFor(type, asked, rows.value, masters.value, told, contacts.value)));
}

/**
 * Contacts by the ids of the leads that were converted to them. Where that field is hidden, it is the one contact of the
 * lead's address and last name; a lead of which that tells nothing is not in the answer.
 */
async function findContacts(org: Org, type: RecordType, rows: readonly OrgRow[]): Promise<CrmResult<ReadonlyMap<unknown, string>>> {
  const contacts = new Map<unknown, string>();
  const untold: OrgRow[] = [];
  if (type !== 'lead') return ok(contacts);
  for (const row of rows) {
    const told = row[CONVERTED_TO];
    if (typeof told === 'string') contacts.set(row.Id, told);
    else if (row[IS_CONVERTED] === true && told === undefined && typeof row.Email === 'string') untold.push(row);
  }
  if (untold.length === 0) return ok(contacts);
  const emails = [...new Set(untold.map(({ Email }) => String(Email)))];
  const found = await findByField(org, 'contact', 'Email', emails, ['Id', 'LastName']);
  if (!found.ok) return found.error.kind === 'schema_drift' ? ok(contacts) : found; // addresses of contacts are hidden too
  for (const lead of untold) {
    const alike = found.value.filter((row) => isSame(row.Email, lead.Email) && isSame(row.LastName, lead.LastName));
    if (alike.length === 1 && typeof alike[0]?.Id === 'string') contacts.set(lead.Id, alike[0].Id);
  }
  return ok(contacts);
}

function isSame(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}

function answerFor(
  type: RecordType,
  asked: string,
  rows: ReadonlyMap<string, OrgRow>,
  masters: ReadonlyMap<string, string | null>,
  told: ReadonlyMap<string, OrgRow>,
  contacts: ReadonlyMap<unknown, string>,
): ReadAnswer {
  const master = masters.get(asked);
  const row = rows.get(asked) ?? told.get(master ?? asked);
  if (!row) return { kind: 'gone', asked, why: master === undefined ? 'unseen' : 'archived' };
  const contact = contacts.get(row.Id);
  if (row[IS_CONVERTED] === true && contact !== undefined) {
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
  for (const asked of cut(ids, READ_BATCH)) {
    const read = await retrieve(org, type, asked, fields);
    if (!read.ok) return read;
    for (const [index, row] of read.value.entries()) if (row) rows.set(asked[index] ?? '', row);
  }
  return ok(rows);
}

/** What the recycle bin knows: the survivor's id of a merged record, null of a deleted one, nothing of one that is nowhere. */
async function findMasters(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  bin: ReadonlyMap<string, OrgRow>,
): Promise<CrmResult<ReadonlyMap<string, string | null>>> {
  const found = new Map<string, string | null>();
  let asked = ids.map((id) => ({ first: id, id }));
  for (let merges = 0; asked.length > 0 && merges < MAX_MERGES; merges++) {
    const left = asked.map(({ id }) => id);
    const rows = merges === 0 ? ok(bin) : await askBin(org, type, left, ['Id', 'IsDeleted', 'MasterRecordId']);
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

async function askBin(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<ReadonlyMap<string, OrgRow>>> {
  const rows = new Map<string, OrgRow>();
  for (const some of cut(ids, ASK_BATCH)) {
    const where = isOneOf('Id', some);
    const soql = writeSoql({ fields, from: OBJECTS[type].name, where });
    const answer = await queryToEnd(org, soql, true); // a record not in it would be taken for gone
    if (!answer.ok) return answer;
    for (const row of answer.value) if (typeof row.Id === 'string') rows.set(row.Id, row);
  }
  return ok(rows);
}
