import type { FieldPair } from './record.ts';
import type { CrmScope } from './scope.ts';

/** How a connection is kept in step. Only admins change it. Nothing is made in the CRM and nothing runs by itself until they say so. */
export type SyncSettings = {
  /** Records that come in. */
  readonly scopeIn: CrmScope;
  /** Leads that may be made in the CRM; those that came from it stay in step under every setting. */
  readonly scopeOut: ScopeOut;
  readonly schedule: Schedule;
  /** The list new leads come into; null = the default list. */
  readonly listId: string | null;
  readonly pairs: readonly FieldPair[];
  readonly whenGoneThere: 'keep' | 'remove_lead';
  readonly whenDeletedHere: 'keep' | 'archive_there';
  /** Our opt-outs are written to the CRM; it cannot be taken back there. */
  readonly writesOptOuts: boolean;
};
export type ScopeOut =
  | { readonly kind: 'off' }
  | { readonly kind: 'lists'; readonly listIds: readonly string[] }
  | { readonly kind: 'all' };
export const SCHEDULES = ['off', 'often', 'hourly', 'daily'] as const;
/** `often` is every ten minutes. */
export type Schedule = (typeof SCHEDULES)[number];

export const NEW_SETTINGS: SyncSettings = {
  scopeIn: { kind: 'all' },
  scopeOut: { kind: 'off' },
  schedule: 'off',
  listId: null,
  pairs: [],
  whenGoneThere: 'keep',
  whenDeletedHere: 'keep',
  writesOptOuts: false,
};

/** Every list that settings name. */
export function listsNamed({ scopeOut, listId }: Pick<SyncSettings, 'scopeOut' | 'listId'>): readonly string[] {
  return [...(scopeOut.kind === 'lists' ? scopeOut.listIds : []), ...(listId === null ? [] : [listId])];
}

/**
 * The settings once lists were deleted: new leads come into the default list, and of the lists that may be made in the CRM
 * the others are left. Where none is left nobody may be made there.
 */
export function withLists(settings: SyncSettings, lists: ReadonlySet<string>): SyncSettings {
  const { scopeOut, listId } = settings;
  return {
    ...settings,
    listId: listId !== null && lists.has(listId) ? listId : null,
    scopeOut: scopeOut.kind === 'lists' ? { kind: 'lists', listIds: scopeOut.listIds.filter((id) => lists.has(id)) } : scopeOut,
  };
}
