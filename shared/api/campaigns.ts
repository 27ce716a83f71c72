import * as z from 'zod/mini';
import { count, id, listOf, moment } from './json.ts';

/** Campaigns of a CRM, and the lists whose people become members of them when somebody asks. */

/** GET /api/connections/:id/campaigns/:campaignId. `statuses`: what a member of it can be, in the CRM's order. */
export const campaignAnswer = z.object({
  id: z.string(),
  name: z.string(),
  statuses: listOf(z.object({ label: z.string(), isDefault: z.boolean(), isResponded: z.boolean() })),
});
export type CampaignAnswer = z.infer<typeof campaignAnswer>;

/** POST /api/connections/:id/campaigns/:campaignId/members: the list, and what its people become; the campaign's default unless given. */
export const membersBody = z.object({ listId: id, status: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))) });

/** What an asking did. */
const outcome = {
  added: count,
  /** Members already: they stay as they are. */
  already: count,
  /** No records there yet. */
  notThere: count,
  /** Not to be contacted, and so left out. */
  suppressed: count,
  failed: count,
};
export const membersAnswer = z.object({
  ...outcome,
  /** Why those that failed did, the most frequent reason first; the first people of each. */
  failures: listOf(
    z.object({
      kind: z.string(),
      code: z.string(),
      message: z.string(),
      count,
      people: listOf(z.object({ leadId: z.string(), name: z.string() })),
    }),
  ),
});
export type MembersAnswer = z.infer<typeof membersAnswer>;

const link = z.object({
  listId: z.string(),
  listName: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  /** Null = the campaign's default. */
  status: z.nullable(z.string()),
  askedAt: moment,
  /** Members of the list that came into it since. */
  newcomers: count,
  /** Null: it is not known how the last asking ended. */
  last: z.nullable(z.object(outcome)),
});
/** GET /api/connections/:id/campaigns: lists whose people were made members of a campaign, the newest first. */
export const campaignLinksAnswer = z.object({ links: listOf(link) });
export type CampaignLinkAnswer = z.infer<typeof link>;
