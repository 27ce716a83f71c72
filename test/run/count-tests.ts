/** How many tests of a part passed, failed, were left out, and are still to be written (`todo`). */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly todo: number };

export const NO_TESTS: Counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };

/** Adds up the parts of a run. */
export function addCounts(parts: readonly Counts[]): Counts {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
      todo: sum.todo + part.todo,
    }),
    NO_TESTS,
  );
}

/**
 * Reads the numbers out of Vitest's JSON report. Null means that no report could be read; a run that ended badly
 * without a failed test (a file that does not load, an error outside of any test) counts as one failure.
 */
export function countReport(report: string | null, exitCode: number): Counts {
  const numbers = report === null ? null : readNumbers(report);
  if (!numbers) return { ...NO_TESTS, failed: 1 };
  return numbers.failed === 0 && exitCode !== 0 ? { ...numbers, failed: 1 } : numbers;
}

function readNumbers(report: string): Counts | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(report);
  } catch {
    return null; // cut off while it was written
  }
  const read = (name: string): number => {
    const value = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return { passed: read('numPassedTests'), failed: read('numFailedTests'), skipped: read('numPendingTests'), todo: read('numTodoTests') };
}

/** One part's numbers in words: "12 passed, 1 skipped". */
export function countsInWords({ passed, failed, skipped, todo }: Counts): string {
  const words = [`${passed} passed`];
  if (failed > 0) words.push(`${failed} failed`);
  if (skipped > 0) words.push(`${skipped} skipped`);
  if (todo > 0) words.push(`${todo} to do`);
  return words.join(', ');
}

/** The last line of a run. Tests that are still to be written were not run: they count as skipped. */
export function closingLine({ passed, failed, skipped, todo }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped + todo} skipped`;
}
