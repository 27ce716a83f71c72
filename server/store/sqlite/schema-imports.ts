import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { lead, list } from './schema.ts';
import { workspace } from './schema-people.ts';

/** What came in, row by row. Receipts are counted from `import_row`. */

const inWorkspace = () =>
  integer('workspace')
    .notNull()
    .references(() => workspace.id);

export const imports = sqliteTable(
  'import',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    /** The client's UUID. */
    publicId: text('public_id').notNull(),
    state: text('state', { enum: ['receiving', 'complete', 'cancelled', 'undone'] }).notNull(),
    source: text('source').notNull(),
    fileName: text('file_name'),
    fileSha256: text('file_sha256'),
    /** Null until the first chunk when the list is to be found or made by name, and when the list was deleted. */
    list: integer('list'),
    listName: text('list_name').notNull(),
    listByName: integer('list_by_name', { mode: 'boolean' }).notNull(),
    /** This import made the list. */
    listCreated: integer('list_created', { mode: 'boolean' }).notNull(),
    actor: integer('actor'),
    total: integer('total').notNull(),
    chunkCount: integer('chunk_count').notNull(),
    /** JSON of a Mapping, of the file's headers, of an ImportPolicy. */
    mapping: text('mapping').notNull(),
    headers: text('headers').notNull(),
    /** Names the layout of the file (`headerSignature`): its mapping is remembered under it. Null where nothing was mapped. */
    headerSignature: text('header_signature'),
    policy: text('policy').notNull(),
    /** SHA-256 (hex) of the request that announced it. */
    bodySha256: text('body_sha256').notNull(),
    createdAt: integer('created_at').notNull(),
    completedAt: integer('completed_at'),
    /** When originals and undo values were forgotten. */
    forgottenAt: integer('forgotten_at'),
    /** The public id of the import whose rejected rows these are. */
    retryOf: text('retry_of'),
    /** An undo that began and how far it is: the last row it has reached, and what came of it so far. */
    undoStartedAt: integer('undo_started_at'),
    undoneAt: integer('undone_at'),
    undoneBy: integer('undone_by'),
    undoneRow: integer('undone_row'),
    undoRemoved: integer('undo_removed'),
    undoRestored: integer('undo_restored'),
    undoKept: integer('undo_kept'),
  },
  (t) => [
    uniqueIndex('import_in_workspace').on(t.workspace, t.id),
    uniqueIndex('import_public').on(t.workspace, t.publicId),
    index('import_retry').on(t.workspace, t.retryOf).where(sql`${t.retryOf} IS NOT NULL`),
    foreignKey({ name: 'import_to_list', columns: [t.workspace, t.list], foreignColumns: [list.workspace, list.id] }),
    index('import_to_list_index').on(t.workspace, t.list),
    index('import_layout').on(t.workspace, t.headerSignature, t.completedAt).where(sql`${t.headerSignature} IS NOT NULL`),
  ],
);

const ofImport = (name: string, t: { readonly workspace: Column; readonly importId: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.importId], foreignColumns: [imports.workspace, imports.id] });
type Column = Parameters<typeof foreignKey>[0]['columns'][0];

/**
 * A chunk that was stored: its rows are `first_row` and the next `row_count` - 1, written in one transaction; their lines
 * lie from `first_line` to `last_line`, both 0 without rows.
 */
export const importChunk = sqliteTable(
  'import_chunk',
  {
    id: integer('id').primaryKey(),
    workspace: integer('workspace').notNull(),
    importId: integer('import_id').notNull(),
    seq: integer('seq').notNull(),
    /** SHA-256 (hex) of the decoded body. */
    sha256: text('sha256').notNull(),
    firstRow: integer('first_row').notNull(),
    rowCount: integer('row_count').notNull(),
    firstLine: integer('first_line').notNull(),
    lastLine: integer('last_line').notNull(),
    /** JSON: the counts of the answer as it went out. */
    counters: text('counters').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [uniqueIndex('import_chunk_once').on(t.workspace, t.importId, t.seq), ofImport('import_chunk_of_import', t)],
);

/** What became of each row. The answer of a chunk is built from these, so that no person's data is stored twice. */
export const importRow = sqliteTable(
  'import_row',
  {
    id: integer('id').primaryKey(),
    workspace: integer('workspace').notNull(),
    importId: integer('import_id').notNull(),
    line: integer('line').notNull(),
    /** Index in BUCKETS as it was answered. */
    bucket: integer('bucket').notNull(),
    /** Index in BUCKETS now: a row in review can be decided later. */
    settled: integer('settled').notNull(),
    /** 1 = stricter than what the client had decided. */
    changed: integer('changed').notNull(),
    lead: integer('lead'),
    /** JSON of the problems. */
    problems: text('problems'),
    /** JSON of the original cells: rejected and review rows. */
    raw: text('raw'),
    /** JSON of the lead: review rows, and rows that only the server turned down. */
    kept: text('kept'),
    /** How a review row was decided: an index in REVIEW_ANSWERS. */
    decided: integer('decided'),
    /** JSON of why an undo left something of this row's lead as it is. */
    notUndone: text('not_undone'),
  },
  (t) => [
    index('import_row_bucket').on(t.workspace, t.importId, t.settled, t.line),
    index('import_row_of_lead_in_import').on(t.workspace, t.importId, t.lead).where(sql`${t.lead} IS NOT NULL`),
    index('import_row_lead').on(t.workspace, t.lead).where(sql`${t.lead} IS NOT NULL`),
    index('import_row_changed').on(t.workspace, t.importId).where(sql`${t.changed} = 1`),
    index('import_row_not_undone').on(t.workspace, t.importId).where(sql`${t.notUndone} IS NOT NULL`),
    ofImport('import_row_of_import', t),
    foreignKey({ name: 'import_row_of_lead', columns: [t.workspace, t.lead], foreignColumns: [lead.workspace, lead.id] }),
  ],
);

/** Answers to POSTs that carried an Idempotency-Key. Without a status it is a claim: the work is going on. */
export const storedAnswer = sqliteTable(
  'stored_answer',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    key: text('key').notNull(),
    request: text('request').notNull(),
    sha256: text('sha256').notNull(),
    status: integer('status'),
    body: text('body'),
    at: integer('at').notNull(),
  },
  (t) => [
    uniqueIndex('stored_answer_key').on(t.workspace, t.key),
    uniqueIndex('stored_answer_in_workspace').on(t.workspace, t.id),
    index('stored_answer_at').on(t.workspace, t.at),
  ],
);

/** Which leads an answer tells of: it is reduced to counts when one of them is deleted. */
export const storedAnswerLead = sqliteTable(
  'stored_answer_lead',
  {
    id: integer('id').primaryKey(),
    workspace: integer('workspace').notNull(),
    answer: integer('answer').notNull(),
    lead: integer('lead').notNull(),
  },
  (t) => [
    index('stored_answer_lead_lead').on(t.workspace, t.lead, t.answer),
    index('stored_answer_lead_answer').on(t.workspace, t.answer),
    foreignKey({ name: 'stored_answer_lead_of_lead', columns: [t.workspace, t.lead], foreignColumns: [lead.workspace, lead.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      name: 'stored_answer_lead_of_answer',
      columns: [t.workspace, t.answer],
      foreignColumns: [storedAnswer.workspace, storedAnswer.id],
    }).onDelete('cascade'),
  ],
);

/** Named mappings the workspace shares. */
export const mappingTemplate = sqliteTable(
  'mapping_template',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    name: text('name').notNull(),
    folded: text('folded').notNull(),
    /** JSON: the headers it was made for, and a Mapping. */
    headers: text('headers').notNull(),
    mapping: text('mapping').notNull(),
    /** Whoever saved it last. */
    actor: integer('actor'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('mapping_template_name').on(t.workspace, t.folded),
    uniqueIndex('mapping_template_public').on(t.workspace, t.publicId),
  ],
);
