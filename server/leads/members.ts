import { readEmailCell } from '#shared/lead/email.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { MemberRecord, Role } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

export type MemberAnswer = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
};
export type MemberPatch = { readonly name?: string; readonly email?: string; readonly role?: Role };

/** The members of the workspace, oldest first. */
export async function listMembers(
  backend: Backend,
  actor: Pick<Actor, 'workspace'>,
): Promise<{ readonly members: readonly MemberAnswer[] }> {
  const members = await backend.store.listMembers(actor.workspace);
  return { members: members.map(toMemberAnswer) };
}

/**
 * Changes what is given of a member. A new role holds for all their keys from the next request on. `CONFLICT` for the
 * last admin's role and for an address that another member has.
 */
export async function changeMember(backend: Backend, actor: Actor, id: string, patch: MemberPatch): Promise<Result<MemberAnswer, Refusal>> {
  const email = patch.email === undefined ? ok(null) : cleanEmail(patch.email);
  if (!email.ok) return email;
  const cleaned = { ...patch, ...(email.value === null ? {} : { email: email.value }) };
  const changed = await backend.store.changeMember(actOf(backend, actor), id, cleaned);
  if (changed === 'not_found') return fail({ code: 'NOT_FOUND' });
  if (changed === 'last_admin') return fail({ code: 'CONFLICT', about: 'last_admin' });
  if (changed === 'email_taken') return fail({ code: 'CONFLICT', about: 'member_exists', data: { email: cleaned.email ?? '' } });
  return ok(toMemberAnswer(changed));
}

/**
 * Removes a member and ends every key of theirs at once. Their leads stay and keep `ownerEmail`; `owner` is null from
 * then on, until somebody with that address is a member again. `CONFLICT` for the last admin.
 */
export async function removeMember(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly deleted: true }, Refusal>> {
  const removed = await backend.store.removeMember(actOf(backend, actor), id);
  if (removed === 'not_found') return fail({ code: 'NOT_FOUND' });
  return removed === 'last_admin' ? fail({ code: 'CONFLICT', about: 'last_admin' }) : ok({ deleted: true });
}

/** An address as members have it; `INVALID_REQUEST` for what is none. */
export function cleanEmail(text: string): Result<string, Refusal> {
  const { good, bad } = readEmailCell(text);
  const email = good.length === 1 && bad.length === 0 ? good[0]?.email : undefined;
  return email === undefined ? fail({ code: 'INVALID_REQUEST', about: 'bad_key_value', data: { kind: 'email', value: text } }) : ok(email);
}

function toMemberAnswer({ id, email, name, role, createdAt }: MemberRecord): MemberAnswer {
  return { id, email, name, role, createdAt: toIso(createdAt) };
}
