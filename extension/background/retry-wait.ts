import type { SendFailure } from '../storage/records.ts';

/** The first wait; each further failure in a row doubles the longest wait. */
const FIRST_MS = 1_000;
/** The longest wait: a server that is back is found within five minutes. */
const CAP_MS = 5 * 60 * 1_000;
/** Even a lucky draw leaves the server a moment. */
const LEAST_MS = 200;
/** So often "now" is taken at its word in a row. */
const QUICK_ATTEMPTS = 3;

/**
 * How long to wait after a failure, in ms. Full jitter (a random share of a doubling ceiling), so that many browsers do
 * not come back together; what the server asks for in `Retry-After` is never undercut. `attempts` are the failures in
 * a row before this one, `random` is in [0, 1).
 */
export function retryWaitMs(failure: SendFailure, attempts: number, random: number): number {
  if (failure.retry === 'now' && attempts < QUICK_ATTEMPTS) return 0;
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempts, 30));
  const asked = 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0;
  return asked + Math.max(LEAST_MS, Math.floor(random * ceiling));
}
