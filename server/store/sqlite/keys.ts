import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Act } from '../act.ts';
import type { KeyStore } from '../people-store.ts';
import { type KeyHolder, type KeyRecord, ROLES, type Role, type WorkspaceId } from '../records.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { apiKey, member, pairingCode } from './schema-people.ts';

/** A key and whoever holds it: one that was removed holds none. */
const KEY = `api_key.public_id AS id, api_key.name AS name, api_key.role AS role, api_key.last_four AS lastFour, api_key.origin AS origin,
    api_key.created_at AS createdAt, api_key.expires_at AS expiresAt, api_key.last_used_at AS lastUsedAt,
    api_key.workspace AS workspace, api_key.member AS member, api_key.hash AS hash, member.role AS memberRole,
    member.public_id AS memberId, member.name AS memberName, member.email AS memberEmail
  FROM api_key JOIN member ON member.workspace = api_key.workspace AND member.id = api_key.member AND member.removed_at IS NULL`;
const FIND = `SELECT ${KEY} WHERE api_key.hash = ? AND api_key.revoked_at IS NULL`;
const READ = `SELECT ${KEY} WHERE api_key.workspace = ? AND api_key.public_id = ? AND api_key.revoked_at IS NULL`;
const READ_ALL = `SELECT ${KEY} WHERE api_key.workspace = ? AND api_key.public_id > '' AND api_key.revoked_at IS NULL
  ORDER BY api_key.public_id DESC`;

type Row = Omit<KeyHolder, 'holder'> & {
  readonly memberRole: Role;
  readonly memberId: string;
  readonly memberName: string;
  readonly memberEmail: string;
};

/** Writes a key down: its hash, never itself. */
export function addKey(cx: Connection, act: Act, key: Parameters<KeyStore['addKey']>[1]): KeyRecord {
  const { workspace, member, at } = act;
  if (member === null) throw new Error('a key belongs to a member');
  return inTransaction(cx, () => {
    const publicId = cx.newId(at);
    cx.db
      .insert(apiKey)
      .values({ ...key, workspace, member, publicId, createdAt: at })
      .run();
    writeAudit(cx, act, key.origin === null ? 'key.created' : 'browser.paired', publicId, { role: key.role });
    return toRecord(cx.statement(READ).get(workspace, publicId) as Row); // written just now; the columns of KEY
  });
}

/** The key with this hash, unless it was revoked. */
export function findKey(cx: Connection, hash: string): KeyHolder | null {
  const row = cx.statement(FIND).get(hash) as Row | undefined; // the columns of KEY
  return row ? { ...toRecord(row), workspace: row.workspace, member: row.member, hash: row.hash } : null;
}

/** A key opens no more than its member may: what a member loses, their keys lose at once. */
function toRecord(row: Row): KeyRecord {
  const { id, name, lastFour, origin, createdAt, expiresAt, lastUsedAt } = row;
  const role = ROLES.indexOf(row.role) > ROLES.indexOf(row.memberRole) ? row.role : row.memberRole;
  const holder = { id: row.memberId, name: row.memberName, email: row.memberEmail };
  return { id, name, role, lastFour, origin, holder, createdAt, expiresAt, lastUsedAt };
}

/** Remembers when a key was last used. */
export function markKeyUsed(cx: Connection, hash: string, at: number): void {
  cx.db.update(apiKey).set({ lastUsedAt: at }).where(eq(apiKey.hash, hash)).run();
}

/** Keys not revoked, newest first. */
export function listKeys(cx: Connection, workspace: WorkspaceId): readonly KeyRecord[] {
  return (cx.statement(READ_ALL).all(workspace) as Row[]).map(toRecord); // the columns of KEY
}

/** Ends a key; false where there is none in force. */
export function revokeKey(cx: Connection, act: Act, id: string): boolean {
  return inTransaction(cx, () => {
    const inForce = and(eq(apiKey.workspace, act.workspace), eq(apiKey.publicId, id), isNull(apiKey.revokedAt));
    if (cx.db.update(apiKey).set({ revokedAt: act.at }).where(inForce).run().changes === 0) return false;
    writeAudit(cx, act, 'key.revoked', id);
    return true;
  });
}

/** Writes a pairing code down and drops those that are over. */
export function addPairingCode(cx: Connection, act: Act, code: { readonly hash: string; readonly expiresAt: number }): void {
  const holder = act.member;
  if (holder === null) throw new Error('a pairing code belongs to a member');
  inTransaction(cx, () => {
    const isOver = and(eq(pairingCode.workspace, act.workspace), gt(pairingCode.expiresAt, 0));
    for (const old of cx.db.select().from(pairingCode).where(isOver).all())
      if (old.expiresAt <= act.at || old.usedAt !== null) cx.db.delete(pairingCode).where(eq(pairingCode.id, old.id)).run();
    cx.db
      .insert(pairingCode)
      .values({ workspace: act.workspace, member: holder, ...code })
      .run();
  });
}

/** Uses a code up; null for one that is unknown, used or over. */
export function takePairingCode(cx: Connection, hash: string, at: number): Awaited<ReturnType<KeyStore['takePairingCode']>> {
  return inTransaction(cx, () => {
    const isGood = and(eq(pairingCode.hash, hash), isNull(pairingCode.usedAt), gt(pairingCode.expiresAt, at));
    const code = cx.db.update(pairingCode).set({ usedAt: at }).where(isGood).returning().get();
    if (!code) return null;
    const holder = cx.db
      .select({ role: member.role })
      .from(member)
      .where(and(eq(member.workspace, code.workspace), eq(member.id, code.member), isNull(member.removedAt)))
      .get();
    return holder ? { workspace: code.workspace, member: code.member, role: holder.role } : null;
  });
}
