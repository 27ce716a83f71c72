/** Rows waiting to be decided, each once; the first of the file comes out first. */
export type RowQueue = { readonly push: (row: number) => void; readonly pop: () => number | undefined };

/** A binary heap, so that rows further down can be put in while those above come out. */
export function createRowQueue(rows: Iterable<number>): RowQueue {
  const heap: number[] = [];
  const waiting = new Set<number>();

  function push(row: number): void {
    if (waiting.has(row)) return;
    waiting.add(row);
    let at = heap.push(row) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (rowAt(parent) <= row) break;
      heap[at] = rowAt(parent);
      at = parent;
    }
    heap[at] = row;
  }

  function pop(): number | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    waiting.delete(first);
    if (heap.length > 0) sink(last);
    return first;
  }

  function sink(row: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (rowAt(child + 1) < rowAt(child)) child++;
      if (rowAt(child) >= row) break;
      heap[at] = rowAt(child);
      at = child;
    }
    heap[at] = row;
  }

  const rowAt = (at: number) => heap[at] ?? Number.POSITIVE_INFINITY;
  for (const row of rows) push(row);
  return { push, pop };
}
