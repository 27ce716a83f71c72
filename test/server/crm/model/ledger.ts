import type { Remote } from './remote.ts';
import { type ModelStore, quiet } from './settings.ts';
import type { Story } from './story.ts';

/** What is true of a world, written down as it happens: the judge reads it. */
export type Ledger = ReturnType<typeof createLedger>;
export function createLedger() {
  let clock = 1_800_000_000_000;
  let count = 0;
  /** Values somebody wrote and nobody replaced by hand since. */
  const standing = new Set<string>();
  /** What somebody put in the place of a value, having seen it. */
  const replacements = new Map<string, string>();
  const tally = { edits: 0, faults: 0, owners: 0, purges: 0, removed: 0, metAnew: 0, clearedThere: 0, reasons: 0, mayArchive: false };
  const forget = (texts: Iterable<string | undefined>) => {
    for (const text of texts) if (text !== undefined) standing.delete(quiet(text));
  };
  return {
    standing,
    replacements,
    tally,
    forget,
    /** Leads that were deleted by hand, and the records they were; with the leads that were there beside them. */
    deletedHere: new Map<string, ReadonlySet<string>>(),
    /** Records that became another while they were a lead's: by record, the lead, and when that was noted. */
    movedOn: new Map<string, { readonly leadId: string; readonly at: number }>(),
    madeByHand: new Set<string>(),
    /** Since when each pair stands for its two fields; from the beginning where it is not in here. */
    pairSince: new Map<string, number>(),
    /** When a lead met its record of a kind, by lead and kind. */
    metAt: new Map<string, number>(),
    /** When the job title of a lead was last changed, by lead and by whom: by hand, or with a kind of record. */
    changedHere: new Map<string, number>(),
    /** The lead each write is about. */
    leadsByWrite: new Map<string, string>(),
    cursors: new Map<string, number>(),
    wrong: [] as string[],
    now: () => clock,
    wait: (ms: number) => {
      clock += ms;
    },
    newId: () => {
      count += 1;
      return `op${count}`;
    },
    /** A value nobody has written yet. */
    fresh: () => {
      count += 1;
      standing.add(`v${count}`);
      return `v${count}`;
    },
    /** The next value somebody writes is in the place of this one. */
    replace: (old: string | undefined) => {
      forget([old]);
      if (old !== undefined) replacements.set(quiet(old), `v${count + 1}`);
    },
  };
}

/** Everything a story happens in. */
export type Scene = ModelStore & { readonly story: Story; readonly remote: Remote; readonly ledger: Ledger };
