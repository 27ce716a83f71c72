import type { LeadSort } from '../records.ts';

/** What each order goes by: the texts of the indexes in `schema.ts`. Ties go by the order leads came in. */
const ORDERS = {
  createdAt: { by: 'lead.id', index: 'lead_in_workspace' },
  updatedAt: { by: 'lead.updated_at', index: 'lead_by_update' },
  name: { by: "lower(coalesce(lead.last_name, '') || ' ' || coalesce(lead.first_name, ''))", index: 'lead_by_name' },
  companyName: { by: "lower(coalesce(lead.company_name, ''))", index: 'lead_by_company' },
} as const;

export type LeadOrder = {
  /** An expression over `lead`. */
  readonly by: string;
  readonly index: string;
  readonly direction: 'ASC' | 'DESC';
  /** Leads come in the order of their numbers. */
  readonly isById: boolean;
};

/** The order of a sort: `-` is descending. */
export function toOrder(sort: LeadSort): LeadOrder {
  const descending = sort.startsWith('-');
  const name = (descending ? sort.slice(1) : sort) as keyof typeof ORDERS; // LEAD_SORTS are its keys with and without a dash
  return { ...ORDERS[name], direction: descending ? 'DESC' : 'ASC', isById: name === 'createdAt' };
}
