import type { ImportState } from '#shared/api/imports.ts';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import { FIELDS, TEXT_FIELD_IDS, type TextFieldId } from '#shared/lead/fields.ts';
import type { RawLead } from '#shared/lead/lead.ts';
import { compileMapping } from '#shared/mapping/apply-mapping.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import type { ImportRow } from './imports-place.ts';

/** One field of a row beside the same field of each lead it may be about. Empty = blank. */
export type ComparedField = { readonly label: string; readonly row: string; readonly leads: readonly string[] };

/** A row in review beside the leads it may be about; a field that is blank everywhere is left out. */
export function compareRow(
  row: ReadRow,
  { headers = [], mapping = [] }: Pick<ImportState, 'headers' | 'mapping'>,
  leads: readonly LeadAnswer[],
): readonly ComparedField[] {
  const read = readRow(row, headers, mapping);
  const names: ComparedField = { label: 'Name', row: read.fullName || fullName(read), leads: leads.map(fullName) };
  const texts = TEXT_FIELD_IDS.filter((id) => !IN_NAME.includes(id)).map((id) => ({
    label: FIELDS[id].label,
    row: read[id] ?? '',
    leads: leads.map((lead) => lead[id] ?? ''),
  }));
  const customs = (read.customFields ?? []).map(({ label, value }) => ({
    label,
    row: value,
    leads: leads.map((lead) => lead.customFields.find((custom) => custom.label === label)?.value ?? ''),
  }));
  return [names, ...texts, ...customs].filter((field) => [field.row, ...field.leads].some((value) => value.trim() !== ''));
}

const IN_NAME: readonly TextFieldId[] = ['firstName', 'lastName'];

/** What one calls a row that became no lead: the name in its cells, else its address. Empty where it has neither. */
export function rowName(row: ReadRow, { headers = [], mapping = [] }: Pick<ImportState, 'headers' | 'mapping'>): string {
  const read = readRow(row, headers, mapping);
  return read.fullName || fullName(read) || (read.email ?? '');
}

type ReadRow = Pick<ImportRow, 'raw' | 'lead' | 'values'>;

/** The row's values as they would be stored, else its cells by their mapping, else who it is about. */
function readRow({ raw, lead, values }: ReadRow, headers: readonly string[], mapping: NonNullable<ImportState['mapping']>): RawLead {
  if (values) return values;
  if (raw && mapping.length > 0) return compileMapping(mapping, uniqueLabels(headers, raw.length))(raw);
  return lead ? { fullName: lead.name, email: lead.email ?? '' } : {};
}

function fullName({ firstName, lastName }: Pick<RawLead, 'firstName' | 'lastName'>): string {
  return [firstName, lastName].filter((part) => part).join(' ');
}
