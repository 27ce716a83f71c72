import type { CustomFieldType, CustomValue } from '#shared/lead/lead.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { INSERT_LEAD_TAG, READ_LEAD_TAGS } from './lead-lists.ts';
import type { KnownField } from './lead-row.ts';

/** Custom fields and tags of a workspace, as known inside one transaction; those a lead is the first to use are made. */
export type Registry = {
  readonly fieldsById: ReadonlyMap<number, KnownField>;
  readonly fieldOf: (custom: CustomValue) => KnownField;
  readonly tagsOf: (lead: number) => readonly string[];
  readonly addTags: (lead: number, tags: readonly string[]) => void;
  readonly replaceTags: (lead: number, tags: readonly string[]) => void;
};

const READ_FIELDS = 'SELECT id, label, type FROM custom_field WHERE workspace = ? AND ordinal > 0 ORDER BY ordinal';
const LAST_ORDINAL = 'SELECT max(ordinal) FROM custom_field WHERE workspace = ? AND ordinal > 0';
const ADD_FIELD = 'INSERT INTO custom_field (workspace, public_id, label, ordinal, type, choices) VALUES (?, ?, ?, ?, ?, ?)';
const HAS_TAGS = 'SELECT 1 FROM tag WHERE workspace = ? AND id > 0 LIMIT 1';
const FIND_TAG = 'SELECT id FROM tag WHERE workspace = ? AND folded = ?';
const ADD_TAG = 'INSERT INTO tag (workspace, name, folded) VALUES (?, ?, ?)';
const DROP_LEAD_TAGS = 'DELETE FROM lead_tag WHERE workspace = ? AND lead = ?';

/** Reads what is there once; inside a transaction nobody else adds to it. */
export function readRegistry(cx: Connection, workspace: WorkspaceId, at: number): Registry {
  const fields = cx.statement(READ_FIELDS).all(workspace) as KnownField[]; // the columns of READ_FIELDS
  const fieldsById = new Map(fields.map((field) => [field.id, field]));
  const fieldsByLabel = new Map(fields.map((field) => [field.label, field]));
  const tagIds = new Map<string, number>();
  let hasTags = cx.statement(HAS_TAGS).get(workspace) !== undefined;

  const fieldOf = ({ label, type }: CustomValue): KnownField => {
    const known = fieldsByLabel.get(label);
    if (known) return known;
    const made = { id: addField(cx, { workspace, label, type: type ?? 'text', choices: [], at }), label, type: type ?? 'text' } as const;
    fieldsById.set(made.id, made);
    fieldsByLabel.set(label, made);
    return made;
  };
  const tagIdOf = (name: string): number => {
    const folded = foldName(name);
    hasTags = true;
    let id = tagIds.get(folded);
    if (id === undefined) {
      const known = cx.statement(FIND_TAG).get(workspace, folded) as { id: number } | undefined; // its one column
      id = known?.id ?? Number(cx.statement(ADD_TAG).run(workspace, name, folded).lastInsertRowid);
      tagIds.set(folded, id);
    }
    return id;
  };
  const addTags = (lead: number, tags: readonly string[]) => {
    for (const name of tags) cx.statement(INSERT_LEAD_TAG).run(workspace, lead, tagIdOf(name));
  };
  return {
    fieldsById,
    fieldOf,
    tagsOf: (lead) => (hasTags ? (cx.column(READ_LEAD_TAGS).all(workspace, lead) as string[]) : []), // plucked: the one column
    addTags,
    replaceTags: (lead, tags) => {
      cx.statement(DROP_LEAD_TAGS).run(workspace, lead);
      addTags(lead, tags);
    },
  };
}

/** Adds a custom field behind the others; gives its number. */
export function addField(
  cx: Connection,
  field: {
    readonly workspace: WorkspaceId;
    readonly label: string;
    readonly type: CustomFieldType;
    readonly choices: readonly string[];
    readonly at: number;
  },
): number {
  const { workspace, label, type, choices, at } = field;
  const ordinal = Number(cx.column(LAST_ORDINAL).get(workspace) ?? 0) + 1;
  return Number(cx.statement(ADD_FIELD).run(workspace, cx.newId(at), label, ordinal, type, JSON.stringify(choices)).lastInsertRowid);
}

/** A name for comparing: no case, one spelling of accents, single blanks. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
