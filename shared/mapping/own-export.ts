import { FIELDS, type FieldId, TEXT_FIELD_IDS } from '../lead/fields.ts';

/** The fields of the file that "Export" gives, in the order of its columns; custom fields follow. */
export const EXPORTED_FIELDS: readonly FieldId[] = [...TEXT_FIELD_IDS, 'tags'];

/**
 * Says whether headers are those of such a file. Its columns behind the fields are custom fields whatever they are
 * called: somebody may have one called "Email" or "Mobile".
 */
export function isOwnExport(headers: readonly string[]): boolean {
  return EXPORTED_FIELDS.every((field, column) => headers[column] === FIELDS[field].label);
}
