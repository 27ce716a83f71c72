import { isExact } from '#shared/crm/decimal.ts';
import type { ValueType } from '#shared/crm/record.ts';
import { parseProgramCsv } from '#shared/table/parse-records.ts';
import type { CrmField } from '../adapter.ts';
import type { OrgRow } from './objects.ts';

/**
 * Rows of a job's results as a query would have answered them, or null where the text is not of these columns. The columns
 * stand in the order asked; their names need not stand before every part.
 */
export function readBulkRows(text: string, columns: readonly string[], fields: readonly CrmField[]): readonly OrgRow[] | null {
  const types = new Map(fields.map(({ name, valueType }) => [name, valueType]));
  const records = parseProgramCsv(text);
  const isHeader = records[0]?.every((cell, index) => cell.toLowerCase() === columns[index]?.toLowerCase()) ?? false;
  const rows = isHeader ? records.slice(1) : records;
  if (rows.some((row) => row.length !== columns.length)) return null;
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, toJson(row[index] ?? '', types.get(name) ?? 'text')])));
}

/** A blank is no value: Salesforce keeps no empty texts. */
function toJson(text: string, type: ValueType): string | number | boolean | null {
  if (text === '') return null;
  switch (type) {
    case 'yesNo':
      return text === 'true';
    case 'number':
      return isExact(Number(text), text) ? Number(text) : text;
    case 'dateTime':
      return text.replace(/Z$/, '+0000');
    default:
      return text;
  }
}
