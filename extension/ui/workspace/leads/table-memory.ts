import { useRef } from 'preact/hooks';
import { createLeadPages, type LeadPages } from '../../../flow/workspace/lead-pages.ts';
import { type LeadsPlace, leadsHref } from '../../../flow/workspace/leads-place.ts';
import { NOTHING_CHOSEN, type Selection } from '../../../flow/workspace/selection.ts';
import type { LeadApi } from '../../../platform/lead-api.ts';
import type { CellAt } from '../../grid/grid-keys.ts';

/** What a table of leads keeps while one looks at one of them: another filter or order begins anew. */
export type TableMemory = {
  readonly place: LeadsPlace;
  readonly pages: LeadPages;
  scrollTop: number;
  active: CellAt;
  selection: Selection;
  /** One has been here before: the cell one left gets the focus. */
  isReturn: boolean;
};

/** The memory of the table at a place. */
export function useTableMemory(leads: LeadApi, place: LeadsPlace): TableMemory {
  const memory = useRef<{ readonly key: string; readonly leads: LeadApi; readonly table: TableMemory } | null>(null);
  const key = leadsHref(place);
  if (memory.current?.key !== key || memory.current.leads !== leads) {
    memory.current?.table.pages.close();
    const pages = createLeadPages((at, limit, signal) => leads.find(place.filter, place.sort, at, limit, signal));
    memory.current = {
      key,
      leads,
      table: { place, pages, scrollTop: 0, active: { row: 0, column: 1 }, selection: NOTHING_CHOSEN, isReturn: false },
    };
  }
  return memory.current.table;
}
