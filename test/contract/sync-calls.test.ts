import { describe, expect, test } from 'vitest';
import { AT, openSqliteBench } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const TODAY = Math.floor(AT / 86_400_000);
const TOLD = { used: 12_345, limit: 100_000, at: AT };

inEveryStore('calls made', (suite) => {
  describe('the calls of a day', () => {
    const note = (day: number, calls: number, told: typeof TOLD | null = null) =>
      suite().bench.store.noteCalls(suite().bench.workspace, suite().bench.connection, { day, calls, told });
    const read = () => suite().bench.store.readCalls(suite().bench.workspace, suite().bench.connection);

    test('a connection that never called has none', async () => {
      expect(await read()).toBeNull();
    });

    test('they add up over the day, and another day begins at nought', async () => {
      await note(TODAY, 3);
      await note(TODAY, 4);
      expect(await read()).toEqual({ day: TODAY, calls: 7, told: null });
      await note(TODAY + 1, 2);
      expect(await read()).toEqual({ day: TODAY + 1, calls: 2, told: null });
    });

    test('what the CRM said of the account stays until it says something newer, over days too', async () => {
      await note(TODAY, 1, TOLD);
      await note(TODAY, 1);
      await note(TODAY + 1, 1);
      expect((await read())?.told).toEqual(TOLD);
      const newer = { used: 0, limit: 5_000, at: AT + 1 };
      await note(TODAY + 1, 0, newer);
      expect(await read()).toEqual({ day: TODAY + 1, calls: 1, told: newer });
    });

    test('each connection has its own', async () => {
      await note(TODAY, 1, TOLD);
      expect(await suite().bench.store.readCalls(suite().bench.workspace, suite().bench.connection + 1)).toBeNull();
    });
  });
});

test('calls are still known after a restart', async () => {
  const bench = await openSqliteBench();
  await bench.store.noteCalls(bench.workspace, bench.connection, { day: TODAY, calls: 5, told: TOLD });
  const again = await bench.reopen();
  expect(await again.store.readCalls(again.workspace, again.connection)).toEqual({ day: TODAY, calls: 5, told: TOLD });
  await again.end();
});
