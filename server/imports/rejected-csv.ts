import type { Lead } from '#shared/lead/lead.ts';
import { unguardFormula } from '#shared/lead/text.ts';
import { columnLabel } from '#shared/mapping/labels.ts';
import { isColumnMapping, type Mapping } from '#shared/mapping/mapping.ts';
import { findRejectedColumns, REJECTED_COLUMNS } from '#shared/mapping/rejected-columns.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import { csvLine } from '#shared/table/write-csv.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import type { ImportRowRecord } from '../store/records.ts';

const PAGE = 500;

/**
 * The rejected rows as CSV in pieces of whole lines, formula-safe: the user's own columns, then `leadline_import, line,
 * column, code, reason`, one line a row; a row with several errors has them all, parted by "; ". Where the file was such
 * a file itself, its added columns make room for the new ones.
 */
export async function rejectedCsv(backend: Backend, actor: Actor, importId: string): Promise<Result<AsyncIterable<string>, Refusal>> {
  const found = await backend.store.readImport(actor.workspace, importId);
  if (!found) return fail({ code: 'NOT_FOUND' });
  const { headers, mapping, counters } = found.import;
  await backend.store.addAudit(actOf(backend, actor), 'rejected.exported', importId, { rows: counters.rejected });
  return ok(pieces());

  async function* pieces(): AsyncGenerator<string> {
    let width = headers.length;
    for await (const rows of pagesOf(backend, actor, importId)) for (const row of rows) width = Math.max(width, row.raw?.length ?? 0);
    const names = Array.from({ length: width }, (_, column) => unguardFormula(headers[column] ?? columnLabel(column)));
    const added = findRejectedColumns(headers);
    const isOwn = (_: string, column: number) => added === null || column < added || column >= added + REJECTED_COLUMNS.length;
    yield csvLine([...names.filter(isOwn), ...REJECTED_COLUMNS], { guard: true });
    for await (const rows of pagesOf(backend, actor, importId)) {
      yield rows
        .map((row) => csvLine([...ownCells(row, width, mapping).filter(isOwn), ...reasons(row, importId, names)], { guard: true }))
        .join('');
    }
  }
}

async function* pagesOf(backend: Backend, actor: Actor, importId: string): AsyncGenerator<readonly ImportRowRecord[]> {
  let cursor: string | null | undefined;
  do {
    const page = { bucket: 'rejected' as const, limit: PAGE, ...(cursor ? { cursor } : {}) };
    const found = await backend.store.readImportRows(actor.workspace, importId, page);
    if (found === null || found === 'bad_cursor') return;
    if (found.rows.length > 0) yield found.rows;
    cursor = found.nextCursor;
  } while (cursor);
}

/**
 * The row as it was read, its guards off: writing puts them on again, so that mended rows are stored as the first import
 * would have stored them. Of a row that came without its cells, its values in the columns they were mapped from.
 */
function ownCells(row: ImportRowRecord, width: number, mapping: Mapping): string[] {
  const cells = Array.from({ length: width }, (_, column) => unguardFormula(row.raw?.[column] ?? ''));
  if (row.raw || !row.lead) return cells;
  for (const entry of mapping) if (isColumnMapping(entry) && entry.column < width) cells[entry.column] = cellOf(row.lead, entry);
  return cells;
}

function cellOf(lead: Lead, { field, label }: Pick<Mapping[number], 'field' | 'label'>): string {
  if (field === 'ignore') return '';
  if (field === 'tags') return (lead.tags ?? []).join('; ');
  if (field === 'fullName') return [lead.firstName, lead.lastName].filter((part) => part !== undefined).join(' ');
  if (field === 'custom') return lead.customFields?.find((custom) => custom.label === label)?.value ?? '';
  return lead[field] ?? '';
}

/** What is wrong: warnings are told only where no error is known any more. */
function reasons(row: ImportRowRecord, importId: string, headers: readonly string[]): string[] {
  const errors = row.problems.filter((problem) => problem.severity === 'error');
  const told = errors.length > 0 ? errors : row.problems;
  const columns = told.map(({ column, field }) => (column === undefined ? (field ?? '') : (headers[column] ?? columnLabel(column))));
  const named = columns.filter((name) => name !== '');
  const codes = told.map((problem) => problem.code);
  return [importId, String(row.line), named.join('; '), codes.join('; '), told.map((problem) => sentenceForProblem(problem)).join('; ')];
}
