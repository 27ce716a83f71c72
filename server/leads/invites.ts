import { INVITE_MS } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { InviteRecord } from '../store/people-records.ts';
import type { Role } from '../store/records.ts';
import { hashSecret } from './api-keys.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';
import { cleanEmail } from './members.ts';
import { drawLetters, INVITE_LENGTH, toCode } from './pairing-code.ts';

export type InviteAnswer = {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
};
/** `text` is address and code in one, for one field; both are shown this once. */
export type NewInviteAnswer = InviteAnswer & { readonly text: string; readonly code: string };

/**
 * Invites somebody: good once and for seven days, for one new member. `url` is the address people use. An open
 * invitation to the same address ends. `CONFLICT` when the address is a member's.
 */
export async function createInvite(
  backend: Backend,
  actor: Actor,
  input: { readonly email?: string | null; readonly name?: string | null; readonly role: Role },
  url: string,
): Promise<Result<NewInviteAnswer, Refusal>> {
  const email = input.email ? cleanEmail(input.email) : ok(null);
  if (!email.ok) return email;
  const letters = drawLetters(backend, INVITE_LENGTH);
  const act = actOf(backend, actor);
  const { name = null, role } = input;
  const invite = { hash: hashSecret(letters), email: email.value, name, role, expiresAt: act.at + INVITE_MS };
  const made = await backend.store.addInvite(act, invite);
  if (made === 'email_taken') return fail({ code: 'CONFLICT', about: 'member_exists', data: { email: email.value ?? '' } });
  const code = toCode(letters);
  return ok({ ...toInviteAnswer(made), text: `${url}#${code}`, code });
}

/** Invitations that somebody can still accept, the newest first. */
export async function listInvites(backend: Backend, actor: Actor): Promise<{ readonly invites: readonly InviteAnswer[] }> {
  const invites = await backend.store.listInvites(actor.workspace, backend.now());
  return { invites: invites.map(toInviteAnswer) };
}

/** Ends an invitation at once. */
export async function revokeInvite(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly revoked: true }, Refusal>> {
  return (await backend.store.revokeInvite(actOf(backend, actor), id)) ? ok({ revoked: true }) : fail({ code: 'NOT_FOUND' });
}

function toInviteAnswer(record: InviteRecord): InviteAnswer {
  return { ...record, createdAt: toIso(record.createdAt), expiresAt: toIso(record.expiresAt) };
}
