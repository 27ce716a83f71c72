import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Act } from '../act.ts';
import type { MemberStore } from '../people-store.ts';
import type { MemberRecord, WorkspaceId } from '../records.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { apiKey, member } from './schema-people.ts';

const MEMBER = { id: member.publicId, email: member.email, name: member.name, role: member.role, createdAt: member.createdAt };
const ANOTHER_ADMIN = "SELECT 1 FROM member WHERE workspace = ? AND id > 0 AND id <> ? AND role = 'admin' AND removed_at IS NULL LIMIT 1";
const FIND_EMAIL = "SELECT id, removed_at AS removedAt FROM member WHERE workspace = ? AND email = ? AND email <> ''";

/** Members, oldest first. */
export function listMembers(cx: Connection, workspace: WorkspaceId): readonly MemberRecord[] {
  const here = and(eq(member.workspace, workspace), gt(member.id, 0), isNull(member.removedAt));
  return cx.db.select(MEMBER).from(member).where(here).orderBy(member.id).all();
}

/** Changes name, address or role; the last admin stays one. */
export function changeMember(
  cx: Connection,
  act: Act,
  id: string,
  patch: Parameters<MemberStore['changeMember']>[2],
): Awaited<ReturnType<MemberStore['changeMember']>> {
  return inTransaction(cx, () => {
    const known = findMember(cx, act.workspace, id);
    if (!known) return 'not_found';
    const role = patch.role ?? known.role;
    if (known.role === 'admin' && role !== 'admin' && isLastAdmin(cx, act.workspace, known.number)) return 'last_admin';
    const holder = patch.email ? findByEmail(cx, act.workspace, patch.email) : null;
    if (holder && holder.id !== known.number) return 'email_taken';
    const changed = { name: patch.name ?? known.name, email: patch.email ?? known.email, role };
    const fields = (['name', 'email', 'role'] as const).filter((field) => changed[field] !== known[field]);
    if (fields.length > 0) {
      cx.db
        .update(member)
        .set(changed)
        .where(and(eq(member.workspace, act.workspace), eq(member.id, known.number)))
        .run();
      writeAudit(cx, act, 'member.changed', id, { fields, ...(known.role === role ? {} : { from: known.role, to: role }) });
    }
    const { number: _, ...record } = known;
    return { ...record, ...changed };
  });
}

/** Lets a member in no more: every key of theirs ends with it. The last admin stays. */
export function removeMember(cx: Connection, act: Act, id: string): 'removed' | 'not_found' | 'last_admin' {
  return inTransaction(cx, () => {
    const known = findMember(cx, act.workspace, id);
    if (!known) return 'not_found';
    if (known.role === 'admin' && isLastAdmin(cx, act.workspace, known.number)) return 'last_admin';
    cx.db
      .update(member)
      .set({ removedAt: act.at })
      .where(and(eq(member.workspace, act.workspace), eq(member.id, known.number)))
      .run();
    const theirs = and(eq(apiKey.workspace, act.workspace), eq(apiKey.member, known.number), isNull(apiKey.revokedAt));
    const { changes } = cx.db.update(apiKey).set({ revokedAt: act.at }).where(theirs).run();
    writeAudit(cx, act, 'member.removed', id, { role: known.role, keys: changes });
    return 'removed';
  });
}

/** The member with an address, removed ones too. */
export function findByEmail(
  cx: Connection,
  workspace: WorkspaceId,
  email: string,
): { readonly id: number; readonly removedAt: number | null } | null {
  return (cx.statement(FIND_EMAIL).get(workspace, email) as { id: number; removedAt: number | null } | undefined) ?? null; // its columns
}

function findMember(cx: Connection, workspace: WorkspaceId, id: string): (MemberRecord & { readonly number: number }) | null {
  const where = and(eq(member.workspace, workspace), eq(member.publicId, id), isNull(member.removedAt));
  return (
    cx.db
      .select({ ...MEMBER, number: member.id })
      .from(member)
      .where(where)
      .get() ?? null
  );
}

function isLastAdmin(cx: Connection, workspace: WorkspaceId, number: number): boolean {
  return cx.statement(ANOTHER_ADMIN).get(workspace, number) === undefined;
}
