import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Act } from '../act.ts';
import type { WorkspacePatch, WorkspaceStore } from '../people-store.ts';
import type { WorkspaceId, WorkspaceRecord } from '../records.ts';
import { writeAudit } from './audit.ts';
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
    const isAdmin = and(eq(member.workspace, known.id), gt(member.id, 0), eq(member.role, 'admin'), isNull(member.removedAt));
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
  const row = cx.statement(READ).get(id) as Row | undefined; // the columns of READ
  if (!row) throw new Error('the workspace of a key is gone');
  const { readOnly, mayOverwrite, mayUndo, ...rest } = row;
  return { ...rest, readOnly: readOnly === 1, membersMay: { overwrite: mayOverwrite === 1, undo: mayUndo === 1 } };
}

/** Asked with every write, so it is prepared once. */
const READ = `SELECT public_id AS id, name, plan, default_country AS defaultCountry, require, read_only AS readOnly,
  members_may_overwrite AS mayOverwrite, members_may_undo AS mayUndo FROM workspace WHERE id = ?`;
type Row = Omit<WorkspaceRecord, 'readOnly' | 'membersMay'> & {
  readonly readOnly: number;
  readonly mayOverwrite: number;
  readonly mayUndo: number;
};

/** Changes what is given, and writes down which settings those are; nothing given is nothing to write down. */
export function changeWorkspace(cx: Connection, act: Act, patch: WorkspacePatch): WorkspaceRecord {
  return inTransaction(cx, () => {
    const { membersMay = {}, ...rest } = patch;
    const known = readWorkspace(cx, act.workspace);
    if (Object.keys(rest).length + Object.keys(membersMay).length === 0) return known;
    const now = { ...known, ...rest, membersMay: { ...known.membersMay, ...membersMay } };
    const { name, defaultCountry, require, readOnly } = now;
    const { overwrite: membersMayOverwrite, undo: membersMayUndo } = now.membersMay;
    cx.db
      .update(workspace)
      .set({ name, defaultCountry, require, readOnly, membersMayOverwrite, membersMayUndo })
      .where(eq(workspace.id, act.workspace))
      .run();
    const { name: _, ...codes } = rest;
    writeAudit(cx, act, 'workspace.changed', null, {
      fields: Object.keys(patch), // its keys are those of WorkspacePatch
      ...codes,
      ...(membersMay.overwrite === undefined ? {} : { membersMayOverwrite }),
      ...(membersMay.undo === undefined ? {} : { membersMayUndo }),
    });
    return now;
  });
}
