import type { Mapping } from '#shared/mapping/mapping.ts';
import { PRINT_STATES, type PrintState, printRows, type SheetPrints } from '#shared/plan/sheet-prints.ts';
import type { RawTable } from '#shared/table/table.ts';
import { plainFacts } from '../../support/table-of.ts';

/** Small sheets with a name, an address, a number and a company, for the tests of what has changed in them. */
export type Person = {
  readonly first?: string;
  readonly last?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly company?: string;
  readonly linkedin?: string;
};

const HEADERS = ['First', 'Last', 'Email', 'Phone', 'Company', 'LinkedIn'];
export const SHEET_MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'phone' },
  { column: 4, field: 'companyName' },
  { column: 5, field: 'linkedinUrl' },
];
export const SHEET_POLICY = { require: 'complete', defaultCountry: 'US' } as const;

/** A table of people with the header in line 1. A last column marks the row as no blank one, and is ignored. */
export function sheetOf(people: readonly Person[], headers: readonly string[] = HEADERS): RawTable {
  const rows = people.map(({ first = '', last = '', email = '', phone = '', company = '', linkedin = '' }) => [
    first,
    last,
    email,
    phone,
    company,
    linkedin,
    '.',
  ]);
  return {
    headers: [...headers, 'Mark'],
    rows,
    lines: rows.map((_, at) => at + 2),
    facts: plainFacts(rows.length, headers.length + 1),
  };
}

/** The prints of a sheet as it is now. */
export function printsOf(people: readonly Person[], mapping: Mapping = SHEET_MAPPING): SheetPrints {
  return printRows({ table: sheetOf(people), mapping: [...mapping, { column: 6, field: 'ignore' }], policy: SHEET_POLICY });
}

/** The same after an import in which every row was stored, or became what is said by its index. */
export function stored(people: readonly Person[], others: ReadonlyMap<number, PrintState> = new Map()): SheetPrints {
  const prints = printsOf(people);
  return { ...prints, states: Uint8Array.from(people, (_, at) => PRINT_STATES.indexOf(others.get(at) ?? 'stored')) };
}

export function emptyPrints(): SheetPrints {
  return printsOf([]);
}
