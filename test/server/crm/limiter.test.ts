import { beforeEach, expect, test } from 'vitest';
import { type Limiter, makeLimiter } from '../../../server/crm/limiter.ts';

let at: number;
let limiter: Limiter<'general' | 'search'>;
beforeEach(() => {
  at = Date.UTC(2026, 10, 2, 20);
  limiter = makeLimiter({
    rates: { general: { calls: 8, perMs: 1_000 }, search: { calls: 4, perMs: 1_000 } },
    share: 0.8,
    utcOffsetAt: (moment) => (moment < summerEnds ? -4 : -5) * 3_600_000,
    now: () => at,
    sleep: async (ms) => {
      at += ms;
    },
  });
});
const start = Date.UTC(2026, 10, 2, 20);
/** In New York. */
const summerEnds = Date.UTC(2026, 10, 1, 6);

test('in no second more than 8 calls go out, also when many ask at once', async () => {
  const times: number[] = [];
  await Promise.all(Array.from({ length: 250 }, () => limiter.take('general').then(() => times.push(at))));
  const most = Math.max(...times.map((time) => times.filter((other) => other > time - 1_000 && other <= time).length));
  expect([most, at - start]).toEqual([8, 31_000]);
});

test('a search waits for other searches only', async () => {
  for (let index = 0; index < 5; index += 1) await limiter.take('search');
  expect(at - start).toBe(1_000);
  await limiter.take('general');
  expect(at - start).toBe(1_000);
});

test('a portal with a larger limit is used up to four fifths of it', async () => {
  limiter.told('general', { window: { max: 190, left: 189, perMs: 10_000 } });
  for (let index = 0; index < 152; index += 1) await limiter.take('general');
  expect(at).toBe(start);
  await limiter.take('general');
  expect(at - start).toBe(10_000);
});

test('when others have used the window, it waits a little', async () => {
  limiter.told('general', { window: { max: 100, left: 20, perMs: 10_000 } });
  await limiter.take('general');
  expect(at - start).toBe(1_000);
});

test('it waits no longer than it must where the clock stands still', async () => {
  const slept: number[] = [];
  const rates = { general: { calls: 2, perMs: 1_000 } };
  const frozen = makeLimiter({ rates, share: 0.8, utcOffsetAt: () => null, now: () => start, sleep: async (ms) => void slept.push(ms) });
  for (let index = 0; index < 6; index += 1) await frozen.take('general');
  expect(slept).toEqual([1_000, 1_000]);
});

test('the last fifth of a day is left to others, until the account’s own midnight', async () => {
  limiter.told('general', { day: { limit: 1_000, left: 201 } });
  expect(await limiter.take('general')).toBeNull();
  limiter.told('general', { day: { limit: 1_000, left: 200 } });
  const nineHours = 9 * 3_600_000; // 20:00 UTC is 15:00 there
  expect(await limiter.take('general')).toMatchObject({ kind: 'rate_daily', retryAfterMs: nineHours });
  expect(limiter.day()).toEqual({ limit: 1_000, left: 200 });
  at += nineHours;
  expect([await limiter.take('general'), limiter.day()]).toEqual([null, null]);
});

test('a day on which the clock is put back is an hour longer', () => {
  at = Date.UTC(2026, 10, 1, 5); // 1 in the night there, and once more an hour later
  expect(limiter.endDay()).toBe(24 * 3_600_000);
});

test('where the account’s clock is not known, any full hour may be the end of its day', () => {
  const blind = makeLimiter({
    rates: { general: { calls: 1, perMs: 1 } },
    share: 1,
    utcOffsetAt: () => null,
    now: () => start + 60_000,
    sleep: async () => {},
  });
  expect(blind.endDay()).toBe(59 * 60_000);
});
