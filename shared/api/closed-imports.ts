import * as z from 'zod/mini';
import { PROVIDERS, RECORD_TYPES } from '../crm/record.ts';
import { CHUNK_ROWS } from '../limits.ts';
import { REVIEW_ANSWERS } from '../plan/answer-review.ts';
import { IMPORT_STATES } from './imports.ts';
import { count, id, listOf } from './json.ts';

/** What can be done with an import after its receipt. */

const as = z.enum(REVIEW_ANSWERS);
/**
 * POST /api/imports/:importId/decide: rows by their line, or all that are still in review alike. `same` without `leadId`
 * is the only candidate; under `all`, rows that have none or several stay in review.
 */
export const decideBody = z.union(
  [
    z.object({
      decisions: listOf(z.object({ line: count, as, leadId: z.exactOptional(id) })).check(
        z.minLength(1),
        z.maxLength(CHUNK_ROWS, `a list of at most ${CHUNK_ROWS}`),
      ),
    }),
    z.object({ all: z.object({ as }) }),
  ],
  '`decisions`, a list of 1 to 1000 of `line`, `as` and `leadId`, or `all` with `as`; `as` is create, same or skip',
);
export type DecideBody = z.infer<typeof decideBody>;

/** Why an undo left something as it is. */
const reason = z.enum(['edited_since', 'changed_by_import', 'added_to_list', 'suppressed', 'do_not_contact']);
/** POST /api/imports/:importId/undo. `dryRun`: nothing is written, and the answer is what it would be. */
export const undoBody = z.object({ dryRun: z.exactOptional(z.boolean()) });
export type UndoBody = z.infer<typeof undoBody>;
const leftInCrm = z.object({
  /** Whom it is about; null once that was forgotten. */
  name: z.nullable(z.string()),
  connectionId: z.string(),
  provider: z.enum(PROVIDERS),
  type: z.enum(RECORD_TYPES),
  remoteId: z.string(),
});
/** `kept` has the first 1,000 of `keptCount`; `fields` where only those were kept. `state` is the import's as it is now. */
export const undoAnswer = z.object({
  state: z.enum(IMPORT_STATES),
  dryRun: z.exactOptional(z.literal(true)),
  removed: count,
  restored: count,
  kept: listOf(
    z.object({
      leadId: z.string(),
      reason,
      fields: z.exactOptional(listOf(z.object({ field: z.string(), reason }))),
    }),
  ),
  keptCount: count,
  /** Records that Leadline had made in CRMs for the leads that go: they stay there. Absent where there are none. */
  inCrm: z.exactOptional(listOf(leftInCrm)),
  inCrmCount: z.exactOptional(count),
  message: z.string(),
});
export type UndoAnswer = z.infer<typeof undoAnswer>;
