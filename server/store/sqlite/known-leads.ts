import { leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { EarlierRow, Known, KnownLead, MatchedOn } from '#shared/plan/decide-row.ts';
import type { WorkspaceId } from '../records.ts';
import type { Lookup } from '../settle-row.ts';
import type { Connection } from './connection.ts';
import { suppressionSearch } from './find-suppressed.ts';
import { readKeyCache } from './key-cache.ts';
import type { Registry } from './registry.ts';
import { readStoredLeads, type StoredLead } from './stored-leads.ts';

const NOTHING: Known = { earlier: [], leads: [] };

export type LeadLookup = Lookup & {
  /** A stored lead by its public id. */
  readonly find: (publicId: string) => StoredLead | null;
  /** A row has written a lead; `old` is null when it is new. */
  readonly wrote: (lead: number, line: number, old: Lead | null, now: Lead) => void;
};

/** What is known about rows of one import, asked inside its transaction. Leads that it touched before are "earlier rows". */
export function leadLookup(
  cx: Connection,
  batch: { readonly workspace: WorkspaceId; readonly importId: number; readonly list: number; readonly registry: Registry },
  rows: readonly { readonly lead?: Lead }[],
): LeadLookup {
  const suppressions = suppressionSearch(cx, batch.workspace);
  const keys = readKeyCache(
    cx,
    batch.workspace,
    rows.map((row) => row.lead),
  );
  const stored = readStoredLeads(cx, batch, keys.leads());

  const findKnown = (lead: Lead): Known => {
    const suppressed = suppressions.ofLead(lead);
    if (suppressed) return { ...NOTHING, suppressed };
    let matches: Map<number, MatchedOn[]> | null = null;
    for (const key of leadKeys(lead)) {
      const ids = keys.leadsOf(key);
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
      const found = stored.read(id);
      if (!found) continue;
      const { lead, publicId, version } = found;
      const line = stored.writtenAt(id);
      if (line !== null) earlier.push({ line, matchedOn, lead, leadId: publicId });
      else leads.push({ id: publicId, version, inList: stored.isInList(id), matchedOn, lead });
    }
    return { earlier: earlier.sort((a, b) => a.line - b.line), leads };
  };
  const findLinked = (lead: Lead, leadId: string): Known => {
    const found = stored.readPublic(leadId);
    const suppressed = suppressions.ofLead(lead);
    if (!found || suppressed) return findKnown(lead);
    return toKnown(new Map([[found.id, ['link']]]));
  };
  const findTarget = (publicId: string): KnownLead | null => {
    const found = stored.readPublic(publicId);
    return found && { id: publicId, version: found.version, inList: stored.isInList(found.id), matchedOn: [], lead: found.lead };
  };
  return {
    findKnown,
    findTarget,
    findLinked,
    find: stored.readPublic,
    wrote: (lead, line, old, now) => {
      keys.moved(lead, old, now);
      stored.wrote(lead, line);
    },
  };
}
