import { expect, test } from 'vitest';
import { createCallMeter, dayOf } from '../../../server/crm/call-meter.ts';
import type { CallStore } from '../../../server/store/call-store.ts';
import { createMemorySyncStore } from '../../../server/store/memory/sync-store.ts';

const NOON = Date.UTC(2026, 4, 4, 12);
const HALF_DAY = 12 * 60 * 60_000;
const ONE = { workspace: 1, number: 1 };

function open(over: Partial<CallStore> = {}) {
  const clock = { now: NOON };
  const { store } = createMemorySyncStore();
  let writes = 0;
  const noteCalls: CallStore['noteCalls'] = async (...noted) => {
    writes += 1;
    await (over.noteCalls ?? store.noteCalls)(...noted);
  };
  const newMeter = () => createCallMeter({ store: { ...store, noteCalls }, now: () => clock.now });
  return { clock, store, newMeter, writes: () => writes };
}

test('a thousand calls are one write', async () => {
  const { newMeter, writes } = open();
  const meter = newMeter();
  const listener = meter.listen(ONE);
  for (let calls = 0; calls < 1_000; calls++) {
    listener.called();
    listener.told({ used: calls, limit: 5_000 });
  }
  expect([writes(), (await meter.read(ONE))?.calls]).toEqual([0, 1_000]);
  await meter.flush();
  await meter.flush();
  expect([writes(), await meter.read(ONE)]).toEqual([1, { day: dayOf(NOON), calls: 1_000, told: { used: 999, limit: 5_000, at: NOON } }]);
});

test('a process that is killed loses what it did not write, and counts nothing twice', async () => {
  const { newMeter, clock } = open();
  const killed = newMeter();
  killed.listen(ONE).called(5);
  await killed.flush();
  killed.listen(ONE).called();
  clock.now += 1_000;
  const next = newMeter();
  next.listen(ONE).called(2);
  await next.flush();
  expect((await next.read(ONE))?.calls).toBe(7);
});

test('the calls after midnight are those of the new day; connections do not share them', async () => {
  const { newMeter, clock } = open();
  const meter = newMeter();
  meter.listen(ONE).called(5);
  meter.listen({ workspace: 1, number: 2 }).called(9);
  clock.now += HALF_DAY;
  meter.listen(ONE).called();
  await meter.flush();
  expect(await meter.read(ONE)).toMatchObject({ day: dayOf(NOON) + 1, calls: 1 });
  expect(await meter.read({ workspace: 1, number: 2 })).toMatchObject({ day: dayOf(NOON), calls: 9 });
});

test('what could not be written is written the next time', async () => {
  let isFull = true;
  const { store, ...bench } = open({
    noteCalls: async (...noted) => {
      if (isFull) throw new Error('disk full');
      await store.noteCalls(...noted);
    },
  });
  const meter = bench.newMeter();
  meter.listen(ONE).called(3);
  const failed = meter.flush();
  meter.listen(ONE).called();
  await expect(failed).rejects.toThrow('disk full');
  isFull = false;
  await meter.flush();
  expect((await meter.read(ONE))?.calls).toBe(4);
});
