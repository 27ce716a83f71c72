import { PHONE_FIELDS } from '../lead/fields.ts';
import { proposeCountry } from '../lead/phone-column.ts';
import type { RawTable } from '../table/table.ts';
import { sampleRows } from './column-profile.ts';
import { findCountryOf } from './country-column.ts';
import { isColumnMapping, type Mapping, type MappingTarget } from './mapping.ts';

/** A country proposed for a column of phones, from the rows looked at. */
export type PhoneCountry = {
  readonly column: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Numbers that carry this country's code. */
  readonly count: number;
  /** Numbers that carry none, and would be read as of this country. */
  readonly bare: number;
  /** `count` as a share of the numbers that carry a code, above 0.5 to 1. */
  readonly share: number;
};

/** Rows looked at for the country of a phone column: enough for a share, few enough to cost nothing. */
const COUNTRY_ROWS = 1_000;

/**
 * Columns of phones whose numbers carry another country's code than the default one, where that would change others. Rows
 * that name their country themselves are not asked.
 */
export function findPhoneCountries(table: RawTable, mapping: Mapping, defaultCountry: string): readonly PhoneCountry[] {
  const countryOf = findCountryOf(table, mapping);
  const rows = sampleRows(table.rows, COUNTRY_ROWS).filter((row) => countryOf === null || countryOf(row) === null);
  return mapping.filter(isColumnMapping).flatMap(({ column, field }) => {
    if (!PHONES.has(field)) return [];
    const proposal = proposeCountry(
      rows.map((row) => row[column] ?? ''),
      defaultCountry,
    );
    if (!proposal) return [];
    const { country, international, bare, share } = proposal;
    return [{ column, country, count: international, bare, share }];
  });
}
const PHONES: ReadonlySet<MappingTarget> = new Set<MappingTarget>(PHONE_FIELDS);
