import { SENDER_LOCK } from '../platform/locks.ts';
import { isSendable } from '../storage/outbox.ts';
import type { ImportRecord } from '../storage/records.ts';
import type { FlowEffects } from './flow-effects.ts';

/** So often an open page looks whether somebody is sending. Without a page the alarm does it, after up to 30 s. */
const LOOK_EVERY_MS = 1_000;

/**
 * Rouses the background when something is due and nobody sends it: a worker that was stopped in the middle says nothing,
 * but its lock is free. `records` gives the imports as they stand now.
 */
export function watchSender(
  { after, now, tryLock, wake }: Pick<FlowEffects, 'after' | 'now' | 'tryLock' | 'wake'>,
  records: () => readonly ImportRecord[],
): { readonly look: () => void; readonly close: () => void } {
  let stop: (() => void) | null = null;
  let isClosed = false;
  const isDue = () => records().some((record) => isSendable(record) && record.nextAttemptAt <= now());
  const look = () => {
    if (isClosed || stop || !records().some(isSendable)) return;
    stop = after(LOOK_EVERY_MS, () => {
      stop = null;
      void rouse();
    });
  };
  const rouse = async () => {
    const isIdle = isDue() && (await tryLock(SENDER_LOCK, async () => true)) === true;
    if (isIdle && !isClosed) await wake();
    look();
  };
  return {
    look,
    close: () => {
      isClosed = true;
      stop?.();
    },
  };
}
