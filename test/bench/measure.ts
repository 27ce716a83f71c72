/** One bar: a measured figure beside the floor it is compared with, both from this run on this machine. */
export type Bar = {
  readonly name: string;
  readonly measured: string;
  readonly floor: string;
  readonly ratio: number;
  /** The promise: `at most` or `at least` this ratio. */
  readonly promise: { readonly kind: 'at most' | 'at least'; readonly ratio: number };
};

/** Median of some runs in milliseconds; `prepare` is not timed. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** The middle value; of an even count the lower middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Says whether a bar is met. */
export function isMet(bar: Bar): boolean {
  return bar.promise.kind === 'at most' ? bar.ratio <= bar.promise.ratio : bar.ratio >= bar.promise.ratio;
}

/** Prints the bars as a table, floor beside measure. */
export function printBars(bars: readonly Bar[]): void {
  const rows = bars.map((bar) => [
    isMet(bar) ? 'met' : 'MISSED',
    bar.name,
    bar.measured,
    bar.floor,
    bar.ratio.toFixed(3),
    `${bar.promise.kind} ${bar.promise.ratio}`,
  ]);
  const table = [['', 'bar', 'measured', 'floor', 'ratio', 'promise'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length))) ?? [];
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
