import { and, eq, gt } from 'drizzle-orm';
import type { CustomFieldRecord, TagRecord, TemplateRecord, WorkspaceId } from '../records.ts';
import type { Act, SettingStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { addField, foldName } from './registry.ts';
import { customField } from './schema.ts';
import { mappingTemplate } from './schema-imports.ts';

type TemplateInput = Pick<TemplateRecord, 'name' | 'headers' | 'mapping'>;

/** Custom fields in their order. */
export function listCustomFields(cx: Connection, workspace: WorkspaceId): readonly CustomFieldRecord[] {
  const inWorkspace = and(eq(customField.workspace, workspace), gt(customField.ordinal, 0));
  return cx.db.select().from(customField).where(inWorkspace).orderBy(customField.ordinal).all().map(toField);
}

/** Adds a custom field; `taken` = the label, maybe in another case, exists: how that one is written. */
export function addCustomField(
  cx: Connection,
  act: Act,
  field: Omit<CustomFieldRecord, 'id'>,
): Awaited<ReturnType<SettingStore['addCustomField']>> {
  return inTransaction(cx, () => {
    const { workspace, at } = act;
    const folded = foldName(field.label);
    const holder = listCustomFields(cx, workspace).find((known) => foldName(known.label) === folded);
    if (holder) return { taken: holder.label };
    const id = addField(cx, { workspace, ...field, at });
    const made = cx.db.select().from(customField).where(eq(customField.id, id)).get();
    return made ? toField(made) : { taken: field.label }; // it was written just now
  });
}

function toField({ publicId, label, type, choices }: typeof customField.$inferSelect): CustomFieldRecord {
  return { id: publicId, label, type, choices: JSON.parse(choices) };
}

const READ_TAGS = `SELECT name, (SELECT count(*) FROM lead_tag WHERE lead_tag.workspace = tag.workspace AND lead_tag.tag = tag.id) AS leadCount
  FROM tag WHERE workspace = ? AND folded > '' ORDER BY folded`;

/** Tags by name. */
export function listTags(cx: Connection, workspace: WorkspaceId): readonly TagRecord[] {
  return cx.statement(READ_TAGS).all(workspace) as TagRecord[]; // the columns of READ_TAGS
}

/** Mapping templates by name. */
export function listTemplates(cx: Connection, workspace: WorkspaceId): readonly TemplateRecord[] {
  const inWorkspace = and(eq(mappingTemplate.workspace, workspace), gt(mappingTemplate.folded, ''));
  return cx.db.select().from(mappingTemplate).where(inWorkspace).orderBy(mappingTemplate.folded).all().map(toTemplate);
}

/** One mapping template. */
export function readTemplate(cx: Connection, workspace: WorkspaceId, id: string): TemplateRecord | null {
  const row = cx.db.select().from(mappingTemplate).where(isTemplate(workspace, id)).get();
  return row ? toTemplate(row) : null;
}

/** Adds a template under a name nobody else's has. */
export function addTemplate(cx: Connection, act: Act, input: TemplateInput): TemplateRecord | 'name_taken' {
  return inTransaction(cx, () => {
    const folded = foldName(input.name);
    if (holderOf(cx, act.workspace, folded)) return 'name_taken';
    const { workspace, at } = act;
    const values = { ...toColumns(input), folded, workspace, publicId: cx.newId(at), createdAt: at, updatedAt: at };
    return toTemplate(cx.db.insert(mappingTemplate).values(values).returning().get());
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
    const where = isTemplate(act.workspace, id);
    const changed = cx.db
      .update(mappingTemplate)
      .set({ ...toColumns(now), folded, updatedAt: act.at })
      .where(where)
      .returning()
      .get();
    return changed ? toTemplate(changed) : 'not_found';
  });
}

/** Drops a template. */
export function deleteTemplate(cx: Connection, act: Act, id: string): boolean {
  return cx.db.delete(mappingTemplate).where(isTemplate(act.workspace, id)).run().changes > 0;
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

function toTemplate(row: typeof mappingTemplate.$inferSelect): TemplateRecord {
  const { publicId, name, headers, mapping, createdAt, updatedAt } = row;
  return { id: publicId, name, headers: JSON.parse(headers), mapping: JSON.parse(mapping), createdAt, updatedAt };
}
