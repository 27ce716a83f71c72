import type { FieldsAnswer, ScopesAnswer } from '#shared/api/connection-work.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import { type CrmScope, holdsType } from '#shared/crm/scope.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Refusal } from '../leads/backend.ts';
import type { CrmResult } from './adapter.ts';
import { defaultPairs } from './default-pairs.ts';
import { isHiddenKind } from './hidden-kind.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** What a connection can be narrowed to, and what its records hold. */

/**
 * Lists, views and campaigns of every kind of record whose names hold a text; '' = any, and then also what the connection is
 * narrowed to, as it is called now. A kind this member may not see has none.
 */
export async function listScopes(open: OpenConnection, search: string, chosen: CrmScope): Promise<Result<ScopesAnswer, Refusal>> {
  const { types } = open.crm.traits;
  const scopes: ScopesAnswer['scopes'][number][] = [];
  let hasMore = false;
  const answers = await Promise.all(types.map(async (type) => ({ type, found: await open.crm.listScopes(type, search) })));
  for (const { type, found } of answers) {
    if (!found.ok && found.error.kind !== 'scope') return fail(refuseWork(open, found.error, false));
    if (!found.ok) continue;
    scopes.push(...found.value.choices.map((choice) => ({ type, ...choice })));
    hasMore ||= found.value.hasMore;
  }
  const isTold = chosen.kind === 'all' || scopes.some(({ scope }) => scope.kind === chosen.kind && scope.id === chosen.id);
  if (search !== '' || isTold) return ok({ scopes, hasMore });
  const [first] = types.filter((type) => holdsType(chosen, type));
  const found = first && (await open.crm.findScope(first, chosen));
  if (!found || (!found.ok && found.error.kind !== 'gone')) return ok({ scopes, hasMore }); // whether it is there is not known
  return ok(found.ok ? { scopes: [...scopes, { type: first, ...found.value }], hasMore } : { scopes, hasMore, gone: chosen });
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
    // Whoever looks may just have made a field there, or been given the right to see one.
    const fields = await open.crm.describe(type, true);
    if (!fields.ok && isHiddenKind(fields.error)) continue;
    if (!fields.ok) return fail(refuseWork(open, fields.error, false));
    const suggested = defaultPairs(open.connection.provider, type, open.kind.knownFields(type), fields.value);
    types.push({ type, fields: fields.value.map(({ maxLength: _, isRestricted: __, isReference: ___, ...field }) => field), suggested });
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
