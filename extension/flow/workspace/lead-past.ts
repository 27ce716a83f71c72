import type { LeadEvent } from '../../platform/lead-api.ts';

/** What happened to a lead at one moment by one hand: the fields one import filled, or an undo gave back, stand together. */
export type PastEntry = {
  readonly kind: 'created' | 'changed' | 'addedToList' | 'doNotContact' | 'undone' | 'other';
  /** ISO 8601. */
  readonly at: string;
  readonly by: LeadEvent['actor'];
  readonly importId: string | null;
  /** Of the import. */
  readonly fileName: string | null;
  readonly source: string | null;
  /** The CRM that brought it while leads were kept in step; `importId` is then that run's. */
  readonly sync: LeadEvent['sync'];
  readonly changes: readonly PastChange[];
  /** The lists it came into. */
  readonly lists: readonly string[];
};
/** `field`: a field's id, or `custom:<label>`. Null = blank. */
export type PastChange = { readonly field: string; readonly old: string | null; readonly now: string | null };

const KINDS: ReadonlyMap<string, PastEntry['kind']> = new Map([
  ['created', 'created'],
  ['changed', 'changed'],
  ['added_to_list', 'addedToList'],
  ['marked_do_not_contact', 'doNotContact'],
  ['import_undone', 'undone'],
]);

/**
 * The timeline as one reads it, newest first: changes of the same import, or of the same person at the same moment, are
 * one entry; a list that the creating import put it in is part of "created". An undo is never part of the import's entry.
 */
export function readPast(events: readonly LeadEvent[]): readonly PastEntry[] {
  const entries: PastEntry[] = [];
  for (const event of events) {
    const kind = KINDS.get(event.kind) ?? 'other';
    const { at, actor: by, importId, fileName, source, sync } = event;
    const hasField = kind === 'changed' || kind === 'undone';
    const changes = hasField && event.field !== null ? [{ field: event.field, old: event.old, now: event.new }] : [];
    const lists = kind === 'addedToList' && event.new !== null ? [event.new] : [];
    const entry: PastEntry = { kind, at, by, importId, fileName, source, sync, changes, lists };
    const index = entries.findIndex((known) => belongsTo(known, entry));
    const known = entries[index];
    if (known) entries[index] = joined(known, entry);
    else entries.push(entry);
  }
  return entries;
}

function belongsTo(known: PastEntry, entry: PastEntry): boolean {
  if (known.importId !== entry.importId || known.by?.id !== entry.by?.id) return false;
  const isOneImport = entry.importId !== null && !ALONE.has(known.kind) && !ALONE.has(entry.kind);
  return isOneImport || (known.at === entry.at && known.kind === entry.kind);
}

/** These stand apart from what their import did besides. */
const ALONE: ReadonlySet<PastEntry['kind']> = new Set(['doNotContact', 'undone']);

/** Created says more than changed, changed more than added to a list. */
const WEIGHT = ['other', 'undone', 'doNotContact', 'addedToList', 'changed', 'created'] as const satisfies readonly PastEntry['kind'][];

function joined(known: PastEntry, entry: PastEntry): PastEntry {
  const kind = WEIGHT.indexOf(entry.kind) > WEIGHT.indexOf(known.kind) ? entry.kind : known.kind;
  return { ...known, kind, changes: [...known.changes, ...entry.changes], lists: [...known.lists, ...entry.lists] };
}
