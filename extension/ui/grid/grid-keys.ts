/** A cell of the table: both from 0; column 0 is the box that chooses the row. */
export type CellAt = { readonly row: number; readonly column: number };
export type GridSize = {
  readonly rows: number;
  readonly columns: number;
  /** Rows in view: what Page up and Page down go by. */
  readonly page: number;
};
type Key = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean };

/** Where a key leads from a cell (the keys of a grid: WAI-ARIA Authoring Practices); null when it is no such key. */
export function moveByKey({ key, ctrlKey, metaKey }: Key, at: CellAt, { rows, columns, page }: GridSize): CellAt | null {
  const far = ctrlKey || metaKey;
  const to = (row: number, column: number): CellAt => ({
    row: Math.max(0, Math.min(row, rows - 1)),
    column: Math.max(0, Math.min(column, columns - 1)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowLeft':
      return to(at.row, at.column - 1);
    case 'ArrowRight':
      return to(at.row, at.column + 1);
    case 'PageUp':
      return to(at.row - page, at.column);
    case 'PageDown':
      return to(at.row + page, at.column);
    case 'Home':
      return to(far ? 0 : at.row, 0);
    case 'End':
      return to(far ? rows - 1 : at.row, columns - 1);
    default:
      return null;
  }
}
