import { BUCKETS } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import type { WorkspaceId } from '../records.ts';
import { reduceAnswer } from '../reduce-answer.ts';
import { withoutText } from '../settle-row.ts';
import { buryLinks } from './bury-links.ts';
import type { Connection } from './connection.ts';

/** Numbers of leads go in as one JSON text: a thousand cost little more than one. */
const FIND_PROBLEMS = `SELECT import_row.id AS id, import_row.problems AS problems FROM json_each(?) AS wanted
  CROSS JOIN import_row INDEXED BY import_row_lead ON import_row.workspace = ? AND import_row.lead = wanted.value
  WHERE import_row.problems IS NOT NULL`;
const REDUCE_PROBLEMS = 'UPDATE import_row SET problems = ? WHERE id = ?';
const SCRUB_ROWS = `UPDATE import_row INDEXED BY import_row_lead SET lead = NULL, raw = NULL, kept = NULL
  WHERE workspace = ? AND lead IN (SELECT value FROM json_each(?))`;
/** A row of another import that waits in review tells of somebody else, and can still be decided. */
const SCRUB_SETTLED = `UPDATE import_row INDEXED BY import_row_lead SET lead = NULL,
    raw = CASE settled WHEN ${BUCKETS.indexOf('review')} THEN raw END, kept = CASE settled WHEN ${BUCKETS.indexOf('review')} THEN kept END
  WHERE workspace = ? AND lead IN (SELECT value FROM json_each(?))`;
const FIND_ANSWERS = `SELECT DISTINCT stored_answer.id AS id, stored_answer.body AS body FROM json_each(?) AS wanted
  CROSS JOIN stored_answer_lead ON stored_answer_lead.workspace = ? AND stored_answer_lead.lead = wanted.value
  CROSS JOIN stored_answer ON stored_answer.workspace = stored_answer_lead.workspace AND stored_answer.id = stored_answer_lead.answer`;
const REDUCE_ANSWER = 'UPDATE stored_answer SET body = ? WHERE id = ?';
const DROP_ANSWER_LEADS = 'DELETE FROM stored_answer_lead WHERE workspace = ? AND answer = ?';
const DROP_LEADS = 'DELETE FROM lead WHERE workspace = ? AND id IN (SELECT value FROM json_each(?))';

/**
 * Takes leads out of every place that tells of them. Keys, memberships, tags and their log go with them. The caller holds
 * the transaction, notes the deletion and folds the log in. `undone`: nobody asked to be forgotten, an import is taken back.
 */
export function dropLeads(cx: Connection, workspace: WorkspaceId, leads: readonly number[], why: 'deleted' | 'undone' = 'deleted'): void {
  if (leads.length === 0) return;
  const json = JSON.stringify(leads);
  const rows = cx.statement(FIND_PROBLEMS).all(json, workspace) as { id: number; problems: string }[]; // the columns of FIND_PROBLEMS
  for (const row of rows) cx.statement(REDUCE_PROBLEMS).run(reduceProblems(row.problems), row.id);
  cx.statement(why === 'undone' ? SCRUB_SETTLED : SCRUB_ROWS).run(workspace, json);
  const answers = cx.statement(FIND_ANSWERS).all(json, workspace) as { id: number; body: string | null }[]; // the columns of FIND_ANSWERS
  for (const answer of answers) {
    if (answer.body !== null) cx.statement(REDUCE_ANSWER).run(reduceAnswer(answer.body), answer.id);
    cx.statement(DROP_ANSWER_LEADS).run(workspace, answer.id);
  }
  buryLinks(cx, workspace, json, why);
  cx.statement(DROP_LEADS).run(workspace, json);
}

/** The problems of a row without anybody's words. Takes and gives JSON text. */
export function reduceProblems(json: string): string {
  const problems: readonly Problem[] = JSON.parse(json); // written by the row writer
  return JSON.stringify(problems.map(withoutText));
}
