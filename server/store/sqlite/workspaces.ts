import { and, eq, gt } from 'drizzle-orm';
import type { MemberRecord, WorkspaceId, WorkspaceRecord } from '../records.ts';
import type { WorkspaceStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { insertList } from './lists.ts';
import { member, workspace } from './schema-people.ts';

type Input = Parameters<WorkspaceStore['ensureWorkspace']>[0];

/** Finds the server's workspace or makes it; at every start the plan is what the configuration says. */
export function ensureWorkspace(cx: Connection, input: Input): Awaited<ReturnType<WorkspaceStore['ensureWorkspace']>> {
  return inTransaction(cx, () => {
    const known = cx.db.select({ id: workspace.id }).from(workspace).where(gt(workspace.id, 0)).orderBy(workspace.id).limit(1).get();
    if (!known) return createWorkspace(cx, input);
    cx.db.update(workspace).set({ plan: input.plan }).where(eq(workspace.id, known.id)).run();
    const isAdmin = and(eq(member.workspace, known.id), gt(member.id, 0), eq(member.role, 'admin'));
    const admin = cx.db.select({ id: member.id }).from(member).where(isAdmin).orderBy(member.id).limit(1).get();
    if (!admin) throw new Error('the workspace has no admin');
    return { workspace: known.id, admin: admin.id, created: false };
  });
}

function createWorkspace(cx: Connection, input: Input) {
  const { name, plan, defaultCountry, at } = input;
  const made = cx.db
    .insert(workspace)
    .values({ publicId: cx.newId(at), name, plan, defaultCountry, require: 'complete', createdAt: at })
    .returning({ id: workspace.id })
    .get();
  const email = input.adminEmail.trim().toLowerCase();
  const admin = cx.db
    .insert(member)
    .values({ workspace: made.id, publicId: cx.newId(at), email, name: email.split('@')[0] ?? email, role: 'admin', createdAt: at })
    .returning({ id: member.id })
    .get();
  insertList(cx, { workspace: made.id, member: admin.id, at }, input.defaultListName, true);
  return { workspace: made.id, admin: admin.id, created: true };
}

/** What the workspace is set to. */
export function readWorkspace(cx: Connection, id: WorkspaceId): WorkspaceRecord {
  const row = cx.db.select().from(workspace).where(eq(workspace.id, id)).get();
  if (!row) throw new Error('the workspace of a key is gone');
  const { publicId, name, plan, defaultCountry, require } = row;
  return { id: publicId, name, plan, defaultCountry, require };
}

/** Members, oldest first. */
export function listMembers(cx: Connection, id: WorkspaceId): readonly MemberRecord[] {
  const columns = { id: member.publicId, email: member.email, name: member.name, role: member.role, createdAt: member.createdAt };
  const inWorkspace = and(eq(member.workspace, id), gt(member.id, 0));
  return cx.db.select(columns).from(member).where(inWorkspace).orderBy(member.id).all();
}
