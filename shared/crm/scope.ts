/** The records an import or a sync is about. */
export type CrmScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'list' | 'view' | 'campaign'; readonly id: string; readonly name: string };
