import type { KeptReason } from '../records.ts';
import type { Connection } from './connection.ts';
import { suppressionSearch } from './find-suppressed.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';

const CHANGED = `SELECT lead_change.lead, lead_change.import_id IS NULL, lead_change.field, coalesce(lead_change.old, ''),
    coalesce(lead_change.new, '') FROM json_each(?) AS wanted
  CROSS JOIN lead_change INDEXED BY lead_change_lead ON lead_change.workspace = ? AND lead_change.lead = wanted.value
  WHERE lead_change.undone_at IS NULL AND lead_change.import_id IS NOT ? AND lead_change.field <> 'doNotContact'
  ORDER BY lead_change.id`;
type Change = readonly [lead: number, byHand: number, field: string, old: string, now: string];
const PLACED = `SELECT DISTINCT list_member.lead FROM json_each(?) AS wanted
  CROSS JOIN list_member INDEXED BY list_member_lead ON list_member.workspace = ? AND list_member.lead = wanted.value
  WHERE list_member.import_id IS NOT ?`;
const MARKED = `SELECT ${LEAD_COLUMNS} FROM json_each(?) AS wanted
  CROSS JOIN lead ON lead.workspace = ? AND lead.id = wanted.value WHERE lead.do_not_contact = 1`;
const NO_FIELDS = new Map<never, never>();

/**
 * Which of the leads an import created somebody has touched since, and how: those stay, whole. A change that was itself
 * undone, by an undo or by hand, is no touch. One that is marked "do not contact" goes too if the suppression list still says so; else the mark
 * would be lost with it.
 */
export function findTouched(
  cx: Connection,
  found: { readonly workspace: number; readonly id: number },
  leads: readonly number[],
): ReadonlyMap<number, KeptReason> {
  const { workspace, id } = found;
  const touched = new Map<number, KeptReason>();
  if (leads.length === 0) return touched;
  const json = JSON.stringify(leads);
  const marked = cx.statement(MARKED).all(json, workspace) as LeadRow[]; // LEAD_COLUMNS
  if (marked.length > 0) {
    const { ofLead } = suppressionSearch(cx, workspace);
    for (const row of marked) if (!ofLead(toLead(row, NO_FIELDS, []))) touched.set(row.id, 'do_not_contact');
  }
  for (const lead of cx.column(PLACED).all(json, workspace, id) as number[]) touched.set(lead, 'added_to_list'); // plucked
  const changed = inEffect(cx.table(CHANGED).all(json, workspace, id) as Change[]); // the columns of CHANGED
  for (const [lead, byHand] of changed) if (!byHand) touched.set(lead, 'changed_by_import');
  for (const [lead, byHand] of changed) if (byHand) touched.set(lead, 'edited_since');
  return touched;
}

/** Without the changes of a field that came back to what it was before the first of them. */
function inEffect(changes: readonly Change[]): readonly Change[] {
  const byField = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change[0]} ${change[2]}`;
    const others = byField.get(key);
    if (others) others.push(change);
    else byField.set(key, [change]);
  }
  return [...byField.values()].filter((ofField) => ofField[0]?.[3] !== ofField.at(-1)?.[4]).flat();
}
