import { leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { EarlierRow, Known, KnownLead, MatchedOn } from '#shared/plan/decide-row.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import type { WorkspaceId } from '../records.ts';
import type { Lookup } from '../settle-row.ts';
import type { Connection } from './connection.ts';
import { suppressionSearch } from './find-suppressed.ts';
import { FIND_KEY, KEY_KIND } from './lead-keys.ts';
import { IS_MEMBER } from './lead-lists.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import type { Registry } from './registry.ts';

const NOTHING: Known = { earlier: [], leads: [] };
const READ_LEAD = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND id = ?`;
const READ_PUBLIC_LEAD = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;
const WRITTEN = ['created', 'addedToList', 'updated'].map((bucket) => BUCKETS.indexOf(bucket as (typeof BUCKETS)[number])).join(', '); // three of BUCKETS
const FIND_EARLIER = `SELECT line FROM import_row INDEXED BY import_row_lead
  WHERE workspace = ? AND lead = ? AND import_id = ? AND bucket IN (${WRITTEN}) ORDER BY id LIMIT 1`;

export type LeadLookup = Lookup & {
  /** A stored lead by its public id, with its number. */
  readonly find: (publicId: string) => { readonly id: number; readonly lead: Lead } | null;
  readonly forget: (publicId: string) => void;
};

/** What is known about rows of one import, asked inside its transaction. Leads that it touched before are "earlier rows". */
export function leadLookup(
  cx: Connection,
  batch: { readonly workspace: WorkspaceId; readonly importId: number; readonly list: number; readonly registry: Registry },
): LeadLookup {
  const { workspace, importId, list, registry } = batch;
  const suppressions = suppressionSearch(cx, workspace);
  const findKey = cx.column(FIND_KEY);
  const found = new Map<string, { readonly id: number; readonly lead: Lead; readonly version: number }>();

  const remember = (row: LeadRow) => {
    const known = { id: row.id, lead: toLead(row, registry.fieldsById, registry.tagsOf(row.id)), version: row.version };
    found.set(row.publicId, known);
    return known;
  };
  const read = (publicId: string) => {
    const known = found.get(publicId);
    if (known) return known;
    const row = cx.statement(READ_PUBLIC_LEAD).get(workspace, publicId) as LeadRow | undefined; // the columns of LEAD_COLUMNS
    return row ? remember(row) : null;
  };
  const isInList = (lead: number) => cx.statement(IS_MEMBER).get(workspace, list, lead) !== undefined;

  const findKnown = (lead: Lead): Known => {
    const suppressed = suppressions.ofLead(lead);
    if (suppressed) return { ...NOTHING, suppressed };
    let matches: Map<number, MatchedOn[]> | null = null;
    for (const key of leadKeys(lead)) {
      const ids = findKey.all(workspace, KEY_KIND[key.kind], key.value) as number[]; // plucked: the one column
      if (ids.length === 0) continue;
      matches ??= new Map();
      for (const id of ids) {
        const kinds = matches.get(id);
        if (!kinds) matches.set(id, [key.kind]);
        else if (!kinds.includes(key.kind)) kinds.push(key.kind);
      }
    }
    return matches ? toKnown(matches) : NOTHING;
  };
  const toKnown = (matches: ReadonlyMap<number, readonly MatchedOn[]>): Known => {
    const earlier: EarlierRow[] = [];
    const leads: KnownLead[] = [];
    for (const [id, matchedOn] of matches) {
      const row = cx.statement(READ_LEAD).get(workspace, id) as LeadRow | undefined; // the columns of LEAD_COLUMNS
      if (!row) continue;
      const { lead, version } = found.get(row.publicId) ?? remember(row);
      const before = cx.statement(FIND_EARLIER).get(workspace, id, importId) as { line: number } | undefined; // its one column
      if (before) earlier.push({ line: before.line, matchedOn, lead, leadId: row.publicId });
      else leads.push({ id: row.publicId, version, inList: isInList(id), matchedOn, lead });
    }
    return { earlier: earlier.sort((a, b) => a.line - b.line), leads };
  };
  const findTarget = (publicId: string): KnownLead | null => {
    const known = read(publicId);
    return known && { id: publicId, version: known.version, inList: isInList(known.id), matchedOn: [], lead: known.lead };
  };
  return { findKnown, findTarget, find: read, forget: (publicId) => found.delete(publicId) };
}
