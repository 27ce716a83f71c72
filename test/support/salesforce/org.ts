import type { BulkHabits, BulkJob } from './org-bulk.ts';
import { type FieldDef, ID_PREFIX, isObjectName, OBJECT_NAMES, type ObjectName, ORG_FIELDS } from './org-fields.ts';
import type { OrgView } from './org-views.ts';

export type OrgValue = string | number | boolean | null;
export type OrgObject = {
  readonly object: ObjectName;
  readonly id: string;
  readonly values: Map<string, OrgValue>;
  /** When it was changed, oldest first, and from when that shows by its stamp. */
  stamps: readonly OrgStamp[];
};
export type OrgStamp = { readonly text: string; readonly visibleFrom: number };

/** What orgs differ in. Tests set them. */
export type OrgHabits = {
  /** Fields that the connected member may not see, as `Lead.Region__c`, and whole objects. */
  readonly hidden: Set<string>;
  /** Fields they may see and not edit. */
  readonly readOnly: Set<string>;
  /** Ids of records they may not delete. */
  readonly undeletable: Set<string>;
  /** Ids of records that nobody shares with them. */
  readonly unshared: Set<string>;
  /** Fields an admin requires beside those of Salesforce, as `Lead.Region__c`. */
  readonly required: Set<string>;
  /** The admin has made our external id field. */
  hasKeyField: boolean;
  /** A duplicate rule blocks records with the email of another live lead or contact. */
  blocksDuplicates: boolean;
  /** The rule's action is to block: nobody passes it by. */
  forbidsDuplicates: boolean;
  /** What the rule found is told of records in a collection, too, and how errors of single ones call it. */
  collectionsTellMatches: boolean;
  matchesKey: 'duplicateResut' | 'duplicateResult';
  /** Custom fields that not every org has, as `Lead.Partner__c`. */
  extras: Set<string>;
  /** Ids of records that an approval has locked, and of those whose owner is inactive. */
  inApproval: Set<string>;
  inactiveOwners: Set<string>;
  /** Rows an answer holds at most. */
  batchSize: number;
  /** Rows of a long transaction show late, with the stamp of their writing: so much later. */
  lateMs: number;
  /** What its own automation makes of values before they are saved that come by its interface. */
  beforeSave: ((object: ObjectName, values: Readonly<Record<string, OrgValue>>) => Readonly<Record<string, OrgValue>>) | null;
  dailyLimit: number;
  usedToday: number;
  /** The header that answers tell of it; null = none. */
  tellsUsage: (used: number, limit: number) => string | null;
  hasPersonAccounts: boolean;
  /** Records name the currency of their amounts, in a field that only such orgs have. */
  hasCurrencies: boolean;
  /** Versions of the interface it offers; older ones it had once. */
  versions: readonly string[];
  bulk: BulkHabits;
  /** What counting answers, for tests that would else need as many records. */
  countsAs: number | null;
};
export type Org = {
  readonly orgId: string;
  /** Of the member who connected. */
  readonly userId: string;
  readonly now: () => number;
  readonly habits: OrgHabits;
  readonly records: ReadonlyMap<ObjectName, Map<string, OrgObject>>;
  readonly views: OrgView[];
  /** Queries that have more rows than one answer, by their locators. */
  readonly openQueries: Map<string, readonly object[]>;
  /** Id or email → how often it is still locked by another transaction. */
  readonly locked: Map<string, number>;
  /** When the log of deletions was cleared last; nothing older is in it (ms). */
  logClearedAt: number;
  /** What was deleted, when: queries do not see it, and it outlives the bin. */
  readonly deleteLog: { readonly object: ObjectName; readonly id: string; readonly at: number }[];
  /** Since when a long transaction is under way (ms): of what is deleted in it the log tells once it is over. */
  busySince: number | null;
  readonly jobs: Map<string, BulkJob>;
  readonly newId: (object: ObjectName) => string;
};

const USER_ID = '005000000000001AAA';

export function makeOrg(now: () => number, habits: Partial<OrgHabits> = {}): Org {
  let last = 0;
  return {
    orgId: '00D000000000001EAA',
    userId: USER_ID,
    now,
    habits: {
      hidden: new Set(),
      readOnly: new Set(),
      undeletable: new Set(),
      unshared: new Set(),
      required: new Set(),
      hasKeyField: true,
      blocksDuplicates: false,
      forbidsDuplicates: false,
      collectionsTellMatches: false,
      matchesKey: 'duplicateResut',
      extras: new Set(),
      inApproval: new Set(),
      inactiveOwners: new Set(),
      batchSize: 2_000,
      lateMs: 0,
      beforeSave: null,
      dailyLimit: 15_000,
      usedToday: 0,
      tellsUsage: (used, limit) => `api-usage=${used}/${limit}`,
      hasPersonAccounts: false,
      hasCurrencies: false,
      versions: ['65.0', '66.0', '67.0'],
      countsAs: null,
      bulk: { takesMs: 12_000, works: 'on', maxRows: 50_000, repeatsHeader: true, cutsOff: false },
      ...habits,
    },
    records: new Map(OBJECT_NAMES.map((object) => [object, new Map<string, OrgObject>()])),
    views: [
      {
        id: '00B000000000001AAA',
        object: 'Lead',
        label: 'EMEA leads',
        where: { field: 'Region__c', operator: 'equals', values: ["'EMEA'"] },
      },
    ],
    openQueries: new Map(),
    locked: new Map(),
    logClearedAt: 0,
    deleteLog: [],
    busySince: null,
    jobs: new Map(),
    newId: (object) => {
      last += 1;
      return `${ID_PREFIX[object]}${String(last).padStart(12, '0')}AAA`;
    },
  };
}

/** Fields of an object as the connected member sees them. */
export function visibleFields(org: Org, object: ObjectName): readonly FieldDef[] {
  return ORG_FIELDS[object].filter((field) => isVisible(org, object, field)).map((field) => asSeen(org, object, field));
}

export function fieldOf(org: Org, object: ObjectName, name: string): FieldDef | undefined {
  const field = FIELDS_BY_NAME.get(`${object}.${name.toLowerCase()}`);
  return field && isVisible(org, object, field) ? asSeen(org, object, field) : undefined;
}
const FIELDS_BY_NAME: ReadonlyMap<string, FieldDef> = new Map(
  OBJECT_NAMES.flatMap((object) => ORG_FIELDS[object].map((field) => [`${object}.${field.name.toLowerCase()}`, field] as const)),
);

function isVisible(
  { habits }: Org,
  object: ObjectName,
  { name, isOfPersons = false, isOfCurrencies = false, isExtra = false }: FieldDef,
): boolean {
  if (isOfCurrencies && !habits.hasCurrencies) return false;
  if (isOfPersons && !habits.hasPersonAccounts) return false;
  if (isExtra && !habits.extras.has(`${object}.${name}`)) return false;
  return !habits.hidden.has(`${object}.${name}`) && (!name.startsWith('Leadline_Id__') || habits.hasKeyField);
}

/** People need no company where they can be accounts of their own. */
function asSeen({ habits }: Org, object: ObjectName, field: FieldDef): FieldDef {
  if (habits.readOnly.has(`${object}.${field.name}`)) return { ...field, isReadOnly: true };
  if (habits.required.has(`${object}.${field.name}`)) return { ...field, isRequired: true };
  return habits.hasPersonAccounts && object === 'Lead' && field.name === 'Company' ? { ...field, isRequired: false } : field;
}

export function recordsOf(org: Org, object: ObjectName): Map<string, OrgObject> {
  const records = org.records.get(object);
  if (!records) throw new Error('no such object');
  return records;
}

/** A record of any object by its id; deleted ones too. */
export function findRecord(org: Org, id: unknown): OrgObject | undefined {
  if (typeof id !== 'string') return undefined;
  const object = OBJECT_NAMES.find((name) => id.startsWith(ID_PREFIX[name]));
  return object ? recordsOf(org, object).get(id) : undefined;
}

/** Fifteen or eighteen letters and digits, of whatever object. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(text);
}

export function isLive(record: OrgObject): boolean {
  return record.values.get('IsDeleted') !== true;
}

/** Without a share nothing of a record is answered: not that it is there, nor that it is in the bin. */
export function isShared({ habits }: Org, { id }: Pick<OrgObject, 'id'>): boolean {
  return !habits.unshared.has(id);
}

/** Makes a record as the org does, with no rule asked. */
export function insert(org: Org, object: ObjectName, values: Readonly<Record<string, OrgValue>>): OrgObject {
  const id = org.newId(object);
  const flags = ORG_FIELDS[object].filter(({ type }) => type === 'boolean').map(({ name }) => [name, false] as const);
  const record: OrgObject = { object, id, values: new Map<string, OrgValue>([['Id', id], ...flags]), stamps: [] };
  record.values.set('CreatedDate', stampText(org.now()));
  if (object === 'Lead' || object === 'Contact') record.values.set('OwnerId', org.userId);
  recordsOf(org, object).set(id, record);
  change(org, record, values);
  return record;
}

/** Writes values and moves the stamps. */
export function change(org: Org, record: OrgObject, values: Readonly<Record<string, OrgValue>>): void {
  if (values.IsDeleted === true) org.deleteLog.push({ object: record.object, id: record.id, at: org.now() });
  for (const [name, value] of Object.entries(values)) record.values.set(name, value === '' ? null : value);
  const stamp = stampText(org.now());
  record.values.set('LastModifiedDate', stamp);
  record.values.set('SystemModstamp', stamp);
  if (record.object === 'Lead' || record.object === 'Contact') {
    const [first, last] = [record.values.get('FirstName'), record.values.get('LastName')];
    record.values.set('Name', [first, last].filter(Boolean).join(' '));
  }
  record.stamps = [...record.stamps.slice(-3), { text: stamp, visibleFrom: org.now() + org.habits.lateMs }];
}

/** Moments as the REST interface writes them: those of records are whole seconds. */
export function stampText(at: number): string {
  return new Date(Math.floor(at / 1_000) * 1_000).toISOString().replace('Z', '+0000');
}

/** A record by the stamp it shows, which may be an older one; null where it shows none yet. */
export function asStamped(record: OrgObject, now: number): OrgObject | null {
  const shown = record.stamps.findLast(({ visibleFrom }) => visibleFrom <= now);
  if (!shown) return null;
  if (shown === record.stamps.at(-1)) return record;
  return { ...record, values: new Map([...record.values, ['SystemModstamp', shown.text]]) };
}

/** An object the connected member may see. */
export function seenObject(org: Org, name: string): ObjectName | null {
  const object = toObjectName(name);
  return object && !org.habits.hidden.has(object) ? object : null;
}

export function toObjectName(name: string): ObjectName | null {
  const found = OBJECT_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
  return found && isObjectName(found) ? found : null;
}
