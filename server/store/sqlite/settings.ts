import { and, eq, gt } from 'drizzle-orm';
import type { CustomFieldRecord, TagRecord, WorkspaceId } from '../records.ts';
import type { Act, SettingStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { addField, foldName } from './registry.ts';
import { remembered } from './remembered.ts';
import { customField } from './schema.ts';

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
  return remembered(cx, `tags ${workspace}`, () => cx.statement(READ_TAGS).all(workspace) as TagRecord[]); // the columns of READ_TAGS
}
