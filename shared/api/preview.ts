import * as z from 'zod/mini';
import { CUSTOM_FIELD_TYPES, REQUIRE_POLICIES } from '../lead/lead.ts';
import { MAX_PAGE_SIZE } from '../limits.ts';
import { DATE_ORDERS } from '../mapping/date-order.ts';
import type { Suggestion } from '../mapping/mapping.ts';
import { DUPLICATE_POLICIES } from '../plan/plan.ts';
import type { Reason } from '../problems.ts';
import { country, MAPPING_TARGETS, mappingSchema, problemSchema } from './imports.ts';
import { count, id, listOf, name } from './json.ts';
import { leadSchema } from './lead-schema.ts';
import { wholeNumber, yesNo } from './query.ts';

/** How a file is to be read; what is absent is detected. */
const readQuery = {
  /** `ignore`: columns like "Do Not Call" are columns like any other, and put nobody on the suppression list. */
  optOuts: z.exactOptional(z.enum(['ignore'])),
  fileName: z.exactOptional(z.string().check(z.maxLength(300))),
  listId: z.exactOptional(id),
  defaultCountry: z.exactOptional(country),
  require: z.exactOptional(z.enum(REQUIRE_POLICIES)),
  /** Line of the header, from 1; 0 = no header. */
  headerRow: z.exactOptional(wholeNumber(0, 999_999_999)),
  encoding: z.exactOptional(z.string().check(z.maxLength(40))),
  /** One of `,` `;` `|` or a tab (also as `\t` or `tab`). */
  delimiter: z.exactOptional(
    z.pipe(z.enum([',', ';', '|', '\t', '\\t', 'tab'], 'a comma, a semicolon, a bar `|`, or `tab`'), z.transform(toDelimiter)),
  ),
  /** Of a workbook; else the first visible one with a table. */
  sheet: z.exactOptional(z.string().check(z.maxLength(200))),
};

function toDelimiter(text: ',' | ';' | '|' | '\t' | '\\t' | 'tab'): ',' | ';' | '|' | '\t' {
  return text === '\\t' || text === 'tab' ? '\t' : text;
}

/** Rows that a sheet hides count as excluded, unless this is true. */
const includeHidden = z.exactOptional(yesNo);

/** Query of POST /api/imports/preview. */
export const previewQuery = z.object({ ...readQuery, includeHidden, limit: z.exactOptional(wholeNumber(1, MAX_PAGE_SIZE)) });
export type PreviewQuery = z.infer<typeof previewQuery>;

/** Query of POST /api/imports with a file as its body. */
export const importQuery = z.object({
  ...readQuery,
  includeHidden,
  listName: z.exactOptional(name),
  onDuplicate: z.exactOptional(z.enum(DUPLICATE_POLICIES)),
  templateId: z.exactOptional(id),
  dryRun: z.exactOptional(yesNo),
});
export type ImportQuery = z.infer<typeof importQuery>;

const orNumber = z.union([z.int(), z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number))], 'a whole number from 0');
/** Part `options` of a form: the names of the query, and what only JSON can say. */
export const importOptions = z.object({
  ...readQuery,
  includeHidden: z.exactOptional(z.boolean()),
  headerRow: z.exactOptional(orNumber.check(z.minimum(0, 'a whole number from 0'))),
  listName: z.exactOptional(name),
  onDuplicate: z.exactOptional(z.enum(DUPLICATE_POLICIES)),
  templateId: z.exactOptional(id),
  dryRun: z.exactOptional(z.boolean()),
  mapping: z.exactOptional(mappingSchema),
  overwriteFields: z.exactOptional(listOf(z.string())),
  scope: z.exactOptional(z.enum(['list', 'workspace'])),
});
export type ImportOptions = z.infer<typeof importOptions>;

const reason: z.ZodMiniType<Reason> = z.object({
  code: z.string() as unknown as z.ZodMiniType<Reason['code']>, // told, never read back
  data: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number()]))),
});
const previewColumn: z.ZodMiniType<Suggestion> = z.object({
  index: count,
  header: z.string(),
  label: z.string(),
  field: z.enum(MAPPING_TARGETS),
  open: z.boolean(),
  candidates: listOf(z.object({ field: z.enum(MAPPING_TARGETS), confidence: z.number() })),
  confidence: z.number(),
  reason,
  samples: listOf(z.string()),
  type: z.enum(CUSTOM_FIELD_TYPES),
  dateOrder: z.exactOptional(z.enum(DATE_ORDERS)),
  filled: z.number(),
});

export const previewAnswer = z.object({
  file: z.object({
    encoding: z.string(),
    delimiter: z.string(),
    headerRow: count,
    preambleRows: count,
    footerRows: count,
    totalRows: count,
    repeatedHeaders: count,
    dummyRows: count,
    rowCount: count,
    columnCount: count,
    /** Of a workbook: its sheets, and the one that was read. */
    sheets: z.exactOptional(listOf(z.object({ name: z.string(), hidden: z.boolean() }))),
    sheet: z.exactOptional(z.string()),
  }),
  columns: listOf(previewColumn),
  summary: z.object({
    total: count,
    valid: count,
    invalid: count,
    warnings: count,
    blank: count,
    excluded: count,
    duplicatesInFile: count,
    existing: count,
    suppressed: count,
  }),
  /** The first records as they will be stored. */
  preview: listOf(z.object({ line: count, lead: leadSchema, problems: listOf(problemSchema) })),
  problems: listOf(
    z.object({
      code: z.string(),
      severity: z.string(),
      count,
      column: z.nullable(z.int()),
      message: z.string(),
    }),
  ),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;
