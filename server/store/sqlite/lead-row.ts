import { TEXT_FIELD_IDS, type TextFieldId } from '#shared/lead/fields.ts';
import type { CustomFieldType, CustomValue, Lead } from '#shared/lead/lead.ts';
import { lead } from './schema.ts';

/** A lead between its row and its shape, for statements that are written by hand. */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A row of `lead` as `LEAD_COLUMNS` selects it. */
export type LeadRow = { readonly [K in TextFieldId]: string | null } & {
  readonly id: number;
  readonly publicId: string;
  readonly version: number;
  readonly custom: string | null;
};
/** A custom field as rows refer to it. */
export type KnownField = { readonly id: number; readonly label: string; readonly type: CustomFieldType };

const FIELD_COLUMNS = TEXT_FIELD_IDS.map((field) => lead[field].name);

/** For `SELECT … FROM lead`: names come from the schema, none from a user. */
export const LEAD_COLUMNS = [
  'lead.id AS id',
  'lead.public_id AS publicId',
  'lead.version AS version',
  'lead.custom AS custom',
  ...TEXT_FIELD_IDS.map((field) => `lead.${lead[field].name} AS ${field}`),
].join(', ');

/** Parameters: `leadValues`, then workspace, public id, source, import, created, updated. */
export const INSERT_LEAD = `INSERT INTO lead (${[...FIELD_COLUMNS, 'custom', 'workspace', 'public_id', 'source', 'import_id', 'created_at', 'updated_at'].join(', ')}, version, do_not_contact)
  VALUES (${FIELD_COLUMNS.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?, ?, 1, 0)`;

/** Parameters: `leadValues`, then updated, workspace, id. */
export const UPDATE_LEAD = `UPDATE lead SET ${FIELD_COLUMNS.map((column) => `${column} = ?`).join(', ')}, custom = ?, version = version + 1, updated_at = ?
  WHERE workspace = ? AND id = ?`;

/** The values of `FIELD_COLUMNS` and `custom`, in that order. */
export function leadValues(values: Lead, fieldOf: (custom: CustomValue) => KnownField): (string | null)[] {
  const row: (string | null)[] = [];
  for (const field of TEXT_FIELD_IDS) row.push(values[field] || null);
  const custom = values.customFields;
  row.push(custom && custom.length > 0 ? JSON.stringify(custom.map((entry) => [fieldOf(entry).id, entry.value])) : null);
  return row;
}

/** A row as a lead: blanks are absent. */
export function toLead(row: LeadRow, fieldsById: ReadonlyMap<number, KnownField>, tags: readonly string[]): Lead {
  const values: Mutable<Lead> = {};
  for (const field of TEXT_FIELD_IDS) {
    const value = row[field];
    if (value !== null) values[field] = value;
  }
  if (tags.length > 0) values.tags = tags;
  if (row.custom !== null) values.customFields = toCustomValues(row.custom, fieldsById);
  return values;
}

function toCustomValues(json: string, fieldsById: ReadonlyMap<number, KnownField>): CustomValue[] {
  const pairs: readonly (readonly [number, string])[] = JSON.parse(json); // written by `leadValues`
  return pairs.flatMap(([id, value]) => {
    const field = fieldsById.get(id);
    if (!field) return [];
    return [field.type === 'text' ? { label: field.label, value } : { label: field.label, value, type: field.type }];
  });
}
