import type { RawTable } from '../table/table.ts';
import { guessDateOrder } from './date-order.ts';
import { isColumnMapping, type Mapping, type Suggestion } from './mapping.ts';

/** Columns of dates with the order that all of the table's rows prove: a suggestion has looked at some of them only. */
export function proveDateOrders(table: RawTable, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return suggestions.map((suggestion) => {
    if (suggestion.dateOrder === undefined) return suggestion;
    const dateOrder = guessDateOrder(cellsOf(table, suggestion.index)) ?? suggestion.dateOrder;
    return dateOrder === suggestion.dateOrder ? suggestion : { ...suggestion, dateOrder };
  });
}

/** A mapping made for another file: where this one proves the order of a column's dates, that is the order. */
export function withProvenOrders(mapping: Mapping, suggestions: readonly Suggestion[]): Mapping {
  const orders = new Map(suggestions.map(({ index, dateOrder }) => [index, dateOrder]));
  return mapping.map((entry) => {
    if (!isColumnMapping(entry) || entry.field !== 'custom' || entry.type !== 'date') return entry;
    const dateOrder = orders.get(entry.column);
    return dateOrder === undefined || dateOrder === 'ambiguous' || dateOrder === entry.dateOrder ? entry : { ...entry, dateOrder };
  });
}

function* cellsOf({ rows }: RawTable, column: number): Generator<string, void> {
  for (const row of rows) yield row[column] ?? '';
}
