import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { KeyHolder, KeyRecord, WorkspaceId } from '../records.ts';
import type { Act, KeyStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { apiKey, member, pairingCode } from './schema-people.ts';

const KEY = {
  id: apiKey.publicId,
  name: apiKey.name,
  role: apiKey.role,
  lastFour: apiKey.lastFour,
  origin: apiKey.origin,
  createdAt: apiKey.createdAt,
  expiresAt: apiKey.expiresAt,
  lastUsedAt: apiKey.lastUsedAt,
};

/** Writes a key down: its hash, never itself. */
export function addKey(cx: Connection, act: Act, key: Parameters<KeyStore['addKey']>[1]): KeyRecord {
  if (act.member === null) throw new Error('a key belongs to a member');
  const values = { ...key, workspace: act.workspace, member: act.member, publicId: cx.newId(act.at), createdAt: act.at };
  return cx.db.insert(apiKey).values(values).returning(KEY).get();
}

/** The key with this hash, unless it was revoked. */
export function findKey(cx: Connection, hash: string): KeyHolder | null {
  const columns = { ...KEY, workspace: apiKey.workspace, member: apiKey.member, hash: apiKey.hash };
  const where = and(eq(apiKey.hash, hash), isNull(apiKey.revokedAt));
  return cx.db.select(columns).from(apiKey).where(where).get() ?? null;
}

/** Remembers when a key was last used. */
export function markKeyUsed(cx: Connection, hash: string, at: number): void {
  cx.db.update(apiKey).set({ lastUsedAt: at }).where(eq(apiKey.hash, hash)).run();
}

/** Keys not revoked, newest first. */
export function listKeys(cx: Connection, workspace: WorkspaceId): readonly KeyRecord[] {
  const inForce = and(eq(apiKey.workspace, workspace), gt(apiKey.publicId, ''), isNull(apiKey.revokedAt));
  return cx.db.select(KEY).from(apiKey).where(inForce).orderBy(desc(apiKey.publicId)).all();
}

/** Ends a key; false where there is none in force. */
export function revokeKey(cx: Connection, act: Act, id: string): boolean {
  const inForce = and(eq(apiKey.workspace, act.workspace), eq(apiKey.publicId, id), isNull(apiKey.revokedAt));
  return cx.db.update(apiKey).set({ revokedAt: act.at }).where(inForce).run().changes > 0;
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
      .where(and(eq(member.workspace, code.workspace), eq(member.id, code.member)))
      .get();
    return holder ? { workspace: code.workspace, member: code.member, role: holder.role } : null;
  });
}
