import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { lead, list } from './schema.ts';
import { connection } from './schema-connections.ts';

/** Keeping leads in step with a CRM. Everything hangs on a connection and goes with it. Pairs of values are JSON [[id, value], …]. */

type Column = Parameters<typeof foreignKey>[0]['columns'][0];
const id = () => integer('id').primaryKey();
const inWorkspace = () => integer('workspace').notNull();
const ofConnection = () => integer('connection').notNull();
const toConnection = (name: string, t: { readonly workspace: Column; readonly connection: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.connection], foreignColumns: [connection.workspace, connection.id] }).onDelete('cascade');
const toLead = (name: string, t: { readonly workspace: Column; readonly lead: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.lead], foreignColumns: [lead.workspace, lead.id] });
const recordType = () => text('type', { enum: ['contact', 'lead'] }).notNull();

/** Who may write for a connection. The number only grows: a run with a smaller one has lost its right. */
export const syncLease = sqliteTable(
  'sync_lease',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    owner: text('owner').notNull(),
    number: integer('number').notNull(),
    until: integer('until').notNull(),
  },
  (t) => [uniqueIndex('sync_lease_once').on(t.workspace, t.connection), toConnection('sync_lease_of_connection', t)],
);

/** Calls made for a connection on its last day, and what the CRM last said of all of the account's. */
export const crmCalls = sqliteTable(
  'crm_calls',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    /** In UTC, counted since 1970. */
    day: integer('day').notNull(),
    calls: integer('calls').notNull(),
    /** These three together, or none. */
    toldUsed: integer('told_used'),
    toldLimit: integer('told_limit'),
    toldAt: integer('told_at'),
  },
  (t) => [uniqueIndex('crm_calls_once').on(t.workspace, t.connection), toConnection('crm_calls_of_connection', t)],
);

export const syncRun = sqliteTable(
  'sync_run',
  {
    id: id(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    connection: ofConnection(),
    trigger: text('trigger').notNull(),
    outcome: text('outcome').notNull(),
    /** JSON of a CrmFailure. */
    failure: text('failure'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    /** JSON of RunCounts. */
    counts: text('counts').notNull(),
    calls: integer('calls').notNull(),
    leftToday: integer('left_today'),
    /** What it wrote on leads is told under this import; none until it wrote something. */
    importId: integer('import_id'),
  },
  (t) => [
    uniqueIndex('sync_run_public').on(t.workspace, t.publicId),
    uniqueIndex('sync_run_of_connection').on(t.workspace, t.connection, t.id),
    index('sync_run_open').on(t.workspace, t.connection).where(sql`${t.endedAt} IS NULL`),
    index('sync_run_import').on(t.workspace, t.importId).where(sql`${t.importId} IS NOT NULL`),
    toConnection('sync_run_to_connection', t),
  ],
);

export const syncCursor = sqliteTable(
  'sync_cursor',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    object: text('object').notNull(),
    phase: text('phase', { enum: ['initial', 'incremental'] }).notNull(),
    readTo: integer('read_to').notNull(),
    windowFrom: integer('window_from'),
    windowTo: integer('window_to'),
    page: text('page'),
  },
  (t) => [uniqueIndex('sync_cursor_once').on(t.workspace, t.connection, t.object), toConnection('sync_cursor_of_connection', t)],
);

/**
 * A lead and the record it is. Without a lead it is a tombstone: the lead was deleted here, and the record is not taken
 * in again. `#` before the remote id: it was erased there, and only its SHA-256 (hex) is kept.
 */
export const objectLink = sqliteTable(
  'object_link',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    type: recordType(),
    remoteId: text('remote_id').notNull(),
    lead: integer('lead'),
    state: text('state', { enum: ['linked', 'missing', 'unseen', 'purged'] }).notNull(),
    /** JSON: the CRM's values both sides have seen, by pair. */
    base: text('base'),
    /** The version of the lead that needs no push. */
    settledVersion: integer('settled_version').notNull(),
    /** We made the record there. */
    isPushed: integer('is_pushed', { mode: 'boolean' }).notNull(),
    linkedAt: integer('linked_at').notNull(),
    /** The record that was told there that the person is not to be written to; another than `remote_id` after a merge. */
    optedOutId: text('opted_out_id'),
    /** The same of calls. */
    noCallsId: text('no_calls_id'),
    /** Of a tombstone: it may still be archived there. */
    isDeletedHere: integer('is_deleted_here', { mode: 'boolean' }).notNull(),
    /** The import whose undoing took the lead away, and what to call it: it is still there. */
    undoneImport: integer('undone_import'),
    title: text('title'),
    /** When all that hangs on the record was last looked at (ms); 0 = never since it is this lead's. */
    sideReadAt: integer('side_read_at').notNull().default(0),
  },
  (t) => [
    uniqueIndex('object_link_in_workspace').on(t.workspace, t.id),
    uniqueIndex('object_link_remote').on(t.workspace, t.connection, t.type, t.remoteId),
    uniqueIndex('object_link_lead').on(t.workspace, t.lead, t.connection, t.type).where(sql`${t.lead} IS NOT NULL`),
    index('object_link_in_order').on(t.workspace, t.connection, t.type, t.id),
    index('object_link_pushable')
      .on(t.workspace, t.connection, t.type, t.lead, t.settledVersion, t.state)
      .where(sql`${t.lead} IS NOT NULL`),
    index('object_link_side')
      .on(t.workspace, t.connection, t.type, t.sideReadAt, t.id)
      .where(sql`${t.lead} IS NOT NULL AND ${t.state} = 'linked'`),
    index('object_link_state').on(t.workspace, t.connection, t.state),
    index('object_link_deleted').on(t.workspace, t.connection, t.type, t.id).where(sql`${t.isDeletedHere} = 1`),
    index('object_link_undone').on(t.workspace, t.undoneImport).where(sql`${t.undoneImport} IS NOT NULL`),
    toConnection('object_link_of_connection', t),
    toLead('object_link_to_lead', t),
  ],
);

const toLink = (name: string, t: { readonly workspace: Column; readonly link: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.link], foreignColumns: [objectLink.workspace, objectLink.id] }).onDelete('cascade');

/** Ids of records that were merged into a linked one. */
export const linkAlias = sqliteTable(
  'link_alias',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    type: recordType(),
    remoteId: text('remote_id').notNull(),
    link: integer('link').notNull(),
  },
  (t) => [
    uniqueIndex('link_alias_remote').on(t.workspace, t.connection, t.type, t.remoteId),
    index('link_alias_link').on(t.workspace, t.link),
    toLink('link_alias_of_link', t),
  ],
);

/** Writes to the CRM, each on disk before it is sent, until it is known what became of it. */
export const remoteWrite = sqliteTable(
  'remote_write',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    opId: text('op_id').notNull(),
    /** None when it was deleted meanwhile, or when no live record told of its create: nothing of it is left here, but the record may have come to be. */
    lead: integer('lead'),
    leadPublicId: text('lead_public_id').notNull(),
    leadVersion: integer('lead_version').notNull(),
    type: recordType(),
    kind: text('kind', { enum: ['create', 'update'] }).notNull(),
    remoteId: text('remote_id'),
    /** JSON lists of pairs. */
    payload: text('payload').notNull(),
    sent: text('sent').notNull(),
    before: text('before').notNull(),
    seenAt: integer('seen_at').notNull(),
    attempts: integer('attempts').notNull(),
    at: integer('at').notNull(),
    /** Of one whose lead is gone: whatever it made is not to follow. */
    staysThere: integer('stays_there', { mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    uniqueIndex('remote_write_op').on(t.workspace, t.connection, t.opId),
    uniqueIndex('remote_write_lead').on(t.workspace, t.lead, t.connection, t.type).where(sql`${t.lead} IS NOT NULL`),
    index('remote_write_key').on(t.workspace, t.connection, t.leadPublicId),
    toConnection('remote_write_of_connection', t),
    toLead('remote_write_of_lead', t),
  ],
);

/** Values that were pushed, for the guard against a CRM that keeps changing them back. */
export const pushedValue = sqliteTable(
  'pushed_value',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    lead: integer('lead').notNull(),
    pairId: text('pair_id').notNull(),
    from: text('from').notNull(),
    to: text('to').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [
    index('pushed_value_lead').on(t.workspace, t.lead, t.connection, t.at),
    index('pushed_value_age').on(t.workspace, t.connection, t.at),
    toConnection('pushed_value_of_connection', t),
    toLead('pushed_value_of_lead', t).onDelete('cascade'),
  ],
);

/** Records of which a row of an import tells, until they are linked: which lead each became, or that a person still decides. */
export const importedRecord = sqliteTable(
  'imported_record',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    type: recordType(),
    remoteId: text('remote_id').notNull(),
    /** The number of the import's row. */
    row: integer('row').notNull(),
  },
  (t) => [
    uniqueIndex('imported_record_once').on(t.workspace, t.connection, t.type, t.remoteId),
    toConnection('imported_record_of_connection', t),
  ],
);

/** A list whose people become members of a campaign there when somebody asks, and what the last asking did. */
export const campaignOfList = sqliteTable(
  'campaign_of_list',
  {
    id: id(),
    workspace: inWorkspace(),
    connection: ofConnection(),
    list: integer('list').notNull(),
    campaignId: text('campaign_id').notNull(),
    campaignName: text('campaign_name').notNull(),
    /** The CRM's own word for what members become; null = the campaign's default. */
    status: text('status'),
    askedAt: integer('asked_at').notNull(),
    /** The newest membership of the list that was asked for: whoever came later has not been. */
    throughMember: integer('through_member').notNull(),
    /** JSON of CampaignOutcome; null until the end of the asking is known. */
    outcome: text('outcome'),
  },
  (t) => [
    uniqueIndex('campaign_of_list_once').on(t.workspace, t.connection, t.list, t.campaignId),
    index('campaign_of_list_list').on(t.workspace, t.list),
    toConnection('campaign_of_list_connection', t),
    foreignKey({ name: 'campaign_of_list_to_list', columns: [t.workspace, t.list], foreignColumns: [list.workspace, list.id] }).onDelete(
      'cascade',
    ),
  ],
);
