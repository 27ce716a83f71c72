import type { TableView } from '../flow/draft.ts';
import { count, countOf } from './numbers.ts';
import { type RawRow, rawRows } from './raw-rows.ts';

/** Columns drawn of a very wide file; the others are counted, and are all in the next step. */
const SHOWN_COLUMNS = 60;

type RawTableProps = {
  readonly table: TableView;
  /** Whether hidden rows are rows like any. */
  readonly includesHidden: boolean;
  readonly busy: boolean;
  readonly onHeader: (line: number) => void;
};

/** The first lines of the file as they are, header tinted; a line's number makes it the header. */
export function RawTable({ table, includesHidden, busy, onHeader }: RawTableProps) {
  const { facts, suggestions } = table;
  const columns = Array.from({ length: Math.min(facts.columnCount, SHOWN_COLUMNS) }, (_, index) => index);
  const hidden = facts.columnCount - columns.length;
  const rows = rawRows(table);
  const hasMarks = rows.some((row) => row.kind === 'row' && row.mark !== null);
  const width = columns.length + (hidden > 0 ? 1 : 0) + (hasMarks ? 1 : 0);
  return (
    <section class="bleed" aria-busy={busy ? 'true' : undefined}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="The file as it is">
        <table class="table raw">
          <caption class="sr">First lines of the file as it is. A line’s number makes it the header.</caption>
          <tbody>
            {facts.headerRow === 0 && (
              <tr class="headrow">
                <td class="ln" />
                {hasMarks && <td />}
                {columns.map((column) => (
                  <th key={column} scope="col" class="faint">
                    {suggestions[column]?.label}
                  </th>
                ))}
                {hidden > 0 && <th scope="col">{countOf(hidden, 'more column')}</th>}
              </tr>
            )}
            {rows.map((row) => (
              <RawLine
                key={row.kind === 'more' ? 'more' : row.line}
                {...{ row, columns, hidden, width, hasMarks, includesHidden, onHeader }}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

type RawLineProps = {
  readonly row: RawRow;
  readonly columns: readonly number[];
  /** Columns that are not drawn. */
  readonly hidden: number;
  /** Cells of a row beside its number. */
  readonly width: number;
  readonly hasMarks: boolean;
  readonly includesHidden: boolean;
  readonly onHeader: (line: number) => void;
};

function RawLine({ row, columns, hidden, width, hasMarks, includesHidden, onHeader }: RawLineProps) {
  if (row.kind === 'more') {
    return (
      <tr>
        <td class="ln" aria-hidden="true">
          ⋯
        </td>
        <td colSpan={width} class="faint sans">
          {countOf(row.rows, 'more row')}
        </td>
      </tr>
    );
  }
  if (row.kind === 'skipped') {
    return (
      <tr class="skip">
        <LineNumber line={row.line} onHeader={row.why === 'Blank' ? null : onHeader} />
        <td colSpan={width} class="faint whole">
          <span class="row">
            <span class="badge sans">{row.why}, skipped</span>
            {row.why !== 'Blank' && <span>{row.cells.filter((cell) => cell.trim() !== '').join(', ')}</span>}
          </span>
        </td>
      </tr>
    );
  }
  if (row.kind === 'header') {
    return (
      <tr class="headrow">
        <LineNumber line={row.line} isHeader onHeader={onHeader} />
        {hasMarks && <td />}
        {columns.map((column) => (
          <th key={column} scope="col">
            {row.cells[column]}
          </th>
        ))}
        {hidden > 0 && <th scope="col">{countOf(hidden, 'more column')}</th>}
      </tr>
    );
  }
  const isOut = row.mark === 'hidden' && !includesHidden;
  return (
    <tr class={isOut ? 'skip' : undefined}>
      <LineNumber line={row.line} onHeader={onHeader} />
      {hasMarks && <td class="mark-cell">{row.mark && <Mark mark={row.mark} isOut={isOut} />}</td>}
      {columns.map((column) => (
        <td key={column} class={isOut ? 'faint' : undefined}>
          {row.cells[column]}
        </td>
      ))}
      {hidden > 0 && <td />}
    </tr>
  );
}

type LineNumberProps = {
  readonly line: number;
  readonly isHeader?: boolean;
  /** Null where a line cannot be one. */
  readonly onHeader: ((line: number) => void) | null;
};

/** Pressed on the header's own line; the same button before and after, so that it keeps the focus. */
function LineNumber({ line, isHeader = false, onHeader }: LineNumberProps) {
  if (!onHeader) return <td class="ln">{count(line)}</td>;
  const name = `Use line ${count(line)} as the header`;
  return (
    <td class="ln">
      <button
        type="button"
        aria-label={name}
        aria-pressed={isHeader}
        title={isHeader ? undefined : name}
        onClick={() => {
          if (!isHeader) onHeader(line);
        }}
      >
        {count(line)}
      </button>
    </td>
  );
}

function Mark({ mark, isOut }: { readonly mark: 'mended' | 'hidden'; readonly isOut: boolean }) {
  if (mark === 'hidden') return <span class="badge sans">{isOut ? 'Hidden, left out' : 'Hidden'}</span>;
  return (
    <span class="badge sans" data-tone="ask">
      Mended
    </span>
  );
}
