import type { Database } from './database.ts';
import { clearChunks, newImport } from './outbox.ts';
import type { DraftRecord, ImportOrder, ImportRecord } from './records.ts';

/**
 * The click on Import. A popup may be gone in its very moment, and then only what was begun and committed in the turn of
 * the click is kept. So the click is written first, blindly and whole, and taken up afterwards, by the page or, when
 * that is gone, by the background.
 */

export type Click = {
  readonly importId: string;
  readonly order: ImportOrder;
  /** `touchedAt` of the draft as it was clicked on: one that is another by now is not imported. */
  readonly seen: number;
  /** The draft as the click leaves it. */
  readonly after: DraftRecord;
};
type AskedRecord = ImportRecord & { readonly click: Click };

/** Writes a click down: one transaction, asked for and committed before this function gives back its promise. */
export function writeClick(database: Database, click: Click): Promise<void> {
  const { importId, order, after } = click;
  const record: AskedRecord = { ...newImport(importId, after.id, order, after.touchedAt), stage: 'asked', click };
  // Not through Dexie, which lets a few turns pass between the steps of a transaction.
  const transaction = database.backendDB().transaction('imports', 'readwrite');
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('the click was not written', 'AbortError'));
    transaction.objectStore('imports').add(record);
    transaction.commit();
  });
}

/** Makes imports of the clicks that were written. One for which the draft has changed, or is imported already, goes. */
export async function takeUpClicks(database: Database): Promise<void> {
  await database.transaction('rw', database.drafts, database.imports, async () => {
    const asked = (await database.imports.where('stage').equals('asked').toArray()) as AskedRecord[]; // written above, and nowhere else
    for (const { click, ...record } of asked) {
      const draft = await database.drafts.get(click.after.id);
      if (draft?.touchedAt === click.seen) {
        await database.drafts.put(click.after);
        await database.imports.put({ ...record, stage: 'planning' });
      } else await database.imports.delete(record.id);
    }
  });
}

/**
 * Takes a click back whose import has not been sealed: the import goes and the draft changes in one transaction. Null,
 * and nothing is changed, when the import is sealed or called off already.
 */
export async function takeBackClick<State>(
  database: Database,
  importId: string,
  draft: string,
  change: (state: State) => State,
  touchedAt: (state: State) => number,
): Promise<State | null> {
  return database.transaction('rw', database.drafts, database.imports, database.chunks, async () => {
    const [asked, record] = await Promise.all([database.imports.get(importId), database.drafts.get(draft)]);
    if (asked?.stage !== 'planning' || !record) return null;
    const after = change(record.state as State); // only the flow writes drafts, and it names its own type
    await database.drafts.put({ id: draft, touchedAt: touchedAt(after), state: after });
    await database.imports.delete(importId);
    await clearChunks(database, importId);
    return after;
  });
}
