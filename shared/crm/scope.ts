import type { RecordType } from './record.ts';

/** The records an import or a sync is about. A list or view holds one kind of record; `type` says which, where that is known. */
export type CrmScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'list' | 'view'; readonly id: string; readonly name: string; readonly type?: RecordType }
  | { readonly kind: 'campaign'; readonly id: string; readonly name: string };

/** Whether records of this kind can be in the scope at all. */
export function holdsType(scope: CrmScope, type: RecordType): boolean {
  return scope.kind === 'all' || scope.kind === 'campaign' || scope.type === undefined || scope.type === type;
}
