import { type Connection, inTransaction } from './connection.ts';
import { reduceProblems } from './drop-leads.ts';
import { noteDeletion, overwriteDeleted } from './overwrite-deleted.ts';

const WORKSPACES = 'SELECT id FROM workspace WHERE id > 0';
const VOID_CLAIMS = 'DELETE FROM stored_answer WHERE workspace = ? AND at > 0 AND status IS NULL';
/** The time runs from the receipt; for an import that was never closed, from its beginning. */
const OLD_IMPORTS = `SELECT id FROM import
  WHERE workspace = ? AND id > 0 AND coalesce(completed_at, created_at) < ? AND forgotten_at IS NULL`;
const KEPT_ROWS = `SELECT id, problems FROM import_row WHERE workspace = ? AND import_id = ? AND settled >= 0
  AND (raw IS NOT NULL OR kept IS NOT NULL OR problems IS NOT NULL)`;
const SCRUB_ROW = 'UPDATE import_row SET problems = ?, raw = NULL, kept = NULL WHERE id = ?';
const SCRUB_CHANGES = 'UPDATE lead_change SET old = NULL, new = NULL WHERE workspace = ? AND import_id = ?';
const FORGET_NAMES = 'UPDATE object_link INDEXED BY object_link_undone SET title = NULL WHERE workspace = ? AND undone_import = ?';
const MARK_FORGOTTEN = 'UPDATE import SET forgotten_at = ? WHERE workspace = ? AND id = ?';
const OLD_ANSWERS = 'SELECT id FROM stored_answer WHERE workspace = ? AND at < ?';
const DROP_ANSWER = 'DELETE FROM stored_answer WHERE id = ?';

/** A claim of a process that died holds nobody up. For the start of a serving process. */
export function voidClaims(cx: Connection): void {
  inTransaction(cx, () => {
    for (const workspace of allWorkspaces(cx)) cx.statement(VOID_CLAIMS).run(workspace);
  });
}

/** What is older than `before` keeps line, code and counts: originals, undo values; stored answers go. One import at a time. */
export function forgetOriginals(cx: Connection, before: number): void {
  for (const workspace of allWorkspaces(cx)) {
    const old = cx.column(OLD_IMPORTS).all(workspace, before) as number[]; // plucked: the one column
    for (const id of old) inTransaction(cx, () => forgetImport(cx, workspace, id, before));
    const answers = cx.column(OLD_ANSWERS).all(workspace, before) as number[]; // plucked: the one column
    inTransaction(cx, () => {
      for (const id of answers) cx.statement(DROP_ANSWER).run(id);
    });
    if (old.length > 0 || answers.length > 0) noteDeletion(cx);
  }
  overwriteDeleted(cx);
}

function forgetImport(cx: Connection, workspace: number, id: number, at: number): void {
  const rows = cx.statement(KEPT_ROWS).all(workspace, id) as { id: number; problems: string | null }[]; // the columns of KEPT_ROWS
  for (const row of rows) cx.statement(SCRUB_ROW).run(row.problems && reduceProblems(row.problems), row.id);
  cx.statement(SCRUB_CHANGES).run(workspace, id);
  cx.statement(FORGET_NAMES).run(workspace, id);
  cx.statement(MARK_FORGOTTEN).run(at, workspace, id);
}

function allWorkspaces(cx: Connection): number[] {
  return cx.column(WORKSPACES).all() as number[]; // plucked: the one column
}
