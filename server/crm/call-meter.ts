import { DAY_MS } from '#shared/limits.ts';
import { addCalls, type CallStore, type CallsMade, type ToldUsage } from '../store/call-store.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';

/** Told by whoever calls a CRM: each call as it goes out, and what an answer says of the day of all the account's apps. */
export type CallListener = {
  readonly called: (calls?: number) => void;
  readonly told: (usage: Omit<ToldUsage, 'at'>) => void;
};
type Of = Pick<ConnectionRecord, 'workspace' | 'number'>;
/** Counts the calls of a process. What it counts is on disk with the next `flush`, in one write for each connection. */
export type CallMeter = {
  readonly listen: (connection: Of) => CallListener;
  /** What is on disk and what is not yet. */
  readonly read: (connection: Of) => Promise<CallsMade | null>;
  /** Nothing is lost when it fails: the next one writes it. */
  readonly flush: () => Promise<void>;
};

/** The number of a day, as calls are kept by it; `at` in ms since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

export function createCallMeter({ store, now }: { readonly store: CallStore; readonly now: () => number }): CallMeter {
  const pending = new Map<number, { readonly of: Of; readonly made: CallsMade }>();
  const add = (of: Of, made: CallsMade) => {
    pending.set(of.number, { of, made: addCalls(pending.get(of.number)?.made ?? null, made) });
  };
  return {
    listen: (of) => ({
      called: (calls = 1) => add(of, { day: dayOf(now()), calls, told: null }),
      told: (usage) => add(of, { day: dayOf(now()), calls: 0, told: { ...usage, at: now() } }),
    }),
    async read({ workspace, number }) {
      const kept = await store.readCalls(workspace, number);
      const more = pending.get(number)?.made;
      return more ? addCalls(kept, more) : kept;
    },
    async flush() {
      for (const [number, { of, made }] of [...pending]) {
        pending.delete(number);
        try {
          await store.noteCalls(of.workspace, number, made);
        } catch (exception) {
          const since = pending.get(number)?.made;
          pending.set(number, { of, made: since ? addCalls(made, since) : made });
          throw exception;
        }
      }
    },
  };
}
