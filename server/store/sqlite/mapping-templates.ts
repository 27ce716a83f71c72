import { and, eq, gt } from 'drizzle-orm';
import type { RememberedRecord, TemplateRecord, WorkspaceId } from '../records.ts';
import type { Act, SettingStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { foldName } from './registry.ts';
import { mappingTemplate } from './schema-imports.ts';
import { member } from './schema-people.ts';

type TemplateInput = Parameters<SettingStore['addTemplate']>[1];
type Row = typeof mappingTemplate.$inferSelect;

/** Mapping templates by name. */
export function listTemplates(cx: Connection, workspace: WorkspaceId): readonly TemplateRecord[] {
  const inWorkspace = and(eq(mappingTemplate.workspace, workspace), gt(mappingTemplate.folded, ''));
  const rows = cx.db.select().from(mappingTemplate).where(inWorkspace).orderBy(mappingTemplate.folded).all();
  return rows.map((row) => toTemplate(cx, row));
}

/** One mapping template. */
export function readTemplate(cx: Connection, workspace: WorkspaceId, id: string): TemplateRecord | null {
  const row = cx.db.select().from(mappingTemplate).where(isTemplate(workspace, id)).get();
  return row ? toTemplate(cx, row) : null;
}

/** Adds a template under a name nobody else's has. */
export function addTemplate(cx: Connection, act: Act, input: TemplateInput): TemplateRecord | 'name_taken' {
  return inTransaction(cx, () => {
    const folded = foldName(input.name);
    if (holderOf(cx, act.workspace, folded)) return 'name_taken';
    const { workspace, at, member: actor } = act;
    const values = { ...toColumns(input), folded, workspace, actor, publicId: cx.newId(at), createdAt: at, updatedAt: at };
    return toTemplate(cx, cx.db.insert(mappingTemplate).values(values).returning().get());
  });
}

/** Changes what is given. */
export function changeTemplate(
  cx: Connection,
  act: Act,
  id: string,
  patch: Partial<TemplateInput>,
): Awaited<ReturnType<SettingStore['changeTemplate']>> {
  return inTransaction(cx, () => {
    const known = readTemplate(cx, act.workspace, id);
    if (!known) return 'not_found';
    const now = { ...known, ...patch };
    const folded = foldName(now.name);
    const holder = holderOf(cx, act.workspace, folded);
    if (holder !== null && holder !== id) return 'name_taken';
    const values = { ...toColumns(now), folded, actor: act.member, updatedAt: act.at };
    const changed = cx.db.update(mappingTemplate).set(values).where(isTemplate(act.workspace, id)).returning().get();
    return changed ? toTemplate(cx, changed) : 'not_found';
  });
}

/** Drops a template. */
export function deleteTemplate(cx: Connection, act: Act, id: string): boolean {
  return cx.db.delete(mappingTemplate).where(isTemplate(act.workspace, id)).run().changes > 0;
}

const NEWEST_OF_LAYOUT = `SELECT import.public_id AS importId, import.mapping AS mapping, import.headers AS headers,
    import.completed_at AS at, member.id AS author, member.name AS name, member.email AS email
  FROM import LEFT JOIN member ON member.workspace = import.workspace AND member.id = import.actor
  WHERE import.workspace = ? AND import.header_signature = ? AND import.state = 'complete' AND import.undo_started_at IS NULL
  ORDER BY import.completed_at DESC, import.id DESC LIMIT 1`;
type Newest = {
  readonly importId: string;
  readonly mapping: string;
  readonly headers: string;
  readonly at: number;
  readonly author: number | null;
  readonly name: string | null;
  readonly email: string | null;
};

/** The mapping of the newest import with these headers that is complete; one that was cancelled, undone or is being so does not count. */
export function readRemembered(cx: Connection, workspace: WorkspaceId, headerSignature: string): RememberedRecord | null {
  const row = cx.statement(NEWEST_OF_LAYOUT).get(workspace, headerSignature) as Newest | undefined; // the columns of NEWEST_OF_LAYOUT
  if (!row) return null;
  const { importId, at, author, name, email } = row;
  const by = author === null ? null : { member: author, name: name ?? '', email: email ?? '' };
  return { importId, mapping: JSON.parse(row.mapping), headers: JSON.parse(row.headers), by, at };
}

function isTemplate(workspace: WorkspaceId, id: string) {
  return and(eq(mappingTemplate.workspace, workspace), eq(mappingTemplate.publicId, id));
}

function holderOf(cx: Connection, workspace: WorkspaceId, folded: string): string | null {
  const where = and(eq(mappingTemplate.workspace, workspace), eq(mappingTemplate.folded, folded));
  return cx.db.select({ id: mappingTemplate.publicId }).from(mappingTemplate).where(where).get()?.id ?? null;
}

function toColumns({ name, headers, mapping }: TemplateInput) {
  return { name, headers: JSON.stringify(headers), mapping: JSON.stringify(mapping) };
}

function toTemplate(cx: Connection, row: Row): TemplateRecord {
  const { publicId, name, headers, mapping, createdAt, updatedAt } = row;
  return { id: publicId, name, headers: JSON.parse(headers), mapping: JSON.parse(mapping), by: authorOf(cx, row), createdAt, updatedAt };
}

function authorOf(cx: Connection, { workspace, actor }: Row): TemplateRecord['by'] {
  if (actor === null) return null;
  const where = and(eq(member.workspace, workspace), eq(member.id, actor));
  return cx.db.select({ member: member.id, name: member.name, email: member.email }).from(member).where(where).get() ?? null;
}
