import type { CampaignAnswer, CampaignLinkAnswer, MembersAnswer } from '#shared/api/campaigns.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from '../leads/backend.ts';
import type { MemberThere } from '../store/connection-store.ts';
import type { CrmCampaigns } from './adapter.ts';
import { type OpenConnection, refuseWork } from './open-connection.ts';

/** Records asked for at once: five of the vendor's batches. */
const PAGE = 1_000;
/** People named of those that failed for one reason. */
const NAMED = 20;

/** A campaign by its name, with what its members can be. */
export async function readCampaign(open: OpenConnection, campaignId: string): Promise<Result<CampaignAnswer, Refusal>> {
  const campaigns = campaignsOf(open);
  if (!campaigns.ok) return campaigns;
  const campaign = await campaigns.value.read(campaignId);
  return campaign.ok ? ok({ id: campaignId, ...campaign.value }) : fail(refuseWork(open, campaign.error));
}

/**
 * Makes the leads of a list members of a campaign of the CRM, as far as they are records there, and remembers that the
 * list goes with it. Whoever is not to be contacted is left out; who is a member already stays as they are, so that it
 * may be asked again after a lost answer.
 */
export async function addToCampaign(
  backend: Backend,
  actor: Actor,
  open: OpenConnection,
  { campaignId, listId, status = null }: { readonly campaignId: string; readonly listId: string; readonly status?: string | null },
): Promise<Result<MembersAnswer, Refusal>> {
  const { store } = backend;
  const { number, name } = open;
  const campaigns = campaignsOf(open);
  if (!campaigns.ok) return campaigns;
  const campaign = await campaigns.value.read(campaignId);
  if (!campaign.ok) return fail(refuseWork(open, campaign.error));
  if (status !== null && !campaign.value.statuses.some(({ label }) => label === status))
    return fail({ code: 'INVALID_REQUEST', about: 'crm_no_status', data: { crm: name, status, campaign: campaign.value.name } });
  const link = { listId, campaignId, campaignName: campaign.value.name, status };
  if (!(await store.linkCampaign(actOf(backend, actor), number, link))) return fail({ code: 'LIST_NOT_FOUND' });

  const counts = { added: 0, already: 0, notThere: 0, suppressed: 0 };
  const failed: Failed[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page = await store.listRecordsOfList(actor.workspace, number, listId, after, PAGE);
    if (page === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
    after = page.next;
    const free = page.members.filter(({ doNotContact }) => !doNotContact);
    const there = free.flatMap((member) => (member.record ? [{ ...member, record: member.record }] : []));
    counts.suppressed += page.members.length - free.length;
    counts.notThere += free.length - there.length;
    const answers = await campaigns.value.addMembers(
      campaignId,
      status,
      there.map(({ record }) => record),
    );
    for (const [index, answer] of answers.entries()) {
      const member = there[index];
      if (answer.kind === 'written') counts.added += 1;
      else if (answer.failure.kind === 'duplicate') counts.already += 1;
      else if (member) failed.push({ member, failure: answer.failure });
    }
  }
  const outcome = { ...counts, failed: failed.length };
  await store.tellCampaign(actor.workspace, number, link, outcome);
  return ok({ ...outcome, failures: byReason(failed) });
}

/** Lists that go with a campaign of this connection, the newest first. */
export async function listCampaignLinks(
  { store }: Pick<Backend, 'store'>,
  actor: Actor,
  id: string,
): Promise<Result<{ readonly links: readonly CampaignLinkAnswer[] }, Refusal>> {
  const connection = await store.readConnection(actor.workspace, id);
  if (!connection) return fail({ code: 'NOT_FOUND' });
  const links = await store.listCampaignLinks(actor.workspace, connection.number);
  return ok({ links: links.map(({ outcome, askedAt, ...link }) => ({ ...link, askedAt: toIso(askedAt), last: outcome })) });
}

/** Forgets that a list goes with a campaign. Members stay members there. */
export async function unlinkCampaign(
  { store }: Pick<Backend, 'store'>,
  actor: Actor,
  id: string,
  link: { readonly campaignId: string; readonly listId: string },
): Promise<Result<{ readonly done: true }, Refusal>> {
  const connection = await store.readConnection(actor.workspace, id);
  const wasThere = connection !== null && (await store.unlinkCampaign(actor.workspace, connection.number, link));
  return wasThere ? ok({ done: true }) : fail({ code: 'NOT_FOUND' });
}

function campaignsOf({ crm, name }: OpenConnection): Result<CrmCampaigns, Refusal> {
  return crm.campaigns ? ok(crm.campaigns) : fail({ code: 'INVALID_REQUEST', about: 'crm_no_campaigns', data: { crm: name } });
}

type Failed = { readonly member: MemberThere; readonly failure: CrmFailure };

/** Those that failed alike, the most frequent first. */
function byReason(failed: readonly Failed[]): MembersAnswer['failures'] {
  const groups = new Map<string, Failed[]>();
  for (const one of failed) {
    const reason = JSON.stringify([one.failure.kind, one.failure.code, one.failure.message]);
    const same = groups.get(reason);
    if (same) same.push(one);
    else groups.set(reason, [one]);
  }
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { kind, code, message } = first.failure;
      const people = group.slice(0, NAMED).map(({ member: { leadId, name } }) => ({ leadId, name }));
      return [{ kind, code, message, count: group.length, people }];
    });
}
