import type { RecordType } from './record.ts';

/** The records an import or a sync is about. A list or view holds one kind of record: `type` says which, where that is known; others hold all kinds, or those of `types`. */
export type CrmScope =
  | { readonly kind: 'all'; readonly types?: readonly RecordType[] }
  | { readonly kind: 'list' | 'view'; readonly id: string; readonly name: string; readonly type?: RecordType }
  | { readonly kind: 'campaign'; readonly id: string; readonly name: string; readonly types?: readonly RecordType[] };

/** Whether records of this kind can be in the scope at all. */
export function holdsType(scope: CrmScope, type: RecordType): boolean {
  if (scope.kind === 'all' || scope.kind === 'campaign') return scope.types?.includes(type) ?? true;
  return scope.type === undefined || scope.type === type;
}

/** The same scope with these kinds of records only; `known`: all that the CRM has, which need not be said. */
export function ofTypes(scope: CrmScope, types: readonly RecordType[], known: readonly RecordType[]): CrmScope {
  const isAll = known.every((type) => types.includes(type));
  if (scope.kind !== 'all' && scope.kind !== 'campaign') return scope;
  const { types: _, ...whole } = scope;
  return isAll ? whole : { ...whole, types: known.filter((type) => types.includes(type)) };
}
