import { and, eq, lte } from 'drizzle-orm';
import type { Act } from '../act.ts';
import type { NewSignIn, SignInRecord } from '../connection-store.ts';
import { ROLES, type Role } from '../records.ts';
import { type Connection, inTransaction } from './connection.ts';
import { noteDeletion } from './overwrite-deleted.ts';
import { oauthState } from './schema-connections.ts';

/** What a key opens: no more than its member may, and nothing once either is out. */
const ROLE_OF_KEY = `SELECT api_key.role AS role, member.role AS memberRole FROM api_key
  JOIN member ON member.workspace = api_key.workspace AND member.id = api_key.member AND member.removed_at IS NULL
  WHERE api_key.workspace = ? AND api_key.public_id = ? AND api_key.member = ? AND api_key.revoked_at IS NULL
    AND (api_key.expires_at IS NULL OR api_key.expires_at > ?)`;

/** Writes a sign-in down: the hash of its state, and its verifier sealed. */
export function beginSignIn(cx: Connection, { workspace, member, key, at }: Act, { verifier, ...signIn }: NewSignIn): void {
  if (member === null || key === undefined) throw new Error('a sign-in belongs to a member and a key');
  inTransaction(cx, () => {
    const isOver = and(eq(oauthState.workspace, workspace), lte(oauthState.expiresAt, at));
    if (cx.db.delete(oauthState).where(isOver).run().changes > 0) noteDeletion(cx);
    cx.db
      .insert(oauthState)
      .values({ ...signIn, verifier: Buffer.from(verifier), workspace, member, key })
      .run();
  });
}

/** Uses a sign-in up: whatever comes of it, the same state is worth nothing afterwards. */
export function takeSignIn(cx: Connection, hash: string, at: number): SignInRecord | null {
  return inTransaction(cx, () => {
    const row = cx.db.delete(oauthState).where(eq(oauthState.hash, hash)).returning().get();
    if (!row) return null;
    noteDeletion(cx);
    if (row.expiresAt <= at) return null;
    const { id: _, ...signIn } = row;
    return { ...signIn, role: roleOf(cx, signIn, at) };
  });
}

function roleOf(cx: Connection, { workspace, key, member }: { workspace: number; key: string; member: number }, at: number): Role | null {
  const found = cx.statement(ROLE_OF_KEY).get(workspace, key, member, at) as { role: Role; memberRole: Role } | undefined; // its columns
  if (!found) return null;
  return ROLES.indexOf(found.role) > ROLES.indexOf(found.memberRole) ? found.role : found.memberRole;
}
