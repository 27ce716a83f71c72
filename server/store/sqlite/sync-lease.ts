import { isDeepStrictEqual } from 'node:util';
import type { FieldPair } from '#shared/crm/record.ts';
import { listsNamed, NEW_SETTINGS, type SyncSettings, withLists } from '#shared/crm/sync-settings.ts';
import type { Act } from '../act.ts';
import type { WorkspaceId } from '../records.ts';
import { type RenewedPairs, renewPairs } from '../renew-pairs.ts';
import { type ConnectionId, type Fence, LeaseLost } from '../sync-records.ts';
import type { Run } from '../sync-store.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';

const READ = 'SELECT owner, number, until FROM sync_lease WHERE workspace = ? AND connection = ?';
const NUMBER = 'SELECT number FROM sync_lease WHERE workspace = ? AND connection = ?';
const TAKE = `INSERT INTO sync_lease (workspace, connection, owner, number, until) VALUES (?, ?, ?, 1, ?)
  ON CONFLICT (workspace, connection) DO UPDATE SET owner = excluded.owner, number = sync_lease.number + 1, until = excluded.until`;
const RENEW = 'UPDATE sync_lease SET until = ? WHERE workspace = ? AND connection = ?';
const READ_SETTINGS = 'SELECT settings FROM connection WHERE workspace = ? AND id = ?';
const LISTS_THERE = `SELECT list.public_id FROM json_each(?) AS wanted CROSS JOIN list ON list.workspace = ? AND list.public_id = wanted.value`;
const SAVE_SETTINGS = 'UPDATE connection SET settings = ? WHERE workspace = ? AND id = ?';
const PUBLIC_ID = 'SELECT public_id FROM connection WHERE workspace = ? AND id = ?';
const READ_ANEW = `UPDATE sync_cursor SET phase = 'initial', window_from = NULL, window_to = NULL, page = NULL
  WHERE workspace = ? AND connection = ? AND object IN (SELECT value FROM json_each(?))`;
/** What was deleted here before it was to go there too stays there. */
const LEAVE_LINKS = `UPDATE object_link INDEXED BY object_link_deleted SET is_deleted_here = 0
  WHERE workspace = ? AND connection = ? AND is_deleted_here = 1`;
const LEAVE_CREATES = `UPDATE remote_write INDEXED BY remote_write_key SET stays_there = 1 WHERE workspace = ? AND connection = ? AND NOT EXISTS
  (SELECT 1 FROM lead WHERE lead.workspace = remote_write.workspace AND lead.public_id = remote_write.lead_public_id)`;
const FORGET_CURSORS = 'DELETE FROM sync_cursor WHERE workspace = ? AND connection = ? AND object IN (SELECT value FROM json_each(?))';
const UNSETTLE = 'UPDATE object_link SET settled_version = 0 WHERE workspace = ? AND connection = ? AND settled_version <> 0';
const RENAME = 'UPDATE sync_conflict SET pair_id = ? WHERE workspace = ? AND connection = ? AND pair_id = ?';
/** A question about fields that are no pair any more is over: both keep their own. */
const END_QUESTIONS = `UPDATE sync_conflict SET resolved_as = 'theirs', resolved_at = ? WHERE workspace = ? AND connection = ?
  AND winner = 'open' AND resolved_at IS NULL AND pair_id IN (SELECT value FROM json_each(?))`;
/** What waits for another record or map; a question waits for a person. */
const ERRORS_DUE = `UPDATE sync_error SET next_at = ? WHERE workspace = ? AND connection = ? AND next_at IS NULL
  AND kind NOT IN ('duplicate', 'ambiguous') AND is_ignored = 0`;
const SWEEPS = ['sweep:contact', 'sweep:lead'];
const RECORDS = ['contact', 'lead'];

/** Gives the right to write for a connection to one owner; null while another holds it. */
export function takeLease(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  owner: string,
  at: number,
  until: number,
): Fence | null {
  return inTransaction(cx, () => {
    const held = cx.statement(READ).get(workspace, connection) as { owner: string; until: number } | undefined; // the columns of READ
    if (held && held.owner !== owner && held.until > at) return null;
    cx.statement(TAKE).run(workspace, connection, owner, until);
    return { workspace, connection, number: Number(cx.column(NUMBER).get(workspace, connection)) };
  });
}

export function renewLease(cx: Connection, fence: Fence, until: number): void {
  underFence(cx, fence, () => cx.statement(RENEW).run(until, fence.workspace, fence.connection));
}

export function releaseLease(cx: Connection, fence: Fence): void {
  underFence(cx, fence, () => cx.statement(RENEW).run(0, fence.workspace, fence.connection));
}

/** Runs writes of a run in one transaction, if nobody else was given the right since: else `LeaseLost` is thrown. */
export function underFence<T>(cx: Connection, fence: Fence, work: () => T): T {
  return inTransaction(cx, () => {
    holdFence(cx, fence);
    return work();
  });
}

/** Throws `LeaseLost` where a newer fence was given out. The caller holds the transaction. */
export function holdFence(cx: Connection, { workspace, connection, number }: Fence): void {
  if (cx.column(NUMBER).get(workspace, connection) !== number) throw new LeaseLost();
}

/** How a connection is kept in step; of one that nobody has set, or that is not there, as new ones are. Lists that were deleted are left out. */
export function readSettings(cx: Connection, workspace: WorkspaceId, connection: ConnectionId): SyncSettings {
  const json = cx.column(READ_SETTINGS).get(workspace, connection) as string | undefined; // plucked: the one column
  const settings: SyncSettings = { ...NEW_SETTINGS, ...JSON.parse(json ?? '{}') }; // written by `saveSettings`
  const named = listsNamed(settings);
  if (named.length === 0) return settings;
  return withLists(settings, new Set(cx.column(LISTS_THERE).all(JSON.stringify(named), workspace) as string[])); // plucked: the one column
}

/** Settings by an admin. What follows from other pairs or another scope is in `LeaseStore.changeSettings`. */
export function changeSettings(cx: Connection, act: Act, connection: ConnectionId, wanted: SyncSettings): void {
  inTransaction(cx, () => {
    const { workspace, at } = act;
    const old = readSettings(cx, workspace, connection);
    const renewed = renewPairs(old.pairs, wanted.pairs, () => cx.newId(at));
    const settings = { ...wanted, pairs: renewed.pairs };
    if (isDeepStrictEqual(old, settings)) return;
    saveSettings(cx, workspace, connection, settings);
    if (!isDeepStrictEqual(old.pairs, settings.pairs)) followMap(cx, act, connection, renewed);
    if (!isDeepStrictEqual(old.scopeIn, settings.scopeIn)) cx.statement(READ_ANEW).run(workspace, connection, JSON.stringify(RECORDS));
    if (old.whenDeletedHere !== settings.whenDeletedHere)
      for (const leave of [LEAVE_LINKS, LEAVE_CREATES]) cx.statement(leave).run(workspace, connection);
    const id = cx.column(PUBLIC_ID).get(workspace, connection) as string | undefined; // plucked: the one column
    writeAudit(cx, act, 'connection.changed', id ?? null, { pairs: settings.pairs.length });
  });
}

/** Under another map everybody linked is looked at, what waited for it is tried again, and questions keep to their fields. */
function followMap(
  cx: Connection,
  { workspace, at }: Pick<Act, 'workspace' | 'at'>,
  connection: ConnectionId,
  renewed: RenewedPairs,
): void {
  const { renamed, ended } = renewed;
  cx.statement(FORGET_CURSORS).run(workspace, connection, JSON.stringify(SWEEPS));
  cx.statement(ERRORS_DUE).run(at, workspace, connection);
  for (const [from, to] of renamed) cx.statement(RENAME).run(to, workspace, connection, from);
  if (ended.length > 0) cx.statement(END_QUESTIONS).run(at, workspace, connection, JSON.stringify(ended));
}

/** The engine found what stands between a pair's two fields, or that it is gone. */
export function setPairTrouble(cx: Connection, run: Run, pairId: string, trouble: FieldPair['trouble']): void {
  changePair(cx, run, pairId, { trouble });
}

/** The engine found fields again that had vanished. */
export function reopenPairs(cx: Connection, run: Run, pairIds: readonly string[], at: number): void {
  underFence(cx, run.fence, () => {
    const { workspace, connection } = run.fence;
    const settings = readSettings(cx, workspace, connection);
    const open = settings.pairs.map((pair) => (pairIds.includes(pair.id) ? { ...pair, trouble: null } : pair));
    const renewed = renewPairs(settings.pairs, open, () => cx.newId(at));
    saveSettings(cx, workspace, connection, { ...settings, pairs: renewed.pairs });
    followMap(cx, { workspace, at }, connection, renewed);
  });
}

/** The engine found what may be chosen in the CRM's field. */
export function setPairOptions(cx: Connection, run: Run, pairId: string, options: NonNullable<FieldPair['options']>): void {
  changePair(cx, run, pairId, { options });
}

function changePair(cx: Connection, run: Run, pairId: string, change: Partial<FieldPair>): void {
  underFence(cx, run.fence, () => {
    const { workspace, connection } = run.fence;
    const settings = readSettings(cx, workspace, connection);
    const pairs = settings.pairs.map((pair) => (pair.id === pairId ? { ...pair, ...change } : pair));
    saveSettings(cx, workspace, connection, { ...settings, pairs });
  });
}

/** With other pairs every link has to be looked at again. */
function saveSettings(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, settings: SyncSettings): void {
  cx.statement(SAVE_SETTINGS).run(JSON.stringify(settings), workspace, connection);
  cx.statement(UNSETTLE).run(workspace, connection);
}
