import type { FieldsAnswer } from '#shared/api/connection-work.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';
import type { CrmResult } from './adapter.ts';
import { defaultPairs } from './default-pairs.ts';
import { isHiddenKind } from './hidden-kind.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** What a connection can be narrowed to, and what its records hold. */

export type ScopeChoice = {
  readonly type: RecordType;
  readonly scope: Exclude<CrmScope, { readonly kind: 'all' }>;
  readonly size: number | null;
};

/** Lists, views and campaigns of every kind of record. A kind this member may not see has none. */
export async function listScopes(open: OpenConnection): Promise<Result<{ readonly scopes: readonly ScopeChoice[] }, Refusal>> {
  const scopes: ScopeChoice[] = [];
  for (const type of open.crm.traits.types) {
    const found = await open.crm.listScopes(type);
    if (!found.ok && found.error.kind !== 'scope') return fail(refuseWork(open, found.error, false));
    for (const { scope, size } of found.ok ? found.value : []) if (scope.kind !== 'all') scopes.push({ type, scope, size });
  }
  return ok({ scopes });
}

/** What a person should know of the rights there; a kind this member may not see has nothing more to tell. */
export async function readNotices({ crm }: OpenConnection, types: readonly RecordType[]): Promise<CrmResult<readonly CrmNotice[]>> {
  const notices: CrmNotice[] = [];
  for (const type of types) {
    const found = await crm.notices(type);
    if (found.ok) notices.push(...found.value);
    else if (isHiddenKind(found.error)) notices.push({ kind: 'kind_hidden', type, field: '' });
    else return found;
  }
  return ok(notices);
}

/** Fields by their labels and types, beside the map a new connection starts with. */
export async function listFields(open: OpenConnection): Promise<Result<FieldsAnswer, Refusal>> {
  const types: FieldsAnswer['types'][number][] = [];
  for (const type of open.crm.traits.types) {
    const fields = await open.crm.describe(type);
    if (!fields.ok && isHiddenKind(fields.error)) continue;
    if (!fields.ok) return fail(refuseWork(open, fields.error, false));
    const suggested = defaultPairs(open.connection.provider, type, open.kind.knownFields(type), fields.value);
    types.push({ type, fields: fields.value.map(({ maxLength: _, isRestricted: __, ...field }) => field), suggested });
  }
  const notices = await readNotices(open, open.crm.traits.types);
  return notices.ok ? ok({ types, notices: notices.value }) : fail(refuseWork(open, notices.error, false));
}

/** The map of a connection, or the one it starts with. A kind that may not be seen is left out, unless there is no other. */
export async function pairsFor(
  open: OpenConnection,
  set: readonly FieldPair[],
  types: readonly RecordType[],
): Promise<CrmResult<readonly FieldPair[]>> {
  const pairs: FieldPair[] = [];
  let hidden: CrmFailure | null = null;
  for (const type of types) {
    const known = set.filter((pair) => pair.type === type);
    if (known.length > 0) {
      pairs.push(...known);
      continue;
    }
    const fields = await open.crm.describe(type);
    if (!fields.ok && isHiddenKind(fields.error)) {
      hidden = fields.error;
      continue;
    }
    if (!fields.ok) return fields;
    pairs.push(...defaultPairs(open.connection.provider, type, open.kind.knownFields(type), fields.value));
  }
  return pairs.length === 0 && hidden ? fail(hidden) : ok(pairs);
}
