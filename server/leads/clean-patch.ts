import { checkLead } from '#shared/lead/check-lead.ts';
import { TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { Problem, ProblemCode } from '#shared/problems.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { ownerCheck } from '../store/check-owner.ts';
import type { Actor, Backend, Refusal } from './backend.ts';
import { toInvalidDetails } from './invalid-details.ts';

/** What somebody who changes a lead by hand is told at once; a file's row would keep the text and go on. */
const REFUSED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'email_no_at',
  'email_no_dot',
  'emails_spread',
  'phone_invalid',
  'phone_digits_lost',
  'phones_spread',
  'linkedin_invalid',
  'linkedin_company',
  'owner_invalid',
  'owner_unknown',
  'cell_too_large',
]);

/** Brings the values of a patch into the form they are stored in, or says which cannot be stored (`INVALID_LEADS`). */
export async function cleanPatch(backend: Backend, actor: Actor, patch: Lead): Promise<Result<Lead, Refusal>> {
  const { defaultCountry } = await backend.store.readWorkspace(actor.workspace);
  const checked = checkLead(patch, { require: 'complete', defaultCountry });
  const owner = ownerCheck(await backend.store.listMembers(actor.workspace))(checked.lead).problem;
  const found: readonly Problem[] = owner ? [...checked.problems, owner] : checked.problems;
  const refused = found.filter((finding) => REFUSED.has(finding.code));
  if (refused.length > 0) return fail({ code: 'INVALID_LEADS', ...toInvalidDetails([{ index: 0, problems: refused }], 1) });
  const texts = TEXT_FIELD_IDS.filter((field) => patch[field] !== undefined).map((field) => [field, checked.lead[field] ?? '']);
  return ok({
    ...Object.fromEntries(texts), // keys are field ids
    ...(patch.tags ? { tags: checked.lead.tags ?? [] } : {}),
    ...(patch.customFields ? { customFields: checked.lead.customFields ?? [] } : {}),
  });
}
