import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { lead } from './schema.ts';
import { connection } from './schema-connections.ts';
import { objectLink } from './schema-sync.ts';

/** What two sides did not agree on, what went wrong, and what a CRM tells of a lead besides. */

type Column = Parameters<typeof foreignKey>[0]['columns'][0];
const id = () => integer('id').primaryKey();
const inWorkspace = () => integer('workspace').notNull();
const ofConnection = () => integer('connection').notNull();
const toConnection = (name: string, t: { readonly workspace: Column; readonly connection: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.connection], foreignColumns: [connection.workspace, connection.id] }).onDelete('cascade');
const toLead = (name: string, t: { readonly workspace: Column; readonly lead: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.lead], foreignColumns: [lead.workspace, lead.id] }).onDelete('cascade');
const recordType = () => text('type', { enum: ['contact', 'lead'] }).notNull();

/** A field that was changed on both sides, with both values. It goes with its lead. */
export const syncConflict = sqliteTable(
  'sync_conflict',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    connection: ofConnection(),
    lead: integer('lead').notNull(),
    type: recordType(),
    remoteId: text('remote_id').notNull(),
    pairId: text('pair_id').notNull(),
    fieldLabel: text('field_label').notNull(),
    base: text('base'),
    ours: text('ours'),
    theirs: text('theirs'),
    /** When each side set its value, and who: a member here, there what the CRM calls it; null where nothing tells. */
    oursAt: integer('ours_at'),
    oursBy: integer('ours_by'),
    theirsAt: integer('theirs_at'),
    theirsBy: text('theirs_by'),
    winner: text('winner', { enum: ['ours', 'theirs', 'open'] }).notNull(),
    rule: text('rule').notNull(),
    /** The public id of the run that found it. */
    runId: text('run_id').notNull(),
    at: integer('at').notNull(),
    resolvedAs: text('resolved_as', { enum: ['ours', 'theirs', 'undone'] }),
    resolvedAt: integer('resolved_at'),
    /** The member; null = the server itself. */
    resolvedBy: integer('resolved_by'),
  },
  (t) => [
    uniqueIndex('sync_conflict_public').on(t.workspace, t.publicId),
    uniqueIndex('sync_conflict_of_connection').on(t.workspace, t.connection, t.id),
    index('sync_conflict_lead').on(t.workspace, t.lead, t.connection),
    /** Both sides keep their own until somebody says whose it is. */
    index('sync_conflict_open').on(t.workspace, t.connection, t.id).where(sql`${t.resolvedAt} IS NULL AND ${t.winner} = 'open'`),
    toConnection('sync_conflict_to_connection', t),
    toLead('sync_conflict_to_lead', t),
  ],
);

/** What went wrong with one record, by the lead where it is known, until it goes right. */
export const syncError = sqliteTable(
  'sync_error',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    connection: ofConnection(),
    type: recordType(),
    lead: integer('lead'),
    /** The version of the lead that failed: another one is tried again. */
    leadVersion: integer('lead_version'),
    remoteId: text('remote_id'),
    stage: text('stage', { enum: ['pull', 'push', 'opt_out'] }).notNull(),
    kind: text('kind').notNull(),
    /** JSON of a CrmFailure. */
    failure: text('failure').notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: integer('next_at'),
    isIgnored: integer('is_ignored', { mode: 'boolean' }).notNull(),
    /** A person said: make it although there is one like it. */
    makesAnyway: integer('makes_anyway', { mode: 'boolean' }).notNull(),
  },
  (t) => [
    uniqueIndex('sync_error_public').on(t.workspace, t.publicId),
    uniqueIndex('sync_error_of_connection').on(t.workspace, t.connection, t.id),
    uniqueIndex('sync_error_lead').on(t.workspace, t.lead, t.connection, t.type, t.stage).where(sql`${t.lead} IS NOT NULL`),
    uniqueIndex('sync_error_record').on(t.workspace, t.connection, t.type, t.remoteId, t.stage).where(sql`${t.remoteId} IS NOT NULL`),
    index('sync_error_due').on(t.workspace, t.connection, t.nextAt).where(sql`${t.nextAt} IS NOT NULL`),
    toConnection('sync_error_to_connection', t),
    toLead('sync_error_to_lead', t),
  ],
);

/** Deals, calls, campaigns …: shown beside the past of a lead, never changed here. */
export const sideItem = sqliteTable(
  'side_item',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    kind: text('kind').notNull(),
    remoteId: text('remote_id').notNull(),
    title: text('title').notNull(),
    at: integer('at').notNull(),
    modifiedAt: integer('modified_at').notNull(),
    /** JSON list of { name, value }. */
    facts: text('facts').notNull(),
  },
  (t) => [
    uniqueIndex('side_item_in_workspace').on(t.workspace, t.id),
    uniqueIndex('side_item_remote').on(t.workspace, t.connection, t.kind, t.remoteId),
    toConnection('side_item_to_connection', t),
  ],
);

export const sideItemLink = sqliteTable(
  'side_item_link',
  { id: id(), workspace: inWorkspace(), item: integer('item').notNull(), link: integer('link').notNull() },
  (t) => [
    uniqueIndex('side_item_link_once').on(t.workspace, t.item, t.link),
    index('side_item_link_link').on(t.workspace, t.link),
    foreignKey({
      name: 'side_item_link_of_item',
      columns: [t.workspace, t.item],
      foreignColumns: [sideItem.workspace, sideItem.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'side_item_link_of_link',
      columns: [t.workspace, t.link],
      foreignColumns: [objectLink.workspace, objectLink.id],
    }).onDelete('cascade'),
  ],
);
