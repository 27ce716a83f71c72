import * as z from 'zod/mini';
import { FIELD_IDS } from '../lead/fields.ts';
import { CUSTOM_FIELD_TYPES, REQUIRE_POLICIES } from '../lead/lead.ts';
import { MAX_COLUMNS } from '../limits.ts';
import { KNOWN_DATE_ORDERS } from '../mapping/date-order.ts';
import type { Mapping, MappingTarget } from '../mapping/mapping.ts';
import { BUCKETS, DECISIONS, DUPLICATE_POLICIES, type ImportPolicy } from '../plan/plan.ts';
import { PROBLEMS, type Problem, type ProblemCode } from '../problems.ts';
import { MAX_IMPORT_CHUNKS, MAX_IMPORT_ROWS } from './import-limits.ts';
import { count, id, listOf, moment, name } from './json.ts';
import { leadSchema } from './lead-schema.ts';

const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[]; // the table is a literal: its keys are exactly ProblemCode
/** One finding about a row; a sentence can be built from it. */
export const problemSchema: z.ZodMiniType<Problem> = z.object({
  code: z.enum(PROBLEM_CODES),
  severity: z.enum(['error', 'warning', 'note']),
  field: z.exactOptional(z.string()),
  column: z.exactOptional(z.int()),
  text: z.exactOptional(z.string()),
  data: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number()]))),
});

/** Where a column can go. */
export const MAPPING_TARGETS = [...FIELD_IDS, 'fullName', 'custom', 'ignore'] as const satisfies readonly MappingTarget[];
const label = z.string().check(z.maxLength(1_000));
/** Each column by position, or the same value for every row. */
export const mappingSchema: z.ZodMiniType<Mapping> = z
  .array(
    z.union(
      [
        z.object({
          column: count,
          field: z.enum(MAPPING_TARGETS),
          label: z.exactOptional(label),
          type: z.exactOptional(z.enum(CUSTOM_FIELD_TYPES)),
          dateOrder: z.exactOptional(z.enum(KNOWN_DATE_ORDERS)),
        }),
        z.object({ field: z.enum(MAPPING_TARGETS), value: z.string(), label: z.exactOptional(label) }),
      ],
      'a `column` or a `value`, and the `field` it goes to',
    ),
  )
  .check(z.maxLength(2 * MAX_COLUMNS));

/** ISO 3166-1 alpha-2; lower case is accepted. */
export const country = z.string().check(z.trim(), z.toUpperCase(), z.regex(/^[A-Z]{2}$/, 'two letters, as US or DE'));
const overwriteFields = listOf(z.string().check(z.maxLength(1_100)));
/** Everything that decides about a row besides the row; what is absent is the default. */
export const policySchema: z.ZodMiniType<Partial<ImportPolicy>> = z.object({
  require: z.exactOptional(z.enum(REQUIRE_POLICIES)),
  defaultCountry: z.exactOptional(country),
  strictPhones: z.exactOptional(z.boolean()),
  onDuplicate: z.exactOptional(z.enum(DUPLICATE_POLICIES)),
  scope: z.exactOptional(z.enum(['list', 'workspace'])),
  overwriteFields: z.exactOptional(overwriteFields),
});

function hasRowsForChunks({ total, chunkCount }: { readonly total: number; readonly chunkCount: number }): boolean {
  return chunkCount <= Math.max(total, 1);
}

/** PUT /api/imports/:importId. Sending it again is harmless; sending another is an error. */
export const createImportBody = z
  .object({
    source: z.string().check(z.minLength(1), z.maxLength(40)),
    fileName: z.exactOptional(z.string().check(z.maxLength(300))),
    fileSha256: z.exactOptional(z.string().check(z.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case'))),
    list: z.exactOptional(z.union([z.object({ id }), z.object({ name })], 'the `id` of a list, or a `name` of 1 to 200 characters')),
    mapping: z.exactOptional(mappingSchema),
    policy: z.exactOptional(policySchema),
    headers: z.exactOptional(listOf(z.string()).check(z.maxLength(MAX_COLUMNS))),
    total: count.check(z.maximum(MAX_IMPORT_ROWS)),
    chunkCount: count.check(z.maximum(MAX_IMPORT_CHUNKS)),
    /** The import whose rejected rows these are: the id in the column `leadline_import` of the file. */
    retryOf: z.exactOptional(id),
  })
  .check(z.refine(hasRowsForChunks, { path: ['chunkCount'], error: 'at most one chunk for each row of `total`' }));
export type CreateImportBody = z.infer<typeof createImportBody>;

const bucketCounts = Object.fromEntries(BUCKETS.map((bucket) => [bucket, count]));
/** How many rows are in each bucket so far. */
export const countersSchema = z.object(bucketCounts) as unknown as z.ZodMiniType<{ readonly [B in (typeof BUCKETS)[number]]: number }>; // built from BUCKETS, as the type is

export const chunkRow = z.object({
  line: count,
  decision: z.enum(DECISIONS),
  leadId: z.exactOptional(z.string()),
  leadVersion: z.exactOptional(z.int()),
  /** The values it would replace, as they were seen: where the lead was changed since, those still the same are replaced. */
  seen: z.exactOptional(listOf(z.object({ field: z.string(), value: z.string() }))),
  /** The row was in review and the user said so: it does not go there again. */
  answered: z.exactOptional(z.enum(['create', 'same'])),
  /** The row's own rule about its stored lead, in the place of the import's. */
  rule: z.exactOptional(z.object({ onDuplicate: z.enum(['fill', 'overwrite']), overwriteFields })),
  lead: z.exactOptional(leadSchema),
  problems: z.exactOptional(listOf(problemSchema)),
  raw: z.exactOptional(listOf(z.string())),
});
/** For the reference; `read-chunk.ts` reads it. */
export const chunkBody = z.object({ rows: listOf(chunkRow) });

export const chunkAnswer = z.object({
  seq: count,
  outcomes: listOf(
    z.object({
      line: count,
      bucket: z.enum(BUCKETS),
      leadId: z.exactOptional(z.string()),
      /** The outcome is stricter than the decision that was sent. */
      changed: z.exactOptional(z.boolean()),
      problems: z.exactOptional(listOf(problemSchema)),
    }),
  ),
  counters: countersSchema,
});
export type ChunkAnswer = z.infer<typeof chunkAnswer>;

/** The list it goes to; `id` is null while a list named for creation does not exist (yet, or any more). */
const importList = z.object({ id: z.nullable(z.string()), name: z.string(), created: z.boolean() });
export const IMPORT_STATES = ['receiving', 'complete', 'cancelled', 'undone'] as const;
const person = z.object({ id: z.string(), name: z.string(), email: z.string() });
/**
 * An undo that began: leads removed, leads as they were before, leads of which something was kept. `undoneAt` is null
 * while it is under way; sending it again goes on.
 */
const undoFacts = z.object({
  startedAt: moment,
  undoneAt: z.nullable(moment),
  by: z.nullable(person),
  removed: count,
  restored: count,
  keptCount: count,
});
/** What a receipt and a page of imports say besides, where there is something to say. */
const afterwards = {
  retryOf: z.exactOptional(z.string()),
  /** Imports of its rejected rows. */
  retriedBy: z.exactOptional(listOf(z.string())),
  undo: z.exactOptional(undoFacts),
};
export const receipt = z.object({
  importId: z.string(),
  state: z.enum(IMPORT_STATES),
  list: importList,
  /** The sum of the ten buckets. */
  total: count,
  ...(bucketCounts as { readonly [B in (typeof BUCKETS)[number]]: typeof count }), // built from BUCKETS
  changedSincePreview: count,
  message: z.string(),
  undoableUntil: z.nullable(moment),
  ...afterwards,
});
export type Receipt = z.infer<typeof receipt>;
/** POST /api/imports with a file. A dry run has no id: it is no import. */
export const fileReceipt = z.extend(receipt, {
  importId: z.nullable(z.string()),
  dryRun: z.exactOptional(z.literal(true)),
  /** Of a CRM's records: fields of leads that were here in which both sides held a value, and not the same. */
  differingFields: z.exactOptional(count),
});
export type FileReceipt = z.infer<typeof fileReceipt>;

/** GET /api/imports/:importId */
export const importState = z.object({
  importId: z.string(),
  state: z.enum(IMPORT_STATES),
  source: z.string(),
  fileName: z.nullable(z.string()),
  list: importList,
  total: count,
  chunkCount: count,
  counters: countersSchema,
  missingChunks: listOf(count),
  createdAt: moment,
  completedAt: z.exactOptional(z.nullable(moment)),
  /** Whoever made it; `isYou` = the member whose key asks. */
  by: z.exactOptional(z.nullable(z.extend(person, { isYou: z.exactOptional(z.boolean()) }))),
  changedSincePreview: z.exactOptional(count),
  undoableUntil: z.exactOptional(z.nullable(moment)),
  ...afterwards,
  /** Of one import alone: what its rejected rows need to be imported again in the same way. */
  mapping: z.exactOptional(mappingSchema),
  headers: z.exactOptional(listOf(z.string())),
  policy: z.exactOptional(policySchema),
});
export type ImportState = z.infer<typeof importState>;

/** GET /api/imports/:importId/rows */
export const importRow = z.object({
  line: count,
  bucket: z.enum(BUCKETS),
  leadId: z.nullable(z.string()),
  problems: listOf(problemSchema),
  raw: z.nullable(listOf(z.string())),
  /** The outcome is stricter than the decision that was sent. */
  changed: z.exactOptional(z.boolean()),
  /** Who the row is about, as far as that is kept: suppressed rows keep nobody. */
  lead: z.exactOptional(z.nullable(z.object({ name: z.string(), email: z.nullable(z.string()) }))),
  /** Of rows in review: their values, as they would be stored. */
  values: z.exactOptional(leadSchema),
  /** Of rows in review: ids of the leads they may be about, as things are now. */
  candidates: z.exactOptional(listOf(z.string())),
});
export const importRowsPage = z.object({ rows: listOf(importRow), nextCursor: z.nullable(z.string()) });
