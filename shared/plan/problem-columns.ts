import { isColumnMapping, type Mapping } from '../mapping/mapping.ts';
import type { Problem } from '../problems.ts';

/** Finds the column of a problem by its field; undefined where no column feeds it. */
export type ProblemColumns = (field: string | undefined) => number | undefined;

/** A missing first or last name is shown on the column of the full name, an alternate without a column of its own nowhere. */
const FALLBACK = new Map([
  ['firstName', 'fullName'],
  ['lastName', 'fullName'],
]);

/** Looks up columns by field id or custom label. A label that is called like a field stands behind the field. */
export function compileProblemColumns(mapping: Mapping, labels: readonly string[]): ProblemColumns {
  const columns = new Map<string, number>();
  for (const entry of mapping) {
    if (isColumnMapping(entry) && entry.field !== 'custom' && entry.field !== 'ignore' && !columns.has(entry.field)) {
      columns.set(entry.field, entry.column);
    }
  }
  for (const entry of mapping) {
    if (!isColumnMapping(entry) || entry.field !== 'custom') continue;
    const label = entry.label ?? labels[entry.column];
    if (label !== undefined && !columns.has(label)) columns.set(label, entry.column);
  }
  return (field) => (field === undefined ? undefined : (columns.get(field) ?? columns.get(FALLBACK.get(field) ?? '')));
}

/** The problems of a row with the columns they are about. The list itself when there is nothing to add. */
export function withColumns(problems: readonly Problem[], columnOf: ProblemColumns): readonly Problem[] {
  if (problems.length === 0) return problems;
  return problems.map((one) => {
    const column = one.column ?? columnOf(one.field);
    return column === undefined ? one : { ...one, column };
  });
}
