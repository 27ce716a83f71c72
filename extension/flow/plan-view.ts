import { PHONE_FIELDS } from '#shared/lead/fields.ts';
import { proposeCountry } from '#shared/lead/phone-column.ts';
import { PREVIEW_ROWS } from '#shared/limits.ts';
import { sampleRows } from '#shared/mapping/column-profile.ts';
import { isColumnMapping, type MappingTarget, type Suggestion } from '#shared/mapping/mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPlan, PlannedRow } from '#shared/plan/plan.ts';
import type { EncodingPreview } from '#shared/table/preview-encodings.ts';
import type { FileTable } from '#shared/table/read-file.ts';
import type { RawTable, SkippedKind, SkippedRow } from '#shared/table/table.ts';
import type { PhoneCountry, PlanView, TableView } from './draft.ts';
import type { PlanJob } from './planner.ts';
import type { RowPage, RowQuery } from './view.ts';

/** Longer cells are cut for the screen; what is stored is never cut. */
const SHOWN_CHARS = 300;
/** Rows in one page of the check step, at most. */
const MAX_PAGE = 500;

/** Lines of each kind that the screen shows; the facts count them all. */
const SHOWN_SKIPPED = 50;
/** Rows looked at for the country of a phone column: enough for a share, few enough to cost nothing. */
const COUNTRY_ROWS = 1_000;

/** What the screens show of a table. */
export function tableView(
  table: FileTable,
  suggestions: readonly Suggestion[],
  encodings: readonly EncodingPreview[] = [],
): Omit<TableView, 'remembered'> {
  const firstRows = table.rows.slice(0, PREVIEW_ROWS).map((row) => row.map(cut));
  const firstOf = (rows: readonly number[] = []) => rows.filter((row) => row < firstRows.length).map((row) => table.lines[row] ?? 0);
  return {
    facts: table.facts,
    headers: table.headers,
    firstRows,
    firstLines: Array.from({ length: firstRows.length }, (_, row) => table.lines[row] ?? 0),
    hiddenRows: table.hiddenRows?.length ?? 0,
    hiddenLines: firstOf(table.hiddenRows),
    mendedLines: firstOf(table.repairedRows),
    encodings,
    suggestions: suggestions.map((suggestion) => ({ ...suggestion, samples: suggestion.samples.map(cut) })),
    ...(table.sheets ? { sheets: table.sheets } : {}),
    ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
    ...(table.otherTables ? { otherTables: table.otherTables.map((other) => ({ ...other, headers: other.headers.map(cut) })) } : {}),
    ...(table.skipped ? { skipped: firstOfEachKind(table.skipped) } : {}),
  };
}

function firstOfEachKind(skipped: readonly SkippedRow[]): readonly SkippedRow[] {
  const shown = new Map<SkippedKind, number>();
  const first: SkippedRow[] = [];
  for (const row of skipped) {
    const count = shown.get(row.kind) ?? 0;
    if (count === SHOWN_SKIPPED) continue;
    shown.set(row.kind, count + 1);
    first.push({ ...row, cells: row.cells.map(cut) });
  }
  return first;
}

/** What the screens show of a plan. */
export function planView(table: RawTable, plan: ImportPlan, matched: boolean, job: PlanJob): PlanView {
  const { summary, problems, rows } = plan;
  const { create, update, add, auto } = summary.decisions;
  return {
    summary,
    problems,
    preview: firstRecords(rows),
    matched,
    reachableWouldKeep: countReachable(table, plan, job),
    phoneCountries: phoneCountries(table, job),
    willWrite: create + update + add + auto,
  };
}

/** Columns of phones whose numbers carry another country's code than the default one, where that would change others. */
function phoneCountries(table: RawTable, { mapping, policy }: PlanJob): readonly PhoneCountry[] {
  const rows = sampleRows(table.rows, COUNTRY_ROWS);
  return mapping.filter(isColumnMapping).flatMap(({ column, field }) => {
    if (!PHONES.has(field)) return [];
    const cells = rows.map((row) => row[column] ?? '');
    const proposal = proposeCountry(cells, policy.defaultCountry);
    if (!proposal) return [];
    const { country, international, bare, share } = proposal;
    return [{ column, country, count: international, bare, share }];
  });
}
const PHONES: ReadonlySet<MappingTarget> = new Set<MappingTarget>(PHONE_FIELDS);

function firstRecords(rows: readonly PlannedRow[]): readonly PlannedRow[] {
  const records: PlannedRow[] = [];
  for (const row of rows) {
    if (records.length === PREVIEW_ROWS) break;
    if (row.decision !== 'blank') records.push(row);
  }
  return records;
}

/** How many rejected rows the policy `reachable` would keep: they are checked once more under it. */
function countReachable(table: RawTable, plan: ImportPlan, { mapping, policy }: PlanJob): number {
  if (policy.require !== 'complete' || plan.summary.invalid === 0) return 0;
  const at = plan.rows.flatMap((row, index) => (row.decision === 'reject' ? [index] : []));
  const rejected = { ...table, rows: at.map((row) => table.rows[row] ?? []), lines: at.map((row) => table.lines[row] ?? 0), nulRows: [] };
  const again = buildPlan({ table: rejected, mapping, policy: { ...policy, require: 'reachable' } });
  return again.summary.valid;
}

/** Rows of a plan for the check step, with their cells as read. */
export function pageOf(table: RawTable, plan: ImportPlan, query: RowQuery): RowPage {
  const limit = Math.min(query.limit, MAX_PAGE);
  const rows: (PlannedRow & { cells: readonly string[] })[] = [];
  let total = 0;
  plan.rows.forEach((row, at) => {
    if (!isShown(row, query)) return;
    if (total >= query.offset && rows.length < limit) rows.push({ ...row, cells: (table.rows[at] ?? []).map(cut) });
    total++;
  });
  return { rows, total };
}

function isShown({ decision, problems = [] }: PlannedRow, { show, code, column }: RowQuery): boolean {
  const isAsked = (problem: (typeof problems)[number]) =>
    (code === undefined || problem.code === code) && (column === undefined || problem.column === column);
  if ((code !== undefined || column !== undefined) && !problems.some(isAsked)) return false;
  switch (show) {
    case 'all':
      return true;
    case 'invalid':
      return decision === 'reject';
    case 'warnings':
      return decision !== 'reject' && problems.some((problem) => problem.severity === 'warning');
    case 'duplicates':
      return decision === 'duplicate' || decision === 'review';
    case 'valid':
      return decision !== 'reject' && decision !== 'blank' && decision !== 'exclude';
  }
}

function cut(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
