import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { fail } from '#shared/result.ts';
import type { Crm, CrmResult } from '../adapter.ts';
import { hiddenKind, NO_API } from '../hidden-kind.ts';

/** How Salesforce says that a profile has no access to an object: a query has no such type, and describe finds none. */
const NO_TYPE = 'INVALID_TYPE';
const NOT_DESCRIBED: ReadonlySet<CrmFailure['kind']> = new Set(['gone', 'scope', 'schema_drift']);
/** Who may use no interface at all lacks another right than that to one kind. */
const isNotDescribed = ({ kind, code }: CrmFailure) => NOT_DESCRIBED.has(kind) && code !== NO_API;

/** The same CRM, which says of a kind of record that this user may not see at all that it is hidden, and not that something is gone. */
export function tellHiddenKinds(crm: Crm): Crm {
  const told = async <T>(type: RecordType, answer: CrmResult<T>): Promise<CrmResult<T>> => {
    if (answer.ok || !isNotDescribed(answer.error) || answer.error.field !== undefined) return answer;
    if (answer.error.code === NO_TYPE) return fail(hiddenKind(type));
    const described = await crm.describe(type);
    return !described.ok && isNotDescribed(described.error) ? fail(hiddenKind(type)) : answer;
  };
  const { listGone } = crm;
  return {
    ...crm,
    describe: async (type, isAnew) => {
      const answer = await crm.describe(type, isAnew);
      return !answer.ok && isNotDescribed(answer.error) ? fail(hiddenKind(type)) : answer;
    },
    notices: async (type) => told(type, await crm.notices(type)),
    optOutKinds: async (type) => told(type, await crm.optOutKinds(type)),
    ensureKeyField: async (type) => told(type, await crm.ensureKeyField(type)),
    listScopes: async (type, ...rest) => told(type, await crm.listScopes(type, ...rest)),
    findScope: async (type, ...rest) => told(type, await crm.findScope(type, ...rest)),
    countRecords: async (type, ...rest) => told(type, await crm.countRecords(type, ...rest)),
    listRecords: async (type, ...rest) => told(type, await crm.listRecords(type, ...rest)),
    listChanged: async (type, ...rest) => told(type, await crm.listChanged(type, ...rest)),
    listGone: listGone && (async (type, window) => told(type, await listGone(type, window))),
    readRecords: async (type, ...rest) => told(type, await crm.readRecords(type, ...rest)),
    findByKey: async (type, ...rest) => told(type, await crm.findByKey(type, ...rest)),
    findByEmail: async (type, ...rest) => told(type, await crm.findByEmail(type, ...rest)),
  };
}
