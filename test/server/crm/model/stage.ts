import type { Crm } from '../../../../server/crm/adapter.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';

/** The process died: everything it still wanted to do is void. */
export class Crash extends Error {}
/** A record that the database would not take. */
class Broken extends Error {}

/** What may happen around each call that an engine makes of its store or of the CRM. */
export type Around = {
  /** Before the call is made: may throw `Crash`. */
  before(name: string): Promise<void>;
  /** After it was made: may throw `Crash`. */
  after(name: string): Promise<void>;
  /** Whether this call fails as a fault of ours. */
  breaks(name: string): boolean;
};

/** The same store or CRM, with a world around it in which things happen. */
export function staged<T extends SyncStore | Crm>(inner: T, around: Around): T {
  const outer: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(inner)) {
    if (typeof member !== 'function' || name === 'usage') outer[name] = member;
    else
      outer[name] = async (...args: readonly unknown[]) => {
        await around.before(name);
        if (around.breaks(name)) throw new Broken(name);
        const result: unknown = await member(...args);
        await around.after(name);
        return result;
      };
  }
  return outer as T; // every member of `inner`, with the same types
}
