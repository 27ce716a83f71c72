import type { TableView } from '../flow/draft.ts';
import { count, countOf } from './numbers.ts';

/** Columns drawn of a very wide file; the others are counted, and are all in the next step. */
const SHOWN_COLUMNS = 60;

/** The first lines of the file as they are, header tinted. */
export function RawTable({ table, busy }: { readonly table: TableView; readonly busy: boolean }) {
  const { facts, headers, firstRows, firstLines } = table;
  const columns = Array.from({ length: Math.min(facts.columnCount, SHOWN_COLUMNS) }, (_, index) => index);
  const hidden = facts.columnCount - columns.length;
  const more = facts.rowCount - firstRows.length;
  return (
    <section class="bleed" aria-busy={busy ? 'true' : undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="The file as it is">
        <table class="table raw">
          <caption class="sr">First lines of the file as it is</caption>
          {facts.headerRow > 0 && (
            <thead>
              <tr class="headrow">
                <th class="ln" scope="col">
                  <span class="sr">Line </span>
                  {count(facts.headerRow)}
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {headers[column]}
                  </th>
                ))}
                {hidden > 0 && <th scope="col">{countOf(hidden, 'more column')}</th>}
              </tr>
            </thead>
          )}
          <tbody>
            {firstRows.map((row, index) => (
              <tr key={firstLines[index]}>
                <td class="ln">{count(firstLines[index] ?? 0)}</td>
                {columns.map((column) => (
                  <td key={column}>{row[column]}</td>
                ))}
                {hidden > 0 && <td />}
              </tr>
            ))}
            {more > 0 && (
              <tr>
                <td class="ln" aria-hidden="true">
                  ⋯
                </td>
                <td colSpan={columns.length + (hidden > 0 ? 1 : 0)} class="faint sans">
                  {countOf(more, 'more row')}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </section>
  );
}
