import { RETENTION } from '#shared/limits.ts';
import type { SinceRows } from '#shared/plan/since-rows.ts';
import type { Database } from './database.ts';
import type { DraftRecord, KnownRecord } from './records.ts';
import type { SinceRecord } from './sheet-records.ts';

/** The saved drafts and what lies beside them. `state` belongs to the flow and is opaque here. */

/** The draft with this id, or null. */
export async function readDraft(database: Database, id: string): Promise<DraftRecord | null> {
  return (await database.drafts.get(id)) ?? null;
}

/**
 * Changes a draft in one transaction: reads it, applies `change`, stores what comes back. Two pages over the same draft
 * therefore never undo one another. Null when the draft is gone; nothing is written when `change` gives the same object.
 */
export async function changeDraft<State>(
  database: Database,
  id: string,
  change: (state: State) => State,
  touchedAt: (state: State) => number,
): Promise<State | null> {
  return database.transaction('rw', database.drafts, async () => {
    const record = await database.drafts.get(id);
    if (!record) return null;
    const before = record.state as State; // only the flow writes drafts, and it names its own type
    const after = change(before);
    if (after !== before) await database.drafts.put({ id, touchedAt: touchedAt(after), state: after });
    return after;
  });
}

/** Every draft, newest first. */
export async function readDrafts(database: Database): Promise<readonly DraftRecord[]> {
  return database.drafts.orderBy('touchedAt').reverse().toArray();
}

/** Removes the file of a draft whose import is over; the draft stays until its receipt is put away. */
export async function removeFile(database: Database, draft: string): Promise<void> {
  await database.transaction('rw', database.files, database.known, database.since, async () => {
    await Promise.all([database.files.delete(draft), database.known.delete(draft), database.since.delete(draft)]);
  });
}

/** Stores a new draft; the one it takes the place of goes with its file in the same transaction. */
export async function addDraft(database: Database, record: DraftRecord, replaced?: string): Promise<void> {
  await database.transaction('rw', database.drafts, database.files, database.known, database.since, async () => {
    await database.drafts.add(record);
    if (replaced !== undefined) await removeDraft(database, replaced);
  });
}

/**
 * The same, and the chosen file in one transaction: a draft never speaks of another file than the one beside it. What was
 * known about the former file goes.
 */
export async function changeDraftAndFile<State>(
  database: Database,
  id: string,
  change: (state: State) => State,
  touchedAt: (state: State) => number,
  blob: Blob,
): Promise<State | null> {
  return database.transaction('rw', database.drafts, database.files, database.known, database.since, async () => {
    const record = await database.drafts.get(id);
    if (!record) return null;
    const before = record.state as State; // only the flow writes drafts, and it names its own type
    const after = change(before);
    if (after === before) return after;
    await database.drafts.put({ id, touchedAt: touchedAt(after), state: after });
    await database.files.put({ draft: id, blob });
    await Promise.all([database.known.delete(id), database.since.delete(id)]);
    return after;
  });
}

/** The chosen file of a draft, or null. */
export async function readFile(database: Database, draft: string): Promise<Blob | null> {
  return (await database.files.get(draft))?.blob ?? null;
}

/** Keeps what the workspace answered about a file's keys, so that a plan made again is the same plan. */
export async function keepKnown(database: Database, record: KnownRecord): Promise<void> {
  await database.known.put(record);
}

/** The kept answer for a plan's basis; null when there is none or it belongs to another basis. */
export async function readKnown(database: Database, draft: string, basis: string): Promise<string | null> {
  const record = await database.known.get(draft);
  return record?.basis === basis ? record.answer : null;
}

/** Keeps what was found new in the sheet of a draft. */
export async function keepSince(database: Database, record: SinceRecord): Promise<void> {
  await database.since.put(record);
}

/** The rows found new in what the draft's sheet was when it was read so; null when nothing is kept of that. */
export async function readSince(database: Database, draft: string, basis: string): Promise<SinceRows | null> {
  const record = await database.since.get(draft);
  return record?.basis === basis ? record.rows : null;
}

/** Removes a draft with its file. */
export async function removeDraft(database: Database, id: string): Promise<void> {
  await database.transaction('rw', database.drafts, database.files, database.known, database.since, async () => {
    const beside = [database.files.delete(id), database.known.delete(id), database.since.delete(id)];
    await Promise.all([database.drafts.delete(id), ...beside]);
  });
}

/**
 * Removes drafts nobody touched for 14 days. One whose import is still under way stays: its file may be needed to seal
 * it. Gives how many went.
 */
export async function expireDrafts(database: Database, now: number): Promise<number> {
  const old = await database.drafts
    .where('touchedAt')
    .belowOrEqual(now - RETENTION.draftMs)
    .primaryKeys();
  const busy = await database.imports.where('stage').anyOf('planning', 'sealed').toArray();
  const inUse = new Set(busy.map((record) => record.draft));
  const expired = old.filter((id) => !inUse.has(id));
  for (const id of expired) await removeDraft(database, id);
  return expired.length;
}
