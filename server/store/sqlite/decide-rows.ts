import type { Lead } from '#shared/lead/lead.ts';
import { answerReview, REVIEW_ANSWERS } from '#shared/plan/answer-review.ts';
import type { KnownLead } from '#shared/plan/decide-row.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import type { ClosedImportStore, Decided } from '../closed-import-store.ts';
import type { ReviewDecision, Undecidable } from '../records.ts';
import { toPlan } from '../settle-row.ts';
import type { Act } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { candidatesOf } from './find-candidates.ts';
import { claimList, findImport, type ImportRow, toImportRecord } from './import-records.ts';
import { BUCKET_INDEX, type LeadWriter, leadWriter, toJson } from './row-writer.ts';

type Row = {
  readonly id: number;
  readonly line: number;
  readonly bucket: number;
  readonly settled: number;
  readonly decided: number | null;
  readonly problems: string | null;
  readonly kept: string | null;
  readonly leadId: string | null;
};
type Answer<K extends keyof ClosedImportStore> = Awaited<ReturnType<ClosedImportStore[K]>>;
/** A row in review with what is to become of it. `target` = the lead a `same` is about. */
type Resolved = { readonly row: Row; readonly lead: Lead | null; readonly as: ReviewDecision['as']; readonly target: string | null };

const REVIEW = BUCKET_INDEX.review;
const COLUMNS = `import_row.id AS id, import_row.line AS line, import_row.bucket AS bucket, import_row.settled AS settled,
  import_row.decided AS decided, import_row.problems AS problems, import_row.kept AS kept, lead.public_id AS leadId`;
const ANY_BUCKET = BUCKETS.map((_, index) => index).join(', ');
const LEAD_OF_ROW = 'LEFT JOIN lead ON lead.workspace = import_row.workspace AND lead.id = import_row.lead';
const FIND_LINES = `SELECT ${COLUMNS} FROM json_each(?) AS wanted
  CROSS JOIN import_row INDEXED BY import_row_bucket ON import_row.workspace = ? AND import_row.import_id = ?
    AND import_row.settled IN (${ANY_BUCKET}) AND import_row.line = wanted.value ${LEAD_OF_ROW}`;
const NEXT_IN_REVIEW = `SELECT ${COLUMNS} FROM import_row ${LEAD_OF_ROW}
  WHERE import_row.workspace = ? AND import_row.import_id = ? AND import_row.settled = ${REVIEW}
    AND (import_row.line, import_row.id) > (?, ?) ORDER BY import_row.line, import_row.id LIMIT ?`;
const SETTLE = 'UPDATE import_row SET settled = ?, decided = ?, lead = ?, problems = ?, raw = NULL, kept = NULL WHERE id = ?';

/** Decides the rows that are named, all or none. */
export function decideRows(
  cx: Connection,
  act: Act,
  importId: string,
  decisions: readonly ReviewDecision[],
  notBefore: number,
): Answer<'decideRows'> {
  return inTransaction(cx, () => {
    const found = findDecidable(cx, act, importId, notBefore);
    if (typeof found === 'string') return { kind: found };
    const lines = JSON.stringify(decisions.map(({ line }) => line));
    const stored = cx.statement(FIND_LINES).all(lines, act.workspace, found.id) as Row[]; // COLUMNS
    const rowsByLine = new Map(stored.map((row) => [row.line, row]));
    const refused: Undecidable[] = [];
    const open: { readonly row: Row; readonly decision: ReviewDecision }[] = [];
    const asked = new Map<number, ReviewDecision>();
    for (const decision of decisions) {
      const row = rowsByLine.get(decision.line);
      const before = asked.get(decision.line);
      asked.set(decision.line, decision);
      if (before && (before.as !== decision.as || before.leadId !== decision.leadId))
        refused.push({ line: decision.line, reason: 'decided_otherwise' });
      else if (row?.settled === REVIEW) open.push(...(before ? [] : [{ row, decision }]));
      else if (!row || !isRepetition(row, decision)) refused.push({ line: decision.line, reason: whyClosed(row) });
    }
    const done = decide(cx, act, found, open, refused);
    if (refused.length > 0) return { kind: 'refused', lines: refused };
    return done ?? { kind: 'decided', import: toImportRecord(cx, found), next: null };
  });
}

/** Decides the next rows in review alike; where that is not possible a row stays there. */
export function decideAlike(
  cx: Connection,
  act: Act,
  importId: string,
  page: Parameters<ClosedImportStore['decideAlike']>[2],
  notBefore: number,
): Decided {
  return inTransaction(cx, () => {
    const found = findDecidable(cx, act, importId, notBefore);
    if (typeof found === 'string') return { kind: found };
    const after = (page.after === null ? null : readCursor(page.after)) ?? [0, 0];
    const rows = cx.statement(NEXT_IN_REVIEW).all(act.workspace, found.id, ...after, page.limit) as Row[]; // COLUMNS
    const open = rows.map((row) => ({ row, decision: { line: row.line, as: page.as } }));
    const refused = decide(cx, act, found, open, null);
    const last = rows.at(-1);
    const next = rows.length < page.limit || !last ? null : writeCursor([last.line, last.id]);
    return refused ?? { kind: 'decided', import: toImportRecord(cx, found), next };
  });
}

type Closed = Exclude<Decided['kind'], 'decided' | 'list_not_found'>;
function findDecidable(cx: Connection, act: Act, importId: string, notBefore: number): ImportRow | Closed {
  const row = findImport(cx, act.workspace, importId);
  if (!row) return 'not_found';
  if (row.state === 'undone' || row.undoStartedAt !== null) return 'undone';
  if (row.state === 'receiving') return 'open';
  return row.forgottenAt !== null || (row.completedAt ?? 0) < notBefore ? 'too_late' : row;
}

/** The same decision again. A `same` that named no lead, and a row that ended as suppressed, agree with any. */
function isRepetition(row: Row, { as, leadId }: ReviewDecision): boolean {
  if (row.decided === null || REVIEW_ANSWERS[row.decided] !== as) return false;
  return as !== 'same' || leadId === undefined || row.leadId === null || row.leadId === leadId;
}

function whyClosed(row: Row | undefined): Undecidable['reason'] {
  if (!row) return 'no_such_line';
  return row.decided === null ? 'not_in_review' : 'decided_otherwise';
}

/** Writes decided rows; what cannot be decided goes to `refused` and then nothing is written, or without that stays as it is. */
function decide(
  cx: Connection,
  act: Act,
  found: ImportRow,
  open: readonly { readonly row: Row; readonly decision: ReviewDecision }[],
  refused: Undecidable[] | null,
): { readonly kind: 'list_not_found' } | null {
  if (open.length === 0) return null;
  const list = claimList(cx, act, found);
  if (!list) return { kind: 'list_not_found' };
  const { workspace, member, at } = act;
  const policy = JSON.parse(found.policy); // written by `insertImport`
  const batch = { workspace, importId: found.id, list: list.id, source: found.source, policy, member, at, unattended: false };
  const leads = open.map(({ row }) => readKept(row));
  const writer = leadWriter(
    cx,
    batch,
    leads.map((lead) => (lead ? { lead } : {})),
  );
  const resolved: Resolved[] = [];
  for (const [index, { row, decision }] of open.entries()) {
    const lead = leads[index] ?? null;
    const one = resolve(writer, row, lead, decision);
    if (typeof one !== 'string') resolved.push(one);
    else refused?.push({ line: row.line, reason: one });
  }
  if (refused && refused.length > 0) return null;
  for (const one of resolved) settle(cx, writer, policy, one);
  return null;
}

function readKept(row: Row): Lead | null {
  return row.kept === null ? null : JSON.parse(row.kept); // written by the row writer
}

function resolve({ lookup }: LeadWriter, row: Row, lead: Lead | null, { as, leadId }: ReviewDecision): Resolved | Undecidable['reason'] {
  const candidates = candidatesOf(lookup, { lead, leadId: row.leadId });
  const only = candidates.length === 1 ? (candidates[0] ?? null) : null;
  if (as === 'skip') return { row, lead, as, target: only };
  if (as === 'create') return lead ? { row, lead, as, target: null } : 'nothing_kept';
  if (lead && lookup.findKnown(lead).suppressed) return { row, lead, as, target: null };
  if (leadId !== undefined) return lookup.findTarget(leadId) ? { row, lead, as, target: leadId } : 'no_such_lead';
  if (only === null) return candidates.length === 0 ? 'no_candidate' : 'several_candidates';
  return { row, lead, as, target: only };
}

function settle(
  cx: Connection,
  { lookup, write }: LeadWriter,
  policy: Parameters<typeof answerReview>[4],
  { row, lead, as, target }: Resolved,
): void {
  const values = lead ?? {};
  const known = lookup.findKnown(values);
  const about = target === null ? null : (known.leads.find(({ id }) => id === target) ?? foundTarget(lookup.findTarget(target)));
  const verdict = answerReview(as, values, known, about, policy);
  const found: readonly Problem[] = row.problems === null ? [] : JSON.parse(row.problems);
  const plan = toPlan({}, values, { ...verdict, tightened: false }, found);
  const written = write({ line: row.line, lead: values }, plan);
  cx.statement(SETTLE).run(BUCKET_INDEX[plan.bucket], REVIEW_ANSWERS.indexOf(as), written.lead, toJson(plan.problems), row.id);
}

/** A lead that an earlier row of the file wrote is known by the phone they share. */
function foundTarget(target: KnownLead | null): KnownLead | null {
  return target && { ...target, matchedOn: ['phone'] };
}
