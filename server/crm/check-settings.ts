import type { FieldPair } from '#shared/crm/record.ts';
import { type CrmScope, holdsType } from '#shared/crm/scope.ts';
import { FIELDS } from '#shared/lead/fields.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** Why something cannot be set, with the field of the body it is about; null where it can. */

/** A kind of scope that the CRM has not (400), or a list, view or campaign that is not there (404). */
export async function refuseScope(open: OpenConnection, scope: CrmScope, field: string): Promise<Refusal | null> {
  const { kind, crm, name } = open;
  if (!kind.scopeKinds.includes(scope.kind))
    return {
      code: 'INVALID_REQUEST',
      about: 'crm_scope_kind',
      data: { crm: name, kind: scope.kind },
      details: [{ field, value: scope.kind }],
    };
  const type = crm.traits.types.find((each) => holdsType(scope, each));
  if (scope.kind === 'all' || type === undefined) return null;
  // Counted, and not only found: it also has to be readable.
  const counted = await crm.countRecords(type, scope);
  return counted.ok ? null : { ...refuseWork(open, counted.error), details: [{ field, value: scope.id }] };
}

/** Lists of the workspace that are not there: the first is named. */
export async function refuseLists(
  { store }: Backend,
  { workspace }: Actor,
  named: readonly { readonly field: string; readonly id: string }[],
): Promise<Refusal | null> {
  if (named.length === 0) return null;
  const there = new Set((await store.listLists(workspace)).map((list) => list.id));
  const unknown = named.find(({ id }) => !there.has(id));
  return unknown ? { code: 'LIST_NOT_FOUND', details: [{ field: unknown.field, value: unknown.id }] } : null;
}

/** A pair's id, or a field on either side, that stands in a map twice. Pairs that are off take no part. */
export function refusePairs(pairs: readonly FieldPair[]): Refusal | null {
  const name = findTwice(pairs);
  return name === null
    ? null
    : { code: 'INVALID_REQUEST', about: 'crm_pair_twice', data: { name }, details: [{ field: 'pairs', value: name }] };
}

function findTwice(pairs: readonly FieldPair[]): string | null {
  const seen = new Set<string>();
  const sees = (...parts: readonly string[]) => seen.size === seen.add(JSON.stringify(parts)).size;
  for (const { id, type, local, remote, label, direction } of pairs) {
    if (sees('id', id)) return id;
    if (direction === 'off') continue;
    if (sees('remote', type, remote)) return label;
    const name = local.kind === 'field' ? FIELDS[local.id].label : local.label;
    if (sees('local', type, local.kind, local.kind === 'field' ? local.id : name.replace(/\s+/g, ' ').trim().toLowerCase())) return name;
  }
  return null;
}
