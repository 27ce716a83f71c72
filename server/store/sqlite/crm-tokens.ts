import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { NewTokens, SealedTokens, TokenRecord } from '../connection-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId } from '../sync-records.ts';
import { type Connection, inTransaction } from './connection.ts';
import { noteDeletion } from './overwrite-deleted.ts';
import { connection } from './schema-connections.ts';

const TOKENS = `connection.id AS number, workspace, public_id AS id, provider, auth, login_host AS loginHost, api_version AS apiVersion, state,
    access_token AS access, refresh_token AS refresh, key_id AS keyId, token_expires_at AS expiresAt, instance_url AS instanceUrl,
    token_version AS version
  FROM connection`;
const READ = `SELECT ${TOKENS} WHERE workspace = ? AND connection.id = ? AND access_token IS NOT NULL`;
const LIST_KEYS = 'SELECT DISTINCT key_id FROM connection WHERE id > 0 AND access_token IS NOT NULL';
const LIST_OTHERWISE = `SELECT ${TOKENS} WHERE connection.id > ? AND key_id <> ? AND access_token IS NOT NULL ORDER BY connection.id LIMIT ?`;
const FORGET = `UPDATE connection SET access_token = NULL, refresh_token = NULL, key_id = NULL, state = 'needs_reconnect'
  WHERE id > 0 AND access_token IS NOT NULL AND key_id NOT IN (SELECT value FROM json_each(?))`;

/** Tokens as they lie there. */
export function readTokens(cx: Connection, workspace: WorkspaceId, number: ConnectionId): TokenRecord | null {
  return (cx.statement(READ).get(workspace, number) as TokenRecord | undefined) ?? null; // the columns of TOKENS
}

/** Compare and set: only the tokens of that version give way, and whoever took those for lost was wrong. */
export function replaceTokens(cx: Connection, workspace: WorkspaceId, number: ConnectionId, version: number, tokens: NewTokens): boolean {
  return inTransaction(cx, () => {
    noteDeletion(cx);
    const { expiresAt: tokenExpiresAt, instanceUrl } = tokens;
    const state = sql`CASE ${connection.state} WHEN 'needs_reconnect' THEN 'ok' ELSE ${connection.state} END`;
    const changed = { ...toColumns(tokens), tokenExpiresAt, instanceUrl, state, tokenVersion: version + 1 };
    return (
      cx.db
        .update(connection)
        .set(changed)
        .where(ofVersion(workspace, number, version))
        .run().changes > 0
    );
  });
}

/** Marks a connection whose tokens of that version are worth nothing. */
export function needsReconnect(cx: Connection, workspace: WorkspaceId, number: ConnectionId, version: number): boolean {
  const changed = { state: 'needs_reconnect' as const, pausedUntil: null };
  return (
    cx.db
      .update(connection)
      .set(changed)
      .where(ofVersion(workspace, number, version))
      .run().changes > 0
  );
}

/** The ids of the keys that tokens are sealed with. */
export function listSealingKeys(cx: Connection): readonly string[] {
  return cx.column(LIST_KEYS).all() as string[]; // its one column
}

/** Tokens that lie under another key than this one. */
export function listSealedOtherwise(cx: Connection, keyId: string, after: ConnectionId, limit: number): readonly TokenRecord[] {
  return cx.statement(LIST_OTHERWISE).all(after, keyId, limit) as TokenRecord[]; // the columns of TOKENS
}

/** The same tokens sealed anew; their version stays, for nothing about them has changed. */
export function resealTokens(cx: Connection, { workspace, number, version }: TokenRecord, tokens: SealedTokens): boolean {
  return inTransaction(cx, () => {
    noteDeletion(cx);
    return (
      cx.db
        .update(connection)
        .set(toColumns(tokens))
        .where(ofVersion(workspace, number, version))
        .run().changes > 0
    );
  });
}

/** Wipes what none of these keys opens. */
export function forgetTokens(cx: Connection, keyIds: readonly string[]): number {
  return inTransaction(cx, () => {
    noteDeletion(cx);
    return cx.statement(FORGET).run(JSON.stringify(keyIds)).changes;
  });
}

function toColumns({ access, refresh, keyId }: SealedTokens) {
  return { accessToken: Buffer.from(access), refreshToken: refresh && Buffer.from(refresh), keyId };
}

function ofVersion(workspace: WorkspaceId, number: ConnectionId, version: number) {
  const here = and(eq(connection.workspace, workspace), eq(connection.id, number));
  return and(here, eq(connection.tokenVersion, version), isNotNull(connection.accessToken));
}
