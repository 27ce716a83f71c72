import type { RecordType } from '#shared/crm/record.ts';
import type { SideItem } from '#shared/crm/side-item.ts';
import type { WorkspaceId } from '../records.ts';
import type { Fence } from '../sync-records.ts';
import type { Run, SideDue, SideRead } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { underFence } from './sync-lease.ts';
import { dropOrphans } from './sync-side.ts';

const LIST = `SELECT id AS linkId, remote_id AS remoteId FROM object_link INDEXED BY object_link_side
  WHERE workspace = ? AND connection = ? AND type = ? AND side_read_at < ? AND lead IS NOT NULL AND state = 'linked'
  ORDER BY side_read_at, id LIMIT ?`;
const STAMP = 'UPDATE object_link SET side_read_at = ? WHERE workspace = ? AND id IN (SELECT value FROM json_each(?))';
const STAMP_ALL = 'UPDATE object_link SET side_read_at = ? WHERE workspace = ? AND connection = ?';
const UNREAD = 'UPDATE object_link SET side_read_at = 0 WHERE workspace = ? AND id = ?';
const TIES = `SELECT side_item_link.id AS tie, side_item.id AS item, side_item.kind AS kind, side_item.remote_id AS id FROM json_each(?) AS wanted
  CROSS JOIN side_item_link INDEXED BY side_item_link_link ON side_item_link.workspace = ? AND side_item_link.link = wanted.value
  CROSS JOIN side_item ON side_item.workspace = side_item_link.workspace AND side_item.id = side_item_link.item`;
const UNTIE = 'DELETE FROM side_item_link WHERE workspace = ? AND id = ?';

type Tie = Pick<SideItem, 'kind' | 'id'> & { readonly tie: number; readonly item: number };

/** Live links whose company was last looked at before a moment, the longest ago first. */
export function listSideDue(
  cx: Connection,
  { workspace, connection }: Fence,
  type: RecordType,
  before: number,
  limit: number,
): readonly SideDue[] {
  return cx.statement(LIST).all(workspace, connection, type, before, limit) as SideDue[]; // the columns of LIST
}

/** Takes off some links what was not found on them any more, and drops what nobody is left to have. */
export function noteSideRead(cx: Connection, { fence }: Run, { linkIds, kinds, kept, at }: SideRead): void {
  underFence(cx, fence, () => {
    const { workspace } = fence;
    const links = JSON.stringify(linkIds);
    const read = new Set(kinds);
    const stays = new Set(kept.map(({ kind, id }) => `${kind} ${id}`));
    const ties = cx.statement(TIES).all(links, workspace) as Tie[]; // the columns of TIES
    const gone = ties.filter(({ kind, id }) => read.has(kind) && !stays.has(`${kind} ${id}`));
    for (const { tie } of gone) cx.statement(UNTIE).run(workspace, tie);
    dropOrphans(cx, workspace, new Set(gone.map(({ item }) => item)));
    cx.statement(STAMP).run(at, workspace, links);
  });
}

/** Another record was merged into that of a link: what hung on it hangs there now. The caller holds the transaction. */
export function unreadSide(cx: Connection, workspace: WorkspaceId, link: number): void {
  cx.statement(UNREAD).run(workspace, link);
}

/** Everything there is is being read from the beginning: what is linked by now needs no look of its own. */
export function noteAllSideRead(cx: Connection, { fence }: Run, at: number): void {
  underFence(cx, fence, () => cx.statement(STAMP_ALL).run(at, fence.workspace, fence.connection));
}
