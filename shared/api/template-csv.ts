import { FIELD_IDS, FIELDS } from '../lead/fields.ts';
import { writeCsv } from '../table/write-csv.ts';

/** A CSV with every field as a column and one invented person: what "Download template" and GET /api/template.csv give. */
export function templateCsv(): string {
  const fields = FIELD_IDS.map((field) => FIELDS[field]);
  return writeCsv(
    fields.map((field) => field.label),
    [fields.map((field) => field.example)],
  );
}
