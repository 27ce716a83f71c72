import type { CrmRecord } from '#shared/crm/record.ts';

/** Records as they were read, when reading them began (ms), and the calls it took: what changes later is seen by the next sync. */
export type Held = { readonly records: readonly CrmRecord[]; readonly readFrom: number; readonly calls: number };
/** Records that were read for a preview say whom its import is about, and serve it as they are for a minute: a CRM counts every call. */
export type RecordShelf = {
  readonly look: (key: string) => Held | null;
  readonly put: (key: string, held: Held) => void;
  readonly clear: () => void;
};
const HELD_MS = 15 * 60 * 1_000;

/** Keeps the newest set for a quarter of an hour, or until it has been imported. */
export function createRecordShelf(now: () => number): RecordShelf {
  let held: { readonly key: string; readonly until: number; readonly what: Held } | null = null;
  return {
    look: (key) => (held?.key === key && held.until > now() ? held.what : null),
    put: (key, what) => {
      held = { key, until: now() + HELD_MS, what };
    },
    clear: () => {
      held = null;
    },
  };
}
