import type { ListRecord, WorkspaceId } from '../records.ts';
import type { Act } from '../store.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { foldName } from './registry.ts';
import { remembered } from './remembered.ts';

type Row = Omit<ListRecord, 'isDefault'> & { readonly isDefault: number };
const COLUMNS = `public_id AS id, name, is_default AS isDefault, created_at AS createdAt,
  (SELECT count(*) FROM list_member WHERE list_member.workspace = list.workspace AND list_member.list = list.id) AS leadCount`;
const READ_ALL = `SELECT ${COLUMNS} FROM list WHERE workspace = ? AND id > 0 ORDER BY is_default DESC, folded`;
const READ = `SELECT ${COLUMNS} FROM list WHERE workspace = ? AND public_id = ?`;
const FIND = 'SELECT id, is_default AS isDefault FROM list WHERE workspace = ? AND public_id = ?';
const IS_TAKEN = 'SELECT public_id FROM list WHERE workspace = ? AND folded = ?';
const ADD = 'INSERT INTO list (workspace, public_id, name, folded, is_default, created_at) VALUES (?, ?, ?, ?, ?, ?)';
const RENAME = 'UPDATE list SET name = ?, folded = ? WHERE workspace = ? AND public_id = ?';
const FORGET = 'UPDATE import SET list = NULL WHERE workspace = ? AND list = ?';
const DROP = 'DELETE FROM list WHERE workspace = ? AND id = ?';

/** Every list, the default one first. */
export function listLists(cx: Connection, workspace: WorkspaceId): readonly ListRecord[] {
  return remembered(cx, `lists ${workspace}`, () => (cx.statement(READ_ALL).all(workspace) as Row[]).map(toRecord)); // COLUMNS
}

function readList(cx: Connection, workspace: WorkspaceId, id: string): ListRecord | null {
  const row = cx.statement(READ).get(workspace, id) as Row | undefined; // COLUMNS
  return row ? toRecord(row) : null;
}

/** Makes a list; null = one has that name. */
export function addList(cx: Connection, act: Act, name: string): ListRecord | null {
  return inTransaction(cx, () => {
    if (cx.statement(IS_TAKEN).get(act.workspace, foldName(name))) return null;
    return insertList(cx, act, name, false);
  });
}

/** Writes a list down. The caller holds the transaction and knows that the name is free. */
export function insertList(cx: Connection, act: Act, name: string, isDefault: boolean): ListRecord {
  const id = cx.newId(act.at);
  cx.statement(ADD).run(act.workspace, id, name, foldName(name), isDefault ? 1 : 0, act.at);
  return { id, name, isDefault, createdAt: act.at, leadCount: 0 };
}

/** Gives a list another name, or the same one in another case. */
export function renameList(cx: Connection, act: Act, id: string, name: string): ListRecord | 'not_found' | 'name_taken' {
  return inTransaction(cx, () => {
    const holder = cx.column(IS_TAKEN).get(act.workspace, foldName(name));
    const isThere = cx.statement(FIND).get(act.workspace, id) !== undefined;
    if (!isThere) return 'not_found';
    if (holder !== undefined && holder !== id) return 'name_taken';
    cx.statement(RENAME).run(name, foldName(name), act.workspace, id);
    return readList(cx, act.workspace, id) ?? 'not_found';
  });
}

/** Drops a list with its memberships. */
export function deleteList(cx: Connection, act: Act, id: string): 'deleted' | 'not_found' | 'is_default' {
  return inTransaction(cx, () => {
    const row = cx.statement(FIND).get(act.workspace, id) as { id: number; isDefault: number } | undefined; // the columns of FIND
    if (!row) return 'not_found';
    if (row.isDefault === 1) return 'is_default';
    cx.statement(FORGET).run(act.workspace, row.id);
    cx.statement(DROP).run(act.workspace, row.id);
    writeAudit(cx, act, 'list.deleted', id);
    return 'deleted';
  });
}

function toRecord({ isDefault, ...row }: Row): ListRecord {
  return { ...row, isDefault: isDefault === 1 };
}
