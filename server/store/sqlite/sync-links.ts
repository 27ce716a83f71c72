import { createHash } from 'node:crypto';
import type { PairValues, RecordType } from '#shared/crm/record.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId, Fence, LinkCounts, LinkRecord, LinkState } from '../sync-records.ts';
import type { Connection } from './connection.ts';

/** A link as it lies there; without a lead it is a tombstone. */
export type LinkRow = {
  readonly id: number;
  readonly lead: number | null;
  readonly leadId: string | null;
  readonly type: RecordType;
  readonly remoteId: string;
  readonly state: LinkState;
  readonly base: string | null;
  readonly aliases: string;
};
type Owner = Pick<Fence, 'workspace' | 'connection'>;

const COLUMNS = `object_link.id AS id, object_link.lead AS lead, lead.public_id AS leadId, object_link.type AS type,
    object_link.remote_id AS remoteId, object_link.state AS state, object_link.base AS base,
    (SELECT json_group_array(link_alias.remote_id) FROM link_alias
     WHERE link_alias.workspace = object_link.workspace AND link_alias.link = object_link.id) AS aliases`;
const LINK = `SELECT ${COLUMNS}
  FROM object_link LEFT JOIN lead ON lead.workspace = object_link.workspace AND lead.id = object_link.lead`;
const BY_REMOTE = `${LINK} WHERE object_link.workspace = ? AND object_link.connection = ? AND object_link.type = ? AND object_link.remote_id = ?`;
const BY_LEAD = `${LINK} WHERE object_link.workspace = ? AND object_link.lead = ? AND object_link.connection = ? AND object_link.type = ?`;
const BY_LEAD_ID = `SELECT ${COLUMNS}
  FROM lead CROSS JOIN object_link INDEXED BY object_link_lead ON object_link.workspace = lead.workspace AND object_link.lead = lead.id
  WHERE lead.workspace = ? AND lead.public_id = ? AND object_link.connection = ? AND object_link.type = ?`;
const ANY_BY_LEAD = 'SELECT 1 FROM object_link WHERE workspace = ? AND lead = ? AND connection = ? LIMIT 1';
const BY_ALIAS = 'SELECT link FROM link_alias WHERE workspace = ? AND connection = ? AND type = ? AND remote_id = ?';
const BY_ID = `${LINK} WHERE object_link.workspace = ? AND object_link.id = ?`;
const IN_ORDER = `${LINK} WHERE object_link.workspace = ? AND object_link.connection = ? AND object_link.type = ? AND object_link.id > ?
    AND object_link.lead IS NOT NULL AND object_link.state <> 'purged' ORDER BY object_link.id LIMIT ?`;
const COUNT = `SELECT state, count(*) AS count FROM object_link INDEXED BY object_link_state
  WHERE workspace = ? AND connection = ? AND state IN ('linked', 'missing', 'unseen') AND lead IS NOT NULL GROUP BY state`;
const ADD = `INSERT INTO object_link (workspace, connection, type, remote_id, lead, state, base, settled_version, is_pushed, linked_at, is_deleted_here)
  VALUES (?, ?, ?, ?, ?, 'linked', ?, ?, ?, ?, 0)`;
const SAVE = `UPDATE object_link SET side_read_at = CASE remote_id WHEN ? THEN side_read_at ELSE 0 END, remote_id = ?, state = 'linked',
    base = ?, settled_version = ?, is_pushed = max(is_pushed, ?)
  WHERE workspace = ? AND id = ?`;
const ADD_TOMBSTONE = `INSERT INTO object_link (workspace, connection, type, remote_id, state, settled_version, is_pushed, linked_at, is_deleted_here)
  VALUES (?, ?, ?, ?, 'linked', 0, 1, ?, ?) ON CONFLICT (workspace, connection, type, remote_id) DO NOTHING`;
const DROP = 'DELETE FROM object_link WHERE workspace = ? AND id = ?';
const SAVE_BASE = 'UPDATE object_link SET base = ?, settled_version = 0 WHERE workspace = ? AND id = ?';
const ADD_ALIAS = `INSERT INTO link_alias (workspace, connection, type, remote_id, link) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace, connection, type, remote_id) DO UPDATE SET link = excluded.link`;

/** The link of a record, by the id it has or left as a hash. */
export function ownLinkOfRecord(cx: Connection, { workspace, connection }: Owner, type: RecordType, remoteId: string): LinkRow | null {
  const find = cx.statement(BY_REMOTE);
  for (const id of [remoteId, hashOf(remoteId)]) {
    const row = find.get(workspace, connection, type, id) as LinkRow | undefined; // the columns of LINK
    if (row) return row;
  }
  return null;
}

/** The same, or that of the lead whose record it was before a merge, or is beside the one that is linked. */
export function linkOfRecord(cx: Connection, owner: Owner, type: RecordType, remoteId: string): LinkRow | null {
  const { workspace, connection } = owner;
  const own = ownLinkOfRecord(cx, owner, type, remoteId);
  if (own) return own;
  const link = cx.column(BY_ALIAS).get(workspace, connection, type, remoteId);
  return link === undefined ? null : ((cx.statement(BY_ID).get(workspace, link) as LinkRow | undefined) ?? null); // as above
}

/** The link a lead has with records of a type. */
export function linkOfLead(cx: Connection, { workspace, connection }: Owner, type: RecordType, lead: number): LinkRow | null {
  return (cx.statement(BY_LEAD).get(workspace, lead, connection, type) as LinkRow | undefined) ?? null; // the columns of LINK
}

/** The same, of a lead by its public id. */
export function linkOfLeadId(cx: Connection, { workspace, connection }: Owner, type: RecordType, leadId: string): LinkRow | null {
  return (cx.statement(BY_LEAD_ID).get(workspace, leadId, connection, type) as LinkRow | undefined) ?? null; // the columns of LINK
}

/** Says whether a lead has a link with the connection, of any type and state. */
export function isLinked(cx: Connection, { workspace, connection }: Owner, lead: number): boolean {
  return cx.statement(ANY_BY_LEAD).get(workspace, lead, connection) !== undefined;
}

/** Links a lead to a record, in the place of its former link; a tombstone of the record gives way. `settled`: the version that needs no push. */
export function saveLink(
  cx: Connection,
  owner: Owner,
  link: {
    readonly type: RecordType;
    readonly remoteId: string;
    readonly lead: number;
    readonly base: PairValues | null;
    readonly settled: number;
    readonly isPushed: boolean;
    readonly at: number;
  },
): LinkRow {
  const { workspace, connection } = owner;
  const { type, remoteId, lead, settled } = link;
  const base = link.base && JSON.stringify([...link.base]);
  const isPushed = link.isPushed ? 1 : 0;
  const former = linkOfLead(cx, owner, type, lead);
  const dead = ownLinkOfRecord(cx, owner, type, remoteId);
  if (dead && dead.lead === null) cx.statement(DROP).run(workspace, dead.id);
  if (former) cx.statement(SAVE).run(remoteId, remoteId, base, settled, isPushed, workspace, former.id);
  else cx.statement(ADD).run(workspace, connection, type, remoteId, lead, base, settled, isPushed, link.at);
  const saved = linkOfLead(cx, owner, type, lead);
  if (!saved) throw new Error('a link is gone inside its own transaction');
  return saved;
}

/** The CRM's values of some pairs, as far as they are known from here on; an empty text is blank, the others stay. */
export function saveBase(cx: Connection, { workspace }: Owner, link: LinkRow, values: PairValues): void {
  cx.statement(SAVE_BASE).run(JSON.stringify([...withValues(link, values)]), workspace, link.id);
}

/** The base of a link with some values replaced. */
export function withValues({ base }: Pick<LinkRow, 'base'>, values: PairValues): PairValues {
  const all = new Map(base === null ? [] : readPairs(base));
  for (const [pairId, text] of values) {
    if (text === '') all.delete(pairId);
    else all.set(pairId, text);
  }
  return all;
}

/** A record whose lead was deleted here. `settled`: nobody asks any more what is to become of it there. */
export function addTombstone(
  cx: Connection,
  { workspace, connection }: Owner,
  type: RecordType,
  remoteId: string,
  at: number,
  is: 'open' | 'settled' = 'open',
): void {
  cx.statement(ADD_TOMBSTONE).run(workspace, connection, type, remoteId, at, is === 'open' ? 1 : 0);
}

export function dropLink(cx: Connection, { workspace }: Owner, id: number): void {
  cx.statement(DROP).run(workspace, id);
}

/** A record answers for another id too. */
export function addAlias(cx: Connection, { workspace, connection }: Owner, type: RecordType, remoteId: string, link: number): void {
  cx.statement(ADD_ALIAS).run(workspace, connection, type, remoteId, link);
}

/** Of a lead that is there, in their order. */
export function listLinks(cx: Connection, fence: Fence, type: RecordType, after: number, limit: number): readonly LinkRecord[] {
  const rows = cx.statement(IN_ORDER).all(fence.workspace, fence.connection, type, after, limit) as LinkRow[]; // the columns of LINK
  return rows.flatMap((row) => toLinkRecord(row) ?? []);
}

/** Those of some records that are a lead's. */
export function findLinked(
  cx: Connection,
  fence: Fence,
  type: RecordType,
  remoteIds: readonly string[],
  who?: 'deleted_too',
): ReadonlySet<string> {
  const isOne = (row: LinkRow | null) => row !== null && (who === 'deleted_too' || row.lead !== null);
  return new Set(remoteIds.filter((id) => isOne(linkOfRecord(cx, fence, type, id))));
}

export function countLinks(cx: Connection, workspace: WorkspaceId, connection: ConnectionId): LinkCounts {
  const rows = cx.statement(COUNT).all(workspace, connection) as { state: keyof LinkCounts; count: number }[]; // the columns of COUNT
  const countOf = (is: keyof LinkCounts) => rows.find(({ state }) => state === is)?.count ?? 0;
  return { linked: countOf('linked'), missing: countOf('missing'), unseen: countOf('unseen') };
}

/** A link as the rest of the server sees it; null for a tombstone. */
export function toLinkRecord({ id, leadId, type, remoteId, aliases, base, state }: LinkRow): LinkRecord | null {
  if (leadId === null) return null;
  return { id, leadId, type, remoteId, aliases: JSON.parse(aliases), base: base === null ? null : readPairs(base), state };
}

/** Pairs of values as they are stored: JSON [[id, value], …]. */
export function readPairs(json: string): PairValues {
  return new Map(JSON.parse(json)); // written from a Map
}

/** What is left of the id of a record that was erased: enough to know it again, not to find it. */
export function hashOf(remoteId: string): string {
  return `#${createHash('sha256').update(remoteId).digest('hex')}`;
}
