import type { Lead } from '#shared/lead/lead.ts';
import type { EarlierRow, KnownLead, MatchedOn } from '#shared/plan/decide-row.ts';
import type { DuplicatePolicy, ImportPolicy } from '#shared/plan/plan.ts';
import type { RawTable } from '#shared/table/table.ts';

/** A policy with everything at its default but what a test is about. */
export function policyOf(onDuplicate: DuplicatePolicy = 'skip', rest: Partial<ImportPolicy> = {}): ImportPolicy {
  return { require: 'complete', defaultCountry: 'US', onDuplicate, scope: 'list', overwriteFields: [], ...rest };
}

/** The one lead most tests are about. */
export const ANN: Lead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' };
/** Somebody else with Ann's phone. */
export const BOB: Lead = { firstName: 'Bob', lastName: 'Ray', email: 'bob@example.com', phone: '+12025550123' };

export function storedLead(lead: Lead, matchedOn: readonly MatchedOn[], inList = true, id = 'lead-1'): KnownLead {
  return { id, version: 3, inList, matchedOn, lead };
}

export function earlierRow(lead: Lead, matchedOn: readonly MatchedOn[], line = 2): EarlierRow {
  return { line, matchedOn, lead };
}

/** A table as the reader gives it: header on line 1, one line per row. */
export function tableOf(headers: readonly string[], rows: readonly (readonly string[])[]): RawTable {
  const columnCount = Math.max(headers.length, ...rows.map((row) => row.length));
  const counts = { preambleRows: 0, footerRows: 0, totalRows: 0, repeatedHeaders: 0, dummyRows: 0, repairedRows: 0 };
  const facts = {
    encoding: 'utf-8',
    encodingSure: true,
    delimiter: ',',
    quote: 'double',
    headerRow: headers.length > 0 ? 1 : 0,
    ...counts,
    rowCount: rows.length,
    columnCount,
  } as const;
  const first = headers.length > 0 ? 2 : 1;
  return { headers, rows, lines: rows.map((_, i) => i + first), facts };
}
