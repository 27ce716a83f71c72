import { uniqueLabels } from './labels.ts';
import { isColumnMapping, type Mapping } from './mapping.ts';
import { normaliseHeader } from './normalise-header.ts';

/**
 * A mapping made for a file with the headers `from`, for one with the headers `to`: columns are found by their headers,
 * the second "Email" by the second one. Where no header is written alike, one that differs in case, accents or
 * punctuation only is taken. Columns that are not there any more drop out; constants stay.
 */
export function followHeaders(mapping: Mapping, from: readonly string[], to: readonly string[]): Mapping {
  const exact = columnsByLabel(from, to);
  const alike = columnsByLabel(from.map(normaliseHeader), to.map(normaliseHeader));
  const taken = new Set(exact.values());
  return mapping.flatMap((entry): Mapping => {
    if (!isColumnMapping(entry)) return [entry];
    const near = alike.get(entry.column);
    const column = exact.get(entry.column) ?? (near === undefined || taken.has(near) ? undefined : near);
    return column === undefined ? [] : [{ ...entry, column }];
  });
}

/** For each column of `from` the one of `to` that has its label. */
function columnsByLabel(from: readonly string[], to: readonly string[]): ReadonlyMap<number, number> {
  const places = new Map(uniqueLabels(to).map((label, column) => [label, column]));
  const found = new Map<number, number>();
  for (const [column, label] of uniqueLabels(from).entries()) {
    const place = places.get(label);
    if (place !== undefined) found.set(column, place);
  }
  return found;
}

/** The mapping with every column in it: one it does not name is kept as a custom field under its label. */
export function keepUnnamed(mapping: Mapping, labels: readonly string[]): Mapping {
  const named = new Set(mapping.filter(isColumnMapping).map((entry) => entry.column));
  const rest = labels.flatMap((label, column) => (named.has(column) ? [] : [{ column, field: 'custom' as const, label }]));
  return [...mapping, ...rest];
}
