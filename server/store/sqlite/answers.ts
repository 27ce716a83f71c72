import type { WorkspaceId } from '../records.ts';
import type { Act, AnswerStore, KeptAnswer, Once } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';

type Row = {
  readonly id: number;
  readonly request: string;
  readonly sha256: string;
  readonly status: number | null;
  readonly body: string | null;
};
type Found = { readonly kind: 'replayed'; readonly answer: KeptAnswer } | { readonly kind: 'mismatch' } | { readonly kind: 'in_progress' };

const FIND = 'SELECT id, request, sha256, status, body FROM stored_answer WHERE workspace = ? AND key = ?';
const ADD = 'INSERT INTO stored_answer (workspace, key, request, sha256, status, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)';
const ADD_LEAD = 'INSERT INTO stored_answer_lead (workspace, answer, lead) VALUES (?, ?, ?)';
const FINISH = 'UPDATE stored_answer SET status = ?, body = ?, at = ? WHERE workspace = ? AND key = ?';
const DROP_CLAIM = 'DELETE FROM stored_answer WHERE workspace = ? AND key = ? AND status IS NULL';

/** What is known under a key; null = nothing, it is free. */
export function findAnswer(cx: Connection, workspace: WorkspaceId, once: Once): Found | null {
  const row = cx.statement(FIND).get(workspace, once.key) as Row | undefined; // the columns of FIND
  if (!row) return null;
  if (row.sha256 !== once.sha256 || row.request !== once.request) return { kind: 'mismatch' };
  if (row.status === null || row.body === null) return { kind: 'in_progress' };
  return { kind: 'replayed', answer: { status: row.status, body: row.body } };
}

/** Keeps an answer and which leads it tells of. The caller holds the transaction. */
export function insertAnswer(cx: Connection, act: Act, once: Once, answer: KeptAnswer, leads: Iterable<number>): void {
  const { workspace, at } = act;
  const { key, request, sha256 } = once;
  const { lastInsertRowid } = cx.statement(ADD).run(workspace, key, request, sha256, answer.status, answer.body, at);
  for (const lead of leads) cx.statement(ADD_LEAD).run(workspace, lastInsertRowid, lead);
}

/** Claims a key for work that starts now. */
export function claimAnswer(cx: Connection, act: Act, once: Once): Awaited<ReturnType<AnswerStore['claimAnswer']>> {
  return inTransaction(cx, () => {
    const known = findAnswer(cx, act.workspace, once);
    if (known) return known;
    cx.statement(ADD).run(act.workspace, once.key, once.request, once.sha256, null, null, act.at);
    return { kind: 'claimed' };
  });
}

/** Keeps the answer of claimed work. */
export function keepAnswer(cx: Connection, act: Act, once: Once, answer: KeptAnswer): void {
  cx.statement(FINISH).run(answer.status, answer.body, act.at, act.workspace, once.key);
}

/** Frees a key whose work failed. */
export function dropClaim(cx: Connection, act: Act, once: Once): void {
  cx.statement(DROP_CLAIM).run(act.workspace, once.key);
}
