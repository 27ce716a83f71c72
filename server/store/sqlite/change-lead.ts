import { changesForPatch, mergeLead } from '../merge-lead.ts';
import type { LeadRecord } from '../records.ts';
import type { Act, LeadPatch, LeadStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { suppressionSearch } from './find-suppressed.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import { leadReader } from './read-leads.ts';
import { readRegistry } from './registry.ts';
import { saveChanges } from './row-writer.ts';

type Changed = Awaited<ReturnType<LeadStore['changeLead']>>;
const READ = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;

/** Changes one lead by hand: only the version that was seen, never to a suppressed value. */
export function changeLead(cx: Connection, act: Act, id: string, patch: LeadPatch, version?: number): Changed {
  return inTransaction(cx, () => {
    const { workspace } = act;
    const row = cx.statement(READ).get(workspace, id) as LeadRow | undefined; // the columns of LEAD_COLUMNS
    if (!row) return { kind: 'not_found' };
    const record = (): LeadRecord => {
      const lead = leadReader(cx, workspace).read(id);
      if (!lead) throw new Error('a lead is gone inside its own transaction');
      return lead;
    };
    if (version !== undefined && version !== row.version) return { kind: 'other_version', lead: record() };
    const registry = readRegistry(cx, workspace, act.at);
    const old = toLead(row, registry.fieldsById, registry.tagsOf(row.id));
    const changes = changesForPatch(old, patch);
    if (changes.length === 0) return { kind: 'changed', lead: record(), changes };
    const now = mergeLead(old, patch, changes);
    const by = suppressionSearch(cx, workspace).ofLead(pickChanged(now, changes));
    if (by) return { kind: 'suppressed', by };
    saveChanges(cx, { workspace, member: act.member, at: act.at, registry, importId: null }, row.id, old, now, changes);
    return { kind: 'changed', lead: record(), changes };
  });
}

/** Only what a change brings can be refused: a lead that was suppressed before may still have its name corrected. */
function pickChanged(now: LeadPatch, changes: readonly { readonly field: string }[]): LeadPatch {
  const fields = new Set(changes.map((change) => change.field));
  return Object.fromEntries(Object.entries(now).filter(([field]) => fields.has(field))); // keys are field ids
}

const MARK =
  'UPDATE lead SET do_not_contact = 1, version = version + 1, updated_at = ? WHERE workspace = ? AND id = ? AND do_not_contact = 0';
const LOG =
  "INSERT INTO lead_change (workspace, lead, field, old, new, at, actor, import_id, source) VALUES (?, ?, 'doNotContact', '', 'yes', ?, ?, NULL, ?)";

/**
 * Marks a lead "do not contact"; says whether it was not before. `source`: where the refusal came from, as on the suppression
 * list. The caller holds the transaction.
 */
export function markDoNotContact(cx: Connection, act: Act, lead: number, source: string | null): boolean {
  if (cx.statement(MARK).run(act.at, act.workspace, lead).changes === 0) return false;
  cx.statement(LOG).run(act.workspace, lead, act.at, act.member, source);
  return true;
}
