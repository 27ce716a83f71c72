import type { Lead } from '#shared/lead/lead.ts';
import { candidateIds } from '#shared/plan/answer-review.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { type LeadLookup, leadLookup } from './known-leads.ts';
import { readRegistry } from './registry.ts';

/** A row in review: what was kept of it, and the lead it named. */
export type ReviewedRow = { readonly lead: Lead | null; readonly leadId: string | null };

/** Stored leads each of some review rows may be about, as things are now. */
export function findCandidates(
  cx: Connection,
  found: { readonly workspace: WorkspaceId; readonly id: number; readonly list: number | null },
  rows: readonly ReviewedRow[],
): readonly (readonly string[])[] {
  const registry = readRegistry(cx, found.workspace, 0);
  const batch = { workspace: found.workspace, importId: found.id, list: found.list ?? 0, registry };
  const lookup = leadLookup(
    cx,
    batch,
    rows.flatMap(({ lead }) => (lead ? [{ lead }] : [])),
  );
  return rows.map((row) => candidatesOf(lookup, row));
}

/** The leads its keys lead to, and the one it named if that is still there. */
export function candidatesOf(lookup: LeadLookup, { lead, leadId }: ReviewedRow): readonly string[] {
  const found = lead ? candidateIds(lookup.findKnown(lead)) : [];
  return leadId === null || found.includes(leadId) ? found : [leadId, ...found];
}
