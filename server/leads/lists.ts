import { fail, ok, type Result } from '#shared/result.ts';
import type { ListRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

export type ListAnswer = {
  readonly id: string;
  readonly name: string;
  readonly leadCount: number;
  readonly isDefault: boolean;
  readonly createdAt: string;
};

/** Every list of the workspace, the default one first. */
export async function listLists(backend: Backend, actor: Actor): Promise<{ readonly lists: readonly ListAnswer[] }> {
  const lists = await backend.store.listLists(actor.workspace);
  return { lists: lists.map(toListAnswer) };
}

/** Makes a list; `CONFLICT` when one has that name in any case. */
export async function createList(backend: Backend, actor: Actor, input: { readonly name: string }): Promise<Result<ListAnswer, Refusal>> {
  const made = await backend.store.addList(actOf(backend, actor), input.name.trim());
  return made ? ok(toListAnswer(made)) : fail(nameTaken(input.name));
}

/** Gives a list another name. */
export async function renameList(
  backend: Backend,
  actor: Actor,
  id: string,
  input: { readonly name: string },
): Promise<Result<ListAnswer, Refusal>> {
  const renamed = await backend.store.renameList(actOf(backend, actor), id, input.name.trim());
  if (renamed === 'not_found') return fail({ code: 'LIST_NOT_FOUND' });
  if (renamed === 'name_taken') return fail(nameTaken(input.name));
  return ok(toListAnswer(renamed));
}

/** Drops a list and its memberships; its leads stay, and so does the default list. */
export async function deleteList(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly deleted: true }, Refusal>> {
  const gone = await backend.store.deleteList(actOf(backend, actor), id);
  if (gone === 'not_found') return fail({ code: 'LIST_NOT_FOUND' });
  if (gone === 'is_default') return fail({ code: 'INVALID_REQUEST', about: 'default_list_stays' });
  return ok({ deleted: true });
}

/** A list as answers show it. */
export function toListAnswer(list: ListRecord): ListAnswer {
  return { ...list, createdAt: toIso(list.createdAt) };
}

function nameTaken(name: string): Refusal {
  return { code: 'CONFLICT', about: 'list_name_taken', data: { name } };
}
