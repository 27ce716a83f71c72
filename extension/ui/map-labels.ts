import { type ColumnMapping, isColumnMapping, type Mapping, type Suggestion } from '#shared/mapping/mapping.ts';

/** The labels under which columns are kept as custom fields: no two sources of one file share one. */

/** The label a custom place has on the leads: its own, else the column's. */
export function labelOf(place: Pick<ColumnMapping, 'label'>, suggestion: Suggestion): string {
  return place.label ?? suggestion.label;
}

/** Labels are compared as the server does: without blanks around, whatever the case. */
export function isSameLabel(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Says whether a column other than `column`, or a fixed value, has this label. */
export function isLabelTaken(mapping: Mapping, suggestions: readonly Suggestion[], column: number, label: string): boolean {
  return mapping.some((entry) => {
    if (entry.field !== 'custom' || (isColumnMapping(entry) && entry.column === column)) return false;
    const own = isColumnMapping(entry) ? suggestions.find(({ index }) => index === entry.column)?.label : undefined;
    return isSameLabel(entry.label ?? own ?? '', label);
  });
}

/** `wanted`, or where that is one of `taken`, "Country #2". */
export function freeLabel(wanted: string, taken: readonly string[]): string {
  let label = wanted;
  for (let number = 2; taken.some((one) => isSameLabel(one, label)); number++) label = `${wanted} #${number}`;
  return label;
}
