import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';
import type { FileFacts } from '#shared/table/table.ts';

/** How a file is to be read and imported; what is absent is detected, suggested or the workspace's default. */
export type FileImportOptions = {
  /** What the import is noted as; what the file is unless given. */
  readonly source?: string;
  readonly fileName?: string;
  readonly encoding?: string;
  readonly delimiter?: FileFacts['delimiter'];
  readonly quote?: FileFacts['quote'];
  readonly headerRow?: number;
  /** Line of the last row of the table. */
  readonly lastRow?: number;
  /** Footers, totals, repeated headers and test rows are rows like any. */
  readonly keepRows?: boolean;
  /** Cells whose encoding went wrong before are mended; true unless given. */
  readonly repair?: boolean;
  /** Of a workbook: the name of the sheet. */
  readonly sheet?: string;
  /** Rows that the sheet hides are imported, too. */
  readonly includeHidden?: boolean;
  readonly listId?: string;
  readonly listName?: string;
  readonly defaultCountry?: string;
  readonly require?: RequirePolicy;
  readonly onDuplicate?: DuplicatePolicy;
  readonly overwriteFields?: readonly string[];
  readonly scope?: 'list' | 'workspace';
  readonly templateId?: string;
  readonly mapping?: Mapping;
  /** Columns that say who wants no contact are columns like any other. */
  readonly optOuts?: 'ignore';
  /** What entries are noted as that the file's own columns put on the suppression list; `column` unless given. */
  readonly optOutSource?: string;
  readonly dryRun?: boolean;
  /** Limit on the file's bytes. */
  readonly maxFileBytes?: number;
};
