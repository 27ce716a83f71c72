import * as z from 'zod/mini';
import { CUSTOM_FIELD_TYPES, REQUIRE_POLICIES } from '../lead/lead.ts';
import { MAX_PAGE_SIZE } from '../limits.ts';
import { DATE_ORDERS } from '../mapping/date-order.ts';
import type { Suggestion } from '../mapping/mapping.ts';
import type { PhoneCountry } from '../mapping/phone-countries.ts';
import { DUPLICATE_POLICIES } from '../plan/plan.ts';
import type { Reason } from '../problems.ts';
import type { FileFacts, OtherTable, SkippedRow } from '../table/table.ts';
import { country, MAPPING_TARGETS, mappingSchema, problemSchema } from './imports.ts';
import { count, id, listOf, name } from './json.ts';
import { leadSchema } from './lead-schema.ts';
import { wholeNumber, yesNo } from './query.ts';

const QUOTES = ['double', 'backslash', 'single', 'lines', 'none'] as const satisfies readonly FileFacts['quote'][];

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
  /** One of `,` `;` `|` `^` `~` `:` or a tab (also as `\t` or `tab`). */
  delimiter: z.exactOptional(
    z.pipe(
      z.enum([',', ';', '|', '^', '~', ':', '\t', '\\t', 'tab'], 'a comma, a semicolon, a bar `|`, `^`, `~`, `:` or `tab`'),
      z.transform(toDelimiter),
    ),
  ),
  /** What quotes cells; `none`: quotes are text. */
  quote: z.exactOptional(z.enum(QUOTES)),
  /** Of a workbook; else the first visible one with a table. */
  sheet: z.exactOptional(z.string().check(z.maxLength(200))),
};

function toDelimiter(text: FileFacts['delimiter'] | '\\t' | 'tab'): FileFacts['delimiter'] {
  return text === '\\t' || text === 'tab' ? '\t' : text;
}

/** What is read otherwise than it would be, as a query says it. */
const readChoices = {
  /** Rows that a sheet hides count as excluded, unless this is true. */
  includeHidden: z.exactOptional(yesNo),
  /** Line of the last row of the table: with `headerRow` it chooses one of several tables. */
  lastRow: z.exactOptional(wholeNumber(1, 999_999_999)),
  /** Footers, totals, repeated headers and test rows are rows like any, if true. */
  keepRows: z.exactOptional(yesNo),
  /** Cells whose encoding went wrong before are mended, unless this is false. */
  repair: z.exactOptional(yesNo),
};

/** Query of POST /api/imports/preview. A name it does not have is refused: it would be a choice that is not followed. */
export const previewQuery = z.strictObject({ ...readQuery, ...readChoices, limit: z.exactOptional(wholeNumber(1, MAX_PAGE_SIZE)) });
export type PreviewQuery = z.infer<typeof previewQuery>;

/** Query of POST /api/imports with a file as its body. */
export const importQuery = z.strictObject({
  ...readQuery,
  ...readChoices,
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
  lastRow: z.exactOptional(orNumber.check(z.minimum(1, 'a whole number from 1'))),
  keepRows: z.exactOptional(z.boolean()),
  repair: z.exactOptional(z.boolean()),
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

const SKIPPED_KINDS = ['preamble', 'footer', 'total', 'repeatedHeader', 'dummy'] as const satisfies readonly SkippedRow['kind'][];
const otherTable: z.ZodMiniType<OtherTable> = z.object({ headerRow: count, lastRow: count, rows: count, headers: listOf(z.string()) });
const skippedRow: z.ZodMiniType<SkippedRow> = z.object({ line: count, kind: z.enum(SKIPPED_KINDS), cells: listOf(z.string()) });
const phoneCountry: z.ZodMiniType<PhoneCountry> = z.object({
  column: count,
  country: z.string(),
  count,
  bare: count,
  share: z.number(),
});

export const previewAnswer = z.object({
  file: z.object({
    encoding: z.string(),
    /** False where another encoding is nearly as likely. */
    encodingSure: z.boolean(),
    delimiter: z.string(),
    quote: z.enum(QUOTES),
    headerRow: count,
    preambleRows: count,
    footerRows: count,
    totalRows: count,
    repeatedHeaders: count,
    dummyRows: count,
    /** Rows with cells whose encoding was mended. */
    repairedRows: count,
    rowCount: count,
    columnCount: count,
    /** Further tables of the file: `headerRow` and `lastRow` choose one. */
    otherTables: listOf(otherTable),
    /** The first lines that are no rows, cells cut to a length that can be shown. */
    skipped: listOf(skippedRow),
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
  /** Columns of phones whose numbers carry another country's code than `defaultCountry`. */
  phoneCountries: listOf(phoneCountry),
  /** The first records as they will be stored. */
  preview: listOf(
    z.object({
      line: count,
      lead: leadSchema,
      problems: listOf(problemSchema),
      /** On the opt-out list: it is not stored. */
      isSuppressed: z.exactOptional(z.literal(true)),
    }),
  ),
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
