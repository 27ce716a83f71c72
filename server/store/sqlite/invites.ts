import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Act } from '../act.ts';
import type { InviteRecord } from '../people-records.ts';
import type { InviteStore } from '../people-store.ts';
import type { WorkspaceId } from '../records.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { findByEmail } from './members.ts';
import { invite, member } from './schema-people.ts';

type Row = typeof invite.$inferSelect;
const isOpen = sql`${invite.closedAt} IS NULL`;

/** Writes an invitation down: the hash of its code, never itself. One that is open for the same address ends. */
export function addInvite(
  cx: Connection,
  act: Act,
  input: Parameters<InviteStore['addInvite']>[1],
): Awaited<ReturnType<InviteStore['addInvite']>> {
  return inTransaction(cx, () => {
    const { hash, role, expiresAt } = input;
    const email = input.email ?? '';
    const known = findByEmail(cx, act.workspace, email);
    if (known && known.removedAt === null) return 'email_taken';
    for (const other of openInvites(cx, act.workspace, 0))
      if (other.expiresAt <= act.at || (email !== '' && other.email === email)) close(cx, other.id, act.at);
    const values = { hash, role, expiresAt, email, name: input.name ?? '', workspace: act.workspace, actor: act.member, createdAt: act.at };
    const made = cx.db
      .insert(invite)
      .values({ ...values, publicId: cx.newId(act.at) })
      .returning()
      .get();
    writeAudit(cx, act, 'invite.created', made.publicId, { role });
    return toRecord(made);
  });
}

/** Invitations somebody can still accept, the newest first. */
export function listInvites(cx: Connection, workspace: WorkspaceId, at: number): readonly InviteRecord[] {
  return openInvites(cx, workspace, at).map(toRecord);
}

/** Ends an invitation; false where there is none open. */
export function revokeInvite(cx: Connection, act: Act, id: string): boolean {
  return inTransaction(cx, () => {
    const here = and(eq(invite.workspace, act.workspace), eq(invite.publicId, id), isNull(invite.closedAt));
    if (cx.db.update(invite).set({ closedAt: act.at }).where(here).run().changes === 0) return false;
    writeAudit(cx, act, 'invite.revoked', id);
    return true;
  });
}

/** Uses an invitation up; null for one that is unknown, used, revoked or over. */
export function acceptInvite(cx: Connection, hash: string, at: number): Awaited<ReturnType<InviteStore['acceptInvite']>> {
  return inTransaction(cx, () => {
    const row = cx.db
      .select()
      .from(invite)
      .where(and(eq(invite.hash, hash), isNull(invite.closedAt), gt(invite.expiresAt, at)))
      .get();
    if (!row) return null;
    const { workspace, email, role } = row;
    const known = findByEmail(cx, workspace, email);
    if (known && known.removedAt === null) return null; // somebody else's invitation to the same address was quicker
    close(cx, row.id, at);
    const number = known ? letInAgain(cx, workspace, known.id, role) : makeMember(cx, row, at);
    writeAudit(cx, { workspace, member: number, at }, 'invite.accepted', row.publicId, { role });
    return { workspace, member: number, role };
  });
}

function openInvites(cx: Connection, workspace: WorkspaceId, after: number): Row[] {
  const here = and(eq(invite.workspace, workspace), gt(invite.expiresAt, after), isOpen);
  return cx.db.select().from(invite).where(here).orderBy(desc(invite.expiresAt)).all();
}

function close(cx: Connection, id: number, at: number): void {
  cx.db.update(invite).set({ closedAt: at }).where(eq(invite.id, id)).run();
}

function letInAgain(cx: Connection, workspace: WorkspaceId, number: number, role: Row['role']): number {
  const where = and(eq(member.workspace, workspace), eq(member.id, number));
  cx.db.update(member).set({ removedAt: null, role }).where(where).run();
  return number;
}

function makeMember(cx: Connection, { workspace, email, name, role }: Row, at: number): number {
  const known = name || email.split('@')[0] || 'New member';
  const values = { workspace, email, name: known, role, publicId: cx.newId(at), createdAt: at };
  return cx.db.insert(member).values(values).returning({ id: member.id }).get().id;
}

function toRecord({ publicId, email, name, role, createdAt, expiresAt }: Row): InviteRecord {
  return { id: publicId, email: email || null, name: name || null, role, createdAt, expiresAt };
}
