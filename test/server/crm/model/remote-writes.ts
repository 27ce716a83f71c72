import type { Crm, RecordChange, WriteAnswer } from '../../../../server/crm/adapter.ts';
import type { CrmFailure } from '../../../../shared/crm/failure.ts';
import type { RecordType } from '../../../../shared/crm/record.ts';
import { ok } from '../../../../shared/result.ts';
import type { RemoteRecords, Seen, StoredRecord } from './remote-records.ts';
import type { CrmName } from './story.ts';

const AMBIGUOUS: CrmFailure = { kind: 'ambiguous', code: 'no_answer', message: '' };
const LOCKED: CrmFailure = { kind: 'lock', code: 'locked', message: '' };
const CHANGED: CrmFailure = { kind: 'changed', code: 'changed', message: '' };

/** What a CRM in memory makes of writes. */
export function createWrites(
  name: CrmName,
  { records, touch, write, add, holderOf, toCrm }: RemoteRecords,
  seen: Seen,
): Pick<Crm, 'createRecords' | 'updateRecords' | 'optOutKinds' | 'writeOptOuts'> {
  const hasHistory = name === 'hubspot';
  const takeFault = () => {
    const { fault } = seen;
    seen.fault = null;
    return fault;
  };
  const failed = (opId: string, failure: CrmFailure): WriteAnswer => ({ kind: 'failed', opId, failure });
  /** One of them says what it holds now, the other no more than that it did. */
  const written = (opId: string, record: StoredRecord): WriteAnswer => ({
    kind: 'written',
    opId,
    id: record.id,
    record: hasHistory ? toCrm(record) : null,
  });
  /** What is written to, or why it cannot be. */
  const find = (id: string): StoredRecord | CrmFailure => {
    const record = records.get(id);
    if (record?.state === 'live' && !record.isHidden) return record;
    const isMoved = record?.state === 'merged' || record?.state === 'converted';
    return { kind: isMoved ? 'moved' : 'gone', code: 'gone', message: '' };
  };
  /** Whose values are gone over unseen, as nothing guards a write that goes with others. */
  const noteRace = (record: StoredRecord, { values, unmodifiedSince }: RecordChange) => {
    for (const field of values.keys()) {
      const [newest] = record.history.get(field) ?? [];
      if (newest && !newest.isOurs && newest.at > (unmodifiedSince ?? 0)) seen.raced.push(newest.value);
    }
  };
  const update = (item: RecordChange, isAlone: boolean, fault: Seen['fault']): WriteAnswer => {
    const { opId, id, values, unmodifiedSince } = item;
    const record = find(id);
    if (fault === 'never') return failed(opId, AMBIGUOUS);
    if (fault === 'locked') return failed(opId, LOCKED);
    if ('code' in record) return failed(opId, record);
    if (!hasHistory && isAlone && record.modifiedAt > (unmodifiedSince ?? Number.POSITIVE_INFINITY)) return failed(opId, CHANGED);
    if (!hasHistory && !isAlone) noteRace(record, item);
    seen.writes += 1;
    write(record, values, true);
    return fault === 'lost' ? failed(opId, AMBIGUOUS) : written(opId, record);
  };
  const holderOfKey = (type: RecordType, key: string) =>
    [...records.values()].find(
      (record) => key !== '' && record.key === key && record.type === type && (record.state === 'live' || record.state === 'converted'),
    );

  return {
    createRecords: async (type, items) => {
      seen.calls += 1;
      const fault = takeFault();
      return items.map(({ opId, key, values }): WriteAnswer => {
        const taken = holderOfKey(type, key) ?? holderOf(values.get('email'));
        if (fault === 'never') return failed(opId, AMBIGUOUS);
        if (fault === 'locked') return failed(opId, LOCKED);
        if (taken) {
          const matches = [{ type: taken.type, id: taken.id, title: '' }];
          return failed(opId, { kind: 'duplicate', code: 'CONFLICT', message: '', matches });
        }
        seen.writes += 1;
        const record = add(type, values, key, true, { madeBy: opId });
        return fault === 'lost' ? failed(opId, AMBIGUOUS) : written(opId, record);
      });
    },
    updateRecords: async (_, items) => {
      seen.calls += 1;
      const fault = takeFault();
      return items.map((item) => update(item, items.length === 1, fault));
    },
    optOutKinds: async () => ok(name === 'hubspot' ? ['email'] : ['email', 'phone']),
    writeOptOuts: async (_, items) => {
      seen.calls += 1;
      const fault = takeFault();
      return items.map(({ id, kinds }): WriteAnswer => {
        const record = find(id);
        if (fault === 'never') return failed(id, AMBIGUOUS);
        if (fault === 'locked') return failed(id, LOCKED);
        if ('code' in record) return failed(id, record);
        seen.optOutsWritten += 1;
        if (kinds.some((kind) => (kind === 'email' ? record.isOptedOut : record.isNotCalled))) seen.optOutsWrittenTwice += 1;
        record.isOptedOut ||= kinds.includes('email');
        record.isNotCalled ||= kinds.includes('phone');
        touch(record);
        return fault === 'lost' ? failed(id, AMBIGUOUS) : written(id, record);
      });
    },
  };
}
