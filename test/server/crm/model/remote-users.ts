import type { RecordType } from '../../../../shared/crm/record.ts';
import type { RemoteRecord, RemoteRecords, StoredRecord } from './remote-records.ts';
import type { CrmName } from './story.ts';

/** What people do in a CRM. */
export type RemoteUsers = {
  add(values: ReadonlyMap<string, string>, type?: RecordType): RemoteRecord;
  edit(record: RemoteRecord, field: string, value: string): void;
  archive(record: RemoteRecord): void;
  purge(record: RemoteRecord): void;
  restore(record: RemoteRecord): void;
  optOut(record: RemoteRecord): void;
  /** Whoever connected sees it no more, until all is shared, which counts as a change of who was hidden. */
  hide(record: RemoteRecord): void;
  share(): void;
  /** The first one's values come first. */
  merge(first: RemoteRecord, second: RemoteRecord): void;
  /** A lead becomes a contact, a new one or one that is there, whose own values stay. */
  convert(lead: RemoteRecord, contact: RemoteRecord | null): void;
};

/** The same in a CRM in memory. */
export function createUsers(name: CrmName, { records, touch, write, add, emailsOf }: RemoteRecords): RemoteUsers {
  const stored = ({ id }: RemoteRecord): StoredRecord => {
    const record = records.get(id);
    if (!record) throw new Error(`there is no ${id}`);
    return record;
  };
  /** What one holds, and under it what the other does. */
  const joined = (first: RemoteRecord, second: RemoteRecord) => new Map([...second.values, ...first.values]);
  const goInto = (record: RemoteRecord, state: 'merged' | 'converted', into: RemoteRecord) => {
    record.state = state;
    record.wentInto = into.id;
    into.formerIds = [...new Set([...into.formerIds, record.id, ...record.formerIds])];
    into.isOptedOut = into.isOptedOut || record.isOptedOut;
  };
  return {
    add: (values, type = 'contact') => add(type, values, '', false),
    edit: (record, field, value) => write(stored(record), new Map([[field, value]]), false),
    archive: (record) => {
      record.state = 'archived';
    },
    purge: (record) => {
      record.state = 'purged';
    },
    /** Under a new id in one CRM, under the first one's in the other, with its key. */
    merge: (first, second) => {
      const values = joined(first, second);
      if (name === 'salesforce') {
        goInto(second, 'merged', first);
        write(stored(first), values, false);
        return;
      }
      const emails = [first, second].flatMap((each) => emailsOf(stored(each)));
      const moreEmails = [...new Set(emails)].filter((email) => email !== values.get('email'));
      const survivor = add(first.type, values, first.key || second.key, false, { moreEmails });
      for (const each of [first, second]) goInto(each, 'merged', survivor);
    },
    convert: (lead, contact) => {
      const into = contact ? stored(contact) : add('contact', new Map(), '', false, { bornOf: lead.id });
      goInto(lead, 'converted', into);
      touch(stored(lead));
      write(into, joined(into, lead), false);
    },
    restore: (record) => {
      record.state = 'live';
      touch(stored(record));
    },
    hide: (record) => {
      stored(record).isHidden = true;
    },
    share: () => {
      for (const record of records.values()) {
        if (record.isHidden) touch(record);
        record.isHidden = false;
      }
    },
    optOut: (record) => {
      record.isOptedOut = true;
      touch(stored(record));
    },
  };
}
