import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows made in one frame: after a jump a whole screen of them at once would hold up the next key. */
const ROWS_PER_FRAME = 10;

/**
 * Which rows are drawn in full now: those that were, and some more in each frame until all are. `first` goes before the
 * others: the row with the focus.
 */
export function useDrawBudget(rows: readonly number[], isReady: (row: number) => boolean, first: number): ReadonlySet<number> {
  const before = useRef<ReadonlySet<number>>(new Set());
  const [, draw] = useState(0);
  const ready = rows.filter(isReady);
  const drawn = new Set(ready.filter((row) => row === first || before.current.has(row)));
  let budget = ROWS_PER_FRAME;
  for (const row of ready) {
    if (drawn.has(row)) continue;
    if (budget-- <= 0) break;
    drawn.add(row);
  }
  const isDone = drawn.size >= ready.length;
  useLayoutEffect(() => {
    before.current = drawn;
    if (isDone) return;
    const frame = requestAnimationFrame(() => draw((times) => times + 1));
    return () => cancelAnimationFrame(frame);
  });
  return drawn;
}
