// biome-ignore-all lint/a11y/useSemanticElements: a table drawn row by row is no <table> to a browser; the roles say what it is
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid one cell takes the focus, not rows and heads
import { chosenCount, type Selection } from '../../../flow/workspace/selection.ts';
import type { LeadSort } from '../../../platform/lead-api.ts';
import { countOf } from '../../numbers.ts';
import { Icon } from '../../parts/icon.tsx';
import type { LeadColumn } from './columns.ts';

type GridHeadProps = {
  readonly columns: readonly LeadColumn[];
  readonly sort: LeadSort;
  readonly total: number;
  readonly selection: Selection;
  readonly onSort: (column: 'name' | 'companyName') => void;
  readonly onChooseAll: (all: boolean) => void;
};

/** The head of the table: the box for all of them, and the columns; those that sort are buttons. */
export function GridHead({ columns, sort, total, selection, onSort, onChooseAll }: GridHeadProps) {
  const chosen = chosenCount(selection, total);
  return (
    <div class="leads-head" role="rowgroup">
      <div class="leads-row head" role="row" aria-rowindex={1}>
        <span role="columnheader" aria-colindex={1} class="cell box">
          <input
            type="checkbox"
            aria-label={`Choose all ${countOf(total, 'lead')}`}
            checked={chosen > 0 && chosen === total}
            indeterminate={chosen > 0 && chosen < total}
            onChange={() => onChooseAll(chosen === 0)}
          />
        </span>
        {columns.map((column, index) => {
          const direction = column.sort === undefined ? null : directionOf(sort, column.sort);
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-colindex={index + 2}
              aria-sort={direction ?? undefined}
              class={`cell c-${column.id}`}
            >
              {column.sort === undefined ? (
                column.label
              ) : (
                <button type="button" class="sort" onClick={() => column.sort && onSort(column.sort)}>
                  {column.label}
                  {direction && direction !== 'none' && <Icon name={direction === 'ascending' ? 'up' : 'sunk'} />}
                </button>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}

function directionOf(sort: LeadSort, column: 'name' | 'companyName'): 'ascending' | 'descending' | 'none' {
  if (sort === column) return 'ascending';
  return sort === `-${column}` ? 'descending' : 'none';
}
