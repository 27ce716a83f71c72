/** A cursor is a position in an order: its value and the row's number. */
export function writeCursor(position: readonly [string | number, number]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Reads a cursor; null for what is none. */
export function readCursor(cursor: string): readonly [string | number, number] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [by, id] = value;
    return (typeof by === 'string' || typeof by === 'number') && Number.isSafeInteger(id) ? [by, id] : null;
  } catch {
    return null; // not one of ours
  }
}
