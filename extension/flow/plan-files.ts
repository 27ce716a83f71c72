import { FIELD_IDS, FIELDS, type FieldId } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { unguardFormula } from '#shared/lead/text.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import { isColumnMapping, type Mapping } from '#shared/mapping/mapping.ts';
import { REJECTED_COLUMNS } from '#shared/mapping/rejected-columns.ts';
import type { Decision, ImportPlan, PlannedRow } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { RawTable } from '#shared/table/table.ts';
import { csvLine } from '#shared/table/write-csv.ts';

/** Decisions that would write the row. */
const WRITTEN: ReadonlySet<Decision> = new Set(['create', 'update', 'add', 'auto']);
/** Spreadsheets take UTF-8 for what it is only behind this mark. */
const BOM = '\uFEFF';
const CSV = { type: 'text/csv;charset=utf-8' };
/** Safe to open in a spreadsheet, and read again without loss. */
const SAFE = { guard: true } as const;
const TAG_SEPARATOR = '; ';

/** The rows that would be written, as they would be stored: a column for each field and custom field that has a value. */
export function cleanedCsv(plan: ImportPlan): Blob {
  const leads = plan.rows.flatMap((row) => (row.lead && WRITTEN.has(row.decision) ? [row.lead] : []));
  const fields = FIELD_IDS.filter((field) => leads.some((lead) => textOf(lead, field) !== ''));
  const labels = customLabels(leads);
  const lines = [csvLine([...fields.map((field) => FIELDS[field].label), ...labels], SAFE)];
  for (const lead of leads) {
    const customs = new Map(lead.customFields?.map(({ label, value }) => [label, value]));
    lines.push(csvLine([...fields.map((field) => textOf(lead, field)), ...labels.map((label) => customs.get(label) ?? '')], SAFE));
  }
  return new Blob([BOM, ...lines], CSV);
}

/**
 * The rejected rows as the user's own columns plus why, as the server gives them after an import: dropped in again, the
 * added columns are known and left out. The import's id is blank, as there is none yet. Cells that came guarded are
 * guarded once, not twice: mended rows are stored as this file's would have been.
 */
export function rejectedCsv(table: RawTable, plan: ImportPlan, mapping: Mapping): Blob {
  const labels = uniqueLabels(table.headers, table.facts.columnCount);
  const lines = [csvLine([...(table.headers.length > 0 ? table.headers : labels).map(unguardFormula), ...REJECTED_COLUMNS], SAFE)];
  plan.rows.forEach((row, at) => {
    if (row.decision !== 'reject') return;
    const cells = labels.map((_, column) => unguardFormula(table.rows[at]?.[column] ?? ''));
    lines.push(csvLine([...cells, '', String(row.line), ...whyOf(row, labels, mapping)], SAFE));
  });
  return new Blob([BOM, ...lines], CSV);
}

/** Column, code and reason: of every error of the row, one after the other. */
function whyOf(row: PlannedRow, labels: readonly string[], mapping: Mapping): readonly [string, string, string] {
  const errors = (row.problems ?? []).filter((problem) => problem.severity === 'error');
  return [
    errors.map((error) => columnOf(error, labels, mapping)).join(TAG_SEPARATOR),
    errors.map((error) => error.code).join(TAG_SEPARATOR),
    errors.map((error) => sentenceForProblem(error)).join(' '),
  ];
}

function columnOf(error: Problem, labels: readonly string[], mapping: Mapping): string {
  const mapped = mapping.find((entry) => isColumnMapping(entry) && entry.field === error.field);
  const column = error.column ?? (mapped && isColumnMapping(mapped) ? mapped.column : undefined);
  return column === undefined ? (error.field ?? '') : (labels[column] ?? '');
}

function customLabels(leads: readonly Lead[]): readonly string[] {
  const labels = new Set<string>();
  for (const lead of leads) for (const { label } of lead.customFields ?? []) labels.add(label);
  return [...labels];
}

function textOf(lead: Lead, field: FieldId): string {
  return field === 'tags' ? (lead.tags ?? []).join(TAG_SEPARATOR) : (lead[field] ?? '');
}
