import { liveQuery } from 'dexie';
import type { Database } from './database.ts';
import type { DraftRecord, ImportRecord } from './records.ts';
import { readSheetLinks } from './sheet-links.ts';
import type { SheetLink } from './sheet-records.ts';

/** Changes made by any page, worker or the background, as they are committed. */

/** Calls `listener` with all imports now and after each change, newest first; gives the way to stop. */
export function watchImports(database: Database, listener: (records: readonly ImportRecord[]) => void): () => void {
  return watch(() => database.imports.orderBy('createdAt').reverse().toArray(), listener);
}

/** Calls `listener` with a draft now and after each change; null when it is gone. */
export function watchDraft(database: Database, id: string, listener: (record: DraftRecord | null) => void): () => void {
  return watch(async () => (await database.drafts.get(id)) ?? null, listener);
}

/** Calls `listener` with every linked sheet now and after each change, the one that was imported last first. */
export function watchSheetLinks(database: Database, listener: (links: readonly SheetLink[]) => void): () => void {
  return watch(() => readSheetLinks(database), listener);
}

function watch<T>(query: () => Promise<T>, listener: (value: T) => void): () => void {
  // A broken database shows at the next write, where it can be told to the person.
  const subscription = liveQuery(query).subscribe({ next: listener, error: () => {} });
  return () => subscription.unsubscribe();
}
