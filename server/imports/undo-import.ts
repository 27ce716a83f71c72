import { setImmediate as letOthers } from 'node:timers/promises';
import type { UndoAnswer, UndoBody } from '#shared/api/closed-imports.ts';
import { CHUNK_ROWS, RETENTION } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { undoneSentences, undoTrialSentences } from '#shared/sentences/en.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import { refuseUndo } from '../leads/permission.ts';
import type { LeftInCrm, Undone } from '../store/closed-import-store.ts';
import type { ImportRecord, KeptLead } from '../store/records.ts';

/** Kept leads an answer names; `keptCount` counts them all. */
export const MOST_KEPT = 1_000;

/**
 * Takes an import back, in transactions of 1,000 rows. Leads it created go unless somebody has touched them since, then
 * they stay as they are; leads from before leave its list and get their old values back, field by field, unless somebody
 * changed them since or the old value is suppressed; a list it made goes when it is empty. Broken off, it goes on when it
 * is asked for again; done, it gives the same answer. `FORBIDDEN` for a member where undo is withheld or the import is
 * somebody else's; `CONFLICT` while rows are still coming and after 30 days. `dryRun`: writes nothing, and says what it would
 * come to if nobody changed anything in between.
 */
export async function undoImport(
  backend: Backend,
  actor: Actor,
  importId: string,
  { dryRun = false }: UndoBody = {},
): Promise<Result<UndoAnswer, Refusal>> {
  const found = await backend.store.readImport(actor.workspace, importId);
  if (!found) return fail({ code: 'NOT_FOUND' });
  const refused = refuseUndo(await backend.store.readWorkspace(actor.workspace), actor) ?? refuseOthers(actor, found.import);
  if (refused) return fail(refused);
  if (dryRun && found.import.state !== 'undone') return tryUndo(backend, actor, found.import);
  for (;;) {
    const step = { rows: CHUNK_ROWS, kept: MOST_KEPT };
    const done = await backend.store.undoStep(actOf(backend, actor), importId, step, backend.now() - RETENTION.originalsMs);
    if (done.kind === 'undone') return ok(toAnswer(done));
    if (done.kind !== 'more') return fail(REFUSALS[done.kind]);
    await letOthers();
  }
}

async function tryUndo(backend: Backend, actor: Actor, { importId, state, undo }: ImportRecord): Promise<Result<UndoAnswer, Refusal>> {
  let { removed, restored, keptCount } = undo ?? { removed: 0, restored: 0, keptCount: 0 };
  const kept: KeptLead[] = [];
  const inCrm: LeftInCrm[] = [];
  let inCrmCount = 0;
  for (let after: number | null = null; ; ) {
    const trial = { rows: CHUNK_ROWS, kept: MOST_KEPT - kept.length, after };
    const tried = await backend.store.tryUndo(actOf(backend, actor), importId, trial, backend.now() - RETENTION.originalsMs);
    if (tried.kind === 'end') break;
    if (tried.kind !== 'more') return fail(REFUSALS[tried.kind]);
    after = tried.reached;
    removed += tried.removed;
    restored += tried.restored;
    keptCount += tried.keptCount;
    kept.push(...tried.kept);
    inCrm.push(...tried.inCrm.slice(0, MOST_KEPT - inCrm.length));
    inCrmCount += tried.inCrmCount;
    await letOthers();
  }
  const counts = { removed, restored, keptCount };
  const message = undoTrialSentences({ ...counts, inCrmCount }).join(' ');
  return ok({ state, dryRun: true, ...counts, kept, ...told({ inCrm, inCrmCount }), message });
}

/** Members undo their own imports, admins any. */
function refuseOthers(actor: Actor, { member }: ImportRecord): Refusal | null {
  return actor.role === 'admin' || member === actor.member ? null : { code: 'FORBIDDEN', about: 'not_your_import' };
}

const REFUSALS = {
  not_found: { code: 'NOT_FOUND' },
  open: { code: 'CONFLICT', about: 'import_open' },
  too_late: { code: 'CONFLICT', about: 'undo_too_late' },
} as const satisfies Record<string, Refusal>;

function toAnswer({ import: { undo }, kept, ...left }: Extract<Undone, { kind: 'undone' }>): UndoAnswer {
  const counts = { removed: undo?.removed ?? 0, restored: undo?.restored ?? 0, keptCount: undo?.keptCount ?? 0 };
  const { inCrmCount } = left;
  return { state: 'undone', ...counts, kept, ...told(left), message: undoneSentences({ ...counts, inCrmCount }).join(' ') };
}

type Left = { readonly inCrm: readonly LeftInCrm[]; readonly inCrmCount: number };
/** Where nothing was left in a CRM, nothing is said of it. */
function told({ inCrm, inCrmCount }: Left): Partial<Pick<UndoAnswer, 'inCrm' | 'inCrmCount'>> {
  return inCrmCount === 0 ? {} : { inCrm, inCrmCount };
}
