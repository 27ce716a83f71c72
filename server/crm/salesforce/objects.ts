import type { CrmRecord, OptOutKind, RecordType, RemoteValues } from '#shared/crm/record.ts';

/** A lead of which it is not known would come in as a lead when it is a contact by now. */
export const IS_CONVERTED = 'IsConverted';
/** Names the contact that a converted lead became. */
export const CONVERTED_TO = 'ConvertedContactId';

/** The objects people are kept in, and what every read of them brings besides the fields asked for, where it is not hidden. */
export const OBJECTS = {
  lead: { name: 'Lead', always: ['Id', 'CreatedDate', 'SystemModstamp', IS_CONVERTED, CONVERTED_TO] },
  contact: { name: 'Contact', always: ['Id', 'CreatedDate', 'SystemModstamp'] },
} as const satisfies Record<RecordType, { readonly name: string; readonly always: readonly string[] }>;

/** Our own field, made by an admin: External Id, Unique, Text(64). */
export const KEY_FIELD = 'Leadline_Id__c';
/** The company of a contact is its account's name, which the contact can tell and not change. */
export const COMPANY = 'Account.Name';
/** Contacts have it where an org has person accounts: people who are an account of their own, called as they are. */
export const IS_PERSON = 'IsPersonAccount';
/** Boolean fields that say who must not be written to or called. */
export const OPT_OUT_FIELDS = { email: 'HasOptedOutOfEmail', phone: 'DoNotCall' } as const satisfies Record<OptOutKind, string>;

/** A row as Salesforce answers it. */
export type OrgRow = Readonly<Record<string, unknown>>;

/** A record out of a row; null when the row has no id. */
export function toRecord(type: RecordType, row: OrgRow): CrmRecord | null {
  const id = row.Id;
  if (typeof id !== 'string') return null;
  const key = keyOf(row);
  return {
    type,
    id,
    values: toValues(row),
    ...(key === undefined ? {} : { key }),
    modifiedAt: toMoment(row.SystemModstamp) ?? 0,
    createdAt: toMoment(row.CreatedDate) ?? 0,
    optOut: { email: row[OPT_OUT_FIELDS.email] === true, phone: row[OPT_OUT_FIELDS.phone] === true, since: null },
  };
}

/** What our own field holds, where it was read. */
export function keyOf({ [KEY_FIELD]: key }: OrgRow): string | undefined {
  return typeof key === 'string' && key !== '' ? key : undefined;
}

export function toRecords(type: RecordType, rows: readonly OrgRow[]): readonly CrmRecord[] {
  return rows.map((row) => toRecord(type, row)).filter((record) => record !== null);
}

/** Texts of all plain values; compound ones such as an address are left out, their parts have fields of their own. */
export function toValues(row: OrgRow): RemoteValues {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...row, [COMPANY]: companyOf(row) })) {
    if (typeof value === 'string' && value !== '') values.set(name, value);
    else if (typeof value === 'number' || typeof value === 'boolean') values.set(name, String(value));
  }
  return values;
}

/** A query answers with the account within the row, a job with a column. */
function companyOf({ Account: account, [COMPANY]: named, [IS_PERSON]: isPerson }: OrgRow): unknown {
  if (isPerson === true) return null;
  return isObject(account) ? account.Name : named;
}

/** Salesforce writes moments as `2026-05-04T10:00:00.000+0000`. */
export function toMoment(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const at = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

/** The records of a query's or retrieve's answer; null where the answer is no such thing. */
export function readRows(answer: unknown): readonly (OrgRow | null)[] | null {
  const rows = Array.isArray(answer) ? answer : isObject(answer) ? answer.records : null;
  return Array.isArray(rows) ? rows.map((row: unknown) => (isObject(row) ? row : null)) : null;
}

export function isObject(value: unknown): value is OrgRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
