import type { CrmRecord } from '#shared/crm/record.ts';

/** Records that were read for a preview serve its import, too: a CRM counts every call. */
export type RecordShelf = {
  readonly take: (key: string) => Held | null;
  readonly put: (key: string, held: Held) => void;
};
export type Held = {
  readonly records: readonly CrmRecord[] /** When reading began (ms): what changes later is seen by the first sync. */;
  readonly readFrom: number;
};
const HELD_MS = 15 * 60 * 1_000;

/** Keeps the newest set of each connection for a quarter of an hour. */
export function createRecordShelf(now: () => number): RecordShelf {
  let held: { readonly key: string; readonly until: number; readonly what: Held } | null = null;
  return {
    take: (key) => (held?.key === key && held.until > now() ? held.what : null),
    put: (key, what) => {
      held = { key, until: now() + HELD_MS, what };
    },
  };
}
