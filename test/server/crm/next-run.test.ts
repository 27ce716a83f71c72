import { describe, expect, test } from 'vitest';
import { nextRunAt } from '../../../server/crm/next-run.ts';

const NOON = Date.UTC(2026, 4, 1, 12);
const MINUTE = 60_000;
const OK = { state: 'ok', pausedUntil: null } as const;

describe('a connection runs by itself', () => {
  test.each([
    ['not where nobody chose so', OK, 'off', null],
    ['not before it is reconnected', { state: 'needs_reconnect', pausedUntil: null }, 'often', null],
    ['not while a person paused it', { state: 'paused_user', pausedUntil: null }, 'often', null],
    ['at once the first time', OK, 'daily', NOON],
    ['when its calls are there again', { state: 'paused_quota', pausedUntil: NOON + 9 * MINUTE }, 'often', NOON + 9 * MINUTE],
  ] as const)('%s', (_, connection, schedule, at) => {
    expect(nextRunAt(connection, schedule, null, NOON)).toBe(at);
  });

  test.each([
    ['often', 5, 15],
    ['hourly', 50, 70],
    ['daily', 23 * 60, 25 * 60],
  ] as const)('%s: between %d and %d minutes after the last, not all at the same moment', (schedule, least, most) => {
    const gaps = Array.from({ length: 200 }, (_, run) => {
      const at = nextRunAt(OK, schedule, { id: `run-${run}`, startedAt: NOON }, NOON) ?? 0;
      return (at - NOON) / MINUTE;
    });
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(most);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan((most - least) * 0.9);
  });

  test('once, now, for all it missed while the server slept', () => {
    expect(nextRunAt(OK, 'often', { id: 'run', startedAt: NOON - 9 * 24 * 60 * MINUTE }, NOON)).toBe(NOON);
  });
});
