import { expect, test } from 'vitest';
import { watchSender } from '../../../extension/flow/watch-sender.ts';
import type { ImportRecord } from '../../../extension/storage/records.ts';

const SEALED = { stage: 'sealed', paused: false, cancelAsked: false, failure: null, nextAttemptAt: 0 } as unknown as ImportRecord; // what the watch looks at

function watched(records: readonly ImportRecord[], isLockFree: boolean) {
  const due: (() => void)[] = [];
  let wakes = 0;
  const watch = watchSender(
    {
      after: (_, work) => {
        due.push(work);
        return () => due.splice(0);
      },
      now: () => 1_000,
      tryLock: async (_, work) => (isLockFree ? work() : null),
      wake: async () => void wakes++,
    },
    () => records,
  );
  return {
    watch,
    wakes: () => wakes,
    tick: async () => {
      due.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    isLooking: () => due.length > 0,
  };
}

test('an import that nobody sends any more rouses the background, and is watched on', async () => {
  const room = watched([SEALED], true);
  room.watch.look();
  await room.tick();
  expect(room.wakes()).toBe(1);
  expect(room.isLooking()).toBe(true);
});

test.each([
  ['somebody sends it', [SEALED], false],
  ['its next attempt is not due', [{ ...SEALED, nextAttemptAt: 9_000 }], true],
])('the background is left alone while %s', async (_, records, isLockFree) => {
  const room = watched(records, isLockFree);
  room.watch.look();
  await room.tick();
  expect(room.wakes()).toBe(0);
  expect(room.isLooking()).toBe(true);
});

test.each([
  ['paused', { ...SEALED, paused: true }],
  ['done', { ...SEALED, stage: 'done' as const }],
])('a %s import is not watched', (_, record) => {
  const room = watched([record], true);
  room.watch.look();
  expect(room.isLooking()).toBe(false);
});

test('a closed page looks no more', async () => {
  const room = watched([SEALED], true);
  room.watch.look();
  room.watch.close();
  await room.tick();
  expect(room.wakes()).toBe(0);
});
