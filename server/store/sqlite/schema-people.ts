import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Who uses the server, and with which keys. */

const roles = ['admin', 'member', 'viewer'] as const;

export const workspace = sqliteTable('workspace', {
  id: integer('id').primaryKey(),
  publicId: text('public_id').notNull(),
  name: text('name').notNull(),
  plan: text('plan', { enum: ['free', 'premium'] }).notNull(),
  defaultCountry: text('default_country').notNull(),
  require: text('require', { enum: ['complete', 'reachable', 'any'] }).notNull(),
  /** Nothing is written but the settings of the workspace. */
  readOnly: integer('read_only', { mode: 'boolean' }).notNull().default(false),
  /** What admins leave to members. */
  membersMayOverwrite: integer('members_may_overwrite', { mode: 'boolean' }).notNull().default(true),
  membersMayUndo: integer('members_may_undo', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
});

const inWorkspace = () =>
  integer('workspace')
    .notNull()
    .references(() => workspace.id);

export const member = sqliteTable(
  'member',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    /** In lower case; empty while it is not known: an invitation can be given to anybody. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: roles }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Whoever was removed stays here, so that the past keeps its names. */
    removedAt: integer('removed_at'),
  },
  (t) => [
    uniqueIndex('member_in_workspace').on(t.workspace, t.id),
    uniqueIndex('member_email').on(t.workspace, t.email).where(sql`${t.email} <> ''`),
    uniqueIndex('member_public').on(t.workspace, t.publicId),
  ],
);

const ofMember = (name: string, t: { readonly workspace: Column; readonly member: Column }) =>
  foreignKey({ name, columns: [t.workspace, t.member], foreignColumns: [member.workspace, member.id] });
type Column = Parameters<typeof foreignKey>[0]['columns'][0];

/** Keys, of which only the SHA-256 is kept. It is looked up before the workspace is known, so its index stands alone. */
export const apiKey = sqliteTable(
  'api_key',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    member: integer('member').notNull(),
    name: text('name').notNull(),
    /** No more than the member's own. */
    role: text('role', { enum: roles }).notNull(),
    hash: text('hash').notNull(),
    lastFour: text('last_four').notNull(),
    origin: text('origin'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  (t) => [
    uniqueIndex('api_key_hash').on(t.hash),
    uniqueIndex('api_key_public').on(t.workspace, t.publicId),
    index('api_key_member').on(t.workspace, t.member),
    ofMember('api_key_of_member', t),
  ],
);

/** Codes that a browser trades for a key; found by hash alone, as keys are. */
export const pairingCode = sqliteTable(
  'pairing_code',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    member: integer('member').notNull(),
    hash: text('hash').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (t) => [
    uniqueIndex('pairing_code_hash').on(t.hash),
    index('pairing_code_expiry').on(t.workspace, t.expiresAt),
    ofMember('pairing_code_of_member', t),
  ],
);

/** Invitations: each makes one new member. Found by hash alone, as keys are. */
export const invite = sqliteTable(
  'invite',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    hash: text('hash').notNull(),
    /** In lower case; empty when anybody may come. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: roles }).notNull(),
    /** Who invites. */
    actor: integer('actor'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** When it was accepted or revoked. */
    closedAt: integer('closed_at'),
  },
  (t) => [
    uniqueIndex('invite_hash').on(t.hash),
    uniqueIndex('invite_public').on(t.workspace, t.publicId),
    index('invite_open').on(t.workspace, t.expiresAt).where(sql`${t.closedAt} IS NULL`),
  ],
);

/** Who did what, for those who answer for it. Never anybody's data: codes and numbers only. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    at: integer('at').notNull(),
    /** The member; null = the server itself. */
    actor: integer('actor'),
    /** The public id of the key it was done with. */
    key: text('key'),
    /** One of AUDIT_ACTIONS. */
    action: text('action').notNull(),
    /** The public id of what it was done to; null = the workspace. */
    subject: text('subject'),
    /** JSON object of codes and numbers. */
    data: text('data').notNull(),
  },
  (t) => [uniqueIndex('audit_in_workspace').on(t.workspace, t.id), index('audit_action').on(t.workspace, t.action, t.id)],
);
