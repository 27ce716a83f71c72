// biome-ignore-all lint/a11y/useSemanticElements: the head of a table that is drawn row by row
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import type { GridColumn } from './grid-columns.ts';

const PARTS = { was: 'In your file', will: 'Will be stored' } as const;

type GridHeadProps = { readonly columns: readonly GridColumn[]; readonly first: number; readonly last: number; readonly width: number };

/** The names of the columns: the header of the file, and the field it feeds. */
export function GridHead({ columns, first, last, width }: GridHeadProps) {
  return (
    <div class="check-head" role="rowgroup">
      <div class="check-row head" role="row" aria-rowindex={1} style={{ width: `${width}px` }}>
        <span role="columnheader" aria-colindex={1} class="cell box">
          <span class="sr">Chosen</span>
        </span>
        <span role="columnheader" aria-colindex={2} class="cell ln">
          Line
        </span>
        {columns.slice(first, last + 1).map((column, index) => (
          <span
            key={`${column.column} ${column.part}`}
            role="columnheader"
            aria-colindex={first + index + 3}
            class="cell"
            title={`${column.header}: ${column.target}`}
            style={{ left: `${column.left}px`, width: `${column.width}px` }}
          >
            <span class="cut">{column.header}</span>
            {subtitle(column) && <span class="cut faint sub">{subtitle(column)}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Half of a column says which; another says its field where the file calls it otherwise. */
function subtitle({ part, header, target }: GridColumn): string {
  if (part !== 'both') return PARTS[part];
  return header.toLowerCase() === target.toLowerCase() ? '' : target;
}
