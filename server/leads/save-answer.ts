import type { SaveLeadsAnswer, SaveLeadsBody } from '#shared/api/leads.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import { savedSentence } from '#shared/sentences/en.ts';
import type { SavedBatch, SavedRow } from '../store/store.ts';
import { toLeadAnswer } from './lead-answer.ts';

/** Rows of these buckets are the row's own lead or the one it is a duplicate of. */
const WITH_ID: ReadonlySet<Bucket> = new Set<Bucket>(['created', 'addedToList', 'updated', 'duplicate']);

/** The answer of POST /api/leads, made of what was stored. In a dry run leads that would be new have no id. */
export function toSaveAnswer(body: SaveLeadsBody, batch: SavedBatch, dryRun: boolean): SaveLeadsAnswer {
  const { rows } = batch;
  const count = (bucket: Bucket) => rows.reduce((sum, row) => sum + (row.bucket === bucket ? 1 : 0), 0);
  const idOf = (row: SavedRow) => (WITH_ID.has(row.bucket) && !(dryRun && row.bucket === 'created') ? (row.leadId ?? null) : null);
  const createdCount = count('created');
  const addedCount = count('addedToList');
  const counts = {
    savedCount: createdCount + addedCount,
    createdCount,
    addedCount,
    updatedCount: count('updated'),
    duplicateCount: count('duplicate'),
    reviewCount: count('review'),
    suppressedCount: count('suppressed'),
    invalidCount: count('rejected'),
    totalProcessed: rows.length,
  };
  const leadIds = rows.map(idOf);
  const duplicates = rows.filter((row) => row.bucket === 'duplicate');
  const found = (row: SavedRow) => ({ index: row.line - 1, problems: row.problems ?? [] });
  return {
    message: savedSentence(counts, dryRun),
    ...counts,
    listId: batch.listId,
    importId: dryRun ? null : batch.importId,
    leadIds,
    ...(rows.length === 1 ? { leadId: leadIds[0] ?? null } : {}),
    duplicateOnly: duplicates.length === rows.length,
    existingLeadIds: [...new Set(duplicates.flatMap((row) => idOf(row) ?? []))],
    duplicates: duplicates.map((row) => ({
      input: body.leads[row.line - 1] ?? {},
      existingLead: row.existing ? toLeadAnswer(row.existing) : null,
      matchedOn: row.matchedOn ?? 'email',
    })),
    invalid: rows.filter((row) => row.bucket === 'rejected').map(found),
    warnings: rows.filter((row) => row.bucket !== 'rejected' && row.problems?.some(isWarning)).map(warned),
    dryRun,
  };
}

function isWarning(problem: { readonly severity: string }): boolean {
  return problem.severity === 'warning';
}

function warned(row: SavedRow) {
  return { index: row.line - 1, problems: (row.problems ?? []).filter(isWarning) };
}
