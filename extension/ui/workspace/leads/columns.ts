import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { FIELDS } from '#shared/lead/fields.ts';

/** A field one can change in its cell. */
export type CellField = 'companyName' | 'jobTitle' | 'email' | 'phone' | 'ownerEmail';
export type LeadColumn = {
  readonly id: string;
  readonly label: string;
  /** Its head sorts the table. */
  readonly sort?: 'name' | 'companyName';
  /** Null: changed on the lead's own page. */
  readonly field: CellField | null;
  /** Shown where there is no room for all. */
  readonly narrow?: true;
};

/** The columns behind the box that chooses. */
export const COLUMNS: readonly LeadColumn[] = [
  { id: 'name', label: 'Name', sort: 'name', field: null, narrow: true },
  { id: 'company', label: FIELDS.companyName.label, sort: 'companyName', field: 'companyName', narrow: true },
  { id: 'job', label: FIELDS.jobTitle.label, field: 'jobTitle' },
  { id: 'email', label: FIELDS.email.label, field: 'email' },
  { id: 'phone', label: FIELDS.phone.label, field: 'phone', narrow: true },
  { id: 'owner', label: 'Owner', field: 'ownerEmail' },
];

/** What stands in a cell; the owner by name. */
export function cellText(lead: LeadAnswer, field: CellField): string {
  return field === 'ownerEmail' ? (lead.owner?.name ?? '') : (lead[field] ?? '');
}

/** What is edited in a cell. */
export function cellValue(lead: LeadAnswer, field: CellField): string {
  return field === 'ownerEmail' ? (lead.owner?.email ?? '') : (lead[field] ?? '');
}
