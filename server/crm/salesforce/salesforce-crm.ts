import type { CrmFailure, CrmMatch } from '#shared/crm/failure.ts';
import { HIDDEN_EMAIL, HIDDEN_FIELD } from '#shared/crm/notice.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { fail, ok } from '#shared/result.ts';
import type { Crm, CrmField, CrmResult, KeyedRecord, Page, RecordChange, WriteAnswer } from '../adapter.ts';
import { writeUnlessNamed } from '../refuse-some.ts';
import { archiveRecords } from './archiving.ts';
import { makeBulkDeps } from './bulk-reading.ts';
import { READ_BATCH, readRecords } from './by-id.ts';
import { addMembers, readCampaign } from './campaigns.ts';
import { listDeleted } from './deleted.ts';
import { explainAnswers } from './explain-answers.ts';
import { describeObject } from './fields.ts';
import { noticesOf } from './notices.ts';
import { COMPANY, CONVERTED_TO, IS_CONVERTED, IS_PERSON, KEY_FIELD, OBJECTS, OPT_OUT_FIELDS, toRecord, toRecords } from './objects.ts';
import { asMapped, OPT_OUT_NAMES, toTicks, writableOptOuts } from './opt-outs.ts';
import { updateContacts } from './person-accounts.ts';
import { countRecords, type FieldsToRead, findByField, listChanged, listRecords } from './reading.ts';
import { findScope, listScopes } from './scope-choices.ts';
import { makeScopes, type ScopeFilter } from './scopes.ts';
import { findSideItems, listSideItems, readSideItems, SALESFORCE_SIDE_KINDS } from './side-items.ts';
import { openSide } from './side-rights.ts';
import { type OrgDeps, openOrg } from './transport.ts';
import { createRecords, updateRecords, WRITE_BATCH } from './writing.ts';

/** Rows of a long transaction turn up with the stamp of its start. */
const LATE_ROWS_MS = 60_000;
/** How long a description of an object is taken to be true. */
const DESCRIBED_MS = 60 * 60 * 1_000;

/** Salesforce as a `Crm`: Leads and Contacts, campaigns and opportunities of one org. */
export function salesforceCrm(deps: OrgDeps): Crm {
  const org = openOrg(deps);
  const bulk = makeBulkDeps({ org, sleep: deps.sleep, random: deps.random });
  const described = new Map<string, { readonly at: number; readonly fields: readonly CrmField[] }>();

  async function describeNamed(object: string): Promise<CrmResult<readonly CrmField[]>> {
    const known = described.get(object);
    if (known && deps.now() - known.at < DESCRIBED_MS) return ok(known.fields);
    const answer = await describeObject(org, object);
    if (answer.ok) described.set(object, { at: deps.now(), fields: answer.value });
    return answer;
  }
  const side = openSide(org, describeNamed);
  const describe = (type: RecordType) => describeNamed(OBJECTS[type].name);
  const scopes = makeScopes({ org, now: deps.now, describe });
  const asking = { org, describeContact: () => describe('contact') };
  const forget = (type: RecordType) => void described.delete(OBJECTS[type].name);

  /**
   * The fields asked, and what is always read, the opt-outs and our key where this member may read them. A field that is asked
   * and not there or hidden is said: left out, it would look as if somebody had cleared it.
   */
  async function readable(type: RecordType, asked: readonly string[]): Promise<CrmResult<FieldsToRead>> {
    const needed = type === 'lead' ? [...asked, IS_CONVERTED] : asked;
    const missingIn = (fields: readonly CrmField[]) =>
      needed.filter((field) => field !== KEY_FIELD && !fields.some(({ name }) => name === field));
    let fields = await describe(type);
    if (fields.ok && missingIn(fields.value).length > 0) {
      forget(type); // it may have been made since
      fields = await describe(type);
    }
    if (!fields.ok) return fields;
    const missing = missingIn(fields.value);
    if (missing.includes(IS_CONVERTED)) return fail(CONVERSION_HIDDEN);
    const [first] = missing;
    if (first !== undefined)
      return fail({ kind: 'schema_drift', code: 'INVALID_FIELD', message: '', field: first, fields: missing, recordType: type });
    const names = new Set(fields.value.map(({ name }) => name));
    // Who became which contact is told by them where Salesforce hides it.
    const more = type === 'lead' && !names.has(CONVERTED_TO) ? ['Email', 'LastName'] : asked.includes(COMPANY) ? [IS_PERSON] : [];
    return ok({
      names: [...new Set([...OBJECTS[type].always, ...asked, ...more, ...Object.values(OPT_OUT_FIELDS), KEY_FIELD])].filter((name) =>
        names.has(name),
      ),
      known: fields.value,
    });
  }

  async function withFields<T>(
    type: RecordType,
    asked: readonly string[],
    read: (fields: FieldsToRead) => Promise<CrmResult<T>>,
  ): Promise<CrmResult<T>> {
    const fields = await readable(type, asked);
    return fields.ok ? read(fields.value) : fields;
  }

  /** A page of what a scope holds. Where it seems to hold nobody, it has to be there at least. */
  async function withinScope<T>(
    type: RecordType,
    scope: CrmScope,
    page: string | null,
    read: (filter: ScopeFilter) => Promise<CrmResult<Page<T>>>,
  ): Promise<CrmResult<Page<T>>> {
    const filter = await scopes.filter(type, scope, page);
    if (!filter.ok) return filter;
    const answer = await read(filter.value);
    if (!answer.ok || page !== null || answer.value.items.length > 0) return answer;
    const there = await scopes.mustBe(scope);
    return there.ok ? answer : there;
  }

  async function writing(type: RecordType) {
    const fields = await describe(type);
    return fields.ok ? ok({ org, sleep: deps.sleep, random: deps.random, fields: fields.value }) : fields;
  }

  async function update(type: RecordType, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]> {
    const open = await writing(type);
    if (!open.ok) return items.map(({ opId }) => ({ kind: 'failed', opId, failure: open.error }));
    const answers =
      type === 'lead'
        ? await updateRecords(open.value, type, items)
        : await updateContacts({ ...open.value, describeAccount: () => describeNamed('Account') }, items);
    const isTold = open.value.fields.some(({ name }) => name === CONVERTED_TO);
    return explainAnswers(asking, { type, items, fields: open.value.fields }, isTold ? answers : answers.map(nameConversion));
  }

  return {
    provider: 'salesforce',
    traits: {
      types: ['lead', 'contact'],
      sideKinds: SALESFORCE_SIDE_KINDS,
      writeBatch: WRITE_BATCH,
      readBatch: READ_BATCH,
      hasHistory: false,
      hasShortTexts: true,
      indexLagMs: LATE_ROWS_MS,
    },
    async describe(type, isAnew = false) {
      if (isAnew) forget(type);
      const fields = await describe(type);
      return fields.ok ? ok(asMapped(fields.value)) : fields;
    },
    async notices(type) {
      const fields = await describe(type);
      return fields.ok ? ok(noticesOf(type, fields.value)) : fields;
    },
    async ensureKeyField(type) {
      forget(type);
      const fields = await describe(type);
      if (!fields.ok) return fields;
      // Only an admin can make a field, in Salesforce itself: the walk-through says how.
      return ok(fields.value.some(({ name, isReadOnly }) => name === KEY_FIELD && !isReadOnly) ? 'there' : 'not_allowed');
    },
    listScopes: (type, search) => listScopes(org, type, search),
    findScope: (type, scope) => findScope(org, type, scope),
    async countRecords(type, scope) {
      const filter = await scopes.filter(type, scope, null);
      if (!filter.ok) return filter;
      const count = await countRecords(org, type, filter.value);
      if (!count.ok && count.error.field === IS_CONVERTED) return fail(CONVERSION_HIDDEN);
      const there = count.ok && count.value === 0 ? await scopes.mustBe(scope) : ok(undefined);
      return there.ok ? count : there;
    },
    listRecords: (type, scope, asked, page) =>
      withFields(type, asked, (fields) => withinScope(type, scope, page, (filter) => listRecords(bulk, type, filter, fields, page))),
    listChanged: (type, scope, window, page) => withinScope(type, scope, page, (filter) => listChanged(org, type, filter, window, page)),
    listGone: (type, window) => listDeleted(org, type, window, deps.now()),
    readRecords: (type, ids, asked) => withFields(type, asked, ({ names }) => readRecords(org, type, ids, names)),
    async findByKey(type, keys, fields) {
      const found = await readable(type, [...fields, KEY_FIELD]);
      if (!found.ok) return found;
      const { names } = found.value;
      if (!names.includes(KEY_FIELD)) return ok([]);
      const rows = await findByField(org, type, KEY_FIELD, keys, names);
      if (!rows.ok) return rows;
      return ok(
        rows.value.flatMap((row): readonly KeyedRecord[] => {
          const record = toRecord(type, row);
          const key = row[KEY_FIELD];
          return record && typeof key === 'string' ? [{ key, record }] : [];
        }),
      );
    },
    findByEmail: (type, emails, fields) =>
      withFields(type, fields, async ({ names, known }) => {
        if (!hasEmail(known)) return fail(emailHidden(type));
        const rows = await findByField(org, type, 'Email', emails, names);
        if (rows.ok) return ok(toRecords(type, rows.value));
        if (rows.error.kind !== 'schema_drift') return rows;
        forget(type); // it may have been hidden since
        const fieldsNow = await describe(type);
        return fieldsNow.ok && !hasEmail(fieldsNow.value) ? fail(emailHidden(type)) : rows;
      }),
    async createRecords(type, items) {
      const open = await writing(type);
      if (!open.ok) return items.map(({ opId }) => ({ kind: 'failed', opId, failure: open.error }));
      const answers = await writeUnlessNamed(items, OPT_OUT_NAMES, (ours) => createRecords(open.value, type, ours));
      return explainAnswers(asking, { type, items, fields: open.value.fields }, answers);
    },
    updateRecords: (type, items) => writeUnlessNamed(items, OPT_OUT_NAMES, (ours) => update(type, ours)),
    async optOutKinds(type) {
      const fields = await describe(type);
      return fields.ok ? ok(writableOptOuts(fields.value)) : fields;
    },
    writeOptOuts: (type, items) => update(type, toTicks(items)),
    readHistory: async () => ok([]),
    campaigns: {
      read: (id) => readCampaign(org, id),
      addMembers: (id, status, records) => addMembers({ org, sleep: deps.sleep, random: deps.random }, id, status, records),
    },
    async archiveRecords(type, ids) {
      const open = await writing(type);
      if (!open.ok) return ids.map((opId) => ({ kind: 'failed', opId, failure: open.error }));
      return archiveRecords(open.value, type, ids);
    },
    listSideItems: (kind, window, page) => listSideItems(side, kind, window, page),
    findSideItems: (kind, records) => findSideItems(side, kind, records),
    readSideItems: (kind, ids) => readSideItems(side, kind, ids),
    sideLabelsMark: async () => ok(null),
    usage: () => {
      const { usedToday, limitToday, ...told } = org.usage();
      return { ...told, leftToday: usedToday === null || limitToday === null ? null : limitToday - usedToday, limitToday };
    },
  };
}

/** Nobody may see whether a lead was converted: leads are not read without that right. */
const CONVERSION_HIDDEN: CrmFailure = {
  kind: 'scope',
  code: HIDDEN_FIELD,
  message: `Lead.${IS_CONVERTED}`,
  missingScopes: [`Lead.${IS_CONVERTED}`],
};

function hasEmail(fields: readonly CrmField[]): boolean {
  return fields.some(({ name }) => name === 'Email');
}

/** Of a kind whose address may not be seen nobody knows whether somebody is there already. */
function emailHidden(type: RecordType): CrmFailure {
  return { kind: 'scope', code: HIDDEN_EMAIL, message: type, missingScopes: [`${OBJECTS[type].name}.Email`] };
}

/** A lead that was converted, and nobody may see to which contact: that right is what is missing. */
function nameConversion(answer: WriteAnswer): WriteAnswer {
  if (answer.kind !== 'failed' || answer.failure.kind !== 'moved') return answer;
  return { ...answer, failure: { ...answer.failure, kind: 'scope', missingScopes: [`Lead.${CONVERTED_TO}`] } };
}

/** Names of objects, for links to records in the org. */
export function recordPath(type: CrmMatch['type'], id: string): string {
  return `/lightning/r/${type === 'account' ? 'Account' : OBJECTS[type].name}/${encodeURIComponent(id)}/view`;
}
