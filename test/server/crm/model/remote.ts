import type { Crm, CrmResult, FieldHistory, ReadAnswer, RecordChange, WriteAnswer } from '../../../../server/crm/adapter.ts';
import type { CrmFailure } from '../../../../shared/crm/failure.ts';
import type { CrmRecord } from '../../../../shared/crm/record.ts';
import { ok } from '../../../../shared/result.ts';

type Entry = { readonly value: string; readonly at: number; readonly isOurs: boolean };
export type RemoteRecord = {
  readonly id: string;
  key: string;
  state: 'live' | 'archived' | 'purged' | 'merged';
  mergedInto: string | null;
  readonly mergedIds: readonly string[];
  /** Second addresses, which its fields do not show. */
  readonly moreEmails: readonly string[];
  readonly values: Map<string, string>;
  readonly history: Map<string, Entry[]>;
  modifiedAt: number;
  readonly createdAt: number;
  /** When lists of changes show what was modified when. */
  index: readonly { readonly modifiedAt: number; readonly visibleAt: number }[];
  isOptedOut: boolean;
  /** The write of ours that made it. */
  readonly madeBy: string | null;
};
/** What happens to the next write of a record. */
export type WriteFault = 'lost' | 'never' | 'locked' | null;

const AMBIGUOUS: CrmFailure = { kind: 'ambiguous', code: 'no_answer', message: '' };
const LOCKED: CrmFailure = { kind: 'lock', code: 'locked', message: '' };

/** A CRM in memory, as unkind as the real ones: its index lags, it merges under new ids, it loses answers. */
export type Remote = ReturnType<typeof createRemote>;
export function createRemote(now: () => number) {
  const records = new Map<string, RemoteRecord>();
  const seen = {
    calls: 0,
    writes: 0,
    archived: [] as string[],
    pushedKeys: [] as string[],
    fault: null as WriteFault,
    shouts: false,
    lagMs: 0,
    leftToday: null as number | null,
  };
  let count = 0;

  const touch = (record: RemoteRecord) => {
    record.modifiedAt = now();
    record.index = [...record.index.slice(-3), { modifiedAt: now(), visibleAt: now() + seen.lagMs }];
  };
  const write = (record: RemoteRecord, values: ReadonlyMap<string, string>, isOurs: boolean) => {
    for (const [field, text] of values) {
      const value = isOurs && seen.shouts && field === 'jobTitle' && text !== '' ? `${text}!` : text;
      if ((record.values.get(field) ?? '') === value) continue;
      if (value === '') record.values.delete(field);
      else record.values.set(field, value);
      record.history.set(field, [{ value, at: now(), isOurs }, ...(record.history.get(field) ?? [])]);
    }
    touch(record);
  };
  const add = (values: ReadonlyMap<string, string>, key: string, isOurs: boolean, more: Partial<RemoteRecord> = {}): RemoteRecord => {
    count += 1;
    const record: RemoteRecord = {
      id: `r${count}`,
      key,
      state: 'live',
      mergedInto: null,
      mergedIds: [],
      moreEmails: [],
      values: new Map(),
      history: new Map(),
      modifiedAt: now(),
      createdAt: now(),
      index: [],
      isOptedOut: false,
      madeBy: null,
      ...more,
    };
    records.set(record.id, record);
    write(record, values, isOurs);
    return record;
  };
  const live = () => [...records.values()].filter(({ state }) => state === 'live');
  const emailsOf = (record: RemoteRecord) => [record.values.get('email') ?? '', ...record.moreEmails].filter(Boolean);
  const holderOf = (email: string | undefined, but?: string) =>
    live().find((record) => record.id !== but && email !== undefined && emailsOf(record).includes(email));
  const survivorOf = (id: string): RemoteRecord | undefined => {
    const record = records.get(id);
    return record?.state === 'merged' && record.mergedInto !== null ? survivorOf(record.mergedInto) : record;
  };
  const toCrm = (record: RemoteRecord): CrmRecord => ({
    type: 'contact',
    id: record.id,
    values: new Map(record.values),
    ...(record.key === '' ? {} : { key: record.key }),
    ...(record.mergedIds.length === 0 ? {} : { mergedIds: record.mergedIds }),
    modifiedAt: record.modifiedAt,
    createdAt: record.createdAt,
    optOut: { email: record.isOptedOut, phone: false, since: null },
  });
  const read = (asked: string): ReadAnswer => {
    const record = survivorOf(asked);
    if (!record || record.state === 'purged') return { kind: 'gone', asked, why: 'purged' };
    if (record.state === 'archived') return { kind: 'gone', asked, why: 'archived' };
    return { kind: 'found', asked, record: toCrm(record) };
  };
  const answer = async <T>(value: T): Promise<CrmResult<T>> => {
    seen.calls += 1;
    return ok(value);
  };
  const takeFault = () => {
    const { fault } = seen;
    seen.fault = null;
    return fault;
  };
  const update = ({ opId, id, values }: RecordChange, fault: WriteFault): WriteAnswer => {
    const record = records.get(id);
    if (fault === 'never') return { kind: 'failed', opId, failure: AMBIGUOUS };
    if (fault === 'locked') return { kind: 'failed', opId, failure: LOCKED };
    if (record?.state !== 'live')
      return { kind: 'failed', opId, failure: { kind: record?.state === 'merged' ? 'moved' : 'gone', code: 'gone', message: '' } };
    seen.writes += 1;
    write(record, values, true);
    if (fault === 'lost') return { kind: 'failed', opId, failure: AMBIGUOUS };
    return { kind: 'written', opId, id, record: toCrm(record) };
  };

  const crm: Crm = {
    provider: 'hubspot',
    traits: { types: ['contact'], sideKinds: [], writeBatch: 2, readBatch: 2, hasHistory: true, indexLagMs: 10_000 },
    describe: () => answer([]),
    ensureKeyField: async () => ok('there' as const),
    listScopes: () => answer([]),
    countRecords: () => answer(live().length),
    listRecords: (_, __, ___, page) => {
      const all = live().filter(({ id }) => page === null || order(id) > order(page));
      const items = all.slice(0, 2);
      return answer({ items: items.map(toCrm), next: all.length > 2 ? (items.at(-1)?.id ?? null) : null });
    },
    listChanged: (_, __, { from, to }, page) => {
      const changed = live().filter(({ id, index }) => {
        const shown = index.filter(({ visibleAt }) => visibleAt <= now()).at(-1);
        return shown !== undefined && shown.modifiedAt >= from && shown.modifiedAt <= to && (page === null || order(id) > order(page));
      });
      const items = changed.slice(0, 2).map(({ id }) => id);
      return answer({ items, next: changed.length > 2 ? (items.at(-1) ?? null) : null });
    },
    readRecords: (_, ids) => answer(ids.map(read)),
    findByKey: (_, keys) =>
      answer(live().flatMap((record) => (keys.includes(record.key) ? [{ key: record.key, record: toCrm(record) }] : []))),
    findByEmail: (_, emails) =>
      answer(
        live()
          .filter((record) => emailsOf(record).some((email) => emails.includes(email)))
          .map(toCrm),
      ),
    createRecords: async (_, items) => {
      seen.calls += 1;
      const fault = takeFault();
      return items.map(({ opId, key, values }): WriteAnswer => {
        const taken = live().find((record) => key !== '' && record.key === key) ?? holderOf(values.get('email'));
        if (fault === 'never') return { kind: 'failed', opId, failure: AMBIGUOUS };
        if (fault === 'locked') return { kind: 'failed', opId, failure: LOCKED };
        if (taken)
          return {
            kind: 'failed',
            opId,
            failure: { kind: 'duplicate', code: 'CONFLICT', message: '', matches: [{ type: 'contact', id: taken.id, title: '' }] },
          };
        seen.writes += 1;
        seen.pushedKeys.push(key);
        const record = add(values, key, true, { madeBy: opId });
        return fault === 'lost'
          ? { kind: 'failed', opId, failure: AMBIGUOUS }
          : { kind: 'written', opId, id: record.id, record: toCrm(record) };
      });
    },
    updateRecords: async (_, items) => {
      seen.calls += 1;
      const fault = takeFault();
      return items.map((item) => update(item, fault));
    },
    writeOptOuts: async (_, ids) => {
      seen.calls += 1;
      return ids.map((opId): WriteAnswer => {
        const record = records.get(opId);
        if (record?.state !== 'live') return { kind: 'failed', opId, failure: { kind: 'gone', code: 'gone', message: '' } };
        seen.writes += 1;
        record.isOptedOut = true;
        touch(record);
        return { kind: 'written', opId, id: opId, record: toCrm(record) };
      });
    },
    readHistory: (_, ids, fields) =>
      answer(ids.flatMap((id) => fields.map((field): FieldHistory => ({ id, field, entries: records.get(id)?.history.get(field) ?? [] })))),
    campaigns: null,
    archiveRecords: (_, ids) => {
      for (const id of ids) {
        const record = records.get(id);
        if (record?.state === 'live') record.state = 'archived';
        seen.archived.push(id);
      }
      return answer(undefined);
    },
    listSideItems: () => answer({ items: [], next: null }),
    findSideItems: () => answer([]),
    readSideItems: () => answer([]),
    sideLabelsMark: () => answer(null),
    usage: () => ({ calls: seen.calls, leftToday: seen.leftToday, limitToday: null }),
  };

  return {
    crm,
    records,
    seen,
    live,
    survivorOf,
    holderOf,
    /** What people do in the CRM. */
    user: {
      add: (values: ReadonlyMap<string, string>) => add(values, '', false),
      edit: (record: RemoteRecord, field: string, value: string) => write(record, new Map([[field, value]]), false),
      /** Under a new id, as HubSpot does; the first one's values and key come first. */
      merge: (first: RemoteRecord, second: RemoteRecord) => {
        const values = new Map([...second.values, ...first.values]);
        for (const each of [first, second]) each.state = 'merged';
        const survivor = add(values, first.key || second.key, false, {
          mergedIds: [first.id, ...first.mergedIds, second.id, ...second.mergedIds],
          moreEmails: [...new Set([...emailsOf(first), ...emailsOf(second)])].filter((email) => email !== values.get('email')),
          isOptedOut: first.isOptedOut || second.isOptedOut,
        });
        for (const each of [first, second]) each.mergedInto = survivor.id;
        return survivor;
      },
      restore: (record: RemoteRecord) => {
        record.state = 'live';
        touch(record);
      },
      optOut: (record: RemoteRecord) => {
        record.isOptedOut = true;
        touch(record);
      },
    },
  };
}

function order(id: string): number {
  return Number(id.slice(1));
}
