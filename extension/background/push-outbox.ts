import { isSendable, readUnfinished } from '../storage/outbox.ts';
import type { ImportRecord } from '../storage/records.ts';
import { type PushEffects, pushImport } from './push-import.ts';

/** Longer waits are left to the alarm: a worker that only waits is put to sleep by the browser. */
const PATIENCE_MS = 25_000;
/** So often a short wait looks whether somebody has said "now" meanwhile. */
const LOOK_AGAIN_MS = 500;

/**
 * Sends every sealed import until nothing is due soon, one request at a time, oldest first. Gives when the next attempt
 * is due (ms), or null when there is nothing to wait for. Only one sender may run: the caller holds the lock.
 */
export async function pushOutbox(effects: PushEffects & { readonly sleep: (ms: number) => Promise<void> }): Promise<number | null> {
  for (;;) {
    const next = nextOf(await readUnfinished(effects.database));
    if (!next) return null;
    const waitMs = next.nextAttemptAt - effects.now();
    if (waitMs > PATIENCE_MS) return next.nextAttemptAt;
    if (waitMs > 0) await effects.sleep(Math.min(waitMs, LOOK_AGAIN_MS));
    else await pushImport(effects, next.id);
  }
}

/** The import to go on with: the one that is due first, the older one of two. */
function nextOf(records: readonly ImportRecord[]): ImportRecord | null {
  const sendable = records.filter(isSendable);
  return sendable.reduce<ImportRecord | null>((best, record) => (best && best.nextAttemptAt <= record.nextAttemptAt ? best : record), null);
}
