import type { Act } from '../act.ts';
import type { CampaignLink, CampaignOutcome, CampaignStore } from '../campaign-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId } from '../sync-records.ts';
import { type Connection, inTransaction } from './connection.ts';

const FIND_LIST = 'SELECT id FROM list WHERE workspace = ? AND public_id = ?';
const NEWEST_MEMBER = 'SELECT coalesce(max(id), 0) FROM list_member WHERE workspace = ? AND list = ?';
const LINK = `INSERT INTO campaign_of_list (workspace, connection, list, campaign_id, campaign_name, status, asked_at, through_member)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, connection, list, campaign_id) DO UPDATE SET campaign_name = excluded.campaign_name,
    status = excluded.status, asked_at = excluded.asked_at, through_member = excluded.through_member, outcome = NULL`;
const TELL = `UPDATE campaign_of_list SET outcome = ?
  WHERE workspace = ? AND connection = ? AND campaign_id = ? AND list = (SELECT id FROM list WHERE workspace = ? AND public_id = ?)`;
const READ = `SELECT list.public_id AS listId, list.name AS listName, campaign_of_list.campaign_id AS campaignId,
    campaign_of_list.campaign_name AS campaignName, campaign_of_list.status AS status, campaign_of_list.asked_at AS askedAt,
    campaign_of_list.outcome AS outcome,
    (SELECT count(*) FROM list_member WHERE list_member.workspace = list.workspace AND list_member.list = list.id
      AND list_member.id > campaign_of_list.through_member) AS newcomers
  FROM campaign_of_list JOIN list ON list.workspace = campaign_of_list.workspace AND list.id = campaign_of_list.list
  WHERE campaign_of_list.workspace = ? AND campaign_of_list.connection = ? ORDER BY campaign_of_list.asked_at DESC, campaign_of_list.id DESC`;
const UNLINK = `DELETE FROM campaign_of_list
  WHERE workspace = ? AND connection = ? AND campaign_id = ? AND list = (SELECT id FROM list WHERE workspace = ? AND public_id = ?)`;

/** Remembers it anew: from now on it counts who comes into the list. */
export function linkCampaign(
  cx: Connection,
  { workspace, at }: Act,
  connection: ConnectionId,
  { listId, campaignId, campaignName, status }: Parameters<CampaignStore['linkCampaign']>[2],
): boolean {
  return inTransaction(cx, () => {
    const list = cx.column(FIND_LIST).get(workspace, listId);
    if (list === undefined) return false;
    const newest = cx.column(NEWEST_MEMBER).get(workspace, list);
    cx.statement(LINK).run(workspace, connection, list, campaignId, campaignName, status, at, newest);
    return true;
  });
}

export function tellCampaign(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  { listId, campaignId }: Parameters<CampaignStore['tellCampaign']>[2],
  outcome: CampaignOutcome,
): void {
  cx.statement(TELL).run(JSON.stringify(outcome), workspace, connection, campaignId, workspace, listId);
}

export function listCampaignLinks(cx: Connection, workspace: WorkspaceId, connection: ConnectionId): readonly CampaignLink[] {
  const rows = cx.statement(READ).all(workspace, connection) as Row[]; // its columns
  return rows.map((row) => ({ ...row, outcome: row.outcome === null ? null : JSON.parse(row.outcome) }));
}
type Row = Omit<CampaignLink, 'outcome'> & { readonly outcome: string | null };

export function unlinkCampaign(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  { listId, campaignId }: Parameters<CampaignStore['unlinkCampaign']>[2],
): boolean {
  return cx.statement(UNLINK).run(workspace, connection, campaignId, workspace, listId).changes > 0;
}
