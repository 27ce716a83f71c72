import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import { writeCsv } from '#shared/table/write-csv.ts';

/** The template: every field as a column, and one example row to write over. */
export function templateFile(): File {
  const text = writeCsv(
    FIELD_IDS.map((field) => FIELDS[field].label),
    [FIELD_IDS.map((field) => FIELDS[field].example)],
  );
  return new File([text], 'leadline-template.csv', { type: 'text/csv' });
}
