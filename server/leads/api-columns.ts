import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import type { RawLead } from '#shared/lead/lead.ts';
import type { ColumnMapping } from '#shared/mapping/mapping.ts';

/**
 * Leads sent as JSON have no columns; an import has. These are the columns their rejected rows are shown in: every
 * field any of the leads has, then every custom field.
 */
export function apiColumns(leads: readonly RawLead[]): { readonly headers: readonly string[]; readonly mapping: readonly ColumnMapping[] } {
  const fields = FIELD_IDS.filter((field) => leads.some((lead) => lead[field] !== undefined));
  const labels = new Set(leads.flatMap((lead) => (lead.customFields ?? []).map((custom) => custom.label)));
  const mapping: ColumnMapping[] = fields.map((field, column) => ({ column, field }));
  for (const label of labels) mapping.push({ column: mapping.length, field: 'custom', label });
  return { headers: [...fields.map((field) => FIELDS[field].label), ...labels], mapping };
}
