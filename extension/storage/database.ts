import { Dexie, type EntityTable, type Table } from 'dexie';
import type { ChunkRecord, DraftRecord, FileRecord, ImportRecord, KnownRecord, MappingRecord } from './records.ts';
import type { OutcomeRecord, PrintsRecord, SheetLink, SinceRecord } from './sheet-records.ts';

/** Everything this browser keeps of imports. Pages, the planner's worker and the background open the same one. */
export type Database = Dexie & {
  readonly drafts: EntityTable<DraftRecord, 'id'>;
  readonly files: EntityTable<FileRecord, 'draft'>;
  readonly known: EntityTable<KnownRecord, 'draft'>;
  readonly mappings: EntityTable<MappingRecord, 'signature'>;
  readonly imports: EntityTable<ImportRecord, 'id'>;
  readonly chunks: Table<ChunkRecord, [string, number]>;
  readonly sheets: EntityTable<SheetLink, 'id'>;
  readonly prints: EntityTable<PrintsRecord, 'owner'>;
  readonly since: EntityTable<SinceRecord, 'draft'>;
  readonly outcomes: Table<OutcomeRecord, [string, number]>;
};

/**
 * Opens the database; it is made on first use. Only what is looked up is indexed, and no row of a file is a record.
 * `strict`: a commit is on the disk when its promise resolves; it carries the commits before it along.
 */
export function openDatabase(name = 'leadline', durability: 'relaxed' | 'strict' = 'relaxed'): Database {
  const database = new Dexie(name, { chromeTransactionDurability: durability }) as Database; // the tables are the ones declared in the next statement
  database.version(1).stores({
    drafts: 'id, touchedAt',
    files: 'draft',
    known: 'draft',
    mappings: 'signature, usedAt',
    imports: 'id, stage, createdAt',
    chunks: '[import+seq]',
  });
  // Linked sheets came later; what was there stays as it is.
  database.version(2).stores({ sheets: 'id', prints: 'owner', since: 'draft', outcomes: '[import+seq]' });
  return database;
}

/** What a failed write means to the person: the disk or the quota is full, or the database is broken. */
export function storageFailureKind(error: unknown): 'browserStorageFull' | 'browserStorageFailed' {
  const { name, inner } = (error ?? {}) as { name?: string; inner?: { name?: string } }; // Dexie keeps the browser's own error in `inner`
  return name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError' ? 'browserStorageFull' : 'browserStorageFailed';
}
