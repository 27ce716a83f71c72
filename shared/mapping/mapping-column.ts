import { FIELD_IDS, FIELDS, type FieldId } from '../lead/fields.ts';
import type { RawTable } from '../table/table.ts';
import { type ColumnProfile, profileColumns } from './column-profile.ts';
import { uniqueLabels } from './labels.ts';
import { normaliseHeader } from './normalise-header.ts';
import { type HeaderReading, readHeader } from './read-header.ts';
import { readWithoutPrefix } from './read-without-prefix.ts';

/** Everything the matcher looks at in one column. */
export type Column = {
  readonly index: number;
  readonly header: string;
  readonly label: string;
  readonly profile: ColumnProfile;
  readonly reading: HeaderReading | null;
  /** The header is a field's own label or id: an exported or template column finds its way back. */
  readonly sameName: FieldId | null;
};

/** Reads header and values of every column of a table. */
export function readColumns(table: RawTable): readonly Column[] {
  const count = Math.max(table.headers.length, table.facts.columnCount);
  const labels = uniqueLabels(table.headers, count);
  const profiles = profileColumns(table, count);
  const fieldsByName = new Map<string, FieldId>();
  for (const id of FIELD_IDS) for (const name of [FIELDS[id].label, id]) fieldsByName.set(normaliseHeader(name), id);
  const unprefixed = readWithoutPrefix(table.headers);
  const columns: Column[] = [];
  for (const [index, profile] of profiles.entries()) {
    const header = table.headers[index] ?? '';
    const sameName = fieldsByName.get(normaliseHeader(header)) ?? null;
    const reading = unprefixed ? (unprefixed[index] ?? null) : readHeader(header);
    columns.push({ index, header, label: labels[index] ?? '', profile, reading, sameName });
  }
  return columns;
}
