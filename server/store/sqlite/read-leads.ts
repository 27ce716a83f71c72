import type { LeadRecord, MemberRecord, WorkspaceId } from '../records.ts';
import type { LeadStore } from '../store.ts';
import type { Connection } from './connection.ts';
import { READ_LEAD_TAGS } from './lead-lists.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import { readRegistry } from './registry.ts';

/** A row of `lead` with everything an answer shows. */
export type FullLeadRow = LeadRow & {
  readonly doNotContact: number;
  readonly source: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export const FULL_COLUMNS = `${LEAD_COLUMNS}, lead.do_not_contact AS doNotContact, lead.source AS source,
  lead.created_at AS createdAt, lead.updated_at AS updatedAt`;

const READ_LEAD = `SELECT ${FULL_COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;
const READ_LISTS = `SELECT list.public_id FROM list_member JOIN list ON list.workspace = list_member.workspace AND list.id = list_member.list
  WHERE list_member.workspace = ? AND list_member.lead = ? ORDER BY list_member.id`;
const READ_OWNER =
  "SELECT public_id AS id, email, name FROM member WHERE workspace = ? AND email = ? AND email <> '' AND removed_at IS NULL";

export type LeadReader = {
  readonly read: (publicId: string) => LeadRecord | null;
  readonly toRecord: (row: FullLeadRow) => LeadRecord;
};

/** Reads leads with lists, tags, owner and custom fields; what all leads share is read once. */
export function leadReader(cx: Connection, workspace: WorkspaceId): LeadReader {
  const { fieldsById } = readRegistry(cx, workspace, 0);
  const ownersByEmail = new Map<string, LeadRecord['owner']>();
  const ownerOf = (email: string): LeadRecord['owner'] => {
    let owner = ownersByEmail.get(email);
    if (owner === undefined) {
      owner = (cx.statement(READ_OWNER).get(workspace, email) as Pick<MemberRecord, 'id' | 'email' | 'name'> | undefined) ?? null; // its columns
      ownersByEmail.set(email, owner);
    }
    return owner;
  };
  const toRecord = (row: FullLeadRow): LeadRecord => {
    const tags = cx.column(READ_LEAD_TAGS).all(workspace, row.id) as string[]; // plucked: the one column
    return {
      id: row.publicId,
      version: row.version,
      lead: toLead(row, fieldsById, tags),
      listIds: cx.column(READ_LISTS).all(workspace, row.id) as string[], // plucked: the one column
      owner: row.ownerEmail === null ? null : ownerOf(row.ownerEmail),
      doNotContact: row.doNotContact === 1,
      source: row.source,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  };
  const read = (publicId: string) => {
    const row = cx.statement(READ_LEAD).get(workspace, publicId) as FullLeadRow | undefined; // FULL_COLUMNS
    return row ? toRecord(row) : null;
  };
  return { read, toRecord };
}

/** One lead. */
export function readLead(cx: Connection, workspace: WorkspaceId, id: string): LeadRecord | null {
  return leadReader(cx, workspace).read(id);
}

/** Parameters: workspace, position, 1 = with those marked, limit. */
const PAGE_OF_ALL = `SELECT ${FULL_COLUMNS} FROM lead WHERE workspace = ? AND id > ? AND (do_not_contact = 0 OR ?) ORDER BY id LIMIT ?`;
/** Parameters: workspace, list, position, 1 = with those marked, limit. */
const PAGE_OF_LIST = `SELECT ${FULL_COLUMNS} FROM list_member JOIN lead ON lead.workspace = list_member.workspace AND lead.id = list_member.lead
  WHERE list_member.workspace = ? AND list_member.list = ? AND list_member.lead > ? AND (lead.do_not_contact = 0 OR ?)
  ORDER BY list_member.lead LIMIT ?`;
const FIND_LIST = 'SELECT id FROM list WHERE workspace = ? AND public_id = ?';

/** A list's number; null where the workspace has no such list. */
export function findListId(cx: Connection, workspace: WorkspaceId, publicId: string): number | null {
  return (cx.column(FIND_LIST).get(workspace, publicId) as number | undefined) ?? null; // plucked: the one column
}

/** The next leads of an export, in the order they came. */
export function readLeadsAfter(
  cx: Connection,
  workspace: WorkspaceId,
  page: Parameters<LeadStore['readLeadsAfter']>[1],
): Awaited<ReturnType<LeadStore['readLeadsAfter']>> {
  const list = page.listId === undefined ? undefined : findListId(cx, workspace, page.listId);
  if (list === null) return 'list_not_found';
  const { toRecord } = leadReader(cx, workspace);
  const values = [page.after, page.withDoNotContact ? 1 : 0, page.limit];
  const found =
    list === undefined ? cx.statement(PAGE_OF_ALL).all(workspace, ...values) : cx.statement(PAGE_OF_LIST).all(workspace, list, ...values);
  const rows = found as FullLeadRow[]; // FULL_COLUMNS
  const next = rows.length < page.limit ? null : (rows.at(-1)?.id ?? null);
  return { leads: rows.map(toRecord), next };
}

/** Labels some lead holds a value under, in the order of the fields. */
export function customLabelsInUse(cx: Connection, workspace: WorkspaceId, listId?: string): string[] {
  const labels = new Set<string>();
  let after: number | null = 0;
  while (after !== null) {
    const page: ReturnType<typeof readLeadsAfter> = readLeadsAfter(cx, workspace, {
      ...(listId === undefined ? {} : { listId }),
      after,
      limit: 10_000,
      withDoNotContact: true,
    });
    if (page === 'list_not_found') return [];
    for (const { lead } of page.leads) for (const custom of lead.customFields ?? []) labels.add(custom.label);
    after = page.next;
  }
  return [...readRegistry(cx, workspace, 0).fieldsById.values()].map((field) => field.label).filter((label) => labels.has(label));
}
