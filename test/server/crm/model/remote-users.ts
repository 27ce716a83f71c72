import type { RecordType } from '../../../../shared/crm/record.ts';
import type { RemoteRecord, RemoteRecords } from './remote-records.ts';
import type { CrmName } from './story.ts';

/** What people do in a CRM in memory. */
export function createUsers(name: CrmName, { touch, write, add, emailsOf }: RemoteRecords) {
  /** What one holds, and under it what the other does. */
  const joined = (first: RemoteRecord, second: RemoteRecord) => new Map([...second.values, ...first.values]);
  const goInto = (record: RemoteRecord, state: 'merged' | 'converted', into: RemoteRecord) => {
    record.state = state;
    record.wentInto = into.id;
    into.formerIds = [...new Set([...into.formerIds, record.id, ...record.formerIds])];
    into.isOptedOut = into.isOptedOut || record.isOptedOut;
  };
  return {
    add: (values: ReadonlyMap<string, string>, type: RecordType = 'contact') => add(type, values, '', false),
    edit: (record: RemoteRecord, field: string, value: string) => write(record, new Map([[field, value]]), false),
    /** Under a new id in one CRM, under the first one's in the other; the first one's values and key come first. */
    merge: (first: RemoteRecord, second: RemoteRecord) => {
      const values = joined(first, second);
      if (name === 'salesforce') {
        goInto(second, 'merged', first);
        write(first, values, false);
        return;
      }
      const moreEmails = [...new Set([...emailsOf(first), ...emailsOf(second)])].filter((email) => email !== values.get('email'));
      const survivor = add(first.type, values, first.key || second.key, false, { moreEmails });
      for (const each of [first, second]) goInto(each, 'merged', survivor);
    },
    /** A lead becomes a contact, a new one or one that is there, whose own values stay. */
    convert: (lead: RemoteRecord, contact: RemoteRecord | null) => {
      const into = contact ?? add('contact', new Map(), '', false, { bornOf: lead.id });
      goInto(lead, 'converted', into);
      touch(lead);
      write(into, joined(into, lead), false);
    },
    restore: (record: RemoteRecord) => {
      record.state = 'live';
      touch(record);
    },
    optOut: (record: RemoteRecord) => {
      record.isOptedOut = true;
      touch(record);
    },
  };
}
