import type { Crm } from '../../../../server/crm/adapter.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import { fail } from '../../../../shared/result.ts';

/** The process died: everything it still wanted to do is void. */
class Crash extends Error {}
/** One for all, as making one costs more than a call. */
export const CRASH = new Crash();
/** A record that the database would not take. */
class Broken extends Error {}

/** What may happen around each call that an engine makes of its store or of the CRM. */
export type Around = {
  /** Before the call is made: may throw `CRASH`. Null where nothing happens, as mostly. */
  before(name: string): Promise<void> | null;
  /** After it was made: may throw `CRASH`. */
  after(name: string): Promise<void> | null;
  /** Whether this call fails as a fault of ours. */
  breaks(name: string): boolean;
  /** Whether the CRM cannot answer this question just now. */
  refuses(name: string): boolean;
};

export const QUIET: Around = { before: () => null, after: () => null, breaks: () => false, refuses: () => false };

const QUESTIONS: ReadonlySet<string> = new Set<keyof Crm>(['listRecords', 'listChanged', 'readRecords', 'findByKey', 'findByEmail']);
const UNREAD = fail({ kind: 'transient', code: 'unread', message: '' });

/** The same store or CRM, with a world around it in which things happen. */
export function staged<T extends SyncStore | Crm>(inner: T, around: Around): T {
  const outer: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(inner)) {
    if (typeof member !== 'function' || name === 'usage') outer[name] = member;
    else
      outer[name] = async (...args: readonly unknown[]) => {
        const before = around.before(name);
        if (before) await before;
        if (around.breaks(name)) throw new Broken(name);
        if (QUESTIONS.has(name) && around.refuses(name)) return UNREAD;
        const result: unknown = await member(...args);
        const after = around.after(name);
        if (after) await after;
        return result;
      };
  }
  return outer as T; // every member of `inner`, with the same types
}
