/** The columns the file of rejected rows adds after the user's own, in this order. */
export const REJECTED_COLUMNS = ['leadline_import', 'line', 'column', 'code', 'reason'] as const;

/**
 * Where the added columns of a file of rejected rows begin, or null when the headers are not those of such a file.
 * Dropping that file in again is recognised by it.
 */
export function findRejectedColumns(headers: readonly string[]): number | null {
  const start = headers.lastIndexOf(REJECTED_COLUMNS[0]);
  if (start < 0) return null;
  return REJECTED_COLUMNS.every((name, offset) => headers[start + offset] === name) ? start : null;
}
