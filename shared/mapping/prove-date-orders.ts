import type { RawTable } from '../table/table.ts';
import { guessDateOrder } from './date-order.ts';
import type { Suggestion } from './mapping.ts';

/** Columns of dates with the order that all of the table's rows prove: a suggestion has looked at some of them only. */
export function proveDateOrders(table: RawTable, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return suggestions.map((suggestion) => {
    if (suggestion.dateOrder === undefined) return suggestion;
    const dateOrder = guessDateOrder(cellsOf(table, suggestion.index)) ?? suggestion.dateOrder;
    return dateOrder === suggestion.dateOrder ? suggestion : { ...suggestion, dateOrder };
  });
}

function* cellsOf({ rows }: RawTable, column: number): Generator<string, void> {
  for (const row of rows) yield row[column] ?? '';
}
