import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { GUESSES_PER_MINUTE, REQUESTS_PER_SECOND } from '#shared/limits.ts';

/** What may be tried how often. Each answers null, or the seconds to wait. */
export type Limits = {
  /** A wrong key or code from an address. */
  readonly countGuess: (address: string) => Promise<number | null>;
  /** Whether the address has pairing attempts left, without taking one. */
  readonly mayPair: (address: string) => Promise<number | null>;
  /** A wrong pairing code from an address. */
  readonly countPairing: (address: string) => Promise<number | null>;
  /** A request with a valid key. */
  readonly countRequest: (keyId: string) => Promise<number | null>;
};

/** Limits kept in memory: one server is one process. */
export function createLimits(): Limits {
  const guesses = new RateLimiterMemory({ points: GUESSES_PER_MINUTE, duration: 60 });
  const pairing = new RateLimiterMemory({ points: GUESSES_PER_MINUTE, duration: 60 });
  const requests = new RateLimiterMemory({ points: REQUESTS_PER_SECOND, duration: 1 });
  return {
    countGuess: (address) => consume(guesses, address),
    mayPair: async (address) => {
      const state = await pairing.get(address);
      return state && state.consumedPoints >= GUESSES_PER_MINUTE ? toSeconds(state) : null;
    },
    countPairing: (address) => consume(pairing, address),
    countRequest: (keyId) => consume(requests, keyId),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return toSeconds(rejected);
    throw rejected;
  }
}

function toSeconds(state: RateLimiterRes): number {
  return Math.max(1, Math.ceil(state.msBeforeNext / 1_000));
}
