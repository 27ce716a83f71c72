import type { BulkWhich, LeadFilter } from '../../platform/lead-api.ts';

/** Which leads are chosen: some by hand, or all that the filter finds but a few. */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const NOTHING_CHOSEN: Selection = { kind: 'some', ids: new Set() };
export const ALL_CHOSEN: Selection = { kind: 'all', except: new Set() };

/** Says whether a lead is chosen. */
export function isChosen(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

/** How many are chosen of `total` that the filter finds. */
export function chosenCount(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);
}

/** Chooses leads, or takes them out. */
export function choose(selection: Selection, ids: readonly string[], chosen: boolean): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: changed(selection.ids, ids, chosen) };
  return { kind: 'all', except: changed(selection.except, ids, !chosen) };
}

/** What the server is told: the ids, or the filter without those taken out. */
export function whichLeads(selection: Selection, filter: LeadFilter): BulkWhich {
  if (selection.kind === 'some') return { ids: [...selection.ids] };
  return selection.except.size === 0 ? { filter } : { filter, except: [...selection.except] };
}

function changed(old: ReadonlySet<string>, ids: readonly string[], isIn: boolean): ReadonlySet<string> {
  const next = new Set(old);
  for (const id of ids) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}
