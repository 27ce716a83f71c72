import type { MembersAnswer } from '#shared/api/connection-work.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import type { RecordRef } from './adapter.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** Records asked for at once: five of the vendor's batches. */
const PAGE = 1_000;

/**
 * Makes the leads of a list members of a campaign of the CRM, as far as they are records there. Whoever is not to be
 * contacted is left out; who is a member already stays as they are, so that it may be asked again after a lost answer.
 */
export async function addToCampaign(
  { store }: Pick<Backend, 'store'>,
  { workspace }: Actor,
  open: OpenConnection,
  { campaignId, listId }: { readonly campaignId: string; readonly listId: string },
): Promise<Result<MembersAnswer, Refusal>> {
  const { crm, number, name } = open;
  if (!crm.addToCampaign) return fail({ code: 'INVALID_REQUEST', about: 'crm_no_campaigns', data: { crm: name } });
  const counts = { added: 0, already: 0, failed: 0, notThere: 0, suppressed: 0 };
  let failure: CrmFailure | null = null;
  let after: number | null = 0;
  while (after !== null) {
    const page = await store.listRecordsOfList(workspace, number, listId, after, PAGE);
    if (page === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
    after = page.next;
    counts.suppressed += page.members.filter(({ doNotContact }) => doNotContact).length;
    const free = page.members.filter(({ doNotContact }) => !doNotContact);
    const records: readonly RecordRef[] = free.flatMap(({ record }) => record ?? []);
    counts.notThere += free.length - records.length;
    const answers = await crm.addToCampaign(campaignId, records);
    if (!answers.ok) return fail(refuseWork(open, answers.error));
    for (const answer of answers.value) {
      if (answer.kind === 'written') counts.added += 1;
      else if (answer.failure.kind === 'duplicate') counts.already += 1;
      else {
        counts.failed += 1;
        failure ??= answer.failure;
      }
    }
  }
  return ok({ ...counts, failure: failure && { kind: failure.kind, code: failure.code, message: failure.message } });
}
