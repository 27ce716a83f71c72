import { pairsToPush } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { PairValues, RecordType } from '#shared/crm/record.ts';
import { BIN_MS } from '../plan-pull.ts';
import type { Fence, NewWrite, WriteRecord } from '../sync-records.ts';
import type { PushStore, Run, SettledWrite, WriteOutcome } from '../sync-store.ts';
import { twoLeads } from '../two-leads.ts';
import type { Connection } from './connection.ts';
import { addConflict } from './sync-conflicts.ts';
import { dropPushErrors, errorOfLead, noteError } from './sync-errors.ts';
import { findLead, mayPush, type OpenLead, openQuestions, openScope, pairsOf, readLeadNumbered, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';
import { addTombstone, isLinked, linkOfLead, linkOfRecord, readPairs, saveLink, withValues } from './sync-links.ts';

const COLUMNS = `remote_write.op_id AS opId, remote_write.lead AS lead, remote_write.lead_public_id AS leadId,
    remote_write.lead_version AS leadVersion, remote_write.type AS type, remote_write.kind AS kind, remote_write.remote_id AS remoteId,
    remote_write.payload AS payload, remote_write.sent AS sent, remote_write.before AS before, remote_write.seen_at AS seenAt,
    remote_write.attempts AS attempts, remote_write.at AS at, remote_write.stays_there AS staysThere`;
/** Of a lead that is there, an unfound create is only kept in mind. */
const IS_GONE = `NOT EXISTS (SELECT 1 FROM lead WHERE lead.workspace = remote_write.workspace AND lead.public_id = remote_write.lead_public_id)`;
const LIST = `SELECT ${COLUMNS} FROM remote_write
  WHERE workspace = ? AND connection = ? AND op_id > '' AND (lead IS NOT NULL OR ${IS_GONE}) ORDER BY id`;
const FIND = `SELECT ${COLUMNS} FROM remote_write WHERE workspace = ? AND connection = ? AND op_id = ?`;
const ADD = `INSERT INTO remote_write (workspace, connection, op_id, lead, lead_public_id, lead_version, type, kind, remote_id, payload, sent,
    before, seen_at, attempts, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const DROP = 'DELETE FROM remote_write WHERE workspace = ? AND connection = ? AND op_id = ?';
/** Only its key stays, as of a lead that was deleted while its create was under way, and by which pairs it was made: no value of theirs. */
const KEEP_IN_MIND = `UPDATE remote_write SET lead = NULL, payload = '[]', sent = ?, before = '[]'
  WHERE workspace = ? AND connection = ? AND op_id = ?`;
const KEPT_IN_MIND = `SELECT sent FROM remote_write
  WHERE workspace = ? AND connection = ? AND lead_public_id = ? AND type = ? AND lead IS NULL`;
const DROP_OLD = 'DELETE FROM remote_write WHERE workspace = ? AND connection = ? AND lead IS NULL AND at < ?';
const IS_UNDER_WAY = 'SELECT 1 FROM remote_write WHERE workspace = ? AND lead = ? AND connection = ? LIMIT 1';
const MADE_BEFORE = `SELECT 1 FROM remote_write
  WHERE workspace = ? AND connection = ? AND lead_public_id = ? AND lead IS NULL AND ${IS_GONE} LIMIT 1`;
const ADD_PUSH = 'INSERT INTO pushed_value (workspace, connection, lead, pair_id, "from", "to", at) VALUES (?, ?, ?, ?, ?, ?, ?)';
const PUSHES = `SELECT lead.public_id AS leadId, pushed_value.pair_id AS pairId, pushed_value."from" AS "from", pushed_value."to" AS "to"
  FROM json_each(?) AS wanted CROSS JOIN lead ON lead.workspace = ? AND lead.public_id = wanted.value
  CROSS JOIN pushed_value INDEXED BY pushed_value_lead ON pushed_value.workspace = lead.workspace AND pushed_value.lead = lead.id
  WHERE pushed_value.connection = ? AND pushed_value.at >= ? ORDER BY pushed_value.id`;
const OLD_PUSHES = 'DELETE FROM pushed_value WHERE workspace = ? AND connection = ? AND at < ?';
/** The guard against values that are changed back asks for a day. */
const PUSHES_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

type Row = Omit<WriteRecord, 'payload' | 'sent' | 'before'> & {
  readonly lead: number | null;
  readonly payload: string;
  readonly sent: string;
  readonly before: string;
  readonly staysThere: number;
};

/** Keeps those of the writes that may still go. They are sent once this is on disk. */
export function stageWrites(cx: Connection, run: Run, writes: readonly NewWrite[]): readonly (WriteRecord & NewWrite)[] {
  return underFence(cx, run.fence, () => {
    const scope = openScope(cx, run.fence, run.at);
    const { workspace, connection } = run.fence;
    return writes.flatMap((write) => {
      const lead = findLead(scope, write.leadId);
      if (!lead || !mayGo(scope, write, lead)) return [];
      const attempts = errorOfLead(scope, write.type, lead.number, 'push')?.attempts ?? 0;
      const texts = [write.payload, write.sent, write.before].map(toJson);
      const about = [write.opId, lead.number, lead.id, lead.version, write.type, write.kind, write.remoteId];
      cx.statement(ADD).run(workspace, connection, ...about, ...texts, write.seenAt, attempts, write.at);
      return [{ ...write, attempts }];
    });
  });
}

function mayGo(scope: SyncScope, write: NewWrite, lead: OpenLead): boolean {
  const { cx, fence } = scope;
  if (lead.version !== write.leadVersion || !mayPush(scope, lead) || isUnderWay(scope, lead.number)) return false;
  if (write.kind === 'create') return !isLinked(cx, fence, lead.number);
  const link = linkOfLead(cx, fence, write.type, lead.number);
  return link?.state === 'linked' && link.remoteId === write.remoteId;
}

/** Says whether nobody knows yet what became of a write about a lead. */
export function isUnderWay({ cx, fence }: SyncScope, lead: number): boolean {
  return cx.statement(IS_UNDER_WAY).get(fence.workspace, lead, fence.connection) !== undefined;
}

/** A lead of that id was sent to be made and was then deleted here. */
export function isMadeBefore({ cx, fence }: SyncScope, leadId: string): boolean {
  return cx.statement(MADE_BEFORE).get(fence.workspace, fence.connection, leadId) !== undefined;
}

/** The pairs of creates of a lead that were not found where they went. */
export function madeWith({ cx, fence }: SyncScope, type: RecordType, leadId: string): readonly string[] {
  const kept = cx.column(KEPT_IN_MIND).all(fence.workspace, fence.connection, leadId, type) as readonly string[]; // plucked: the one column
  return kept.flatMap((sent) => [...readPairs(sent).keys()]);
}

/** The pairs of a write without their values. */
function namesOf({ sent }: Row): string {
  return JSON.stringify([...readPairs(sent).keys()].map((id) => [id, '']));
}

/** Writes of which nobody knows whether they arrived, in the order they were staged. */
export function listSent(cx: Connection, fence: Fence): readonly WriteRecord[] {
  const rows = cx.statement(LIST).all(fence.workspace, fence.connection) as Row[]; // COLUMNS
  return rows.map(({ lead, staysThere: _, payload, sent, before, ...row }) => ({
    ...row,
    payload: readPairs(payload),
    sent: readPairs(lead === null ? '[]' : sent),
    before: readPairs(before),
  }));
}

/** Ends writes. What each end leaves behind is in `PushStore.settleWrites`. */
export function settleWrites(cx: Connection, run: Run, settled: readonly SettledWrite[]): void {
  underFence(cx, run.fence, () => {
    const scope = openScope(cx, run.fence, run.at);
    const { workspace, connection } = run.fence;
    for (const { opId, outcome } of settled) {
      const write = cx.statement(FIND).get(workspace, connection, opId) as Row | undefined; // COLUMNS
      if (!write || (outcome.kind === 'unfound' && isInBin(scope, write, run.at))) continue;
      if (outcome.kind === 'unfound' && write.kind === 'create')
        cx.statement(KEEP_IN_MIND).run(namesOf(write), workspace, connection, opId);
      else cx.statement(DROP).run(workspace, connection, opId);
      if (outcome.kind === 'written') settleWritten(scope, run, write, outcome);
      if (outcome.kind === 'failed') noteError(scope, outcome.error, write.leadVersion);
    }
    cx.statement(DROP_OLD).run(workspace, connection, run.at - BIN_MS);
    cx.statement(OLD_PUSHES).run(workspace, connection, run.at - PUSHES_KEPT_MS);
  });
}

/** An update whose record may come back from the bin with it, as long as it is the lead's: nothing else is sent to it meanwhile. */
function isInBin({ cx, fence }: SyncScope, { kind, type, lead, remoteId, at }: Row, now: number): boolean {
  if (kind !== 'update' || lead === null || now - at >= BIN_MS) return false;
  return linkOfLead(cx, fence, type, lead)?.remoteId === remoteId;
}

function settleWritten(scope: SyncScope, run: Run, write: Row, outcome: Extract<WriteOutcome, { kind: 'written' }>): void {
  const { cx, fence } = scope;
  const { type, at } = write;
  const { remoteId } = outcome;
  const lead = write.lead === null ? null : readLeadNumbered(scope, write.lead);
  if (!lead) {
    addTombstone(cx, fence, type, remoteId, at, write.staysThere === 1 ? 'settled' : 'open');
    return;
  }
  const known = linkOfRecord(cx, fence, type, remoteId);
  if (known && known.lead !== null && known.lead !== lead.number) {
    noteError(scope, twoLeads(type, lead.id, remoteId));
    return;
  }
  const link = known?.lead === lead.number ? known : linkOfLead(cx, fence, type, lead.number);
  const base = withValues(link ?? { base: null }, outcome.base);
  const isPushed = write.kind === 'create';
  saveLink(cx, fence, { type, remoteId, lead: lead.number, base, settled: settledVersion(scope, type, lead, base), isPushed, at: run.at });
  dropPushErrors(scope, type, lead.number);
  const before = readPairs(write.before);
  for (const [pairId, to] of readPairs(write.sent))
    cx.statement(ADD_PUSH).run(fence.workspace, fence.connection, lead.number, pairId, before.get(pairId) ?? '', to, at);
  for (const conflict of outcome.conflicts) addConflict(scope, run, lead.number, conflict);
}

/** The lead's version where nothing of it is left to push; else none. */
export function settledVersion(scope: SyncScope, type: RecordType, lead: OpenLead, base: PairValues | null): number {
  const pairs = pairsOf(scope, type);
  const left = pairsToPush(pairs, base, valuesOfLead(lead.lead, pairs), openQuestions(scope, lead.number), scope.options);
  return left.length === 0 ? lead.version : 0;
}

export function listPushes(cx: Connection, { workspace, connection }: Fence, leadIds: readonly string[], since: number): Pushes {
  return cx.statement(PUSHES).all(JSON.stringify(leadIds), workspace, connection, since) as Pushes; // the columns of PUSHES
}
type Pushes = Awaited<ReturnType<PushStore['listPushes']>>;

function toJson(values: PairValues): string {
  return JSON.stringify([...values]);
}
