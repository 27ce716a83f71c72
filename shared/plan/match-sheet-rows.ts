import type { SheetPrints } from './sheet-prints.ts';

/** The prints of a field in both; `null` where one of them does not know it. */
export type FieldPair = {
  readonly field: string;
  readonly before: SheetPrints['values'][number] | null;
  readonly now: SheetPrints['values'][number] | null;
};
type Key = number | string;
/** How rows are known: by the key of one that is remembered and that of one of now; null = not by this. */
type Way = { readonly before: (row: number) => Key | null; readonly now: (row: number) => Key | null };

/**
 * For each row of now the remembered row it was; -1 = none. Each is taken once. First come rows that say the same,
 * wherever they stand; then, of those left, the ways in which a lead is the same person elsewhere: the address, the
 * profile, the number with the same name, the number where one side has no address. At last the row's place in the
 * sheet, where one side is about nobody in particular. Of several rows alike the first is paired with the first.
 */
export function matchSheetRows(before: SheetPrints, now: SheetPrints, fields: readonly FieldPair[]): Int32Array<ArrayBuffer> {
  const matches = new Int32Array(now.lines.length).fill(-1);
  const taken = new Uint8Array(before.lines.length);

  function pair(way: Way): void {
    const waiting = new Map<Key, number[]>();
    // From the last to the first, so that the first is taken off the end.
    for (let row = before.lines.length - 1; row >= 0; row--) {
      const key = taken[row] === 1 ? null : way.before(row);
      if (key === null || key === 0) continue;
      const others = waiting.get(key);
      if (others) others.push(row);
      else waiting.set(key, [row]);
    }
    if (waiting.size === 0) return;
    for (let row = 0; row < matches.length; row++) {
      const key = matches[row] === -1 ? way.now(row) : null;
      const found = key === null || key === 0 ? undefined : waiting.get(key)?.pop();
      if (found === undefined) continue;
      matches[row] = found;
      taken[found] = 1;
    }
  }

  const lists = { before, now };
  const sayings = { before: fields.map((field) => field.before), now: fields.map((field) => field.now) };
  const both = (keyOf: (side: 'before' | 'now', row: number) => Key | null): Way => ({
    before: (row) => keyOf('before', row),
    now: (row) => keyOf('now', row),
  });
  const phoneOf = (side: 'before' | 'now', row: number) => lists[side].phones[row] ?? 0;
  const emailOf = (side: 'before' | 'now', row: number) => lists[side].emails[row] ?? 0;
  const withoutEmail = (side: 'before' | 'now', row: number) => (emailOf(side, row) === 0 ? phoneOf(side, row) : null);
  const placeOf = (side: 'before' | 'now', row: number) => lists[side].lines[row] ?? 0;
  const isNobody = (side: 'before' | 'now', row: number) =>
    emailOf(side, row) === 0 && phoneOf(side, row) === 0 && (lists[side].profiles[row] ?? 0) === 0;
  const placeOfNobody = (side: 'before' | 'now', row: number) => (isNobody(side, row) ? placeOf(side, row) : null);

  const names = fields.filter(({ field }) => field === 'firstName' || field === 'lastName');
  const namedPhone = (side: 'before' | 'now', row: number) => {
    const phone = phoneOf(side, row);
    const words = phone === 0 ? [] : names.map((field) => field[side]?.[row] ?? 0);
    // Two rows without a name have none in common.
    return words.every((word) => word === 0) ? null : [phone, ...words].join(' ');
  };

  pair(both((side, row) => saying(sayings[side], lists[side], row)));
  pair(both(emailOf));
  pair(both((side, row) => lists[side].profiles[row] ?? 0));
  pair(both(namedPhone));
  pair({ before: (row) => withoutEmail('before', row), now: (row) => phoneOf('now', row) });
  pair({ before: (row) => phoneOf('before', row), now: (row) => withoutEmail('now', row) });
  pair({ before: (row) => placeOfNobody('before', row), now: (row) => placeOf('now', row) });
  pair({ before: (row) => placeOf('before', row), now: (row) => placeOfNobody('now', row) });
  return matches;
}

/** All that a row says as one number of 53 bits. */
function saying(columns: readonly FieldPair['now'][], { texts, emails, phones, profiles }: SheetPrints, row: number): number {
  let low = texts[row] ?? 0;
  let high = 0x9e3779b9;
  for (const column of columns) {
    const value = column?.[row] ?? 0;
    low = Math.imul(low ^ value, 0x01000193) + 1;
    high = Math.imul(high ^ value, 0x5bd1e995) + 1;
  }
  // The keys have more bits than the values they are of.
  const keys = ((emails[row] ?? 0) + (phones[row] ?? 0) + (profiles[row] ?? 0)) % 2 ** 52;
  return ((high >>> 11) * 2 ** 32 + (low >>> 0) + keys) % 2 ** 53 || 1;
}
