import * as z from 'zod/mini';
import { id, listOf, moment } from './json.ts';
import { leadSchema } from './lead-schema.ts';

/** Keys in one question: what fits the body of 1 MB. */
const MAX_KEYS = 10_000;
const keys = z.optional(listOf(z.string().check(z.maxLength(2_000))).check(z.maxLength(MAX_KEYS)));

/** POST /api/imports/match: who exists already? */
export const matchBody = z.object({ listId: z.exactOptional(z.nullable(id)), emails: keys, phones: keys, linkedinUrls: keys });
export type MatchBody = z.infer<typeof matchBody>;

export const matchAnswer = z.object({
  matches: listOf(
    z.object({
      /** The key as it was sent. */
      key: z.string(),
      leads: listOf(z.object({ id: z.string(), version: z.int(), inList: z.boolean(), lead: leadSchema })),
    }),
  ),
  suppressed: listOf(z.object({ key: z.string(), entry: z.string(), kind: z.enum(['email', 'domain', 'phone']), since: moment })),
});
export type MatchAnswer = z.infer<typeof matchAnswer>;
