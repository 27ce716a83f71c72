import * as z from 'zod/mini';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';
import { id, listOf, moment, name } from './json.ts';
import { wholeNumber } from './query.ts';
import { ROLES } from './workspace.ts';

/** Members, invitations, and who did what. */

const role = z.enum(ROLES);
const email = z.string().check(z.trim(), z.minLength(1), z.maxLength(320));

/** `email` is empty while it is not known: an invitation can be given to anybody. */
export const memberAnswer = z.object({ id: z.string(), email: z.string(), name: z.string(), role, createdAt: moment });
export const membersAnswer = z.object({ members: listOf(memberAnswer) });
const changes = { name: z.exactOptional(name), email: z.exactOptional(email), role: z.exactOptional(role) };
/** PATCH /api/members/:id */
export const memberPatch = z.object(changes);
/** PATCH /api/members */
export const memberPatchWithId = z.object({ id, ...changes });

const invite = { id: z.string(), email: z.nullable(z.string()), name: z.nullable(z.string()), role, createdAt: moment, expiresAt: moment };
/** POST /api/invites */
export const inviteBody = z.object({
  email: z.exactOptional(z.nullable(email)),
  name: z.exactOptional(z.nullable(name)),
  role: z._default(role, 'member'),
});
/** `text` is address and code in one: https://leads.example#K7Q4-…; both are null in a repetition under the same Idempotency-Key. */
export const inviteAnswer = z.object({ ...invite, text: z.nullable(z.string()), code: z.nullable(z.string()) });
export const invitesAnswer = z.object({ invites: listOf(z.object(invite)) });

/** Everything that is written down for those who answer for the workspace. */
export const AUDIT_ACTIONS = [
  'leads.exported',
  'rejected.exported',
  'leads.deleted',
  'list.deleted',
  'import.undone',
  'suppressions.added',
  'suppressions.removed',
  'key.created',
  'key.revoked',
  'browser.paired',
  'invite.created',
  'invite.revoked',
  'invite.accepted',
  'member.changed',
  'member.removed',
  'workspace.changed',
  'connection.added',
  'connection.renewed',
  'connection.changed',
  'connection.removed',
] as const;
export const auditQuery = z.object({
  action: z.exactOptional(z.enum(AUDIT_ACTIONS)),
  cursor: z.exactOptional(z.string().check(z.maxLength(500))),
  limit: z._default(wholeNumber(1, MAX_PAGE_SIZE), DEFAULT_PAGE_SIZE),
});
/** Newest first. `data` is codes and numbers, nobody's words; `subject` is the id of what it was done to, null = the workspace. */
export const auditAnswer = z.object({
  entries: listOf(
    z.object({
      at: moment,
      actor: z.nullable(z.object({ id: z.string(), email: z.string(), name: z.string() })),
      key: z.nullable(z.object({ id: z.string(), name: z.string(), lastFour: z.string() })),
      action: z.enum(AUDIT_ACTIONS),
      subject: z.nullable(z.string()),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), listOf(z.string())])),
    }),
  ),
  nextCursor: z.nullable(z.string()),
});
