import type { Problem } from '#shared/problems.ts';
import type { WorkspaceId } from '../records.ts';
import { reduceAnswer } from '../reduce-answer.ts';
import { withoutText } from '../settle-row.ts';
import type { Act } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { foldLogIn, noteDeletion } from './overwrite-deleted.ts';

const FIND_LEAD = 'SELECT id FROM lead WHERE workspace = ? AND public_id = ?';
const FIND_ROWS = 'SELECT id, problems FROM import_row INDEXED BY import_row_lead WHERE workspace = ? AND lead = ?';
const SCRUB_ROW = 'UPDATE import_row SET lead = NULL, problems = ?, raw = NULL, kept = NULL WHERE id = ?';
const FIND_ANSWERS = `SELECT stored_answer.id AS id, stored_answer.body AS body FROM stored_answer_lead JOIN stored_answer
    ON stored_answer.workspace = stored_answer_lead.workspace AND stored_answer.id = stored_answer_lead.answer
  WHERE stored_answer_lead.workspace = ? AND stored_answer_lead.lead = ?`;
const REDUCE_ANSWER = 'UPDATE stored_answer SET body = ? WHERE id = ?';
const DROP_ANSWER_LEADS = 'DELETE FROM stored_answer_lead WHERE workspace = ? AND answer = ?';
const DROP_LEAD = 'DELETE FROM lead WHERE workspace = ? AND id = ?';

/** Deletes leads for good: the rows are overwritten and the log is folded in before this returns (`overwrite-deleted.ts`). */
export function deleteLeads(cx: Connection, act: Act, ids: readonly string[]): number {
  const deleted = inTransaction(cx, () => {
    const find = cx.column(FIND_LEAD);
    const leads = ids.flatMap((id) => (find.get(act.workspace, id) as number | undefined) ?? []); // plucked: the one column
    for (const lead of leads) dropLead(cx, act.workspace, lead);
    if (leads.length > 0) noteDeletion(cx);
    return leads.length;
  });
  if (deleted > 0) foldLogIn(cx);
  return deleted;
}

/** Takes a lead out of every place that tells of it. Keys, memberships, tags and its log go with it. */
export function dropLead(cx: Connection, workspace: WorkspaceId, lead: number): void {
  const rows = cx.statement(FIND_ROWS).all(workspace, lead) as { id: number; problems: string | null }[]; // the columns of FIND_ROWS
  for (const row of rows) cx.statement(SCRUB_ROW).run(row.problems && reduceProblems(row.problems), row.id);
  const answers = cx.statement(FIND_ANSWERS).all(workspace, lead) as { id: number; body: string | null }[]; // the columns of FIND_ANSWERS
  for (const answer of answers) {
    if (answer.body !== null) cx.statement(REDUCE_ANSWER).run(reduceAnswer(answer.body), answer.id);
    cx.statement(DROP_ANSWER_LEADS).run(workspace, answer.id);
  }
  cx.statement(DROP_LEAD).run(workspace, lead);
}

/** The problems of a row without anybody's words. Takes and gives JSON text. */
export function reduceProblems(json: string): string {
  const problems: readonly Problem[] = JSON.parse(json); // written by the row writer
  return JSON.stringify(problems.map(withoutText));
}
