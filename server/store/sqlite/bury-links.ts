import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { dropItemsOf } from './sync-side.ts';

const OF_LEADS = 'object_link.workspace = ? AND object_link.lead IN (SELECT value FROM json_each(?))';
const LINKS_OF_LEADS = `SELECT object_link.id FROM object_link INDEXED BY object_link_lead WHERE ${OF_LEADS}`;
/** Only a live record can still be archived there; of one that is gone, that it is known here is all that is left to say. */
const BURY = {
  deleted: bury("CASE state WHEN 'linked' THEN 1 ELSE 0 END"),
  undone: bury('0'),
} as const;
/** Of the leads of an undone import, what was sent to be made, also where it was looked for in vain. */
const LEAVE_CREATES = `UPDATE remote_write SET stays_there = 1 WHERE workspace = ? AND id IN (SELECT remote_write.id
  FROM json_each(?) AS wanted CROSS JOIN lead ON lead.workspace = ? AND lead.id = wanted.value
  CROSS JOIN connection ON connection.workspace = lead.workspace AND connection.id > 0
  CROSS JOIN remote_write INDEXED BY remote_write_key ON remote_write.workspace = lead.workspace AND remote_write.connection = connection.id
    AND remote_write.lead_public_id = lead.public_id)`;
/** A write of which nobody knows whether it arrived: a record may have come to be, and it must not come back as a new lead. */
const BURY_CREATES = `UPDATE remote_write INDEXED BY remote_write_lead SET lead = NULL, payload = '[]', sent = '[]', before = '[]'
  WHERE workspace = ? AND lead IN (SELECT value FROM json_each(?)) AND kind = 'create'`;
const DROP_UPDATES = `DELETE FROM remote_write WHERE workspace = ? AND lead IN (SELECT value FROM json_each(?))`;

/**
 * Leads are about to be deleted: what was kept of their records goes, and that they are not to come back by themselves
 * stays. `undone`: nobody wished them away, and their records stay in the CRM under every setting.
 */
export function buryLinks(cx: Connection, workspace: WorkspaceId, leads: string, why: 'deleted' | 'undone'): void {
  const links = cx.column(LINKS_OF_LEADS).all(workspace, leads) as number[]; // plucked: the one column
  if (links.length > 0) dropItemsOf(cx, workspace, links);
  cx.statement(BURY[why]).run(workspace, leads);
  if (why === 'undone') cx.statement(LEAVE_CREATES).run(workspace, leads, workspace);
  cx.statement(BURY_CREATES).run(workspace, leads);
  cx.statement(DROP_UPDATES).run(workspace, leads);
}

function bury(isDeletedHere: string): string {
  return `UPDATE object_link INDEXED BY object_link_lead SET lead = NULL, base = NULL, is_deleted_here = ${isDeletedHere} WHERE ${OF_LEADS}`;
}
