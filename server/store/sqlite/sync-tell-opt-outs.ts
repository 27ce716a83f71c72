import type { RecordType } from '#shared/crm/record.ts';
import { EMAIL_FIELDS } from '#shared/lead/fields.ts';
import type { Fence, OptOutLink } from '../sync-records.ts';
import type { PushStore, Run } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { isHeldBack } from './sync-errors.ts';
import { openScope, readLeadNumbered, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';

const UNTOLD = `SELECT lead.id AS number, lead.version AS version, lead.public_id AS leadId, object_link.id AS linkId, object_link.remote_id AS remoteId
  FROM lead INDEXED BY lead_do_not_contact
  CROSS JOIN object_link ON object_link.workspace = lead.workspace AND object_link.lead = lead.id AND object_link.connection = ? AND object_link.type = ?
  WHERE lead.workspace = ? AND lead.id > ? AND lead.do_not_contact = 1
    AND object_link.state = 'linked' AND object_link.opted_out_id IS NOT object_link.remote_id
  ORDER BY lead.id LIMIT ?`;
const TOLD = 'UPDATE object_link SET opted_out_id = ? WHERE workspace = ? AND id = ?';

/** Links of leads that refused to be written to, as long as nobody told their records, by the numbers of the leads. */
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
    const untold = rows.filter((row) => refusesEmail(scope, row.number) && !isHeldBack(scope, type, row));
    const links = untold.map(({ linkId, leadId, remoteId }) => ({ linkId, leadId, remoteId }));
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { links, next: last ? String(last.number) : null };
  });
}
type Row = OptOutLink & { readonly number: number; readonly version: number };

/** Who refused no more than calls may be written to: that is not ours to take away. */
function refusesEmail(scope: SyncScope, number: number): boolean {
  const lead = readLeadNumbered(scope, number)?.lead;
  return EMAIL_FIELDS.some((field) => lead?.[field] !== undefined && scope.suppressions.ofEmail(lead[field]) !== undefined);
}

/** Their records say so now. */
export function noteOptOuts(cx: Connection, run: Run, links: readonly OptOutLink[]): void {
  underFence(cx, run.fence, () => {
    for (const { linkId, remoteId } of links) noteTold(cx, run.fence, linkId, remoteId);
  });
}

/** A record says so. The caller holds the transaction. */
export function noteTold(cx: Connection, { workspace }: Fence, linkId: number, remoteId: string): void {
  cx.statement(TOLD).run(remoteId, workspace, linkId);
}
