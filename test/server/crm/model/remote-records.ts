import type { CrmRecord, RecordType } from '../../../../shared/crm/record.ts';
import { quiet } from './settings.ts';
import type { Around } from './stage.ts';
import type { CrmName, Story } from './story.ts';

export type Entry = { readonly value: string; readonly at: number; readonly isOurs: boolean };
/** A record of a CRM, as those who change it there and the judge see it. */
export type RemoteRecord = {
  readonly id: string;
  readonly type: RecordType;
  key: string;
  state: 'live' | 'archived' | 'purged' | 'merged' | 'converted';
  /** What answers for it since it was merged, or what it was converted to. */
  wentInto: string | null;
  /** The lead it was made from. */
  bornOf: string | null;
  /** Records that went into it. */
  formerIds: readonly string[];
  /** Second addresses, which its fields do not show. */
  readonly moreEmails: readonly string[];
  readonly values: Map<string, string>;
  readonly history: Map<string, Entry[]>;
  isOptedOut: boolean;
  isNotCalled?: boolean;
  /** The write of ours that made it. */
  readonly madeBy: string | null;
};
/** The same as a CRM in memory keeps it. */
export type StoredRecord = RemoteRecord & {
  isNotCalled: boolean;
  /** Nobody shares it with whoever connected. */
  isHidden: boolean;
  modifiedAt: number;
  readonly createdAt: number;
  /** When lists of changes show what was modified when. */
  index: readonly { readonly modifiedAt: number; readonly visibleAt: number }[];
};

/** What the next call of a run meets, and what a judge wants to know of all of them. */
export type Seen = ReturnType<typeof createSeen>;
export function createSeen() {
  return {
    calls: 0,
    writes: 0,
    archived: [] as string[],
    fault: null as 'lost' | 'never' | 'locked' | null,
    /** The CRM changes what we write into a field. */
    shouts: false as Story['shouts'],
    lagMs: 0,
    leftToday: null as number | null,
    /** Values that a write which the CRM could not guard went over between reading and writing. */
    raced: [] as string[],
    optOutsWritten: 0,
    optOutsWrittenTwice: 0,
    /** What happens around each request of a CRM that is asked over a wire: may throw. */
    around: null as Around | null,
    /** What no story may meet: a fault of the loopback, or of what is told there. */
    bug: null as unknown,
  };
}

/** Records of a CRM in memory, and how they are found and changed. */
export type RemoteRecords = ReturnType<typeof createRecords>;
export function createRecords(name: CrmName, now: () => number, seen: Seen) {
  const records = new Map<string, StoredRecord>();
  let count = 0;

  const touch = (record: StoredRecord) => {
    record.modifiedAt = now();
    record.index = [...record.index.slice(-3), { modifiedAt: now(), visibleAt: now() + seen.lagMs }];
  };
  const write = (record: StoredRecord, values: ReadonlyMap<string, string>, isOurs: boolean) => {
    for (const [field, text] of values) {
      const isShouted = isOurs && seen.shouts !== false && field === 'jobTitle' && text !== '';
      const value = isShouted ? `${seen.shouts === 'once' ? quiet(text) : text}!` : text;
      if ((record.values.get(field) ?? '') === value) continue;
      if (value === '') record.values.delete(field);
      else record.values.set(field, value);
      record.history.set(field, [{ value, at: now(), isOurs }, ...(record.history.get(field) ?? [])]);
    }
    touch(record);
  };
  const add = (
    type: RecordType,
    values: ReadonlyMap<string, string>,
    key: string,
    isOurs: boolean,
    more: Partial<RemoteRecord> = {},
  ): StoredRecord => {
    count += 1;
    const record: StoredRecord = {
      id: `r${count}`,
      type,
      key,
      state: 'live',
      wentInto: null,
      bornOf: null,
      formerIds: [],
      moreEmails: [],
      values: new Map(),
      history: new Map(),
      modifiedAt: now(),
      createdAt: now(),
      index: [],
      isOptedOut: false,
      isNotCalled: false,
      isHidden: false,
      madeBy: null,
      ...more,
    };
    records.set(record.id, record);
    write(record, values, isOurs);
    return record;
  };
  const live = (type?: RecordType) =>
    [...records.values()].filter((record) => record.state === 'live' && (type ?? record.type) === record.type);
  const emailsOf = (record: StoredRecord) => [record.values.get('email') ?? '', ...record.moreEmails].filter(Boolean);
  const holderOf = (email: string | undefined, type?: RecordType) =>
    live(type).find((record) => email !== undefined && emailsOf(record).includes(email));
  /** The record that answers for an id: it, or what it was merged into. */
  const survivorOf = (id: string): StoredRecord | undefined => {
    const record = records.get(id);
    return record?.state === 'merged' && record.wentInto !== null ? survivorOf(record.wentInto) : record;
  };
  const toCrm = (record: StoredRecord): CrmRecord => ({
    type: record.type,
    id: record.id,
    values: new Map(record.values),
    ...(record.key === '' ? {} : { key: record.key }),
    // The other CRM keeps the id of one of them, and does not tell.
    ...(name === 'hubspot' && record.formerIds.length > 0 ? { mergedIds: record.formerIds } : {}),
    modifiedAt: record.modifiedAt,
    createdAt: record.createdAt,
    optOut: { email: record.isOptedOut, phone: record.isNotCalled, since: null },
  });
  return { records, touch, write, add, live, emailsOf, holderOf, survivorOf, toCrm };
}

/** Ids in the order they were given out. */
export function order(id: string): number {
  return Number(id.slice(1));
}
