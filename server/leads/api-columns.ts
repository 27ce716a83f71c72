import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import type { RawLead } from '#shared/lead/lead.ts';
import type { ColumnMapping } from '#shared/mapping/mapping.ts';

/** The columns of an import, and the cells a lead has in them. */
export type ApiColumns = {
  readonly headers: readonly string[];
  readonly mapping: readonly ColumnMapping[];
  readonly toCells: (lead: RawLead) => readonly string[];
};

/**
 * Leads sent as JSON have no columns; an import has. These are the columns their rejected rows are shown in: every
 * field any of the leads has, then every custom field.
 */
export function apiColumns(leads: readonly RawLead[]): ApiColumns {
  const fields = TARGETS.filter((field) => leads.some((lead) => lead[field] !== undefined));
  const labels = [...new Set(leads.flatMap((lead) => (lead.customFields ?? []).map((custom) => custom.label)))];
  const mapping: ColumnMapping[] = fields.map((field, column) => ({ column, field }));
  for (const label of labels) mapping.push({ column: mapping.length, field: 'custom', label });
  return {
    headers: [...fields.map((field) => (field === 'fullName' ? 'Full name' : FIELDS[field].label)), ...labels],
    mapping,
    toCells: (lead) => [
      ...fields.map((field) => toText(lead[field])),
      ...labels.map((label) => lead.customFields?.find((custom) => custom.label === label)?.value ?? ''),
    ],
  };
}

const TARGETS = [...FIELD_IDS, 'fullName'] as const;

function toText(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join('; ');
}
