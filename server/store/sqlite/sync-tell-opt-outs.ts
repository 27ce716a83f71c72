import type { RecordType } from '#shared/crm/record.ts';
import type { Fence, OptOutLink } from '../sync-records.ts';
import type { PushStore, Run } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { isHeldBack } from './sync-errors.ts';
import { openScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';

const UNTOLD = `SELECT lead.id AS number, lead.version AS version, lead.public_id AS leadId, object_link.id AS linkId, object_link.remote_id AS remoteId
  FROM lead INDEXED BY lead_do_not_contact
  CROSS JOIN object_link ON object_link.workspace = lead.workspace AND object_link.lead = lead.id AND object_link.connection = ? AND object_link.type = ?
  WHERE lead.workspace = ? AND lead.id > ? AND lead.do_not_contact = 1
    AND object_link.state = 'linked' AND object_link.opted_out_id IS NOT object_link.remote_id
  ORDER BY lead.id LIMIT ?`;
const TOLD = 'UPDATE object_link SET opted_out_id = ? WHERE workspace = ? AND id = ?';

/** Links of leads that are not to be contacted, as long as nobody told their records, by the numbers of the leads. */
export function listOptOuts(
  cx: Connection,
  fence: Fence,
  type: RecordType,
  at: number,
  after: string | null,
  limit: number,
): Awaited<ReturnType<PushStore['listOptOuts']>> {
  return underFence(cx, fence, () => {
    const scope = openScope(cx, fence, at);
    const rows = cx.statement(UNTOLD).all(fence.connection, type, fence.workspace, Number(after ?? 0), limit) as Row[]; // its columns
    const links = rows.filter((row) => !isHeldBack(scope, type, row)).map(({ linkId, leadId, remoteId }) => ({ linkId, leadId, remoteId }));
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { links, next: last ? String(last.number) : null };
  });
}
type Row = OptOutLink & { readonly number: number; readonly version: number };

/** Their records say so now. */
export function noteOptOuts(cx: Connection, run: Run, links: readonly OptOutLink[]): void {
  underFence(cx, run.fence, () => {
    for (const { linkId, remoteId } of links) cx.statement(TOLD).run(remoteId, run.fence.workspace, linkId);
  });
}
