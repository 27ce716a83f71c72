import { EMAIL_FIELDS, PHONE_FIELDS } from '../lead/fields.ts';
import type { Lead } from '../lead/lead.ts';
import type { RawTable } from '../table/table.ts';
import type { OptOutKind } from './opt-out-words.data.ts';
import { BOTH_KINDS, type OptOutHeader, readOptOutCell, readOptOutHeader } from './read-opt-out.ts';

/** A column that says who wants no contact. */
export type OptOutColumn = OptOutHeader & { readonly column: number };
/** A choice about a column that is not the default. */
export type OptOutChoice = { readonly column: number; readonly on: boolean };
/** The columns that count. `since`: the ISO date that the outcome of their rows names. */
export type OptOut = { readonly columns: readonly OptOutColumn[]; readonly since: string };
/** An address or number for the suppression list. */
export type OptOutEntry = { readonly kind: OptOutKind; readonly value: string };

/** Every column that can say who wants no contact, in the order of the file: none of them is lost beside another one. */
export function findOptOutColumns({ headers }: Pick<RawTable, 'headers'>): readonly OptOutColumn[] {
  return headers.flatMap((header, column) => {
    const said = readOptOutHeader(header);
    return said ? [{ column, ...said }] : [];
  });
}

/** The columns that count: as chosen, else all but opt-ins. */
export function countingColumns(columns: readonly OptOutColumn[], choices: readonly OptOutChoice[] = []): readonly OptOutColumn[] {
  return columns.filter(({ column, says }) => choices.find((choice) => choice.column === column)?.on ?? says !== 'no');
}

/** A row is opted out when a cell said so as it was read, or says so now: mending a cell takes no opt-out back. */
export function shutOutOf(columns: readonly OptOutColumn[], read: readonly string[], now: readonly string[] = read): readonly OptOutKind[] {
  const found = columns.flatMap((one) => [
    ...readOptOutCell(one, read[one.column]),
    ...(now === read ? [] : readOptOutCell(one, now[one.column])),
  ]);
  return found.length === 0 ? found : BOTH_KINDS.filter((kind) => found.includes(kind));
}

/** How many rows the column opts out as the file was read. */
export function countOptOuts({ rows }: Pick<RawTable, 'rows'>, column: OptOutColumn): number {
  return rows.reduce((sum, cells) => sum + (readOptOutCell(column, cells[column.column]).length > 0 ? 1 : 0), 0);
}

/** Addresses and numbers of a person, alternates included; of these kinds alone. */
export function entriesOf(lead: Lead, kinds: readonly OptOutKind[] = BOTH_KINDS): readonly OptOutEntry[] {
  const entries: OptOutEntry[] = [];
  for (const kind of kinds)
    for (const field of kind === 'email' ? EMAIL_FIELDS : PHONE_FIELDS)
      if (lead[field] !== undefined) entries.push({ kind, value: lead[field] });
  return entries;
}
