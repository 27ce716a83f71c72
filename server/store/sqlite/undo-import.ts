import type { ClosedImportStore, TriedUndo, Undone } from '../closed-import-store.ts';
import type { KeptLead } from '../records.ts';
import type { Act } from '../store.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inDryRun, inTransaction } from './connection.ts';
import { dropLeads } from './drop-leads.ts';
import { findImport, type ImportRow, toImportRecord } from './import-records.ts';
import { foldLogIn, noteDeletion } from './overwrite-deleted.ts';
import { BUCKET_INDEX } from './row-writer.ts';
import { undoChanges } from './undo-changes.ts';
import { findTouched } from './undo-created.ts';
import { namePushed, readPushed, readPushedLinks } from './undo-pushed.ts';

type Step = Parameters<ClosedImportStore['undoStep']>[2];
type Trial = Parameters<ClosedImportStore['tryUndo']>[2];
type Row = { readonly id: number; readonly lead: number; readonly settled: number; readonly madeBy: number };

const WRITTEN = [BUCKET_INDEX.created, BUCKET_INDEX.addedToList, BUCKET_INDEX.updated].join(', ');
const NEXT_CHUNK = `SELECT first_row AS first, first_row + row_count - 1 AS last FROM import_chunk
  WHERE workspace = ? AND import_id = ? AND row_count > 0 AND first_row + row_count - 1 > ? ORDER BY first_row LIMIT 1`;
/**
 * Rows that wrote a lead which is still there; of several that wrote the same one, the first. The pluses keep SQLite
 * from going through the whole workspace instead of the chunk.
 */
const READ_ROWS = `SELECT import_row.id AS id, import_row.lead AS lead, import_row.settled AS settled, lead.import_id AS madeBy
  FROM import_row CROSS JOIN lead ON lead.id = import_row.lead AND +lead.workspace = import_row.workspace
  WHERE import_row.id BETWEEN ? AND ? AND +import_row.workspace = ? AND +import_row.import_id = ? AND import_row.settled IN (${WRITTEN})
    AND (import_row.settled = ${BUCKET_INDEX.created} OR NOT EXISTS (
      SELECT 1 FROM import_row AS before INDEXED BY import_row_lead
      WHERE before.workspace = import_row.workspace AND before.lead = import_row.lead AND before.import_id = import_row.import_id
        AND before.id < import_row.id AND before.settled IN (${WRITTEN})))`;
const BEGIN = `UPDATE import SET undo_started_at = ?, undone_by = ?, undone_row = 0, undo_removed = 0, undo_restored = 0, undo_kept = 0
  WHERE workspace = ? AND id = ?`;
const ADVANCE = `UPDATE import SET undone_row = ?, undo_removed = undo_removed + ?, undo_restored = undo_restored + ?, undo_kept = undo_kept + ?
  WHERE workspace = ? AND id = ?`;
const FINISH = "UPDATE import SET state = 'undone', undone_at = ? WHERE workspace = ? AND id = ?";
const NOTE_KEPT = 'UPDATE import_row SET not_undone = ? WHERE id = ?';
const READ_KEPT = `SELECT lead.public_id, import_row.not_undone FROM import_row INDEXED BY import_row_not_undone
  JOIN lead ON lead.workspace = import_row.workspace AND lead.id = import_row.lead
  WHERE import_row.workspace = ? AND import_row.import_id = ? AND import_row.not_undone IS NOT NULL AND import_row.id > ?
  ORDER BY import_row.id LIMIT ?`;

const HAS_MEMBERS = 'SELECT 1 FROM list_member WHERE workspace = ? AND list = ? LIMIT 1';
const IS_AWAITED = "SELECT 1 FROM import WHERE workspace = ? AND list = ? AND state = 'receiving' LIMIT 1";
const MADE_BY_UNDONE = "SELECT 1 FROM import WHERE workspace = ? AND list = ? AND list_created = 1 AND state = 'undone' LIMIT 1";
const FORGET_LIST = 'UPDATE import SET list = NULL WHERE workspace = ? AND list = ?';
const DROP_LIST = 'DELETE FROM list WHERE workspace = ? AND id = ?';

/**
 * One step of an undo, in a transaction of its own: where it is stands in the import, so that a server that was killed
 * goes on there. The last step, which finds no more rows, closes it.
 */
export function undoStep(cx: Connection, act: Act, importId: string, step: Step, notBefore: number): Undone {
  const done = inTransaction(cx, (): Undone => {
    const row = findImport(cx, act.workspace, importId);
    if (!row) return { kind: 'not_found' };
    if (row.state === 'undone') return toUndone(cx, row, step);
    const refused = whyNot(row, notBefore);
    if (refused) return { kind: refused };
    if (row.undoStartedAt === null) cx.statement(BEGIN).run(act.at, act.member, act.workspace, row.id);
    if (undoSpan(cx, act, row, step.rows)) return { kind: 'more' };
    cx.statement(FINISH).run(act.at, act.workspace, row.id);
    dropUndoneList(cx, row);
    const undone = findImport(cx, act.workspace, importId) ?? row;
    const { undoRemoved, undoRestored, undoKept } = undone;
    writeAudit(cx, act, 'import.undone', importId, { removed: undoRemoved ?? 0, restored: undoRestored ?? 0, kept: undoKept ?? 0 });
    return toUndone(cx, undone, step);
  });
  if (done.kind === 'undone' && done.import.undo?.undoneAt === act.at && done.import.undo.removed > 0) foldLogIn(cx);
  return done;
}

function toUndone(cx: Connection, row: ImportRow, { kept }: Step): Undone {
  return { kind: 'undone', import: toImportRecord(cx, row), kept: readKept(cx, row, kept), ...readPushed(cx, row, kept) };
}

/** The same step, taken back: what it would come to. */
export function tryUndo(cx: Connection, act: Act, importId: string, trial: Trial, notBefore: number): TriedUndo {
  return inDryRun(cx, (): TriedUndo => {
    const row = findImport(cx, act.workspace, importId);
    if (!row) return { kind: 'not_found' };
    const refused = whyNot(row, notBefore);
    if (refused) return { kind: refused };
    const span = undoSpan(cx, act, row, trial.rows, trial.after ?? row.undoneRow ?? 0);
    if (!span) return { kind: 'end' };
    const { inCrm, ...counts } = span;
    return {
      kind: 'more',
      ...counts,
      kept: readKept(cx, row, trial.kept, trial.after ?? 0),
      ...readPushedLinks(cx, row, inCrm, trial.kept),
    };
  });
}

function whyNot(row: ImportRow, notBefore: number): 'open' | 'too_late' | null {
  if (row.state === 'receiving') return 'open';
  const isOver = row.undoStartedAt === null && (row.completedAt ?? 0) < notBefore;
  return row.forgottenAt !== null || isOver ? 'too_late' : null;
}

type Span = {
  readonly reached: number;
  readonly removed: number;
  readonly restored: number;
  readonly keptCount: number;
  readonly inCrm: readonly number[];
};

/** Takes the rows behind the one that is reached back; null = there are none. */
function undoSpan(cx: Connection, act: Act, found: ImportRow, rows: number, reached = found.undoneRow ?? 0): Span | null {
  const { workspace } = act;
  const chunk = cx.statement(NEXT_CHUNK).get(workspace, found.id, reached) as { first: number; last: number } | undefined; // its columns
  if (!chunk) return null;
  const first = Math.max(chunk.first, reached + 1);
  const last = Math.min(chunk.last, first + rows - 1);
  const written = cx.statement(READ_ROWS).all(first, last, workspace, found.id) as Row[]; // the columns of READ_ROWS
  const created = written.filter(({ settled }) => settled === BUCKET_INDEX.created);
  const touched = findTouched(cx, found, created.map(leadOf));
  const removed = created.map(leadOf).filter((lead) => !touched.has(lead));
  const inCrm = namePushed(cx, found, removed);
  dropLeads(cx, workspace, removed, 'undone');
  if (removed.length > 0) noteDeletion(cx);
  // What the import wrote into leads of its own stays or goes with them.
  const before = written.filter(({ settled, madeBy }) => settled !== BUCKET_INDEX.created && madeBy !== found.id);
  const { restored, kept } = undoChanges(cx, act, found, before.map(leadOf));
  let keptCount = 0;
  for (const { id, lead, settled } of written) {
    const reason = settled === BUCKET_INDEX.created ? touched.get(lead) : undefined;
    const note = reason === undefined ? kept.get(lead) : { reason };
    if (!note) continue;
    cx.statement(NOTE_KEPT).run(JSON.stringify(note), id);
    keptCount++;
  }
  cx.statement(ADVANCE).run(last, removed.length, restored, keptCount, workspace, found.id);
  return { reached: last, removed: removed.length, restored, keptCount, inCrm };
}

function leadOf({ lead }: Row): number {
  return lead;
}

function readKept(cx: Connection, found: ImportRow, limit: number, after = 0): KeptLead[] {
  const rows = cx.table(READ_KEPT).all(found.workspace, found.id, after, limit) as [string, string][]; // the columns of READ_KEPT
  return rows.map(([leadId, note]) => ({ leadId, ...JSON.parse(note) })); // written by `undoSpan`
}

/** A list that an import made which is undone, that holds nobody and that no import is on its way to. */
function dropUndoneList(cx: Connection, { workspace, list }: ImportRow): void {
  if (list === null || !cx.statement(MADE_BY_UNDONE).get(workspace, list)) return;
  if (cx.statement(HAS_MEMBERS).get(workspace, list) || cx.statement(IS_AWAITED).get(workspace, list)) return;
  cx.statement(FORGET_LIST).run(workspace, list);
  cx.statement(DROP_LIST).run(workspace, list);
}
