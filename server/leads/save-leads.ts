import { createHash } from 'node:crypto';
import type { SaveLeadsAnswer, SaveLeadsBody } from '#shared/api/leads.ts';
import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import { callingCodeOf, mainCountryOf } from '#shared/lead/phone.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { ownerCheck } from '../store/check-owner.ts';
import type { CheckedRow, WorkspaceRecord } from '../store/records.ts';
import type { KeptAnswer, Once } from '../store/store.ts';
import { type ApiColumns, apiColumns } from './api-columns.ts';
import { type Actor, actOf, type Backend, newUuid, type Refusal } from './backend.ts';
import { toInvalidDetails } from './invalid-details.ts';
import { refuseOverwrite } from './permission.ts';
import { toSaveAnswer } from './save-answer.ts';

export type { KeptAnswer, Once } from '../store/store.ts';

/**
 * POST /api/leads: checks every lead, then stores all of them in one transaction together with the answer. The answer
 * is the JSON text to send (the same bytes again under the same key) with its status, 201 or 200.
 */
export async function saveLeads(
  backend: Backend,
  actor: Actor,
  body: SaveLeadsBody,
  once: Once | null,
): Promise<Result<KeptAnswer, Refusal>> {
  const workspace = await backend.store.readWorkspace(actor.workspace);
  const refused = refuseOverwrite(workspace, actor, body.onDuplicate);
  if (refused) return fail(refused);
  const policy = toPolicy(body, workspace);
  if (!policy.ok) return policy;
  const { toCells, ...columns } = apiColumns(body.leads);
  const rows = await checkLeads(backend, actor, body, policy.value, toCells);
  const invalid = rows.flatMap((row, index) => (row.decision === 'reject' ? [{ index, problems: errorsOf(row) }] : []));
  if (invalid.length > 0 && (body.onInvalid ?? 'reject') === 'reject')
    return fail({ code: 'INVALID_LEADS', ...toInvalidDetails(invalid, rows.length) });
  const dryRun = body.dryRun ?? false;
  const announced = {
    importId: newUuid(backend),
    source: body.source ?? 'api',
    list: body.listId === undefined ? null : { id: body.listId },
    ...columns,
    policy: policy.value,
    total: rows.length,
    chunkCount: 1,
    bodySha256: once?.sha256 ?? createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  };
  const toAnswer: Parameters<typeof backend.store.saveBatch>[1]['toAnswer'] = (batch) => {
    const answer = toSaveAnswer(body, batch, dryRun);
    return { status: isNew(answer) && !dryRun ? 201 : 200, body: JSON.stringify(answer) };
  };
  const saved = await backend.store.saveBatch(actOf(backend, actor), { import: announced, rows, dryRun, once, toAnswer });
  if (saved.kind === 'fresh' || saved.kind === 'replayed') return ok(saved.answer);
  return fail({ code: SAVE_ERRORS[saved.kind] });
}

const SAVE_ERRORS = { mismatch: 'IDEMPOTENCY_MISMATCH', in_progress: 'IN_PROGRESS', list_not_found: 'LIST_NOT_FOUND' } as const;

function isNew(answer: SaveLeadsAnswer): boolean {
  return answer.createdCount + answer.addedCount + answer.updatedCount > 0;
}

/** How rows are decided, from the request and what the workspace is set to. */
function toPolicy(body: SaveLeadsBody, workspace: WorkspaceRecord): Result<ImportPolicy, Refusal> {
  const { onDuplicate = 'skip', scope = 'list', overwriteFields = [] } = body;
  if (onDuplicate === 'overwrite' && overwriteFields.length === 0)
    return fail({ code: 'INVALID_REQUEST', about: 'overwrite_without_fields' });
  const code = body.defaultCountryCode?.replace('+', '');
  const defaultCountry = body.defaultCountry ?? (code === undefined ? workspace.defaultCountry : mainCountryOf(code));
  if (defaultCountry === null || callingCodeOf(defaultCountry) === null) return fail({ code: 'INVALID_REQUEST', about: 'bad_country' });
  return ok({ require: body.require ?? workspace.require, defaultCountry, onDuplicate, scope, overwriteFields });
}

/** The leads as rows: line 1 is the first lead. */
async function checkLeads(
  backend: Backend,
  actor: Actor,
  body: SaveLeadsBody,
  policy: ImportPolicy,
  toCells: ApiColumns['toCells'],
): Promise<CheckedRow[]> {
  const checkOwner = ownerCheck(await backend.store.listMembers(actor.workspace));
  return body.leads.map((raw, index) => {
    const checked = checkLead(raw, policy);
    const owned = checkOwner(checked.lead);
    const problems = owned.problem ? [...checked.problems, owned.problem] : checked.problems;
    const row = { line: index + 1, lead: owned.lead, problems };
    return hasError(problems) ? { ...row, decision: 'reject', raw: toCells(raw) } : { ...row, decision: 'auto' };
  });
}

function errorsOf(row: CheckedRow) {
  return (row.problems ?? []).filter((problem) => problem.severity === 'error');
}
