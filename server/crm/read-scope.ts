import { isDeepStrictEqual } from 'node:util';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { MAX_CRM_RECORDS } from '#shared/limits.ts';
import { fail, ok } from '#shared/result.ts';
import type { Crm, CrmResult } from './adapter.ts';

/** What to read: kinds of records, those of a scope, and fields by their names there. */
export type ScopeToRead = {
  readonly types: readonly RecordType[];
  readonly scope: CrmScope;
  readonly fields: (type: RecordType) => readonly string[];
};

/** Every record of a scope, each once, in the order the CRM gives them. More than can be imported at once is refused. */
export async function readScope(crm: Crm, { types, scope, fields }: ScopeToRead): Promise<CrmResult<readonly CrmRecord[]>> {
  const records = new Map<string, CrmRecord>();
  for (const type of types) {
    let page: string | null = null;
    do {
      const answer = await crm.listRecords(type, scope, fields(type), page);
      if (!answer.ok) return answer;
      for (const record of answer.value.items) records.set(`${type} ${record.id}`, record);
      if (records.size > MAX_CRM_RECORDS) return fail({ kind: 'validation', code: 'TOO_MANY_RECORDS', message: '' });
      page = answer.value.next;
    } while (page !== null);
  }
  return ok([...records.values()]);
}

/** The same records as they are now, without those that went, and how many are not as they were. */
export function readAnew(
  before: readonly CrmRecord[],
  now: readonly CrmRecord[],
): { readonly records: readonly CrmRecord[]; readonly changed: number } {
  const known = new Map(now.map((record) => [`${record.type} ${record.id}`, record]));
  const pairs = before.map((old) => ({ old, record: known.get(`${old.type} ${old.id}`) }));
  const changed = pairs.filter(({ old, record }) => !record || !isAlike(old, record)).length;
  return { records: pairs.flatMap(({ record }) => record ?? []), changed };
}

function isAlike(one: CrmRecord, other: CrmRecord): boolean {
  return isDeepStrictEqual([one.values, one.optOut.email, one.optOut.phone], [other.values, other.optOut.email, other.optOut.phone]);
}
