import type { LeftInCrm } from '../closed-import-store.ts';
import type { Connection } from './connection.ts';

type Import = { readonly workspace: number; readonly id: number };

const LEFT = `object_link.title AS name, connection.public_id AS connectionId, connection.provider AS provider,
    object_link.type AS type, object_link.remote_id AS remoteId`;
const OF_CONNECTION = 'CROSS JOIN connection ON connection.workspace = object_link.workspace AND connection.id = object_link.connection';
const OF_IMPORT = `SELECT ${LEFT} FROM object_link INDEXED BY object_link_undone ${OF_CONNECTION}
  WHERE object_link.workspace = ? AND object_link.undone_import = ? ORDER BY object_link.id LIMIT ?`;
const COUNT = 'SELECT count(*) FROM object_link INDEXED BY object_link_undone WHERE workspace = ? AND undone_import = ?';
const OF_LINKS = `SELECT ${LEFT} FROM json_each(?) AS wanted
  CROSS JOIN object_link ON object_link.workspace = ? AND object_link.id = wanted.value ${OF_CONNECTION} ORDER BY object_link.id LIMIT ?`;
const NAME = `UPDATE object_link INDEXED BY object_link_lead SET undone_import = ?,
    title = (SELECT coalesce(nullif(trim(coalesce(lead.first_name, '') || ' ' || coalesce(lead.last_name, '')), ''), lead.email, lead.phone)
             FROM lead WHERE lead.workspace = object_link.workspace AND lead.id = object_link.lead)
  WHERE workspace = ? AND lead IN (SELECT value FROM json_each(?)) AND is_pushed = 1 AND state = 'linked' RETURNING id`;

/**
 * Notes which leads, about to go, were made in a CRM by us: there they stay. Gives the numbers of their links. The caller
 * holds the transaction.
 */
export function namePushed(cx: Connection, { workspace, id }: Import, leads: readonly number[]): readonly number[] {
  return leads.length === 0 ? [] : (cx.column(NAME).all(id, workspace, JSON.stringify(leads)) as number[]); // plucked: the one column
}

/** The first records that the leads an undo took away left in CRMs, and how many there are. Names are forgotten with the import's originals. */
export function readPushed(cx: Connection, { workspace, id }: Import, limit: number): InCrm {
  const named = cx.statement(OF_IMPORT).all(workspace, id, limit) as LeftInCrm[]; // the columns of LEFT
  return { inCrm: named, inCrmCount: Number(cx.column(COUNT).get(workspace, id)) };
}

/** The same of some links. */
export function readPushedLinks(cx: Connection, { workspace }: Import, links: readonly number[], limit: number): InCrm {
  const named = cx.statement(OF_LINKS).all(JSON.stringify(links), workspace, limit) as LeftInCrm[]; // the columns of LEFT
  return { inCrm: named, inCrmCount: links.length };
}
type InCrm = { readonly inCrm: readonly LeftInCrm[]; readonly inCrmCount: number };
