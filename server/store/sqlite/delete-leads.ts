import type { Act } from '../store.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { dropLeads } from './drop-leads.ts';
import { foldLogIn, noteDeletion } from './overwrite-deleted.ts';

const FIND_LEAD = 'SELECT id FROM lead WHERE workspace = ? AND public_id = ?';

/** Deletes leads for good: the rows are overwritten and the log is folded in before this returns (`overwrite-deleted.ts`). */
export function deleteLeads(cx: Connection, act: Act, ids: readonly string[]): number {
  const deleted = inTransaction(cx, () => {
    const find = cx.column(FIND_LEAD);
    const leads = new Set(ids.flatMap((id) => (find.get(act.workspace, id) as number | undefined) ?? [])); // plucked: the one column
    dropLeads(cx, act.workspace, [...leads]);
    if (leads.size > 0) {
      noteDeletion(cx);
      writeAudit(cx, act, 'leads.deleted', null, { count: leads.size });
    }
    return leads.size;
  });
  if (deleted > 0) foldLogIn(cx);
  return deleted;
}
