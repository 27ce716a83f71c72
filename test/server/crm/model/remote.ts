import { isDeepStrictEqual } from 'node:util';
import type { Crm, CrmResult, FieldHistory, ReadAnswer, WriteAnswer } from '../../../../server/crm/adapter.ts';
import type { RecordType } from '../../../../shared/crm/record.ts';
import type { CrmScope } from '../../../../shared/crm/scope.ts';
import { ok } from '../../../../shared/result.ts';
import { createRecords, createSeen, order, type RemoteRecord, type Seen } from './remote-records.ts';
import { createUsers, type RemoteUsers } from './remote-users.ts';
import { createWrites } from './remote-writes.ts';
import { FEW } from './settings.ts';
import type { CrmName } from './story.ts';

/** A CRM of a story: what the engine speaks with, what people do in it, and what is true there. */
export type Remote = {
  readonly crm: Crm;
  readonly records: ReadonlyMap<string, RemoteRecord>;
  readonly seen: Seen;
  /** Those that are there, of every kind or of one. */
  live(type?: RecordType): readonly RemoteRecord[];
  /** Whether a record is in a scope. */
  isIn(scope: CrmScope): (record: Pick<RemoteRecord, 'id'>) => boolean;
  holderOf(email: string | undefined, type?: RecordType): RemoteRecord | undefined;
  /** The record that answers for an id. */
  survivorOf(id: string): RemoteRecord | undefined;
  readonly user: RemoteUsers;
  /** Calls that one question or one batch of writes takes at most: it is not cut off in the middle. */
  readonly callsOfOne: number;
  /** Calls that are left today when a run begins; null: it does not say. */
  leave(calls: number | null): void;
  /** Who speaks with it is another process now, which remembers nothing. */
  restart(): void;
  /** Nobody comes any more. */
  end(): void;
};

/**
 * A CRM in memory, as unkind as the real ones: its index lags and it loses answers. One merges under new ids and keeps a
 * history; the other has two kinds of people, converts the one into the other, and keeps none.
 */
export function createRemote(now: () => number, name: CrmName = 'hubspot'): Remote {
  const seen = createSeen();
  const all = createRecords(name, now, seen);
  const { records, live, emailsOf, survivorOf, toCrm } = all;
  const answer = async <T>(value: T): Promise<CrmResult<T>> => {
    seen.calls += 1;
    return ok(value);
  };
  const read = (type: RecordType, asked: string): ReadAnswer => {
    const record = survivorOf(asked);
    if (record?.isHidden) return { kind: 'gone', asked, why: 'unseen' };
    if (!record || record.type !== type || record.state === 'purged') return { kind: 'gone', asked, why: 'purged' };
    if (record.state === 'archived') return { kind: 'gone', asked, why: 'archived' };
    if (record.state === 'converted')
      return {
        kind: 'converted',
        asked,
        to: { type: 'contact', id: record.wentInto ?? '' },
        ...(record.key === '' ? {} : { key: record.key }),
      };
    return { kind: 'found', asked, record: toCrm(record) };
  };
  const shown = (type: RecordType) => live(type).filter(({ isHidden }) => !isHidden);
  /** Of the few every other record is. */
  const isIn =
    (scope: CrmScope) =>
    ({ id }: Pick<RemoteRecord, 'id'>) =>
      !isDeepStrictEqual(scope, FEW) || order(id) % 2 === 1;
  const pageOf = <T extends { readonly id: string }>(listed: readonly T[], page: string | null) => {
    const left = listed.filter(({ id }) => page === null || order(id) > order(page));
    const items = left.slice(0, 2);
    return { items, next: left.length > 2 ? (items.at(-1)?.id ?? null) : null };
  };
  const crm: Crm = {
    provider: name,
    traits: {
      types: name === 'hubspot' ? ['contact'] : ['lead', 'contact'],
      sideKinds: [],
      writeBatch: 2,
      readBatch: 2,
      hasHistory: name === 'hubspot',
      hasShortTexts: false,
      indexLagMs: 10_000,
    },
    describe: () => answer([]),
    notices: () => answer([]),
    ensureKeyField: async () => ok('there' as const),
    listScopes: () => answer({ choices: [], hasMore: false }),
    findScope: (_, scope) => answer({ scope, size: null }),
    countRecords: (type) => answer(live(type).length),
    listRecords: (type, scope, _, page) => {
      const { items, next } = pageOf(shown(type).filter(isIn(scope)), page);
      return answer({ items: items.map(toCrm), next });
    },
    listChanged: (type, scope, { from, to }, page) => {
      const listed = [...records.values()].filter(({ type: kind, state, index, isHidden }) => {
        const latest = index.filter(({ visibleAt }) => visibleAt <= now()).at(-1);
        const isThere = kind === type && (state === 'live' || state === 'converted');
        return isThere && !isHidden && latest !== undefined && latest.modifiedAt >= from && latest.modifiedAt <= to;
      });
      const { items, next } = pageOf(listed.filter(isIn(scope)), page);
      return answer({ items: items.map(({ id }) => id), next });
    },
    readRecords: (type, ids) => answer(ids.map((id) => read(type, id))),
    findByKey: (type, keys) =>
      answer(shown(type).flatMap((record) => (keys.includes(record.key) ? [{ key: record.key, record: toCrm(record) }] : []))),
    findByEmail: (type, emails) =>
      answer(
        shown(type)
          .filter((record) => emailsOf(record).some((email) => emails.includes(email)))
          .map(toCrm),
      ),
    ...createWrites(name, all, seen),
    readHistory: (_, ids, fields) =>
      answer(ids.flatMap((id) => fields.map((field): FieldHistory => ({ id, field, entries: records.get(id)?.history.get(field) ?? [] })))),
    campaigns: null,
    listGone: null,
    archiveRecords: (_, ids) => {
      const answers = ids.map((id): WriteAnswer => {
        const record = records.get(id);
        if (record?.state === 'converted') return { kind: 'failed', opId: id, failure: { kind: 'moved', code: 'converted', message: '' } };
        if (record?.state === 'live') record.state = 'archived';
        seen.archived.push(id);
        return { kind: 'written', opId: id, id, record: null };
      });
      return Promise.resolve(answers);
    },
    listSideItems: () => answer({ items: [], next: null }),
    findSideItems: () => answer([]),
    readSideItems: () => answer([]),
    sideLabelsMark: () => answer(null),
    usage: () => ({ calls: seen.calls, leftToday: seen.leftToday, limitToday: null }),
  };
  const leave = (calls: number | null) => {
    seen.leftToday = calls;
  };
  const { holderOf } = all;
  return {
    crm,
    records,
    seen,
    callsOfOne: 1,
    live,
    isIn,
    survivorOf,
    holderOf,
    user: createUsers(name, all),
    leave,
    restart: () => undefined,
    end: () => undefined,
  };
}
