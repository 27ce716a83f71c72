import { blob, foreignKey, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { member, workspace } from './schema-people.ts';

/** Which CRMs a workspace is connected with, and sign-ins under way. Whatever opens a CRM lies here sealed only. */

const inWorkspace = () =>
  integer('workspace')
    .notNull()
    .references(() => workspace.id);
const sealed = (name: string) => blob(name, { mode: 'buffer' });

export const connection = sqliteTable(
  'connection',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    publicId: text('public_id').notNull(),
    provider: text('provider', { enum: ['hubspot', 'salesforce'] }).notNull(),
    /** The CRM's own id of the account: a portal, an org. */
    accountId: text('account_id').notNull(),
    accountName: text('account_name').notNull(),
    /** Where people sign in, for CRMs with several hosts. */
    loginHost: text('login_host'),
    instanceUrl: text('instance_url'),
    apiVersion: text('api_version'),
    auth: text('auth', { enum: ['oauth', 'service_key'] }).notNull(),
    /** Both null once it is disconnected. */
    accessToken: sealed('access_token'),
    refreshToken: sealed('refresh_token'),
    /** The key that both are sealed with. */
    keyId: text('key_id'),
    tokenExpiresAt: integer('token_expires_at'),
    /** Rises with every change of the tokens. */
    tokenVersion: integer('token_version').notNull(),
    /** JSON lists of the CRM's names. */
    scopes: text('scopes').notNull(),
    missingScopes: text('missing_scopes').notNull(),
    state: text('state', { enum: ['ok', 'needs_reconnect', 'paused_quota', 'paused_user'] }).notNull(),
    pausedUntil: integer('paused_until'),
    /** JSON of what was set of SyncSettings. */
    settings: text('settings').notNull().default('{}'),
    /** Who connected it. */
    actor: integer('actor'),
    createdAt: integer('created_at').notNull(),
    /** It stays, with its history, and lives again when the same account is connected. */
    disconnectedAt: integer('disconnected_at'),
  },
  (t) => [
    uniqueIndex('connection_in_workspace').on(t.workspace, t.id),
    uniqueIndex('connection_public').on(t.workspace, t.publicId),
    uniqueIndex('connection_account').on(t.workspace, t.provider, t.accountId),
  ],
);

/** Sign-ins that have begun; each goes when it comes back. Found by hash alone: whoever comes back has no key. */
export const oauthState = sqliteTable(
  'oauth_state',
  {
    id: integer('id').primaryKey(),
    workspace: inWorkspace(),
    /** SHA-256 of the state that was sent along. */
    hash: text('hash').notNull(),
    provider: text('provider', { enum: ['hubspot', 'salesforce'] }).notNull(),
    member: integer('member').notNull(),
    /** The public id of the key it was begun with. */
    key: text('key').notNull(),
    /** The code verifier (RFC 7636), sealed. */
    verifier: sealed('verifier').notNull(),
    keyId: text('key_id').notNull(),
    loginHost: text('login_host'),
    /** The public id of the connection that is to be renewed. */
    connection: text('connection'),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('oauth_state_hash').on(t.hash),
    index('oauth_state_expiry').on(t.workspace, t.expiresAt),
    foreignKey({ name: 'oauth_state_of_member', columns: [t.workspace, t.member], foreignColumns: [member.workspace, member.id] }),
  ],
);
