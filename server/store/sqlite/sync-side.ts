import type { RecordType } from '#shared/crm/record.ts';
import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import type { WorkspaceId } from '../records.ts';
import type { Fence, LeadInCrm, LeadLink } from '../sync-records.ts';
import type { Run } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { underFence } from './sync-lease.ts';
import { linkOfRecord } from './sync-links.ts';

const FIND = 'SELECT id FROM side_item WHERE workspace = ? AND connection = ? AND kind = ? AND remote_id = ?';
const SAVE = `INSERT INTO side_item (workspace, connection, kind, remote_id, title, at, modified_at, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace, connection, kind, remote_id)
  DO UPDATE SET title = excluded.title, at = excluded.at, modified_at = excluded.modified_at, facts = excluded.facts
  WHERE (title, at, modified_at, facts) IS NOT (excluded.title, excluded.at, excluded.modified_at, excluded.facts)`;
const DROP = 'DELETE FROM side_item WHERE workspace = ? AND id = ?';
const DROP_LINKS = 'DELETE FROM side_item_link WHERE workspace = ? AND item = ?';
const ADD_LINK = 'INSERT INTO side_item_link (workspace, item, link) VALUES (?, ?, ?) ON CONFLICT (workspace, item, link) DO NOTHING';
const OF_LINKS = `SELECT DISTINCT side_item_link.item FROM json_each(?) AS wanted
  CROSS JOIN side_item_link INDEXED BY side_item_link_link ON side_item_link.workspace = ? AND side_item_link.link = wanted.value`;
const UNLINK = 'DELETE FROM side_item_link WHERE workspace = ? AND link IN (SELECT value FROM json_each(?))';
const HAS_LINK = 'SELECT 1 FROM side_item_link WHERE workspace = ? AND item = ? LIMIT 1';
const HAS_KIND = 'SELECT 1 FROM side_item WHERE workspace = ? AND connection = ? AND kind = ? LIMIT 1';
const OF_LEAD = `SELECT DISTINCT side_item.id AS number, side_item.kind AS kind, side_item.remote_id AS id, side_item.title AS title,
    side_item.at AS at, side_item.modified_at AS modifiedAt, side_item.facts AS facts, connection.provider AS provider
  FROM lead CROSS JOIN object_link ON object_link.workspace = lead.workspace AND object_link.lead = lead.id
  CROSS JOIN side_item_link INDEXED BY side_item_link_link ON side_item_link.workspace = object_link.workspace AND side_item_link.link = object_link.id
  CROSS JOIN side_item ON side_item.workspace = side_item_link.workspace AND side_item.id = side_item_link.item
  CROSS JOIN connection ON connection.workspace = side_item.workspace AND connection.id = side_item.connection
  WHERE lead.workspace = ? AND lead.public_id = ? ORDER BY side_item.at DESC, side_item.id DESC LIMIT ?`;
const RECORDS_OF = `SELECT object_link.type AS type, object_link.remote_id AS id FROM side_item_link
  JOIN object_link ON object_link.workspace = side_item_link.workspace AND object_link.id = side_item_link.link
  WHERE side_item_link.workspace = ? AND side_item_link.item = ? ORDER BY side_item_link.id`;
const LINKS = `SELECT connection.public_id AS connectionId, connection.provider AS provider, object_link.type AS type,
    CASE object_link.state WHEN 'purged' THEN NULL ELSE object_link.remote_id END AS remoteId, object_link.state AS state
  FROM lead CROSS JOIN object_link INDEXED BY object_link_lead ON object_link.workspace = lead.workspace AND object_link.lead = lead.id
  CROSS JOIN connection ON connection.workspace = object_link.workspace AND connection.id = object_link.connection
  WHERE lead.workspace = ? AND lead.public_id = ? ORDER BY object_link.id`;
/** A lead with more deals and calls than this shows the newest. */
const MOST_SHOWN = 500;

type Row = Omit<LeadInCrm['side'][number], 'facts' | 'of' | 'isGone'> & { readonly number: number; readonly facts: string };

/** Replaces items by their id; one that is gone, or whose record has no lead here, is not kept. Gives how many are new or other than before. */
export function saveSideItems(cx: Connection, run: Run, items: readonly SideItem[]): number {
  return underFence(cx, run.fence, () => items.filter((item) => saveItem(cx, run, item)).length);
}

function saveItem(cx: Connection, { fence }: Run, item: SideItem): boolean {
  const { workspace, connection } = fence;
  const { kind, id, title, at, modifiedAt, facts } = item;
  const links = item.of.flatMap((record) => {
    const link = linkOfRecord(cx, fence, record.type, record.id);
    return link && link.lead !== null && link.state !== 'purged' ? [link.id] : [];
  });
  const isKept = links.length > 0 && !item.isGone;
  const values = [title, at, modifiedAt, JSON.stringify(facts)];
  const isNews = isKept && cx.statement(SAVE).run(workspace, connection, kind, id, ...values).changes > 0;
  const known = cx.column(FIND).get(workspace, connection, kind, id);
  if (known === undefined) return false;
  if (!isKept) cx.statement(DROP).run(workspace, known);
  else {
    cx.statement(DROP_LINKS).run(workspace, known);
    for (const link of links) cx.statement(ADD_LINK).run(workspace, known, link);
  }
  return isNews;
}

export function hasSideItems(cx: Connection, { workspace, connection }: Fence, kind: SideKind): boolean {
  return cx.statement(HAS_KIND).get(workspace, connection, kind) !== undefined;
}

/** Of a lead, the newest first. */
export function listSideItems(cx: Connection, workspace: WorkspaceId, leadId: string): readonly SideItem[] {
  return readSide(cx, workspace, leadId).map(({ provider: _, ...item }) => item);
}

/** The records a lead is, and what hangs on them; of a connection that was left, what is known still. */
export function readLeadInCrm(cx: Connection, workspace: WorkspaceId, leadId: string): LeadInCrm {
  const links = cx.statement(LINKS).all(workspace, leadId) as LeadLink[]; // the columns of LINKS
  return { links, side: readSide(cx, workspace, leadId) };
}

function readSide(cx: Connection, workspace: WorkspaceId, leadId: string): LeadInCrm['side'] {
  const rows = cx.statement(OF_LEAD).all(workspace, leadId, MOST_SHOWN) as Row[]; // the columns of OF_LEAD
  return rows.map(({ number, facts, ...row }) => {
    const of = cx.statement(RECORDS_OF).all(workspace, number) as { type: RecordType; id: string }[]; // the columns of RECORDS_OF
    return { ...row, facts: JSON.parse(facts), of, isGone: false };
  });
}

/** Takes links off the items they have, and drops those that nobody is left to have. The caller holds the transaction. */
export function dropItemsOf(cx: Connection, workspace: WorkspaceId, links: readonly number[]): void {
  const json = JSON.stringify(links);
  const items = cx.column(OF_LINKS).all(json, workspace) as number[]; // plucked: the one column
  cx.statement(UNLINK).run(workspace, json);
  dropOrphans(cx, workspace, items);
}

/** Drops those of some items that nobody is left to have. The caller holds the transaction. */
export function dropOrphans(cx: Connection, workspace: WorkspaceId, items: Iterable<number>): void {
  for (const item of items) if (!cx.statement(HAS_LINK).get(workspace, item)) cx.statement(DROP).run(workspace, item);
}
