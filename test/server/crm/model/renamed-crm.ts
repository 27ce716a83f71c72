import type { Crm, CrmResult } from '../../../../server/crm/adapter.ts';
import type { CrmRecord, RecordType, RemoteValues } from '../../../../shared/crm/record.ts';
import type { CrmScope } from '../../../../shared/crm/scope.ts';
import { ok } from '../../../../shared/result.ts';
import { FEW, LIMITS } from './settings.ts';

/** How the fields of stories are called in a CRM, and what every record there is made with besides. */
export type Naming = {
  readonly names: readonly (readonly [ours: string, theirs: string])[];
  /** What the narrow scope of stories is there. */
  readonly few: CrmScope;
  readonly always: Readonly<Record<RecordType, readonly (readonly [string, string])[]>>;
};

/**
 * An adapter with the fields of stories instead of the CRM's own, in batches and with a lag as small as everything in stories.
 * `open`: the adapter of the process that is alive.
 */
export function renamedCrm(open: () => Crm, { names, few, always }: Naming): Crm {
  const theirs = new Map(names);
  const ours = new Map(names.map(([here, there]) => [there, here]));
  const there = (fields: readonly string[]) => fields.map((field) => theirs.get(field) ?? field);
  const scopeThere = (scope: CrmScope) => (scope.kind !== 'all' && scope.id === FEW.id ? few : scope);
  const valuesThere = (values: RemoteValues) => new Map([...values].map(([field, value]) => [theirs.get(field) ?? field, value]));
  const here = (record: CrmRecord): CrmRecord => ({
    ...record,
    values: new Map([...record.values].map(([field, value]) => [ours.get(field) ?? field, value])),
  });
  const mapped = async <T, U>(answer: Promise<CrmResult<T>>, to: (value: T) => U): Promise<CrmResult<U>> => {
    const given = await answer;
    return given.ok ? ok(to(given.value)) : given;
  };
  const answersHere = async (answers: ReturnType<Crm['createRecords']>) =>
    (await answers).map((answer) => (answer.kind === 'written' ? { ...answer, record: answer.record && here(answer.record) } : answer));
  const plain = Object.entries(open()).map(([name, member]) => {
    const ask = (...args: readonly unknown[]) => (open()[name as keyof Crm] as (...given: readonly unknown[]) => unknown)(...args); // of the same shape
    return [name, typeof member === 'function' ? ask : member] as const;
  });
  const { traits } = open();
  return {
    ...(Object.fromEntries(plain) as Crm), // the members of an adapter, under their names
    // Smaller, so that few records are many; nothing of what hangs on them.
    traits: { ...traits, writeBatch: 2, readBatch: 2, indexLagMs: LIMITS.lagMs, sideKinds: [] },
    listRecords: (type, scope, fields, page) =>
      mapped(open().listRecords(type, scopeThere(scope), there(fields), page), (found) => ({ ...found, items: found.items.map(here) })),
    listChanged: (type, scope, window, page) => open().listChanged(type, scopeThere(scope), window, page),
    readRecords: (type, ids, fields) =>
      mapped(open().readRecords(type, ids, there(fields)), (answers) =>
        answers.map((answer) => (answer.kind === 'found' ? { ...answer, record: here(answer.record) } : answer)),
      ),
    findByKey: (type, keys, fields) =>
      mapped(open().findByKey(type, keys, there(fields)), (found) => found.map(({ key, record }) => ({ key, record: here(record) }))),
    findByEmail: (type, emails, fields) => mapped(open().findByEmail(type, emails, there(fields)), (found) => found.map(here)),
    createRecords: (type, items) =>
      answersHere(
        open().createRecords(
          type,
          items.map((item) => ({ ...item, values: new Map([...always[type], ...valuesThere(item.values)]) })),
        ),
      ),
    updateRecords: (type, items) =>
      answersHere(
        open().updateRecords(
          type,
          items.map((item) => ({ ...item, values: valuesThere(item.values) })),
        ),
      ),
    readHistory: (type, ids, fields) =>
      mapped(open().readHistory(type, ids, there(fields)), (histories) =>
        histories.map((history) => ({ ...history, field: ours.get(history.field) ?? history.field })),
      ),
  };
}
