import type { PreviewAnswer } from '#shared/api/preview.ts';
import { PREVIEW_ROWS } from '#shared/limits.ts';
import { findPhoneCountries } from '#shared/mapping/phone-countries.ts';
import type { ImportPlan, ImportPolicy } from '#shared/plan/plan.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import type { FileTable } from '#shared/table/read-file.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import { ownerCheck } from '../store/check-owner.ts';
import type { FileImportOptions } from './file-options.ts';
import { toImportPolicy } from './import-policy.ts';
import { planAgainstStore } from './plan-file.ts';
import { type ReadFile, readFile } from './read-file.ts';
import { findOptedOut } from './take-opt-outs.ts';

/** POST /api/imports/preview: what importing the file would do. Nothing is stored. `limit` = rows of the preview. */
export async function previewImport(
  backend: Backend,
  actor: Actor,
  bytes: Uint8Array,
  options: FileImportOptions & { readonly limit?: number },
): Promise<Result<PreviewAnswer, Refusal>> {
  const policy = toImportPolicy(options, await backend.store.readWorkspace(actor.workspace));
  if (!policy.ok) return policy;
  const read = await readFile(backend, actor, bytes, options);
  if (!read.ok) return read;
  return previewTable(backend, actor, read.value, policy.value, options);
}

/** The same for a table that was read already. */
export async function previewTable(
  backend: Backend,
  actor: Actor,
  file: ReadFile,
  policy: ImportPolicy,
  options: { readonly listId?: string | null; readonly limit?: number },
): Promise<Result<PreviewAnswer, Refusal>> {
  const optedOut = await findOptedOut(file, policy);
  const plan = await planAgainstStore(backend, actor, file, policy, options.listId, optedOut);
  if (!plan) return fail({ code: 'LIST_NOT_FOUND' });
  const { total, valid, invalid, warnings, blank, excluded, duplicatesInFile, existing, suppressed } = plan.summary;
  const checkOwner = ownerCheck(await backend.store.listMembers(actor.workspace));
  return ok({
    file: toFileAnswer(file.table),
    columns: file.suggestions,
    phoneCountries: findPhoneCountries(file.table, file.mapping, policy.defaultCountry),
    summary: { total, valid, invalid, warnings, blank, excluded, duplicatesInFile, existing, suppressed },
    preview: firstRecords(plan, options.limit ?? PREVIEW_ROWS).map(({ line, decision, lead = {}, problems = [] }) => {
      const owned = checkOwner(lead);
      const shown = { line, lead: owned.lead, problems: owned.problem ? [...problems, owned.problem] : problems };
      return decision === 'suppress' ? { ...shown, isSuppressed: true } : shown;
    }),
    problems: plan.problems.map(({ code, severity, count, column = null, field }) => {
      const message = sentenceForProblem({ code, severity, ...(field === undefined ? {} : { field }) });
      return { code, severity, count, column, message };
    }),
  });
}

/** The first rows that hold anything, as they will be stored or, with their problems, will not. */
function firstRecords(plan: ImportPlan, limit: number) {
  return plan.rows.filter((row) => row.decision !== 'blank' && row.decision !== 'exclude').slice(0, limit);
}

/** Lines that are told of those that are no rows, and characters of each of their cells. */
const SHOWN_SKIPPED = 50;
const SHOWN_CHARS = 200;

/** What was found about a file, as the screen shows it. */
function toFileAnswer({ facts, sheets, sheet, otherTables = [], skipped = [] }: FileTable): PreviewAnswer['file'] {
  return {
    ...facts,
    otherTables: [...otherTables],
    skipped: skipped.slice(0, SHOWN_SKIPPED).map((row) => ({ ...row, cells: row.cells.map((cell) => cell.slice(0, SHOWN_CHARS)) })),
    ...(sheets ? { sheets: [...sheets] } : {}),
    ...(sheet === undefined ? {} : { sheet }),
  };
}
