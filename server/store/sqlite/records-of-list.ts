import type { RecordType } from '#shared/crm/record.ts';
import type { ConnectionStore } from '../connection-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId } from '../sync-records.ts';
import type { Connection } from './connection.ts';

const FIND_LIST = 'SELECT id FROM list WHERE workspace = ? AND public_id = ?';
/** The columns beside min() are those of its row: `contact` comes before `lead`. */
const MEMBERS = `SELECT list_member.lead AS number, lead.public_id AS leadId, lead.do_not_contact AS doNotContact,
    trim(coalesce(lead.first_name, '') || ' ' || coalesce(lead.last_name, '')) AS name, lead.email AS email, min(object_link.type) AS type, object_link.remote_id AS remoteId
  FROM list_member
  CROSS JOIN lead ON lead.workspace = list_member.workspace AND lead.id = list_member.lead
  LEFT JOIN object_link INDEXED BY object_link_lead ON object_link.workspace = list_member.workspace AND object_link.lead = list_member.lead
    AND object_link.lead IS NOT NULL AND object_link.connection = ? AND object_link.state = 'linked'
  WHERE list_member.workspace = ? AND list_member.list = ? AND list_member.lead > ?
  GROUP BY list_member.lead ORDER BY list_member.lead LIMIT ?`;

/** Members of a list by the numbers of the leads, and the records they are. */
export function listRecordsOfList(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  listId: string,
  after: number,
  limit: number,
): Awaited<ReturnType<ConnectionStore['listRecordsOfList']>> {
  const list = cx.column(FIND_LIST).get(workspace, listId);
  if (list === undefined) return 'list_not_found';
  const rows = cx.statement(MEMBERS).all(connection, workspace, list, after, limit) as Row[]; // its columns
  const members = rows.map(({ leadId, name, email, doNotContact, type, remoteId }) => ({
    leadId,
    name: name || email || '',
    doNotContact: doNotContact === 1,
    record: type === null || remoteId === null ? null : { type, id: remoteId },
  }));
  return { members, next: rows.length === limit ? (rows.at(-1)?.number ?? null) : null };
}
type Row = {
  readonly number: number;
  readonly leadId: string;
  readonly name: string;
  readonly email: string | null;
  readonly doNotContact: number;
  readonly type: RecordType | null;
  readonly remoteId: string | null;
};
