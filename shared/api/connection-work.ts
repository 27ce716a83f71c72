import * as z from 'zod/mini';
import { FAILURE_KINDS, MATCH_TYPES } from '../crm/failure.ts';
import { NOTICE_KINDS } from '../crm/notice.ts';
import { CONFLICT_RULES, VALUE_TYPES } from '../crm/record.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_SCOPE_SEARCH } from '../limits.ts';
import { DUPLICATE_POLICIES } from '../plan/plan.ts';
import { fieldPair, narrowScope, recordType, scopeIn } from './connections.ts';
import { fileReceipt } from './imports.ts';
import { count, id, listOf, moment } from './json.ts';
import { previewAnswer } from './preview.ts';
import { wholeNumber } from './query.ts';

/** What is done with a connection: looking into it, importing from it, keeping in step. */

/** Query of /api/connections/:id/lists. `search`: a part of the name. */
export const scopesQuery = z.strictObject({ search: z.exactOptional(z.string().check(z.trim(), z.maxLength(MAX_SCOPE_SEARCH))) });
/** GET /api/connections/:id/lists: what an import or a sync can be narrowed to. */
export const scopesAnswer = z.object({
  /** `isActive: false`: a campaign that is over. */
  scopes: listOf(z.object({ type: recordType, scope: narrowScope, size: z.nullable(count), isActive: z.exactOptional(z.literal(false)) })),
  /** The CRM has more than is told here; `search` finds them. */
  hasMore: z.boolean(),
  /** What the connection is narrowed to, where it was deleted or whoever connected may not see it. Told without `search`. */
  gone: z.exactOptional(narrowScope),
});
export type ScopesAnswer = z.infer<typeof scopesAnswer>;

const remoteField = z.object({
  name: z.string(),
  label: z.string(),
  valueType: z.enum(VALUE_TYPES),
  options: listOf(z.object({ value: z.string(), label: z.string() })),
  isReadOnly: z.boolean(),
  isRequired: z.boolean(),
  isCustom: z.boolean(),
});
/** What the rights there keep from Leadline unseen. `field`: as people there call it. */
const notice = z.object({ kind: z.enum(NOTICE_KINDS), type: recordType, field: z.string() });
/** GET /api/connections/:id/fields. `suggested`: the map a new connection starts with, and fields that came since. */
export const fieldsAnswer = z.object({
  types: listOf(z.object({ type: recordType, fields: listOf(remoteField), suggested: listOf(fieldPair) })),
  notices: listOf(notice),
});
export type FieldsAnswer = z.infer<typeof fieldsAnswer>;

const records = {
  /** Kinds of records; all that are mapped unless given. */
  types: z.exactOptional(listOf(recordType).check(z.minLength(1), z.maxLength(2))),
  scope: z.exactOptional(scopeIn),
  pairs: z.exactOptional(listOf(fieldPair).check(z.minLength(1), z.maxLength(500))),
  listId: z.exactOptional(id),
  listName: z.exactOptional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  onDuplicate: z.exactOptional(z.enum(DUPLICATE_POLICIES)),
  overwriteFields: z.exactOptional(listOf(z.string())),
};
/** POST /api/connections/:id/preview. What is absent is the connection's own setting. */
export const recordsPreviewBody = z.object({ ...records, limit: z.exactOptional(z.int().check(z.minimum(1), z.maximum(500))) });
/** POST /api/connections/:id/import */
export const recordsImportBody = z.object({ ...records, dryRun: z.exactOptional(z.boolean()) });
export type RecordsBody = z.infer<typeof recordsImportBody> & z.infer<typeof recordsPreviewBody>;
/** Answered as for files; `recordCount` = records of the scope, `pairs` = the map they were read with, `planned` = the receipt. */
export const recordsPreviewAnswer = z.extend(previewAnswer, {
  recordCount: count,
  pairs: listOf(fieldPair),
  planned: fileReceipt,
  notices: listOf(notice),
});
export type RecordsPreviewAnswer = z.infer<typeof recordsPreviewAnswer>;

/** POST /api/connections/:id/dry-run and /sync: a run that is over, or (`running`) has begun and goes on by itself. */
export const runStarted = z.object({
  runId: z.string(),
  outcome: z.enum(['running', 'done', 'partly', 'stopped', 'failed']),
  dryRun: z.boolean(),
  here: z.object({ created: count, updated: count, removed: count }),
  /** `archived`: in the CRM's bin, as their leads were deleted here. `optOuts`: records marked with our opt-outs. */
  there: z.object({ created: count, updated: count, archived: count, optOuts: count }),
  /** Of a dry run: the first hundred leads that would be made there. */
  creates: listOf(z.object({ leadId: z.string(), name: z.string() })),
  /** Of a dry run: what the rights there keep from it. */
  notices: z.exactOptional(listOf(notice)),
  conflicts: count,
  errors: count,
  /**
   * Of a dry run: `errors` by what becomes of them, as far as that can be told. Here: records left out, as they are nobody or
   * until somebody decides, and those that come in without a value. There: leads that miss what the CRM requires, and those
   * that go without a value.
   */
  left: z.exactOptional(
    z.object({
      here: z.object({ nobody: count, undecided: count, withoutValue: count }),
      there: z.object({ refused: count, withoutValue: count }),
    }),
  ),
  /** Why it stopped; null when it did not. */
  failure: z.nullable(z.object({ kind: z.string(), code: z.string(), message: z.string() })),
  startedAt: moment,
  endedAt: z.nullable(moment),
});
export type RunStarted = z.infer<typeof runStarted>;
/** Many new records in the CRM, a field emptied in many of them, and many deletions on either side go only with their number (409: details say which). */
export const syncBody = z.object({
  confirmCreates: z.exactOptional(count),
  confirmRemovals: z.exactOptional(count),
  confirmClears: z.exactOptional(count),
});
export type SyncBody = z.infer<typeof syncBody>;

const failure = z.object({
  kind: z.enum(FAILURE_KINDS),
  /** The CRM's own code. */
  code: z.string(),
  /** The CRM's own words. */
  message: z.string(),
  /** The CRM's field it is about, by its label where that is known. */
  field: z.exactOptional(z.string()),
  missingScopes: z.exactOptional(listOf(z.string())),
  /** Of a `duplicate`: it stopped a change of a record that is there; and a value that only one record may have, which stays refused. */
  isChange: z.exactOptional(z.literal(true)),
  isUnique: z.exactOptional(z.literal(true)),
  /** Of a `duplicate`: nobody can save it anyway. */
  isBlocked: z.exactOptional(z.literal(true)),
  /** Records that are in the way of one that is to be made. */
  matches: z.exactOptional(listOf(z.object({ type: z.enum(MATCH_TYPES), id: z.string(), title: z.string(), url: z.nullable(z.string()) }))),
});
const person = z.object({ name: z.string(), email: z.nullable(z.string()) });

/** Query of runs, conflicts and errors. */
export const pageQuery = z.strictObject({
  cursor: z.exactOptional(z.string()),
  limit: z._default(wholeNumber(1, MAX_PAGE_SIZE), DEFAULT_PAGE_SIZE),
});
export const conflictsQuery = z.extend(pageQuery, { open: z.exactOptional(z.enum(['true', 'false'])) });

const run = z.object({
  id: z.string(),
  trigger: z.enum(['schedule', 'by_hand', 'import', 'dry_run', 'local_edit']),
  outcome: z.enum(['running', 'done', 'partly', 'stopped', 'failed']),
  failure: z.nullable(failure),
  startedAt: moment,
  endedAt: z.nullable(moment),
  counts: z.object({
    pulled: count,
    createdHere: count,
    updatedHere: count,
    createdThere: count,
    updatedThere: count,
    unchanged: count,
    conflicts: count,
    errors: count,
    gone: count,
    removedHere: count,
    archivedThere: count,
    optOutsThere: count,
    sideItems: count,
  }),
  calls: count,
  importId: z.nullable(z.string()),
});
/** GET /api/connections/:id/runs, the newest first. */
export const runsAnswer = z.object({ runs: listOf(run), nextCursor: z.nullable(z.string()) });
export type RunAnswer = z.infer<typeof run>;

const conflict = z.object({
  id: z.string(),
  leadId: z.string(),
  person,
  field: z.string(),
  /** Null = blank. */
  base: z.nullable(z.string()),
  ours: z.nullable(z.string()),
  theirs: z.nullable(z.string()),
  /** When a person set Leadline's value, and the member's name; null where the value came otherwise. */
  oursAt: z.nullable(moment),
  oursBy: z.nullable(z.string()),
  /** When the CRM's value was set, or its record last changed where the CRM tells no more; and by whom, as the CRM calls them. */
  theirsAt: z.nullable(moment),
  theirsBy: z.nullable(z.string()),
  /** Whose value stands; `open` = nobody's until it is decided. */
  winner: z.enum(['ours', 'theirs', 'open']),
  /** By which it was decided; `overwritten`: somebody wrote in the CRM in the moment between reading and writing. */
  rule: z.enum([...CONFLICT_RULES, 'overwritten']),
  at: moment,
  resolved: z.nullable(z.object({ as: z.enum(['ours', 'theirs', 'undone']), at: moment, by: z.nullable(z.string()) })),
});
/** GET /api/connections/:id/conflicts, the newest first. */
export const conflictsAnswer = z.object({ conflicts: listOf(conflict), nextCursor: z.nullable(z.string()) });
export type ConflictAnswer = z.infer<typeof conflict>;
/** POST …/conflicts/:conflictId/resolve. `undone`: the value that did not stand takes its place again. */
export const resolveBody = z.object({ as: z.enum(['ours', 'theirs', 'undone']) });

const syncError = z.object({
  id: z.string(),
  type: recordType,
  leadId: z.nullable(z.string()),
  person: z.nullable(person),
  /** The record in the CRM, with a link to it where that is known. */
  remote: z.nullable(z.object({ id: z.string(), url: z.nullable(z.string()) })),
  /** `opt_out`: the record was to be told of our opt-out. */
  stage: z.enum(['pull', 'push', 'opt_out']),
  failure,
  firstAt: moment,
  lastAt: moment,
  attempts: count,
  /** When it is tried again by itself. */
  nextAt: z.nullable(moment),
  isIgnored: z.boolean(),
});
/** GET /api/connections/:id/errors, the newest first. */
export const errorsAnswer = z.object({ errors: listOf(syncError), nextCursor: z.nullable(z.string()) });
export type SyncErrorAnswer = z.infer<typeof syncError>;
/** POST …/errors/:errorId/retry. */
export const retryBody = z.discriminatedUnion('how', [
  z.object({ how: z.enum(['again', 'ignore', 'make_anyway']) }),
  /** It is this record. */
  z.object({ how: z.literal('link'), remoteId: z.string().check(z.minLength(1), z.maxLength(100)) }),
]);
export const doneAnswer = z.object({ done: z.literal(true) });
