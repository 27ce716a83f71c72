import { unguardFormula } from '../lead/text.ts';
import type { RawTable } from '../table/table.ts';
import { assignFields } from './assign-fields.ts';
import { type Claim, CONFIDENCE } from './claims.ts';
import { sampleRows } from './column-profile.ts';
import type { Mapping, MappingTarget, Suggestion } from './mapping.ts';
import { type Column, readColumns } from './mapping-column.ts';
import { EXPORTED_FIELDS, isOwnExport } from './own-export.ts';
import { findRejectedColumns, REJECTED_COLUMNS } from './rejected-columns.ts';
import { isSetAside } from './set-aside-columns.ts';
import type { Whose } from './vocabulary.ts';

/** From this confidence a field is suggested; below it the column stays open. Right or silent. */
export const SUGGEST_FROM = CONFIDENCE.lastResort;
const CANDIDATES = 2;
const COMPARED_ROWS = 100;

/**
 * What each column most likely holds, by its header's words and its values: a field, or a custom field with a guessed
 * type. An `open` column has candidates but no field sure enough; it counts as custom until somebody chooses. Never
 * two columns on one field. The rules of ranking phones and addresses are in `assign-fields.ts`.
 */
export function suggestMapping(table: RawTable): readonly Suggestion[] {
  if (isOwnExport(table.headers)) return readColumns(table).map(suggestExported);
  return suggestForColumns(table, readColumns(table));
}

/** The same for columns already read: what is known of them can be more or less than their table says. */
export function suggestForColumns(table: RawTable, columns: readonly Column[]): readonly Suggestion[] {
  const added = findRejectedColumns(table.headers);
  const isAdded = (column: Column) => added !== null && column.index >= added && column.index < added + REJECTED_COLUMNS.length;
  const own = columns.filter((column) => !isAdded(column) && !isSetAside(column.header));
  const assigned = assignFields(own, sampleRows(table.rows, COMPARED_ROWS));
  const taken = new Map(
    assigned
      .filter(({ field, claim }) => field !== 'custom' && claim.confidence >= SUGGEST_FROM)
      .map((one) => [one.claim.column.index, one]),
  );
  return columns.map((column) => {
    if (isAdded(column)) return suggestion(column, 'ignore', 1, { code: 'not_a_lead_field' });
    const match = taken.get(column.index);
    if (match) return { ...suggestion(column, match.field, match.claim.confidence, match.claim.reason), candidates: [candidateOf(match)] };
    const candidates = assigned.filter(({ field, claim }) => claim.column === column && field !== 'custom').map(candidateOf);
    const [best] = assigned.filter(({ claim }) => claim.column === column);
    if (best && candidates.length > 0) {
      const rivals = assigned.some(({ claim }) => claim.kind === best.claim.kind && claim.column !== column);
      const reason =
        rivals && best.claim.reason.code === 'values' ? { ...best.claim.reason, code: 'several_candidates' as const } : best.claim.reason;
      const open = { ...suggestion(column, 'custom', best.claim.confidence, reason), open: true };
      return { ...open, candidates: candidates.slice(0, CANDIDATES) };
    }
    return suggestion(column, 'custom', 0, reasonForCustom(column));
  });
}

/** The mapping a table starts with: every suggestion taken, open columns as custom fields. */
export function suggestionsToMapping(suggestions: readonly Suggestion[]): Mapping {
  return suggestions.map(({ index, field, label, type, dateOrder }) => {
    if (field !== 'custom') return { column: index, field };
    const isKnown = type === 'date' && dateOrder !== undefined && dateOrder !== 'ambiguous';
    return { column: index, field, label, type, ...(isKnown ? { dateOrder } : {}) };
  });
}

/**
 * A column of our own export: what it was, under the label it had. Dates that are not written as ISO 8601 stay texts, as
 * they would be written anew.
 */
function suggestExported(column: Column): Suggestion {
  const field = EXPORTED_FIELDS[column.index];
  if (field) return suggestion(column, field, CONFIDENCE.sameName, { code: 'same_name' });
  const custom = { ...suggestion(column, 'custom', 0, reasonForCustom(column)), label: unguardFormula(column.header) || column.label };
  const isOtherDate = custom.type === 'date' && !custom.samples.every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text));
  return isOtherDate ? { ...custom, type: 'text' } : custom;
}

function candidateOf({ field, claim }: { readonly field: MappingTarget; readonly claim: Claim }): Suggestion['candidates'][number] {
  return { field, confidence: claim.confidence };
}

function suggestion(column: Column, field: MappingTarget, confidence: number, reason: Suggestion['reason']): Suggestion {
  const { index, header, label, profile } = column;
  const { samples, type, filled, dateOrder } = profile;
  const base = { index, header, label, field, open: false, candidates: [], confidence, reason, samples, type, filled };
  return dateOrder === null ? base : { ...base, dateOrder };
}

const OTHERS: readonly Whose[] = ['other', 'owner', 'aside'];

function reasonForCustom({ profile, reading }: Column): Suggestion['reason'] {
  if (profile.filledCells === 0) return { code: 'empty_column' };
  if (reading?.whose === 'company' && reading.concept !== null) return { code: 'company_column' };
  if (reading && OTHERS.includes(reading.whose)) return { code: 'other_person' };
  if ((reading?.personNumber ?? null) !== null) return { code: 'other_person' };
  return { code: 'not_a_lead_field' };
}
