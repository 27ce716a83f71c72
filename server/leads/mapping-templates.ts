import type { Mapping } from '#shared/mapping/mapping.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Author, TemplateRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

export type TemplateInput = { readonly name: string; readonly headers: readonly string[]; readonly mapping: Mapping };
/** Who saved or imported something; null when nobody knows any more. */
export type AuthorAnswer = { readonly name: string; readonly email: string; readonly isYou: boolean } | null;
export type TemplateAnswer = TemplateInput & {
  readonly id: string;
  readonly by: AuthorAnswer;
  readonly createdAt: string;
  readonly updatedAt: string;
};
export type RememberedAnswer = {
  readonly importId: string;
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  readonly by: AuthorAnswer;
  readonly at: string;
};
export type TemplatesAnswer = { readonly templates: readonly TemplateAnswer[]; readonly remembered: RememberedAnswer | null };

/**
 * Named mappings the workspace shares, by name; and with a `signature` (see `headerSignature`) how the newest complete
 * import of a file with such headers was mapped.
 */
export async function listTemplates(backend: Backend, actor: Actor, signature?: string): Promise<TemplatesAnswer> {
  const { store } = backend;
  const templates = await store.listTemplates(actor.workspace);
  const remembered = signature === undefined ? null : await store.readRemembered(actor.workspace, signature);
  return {
    templates: templates.map((template) => toTemplateAnswer(actor, template)),
    remembered: remembered && { ...remembered, by: toAuthorAnswer(actor, remembered.by), at: toIso(remembered.at) },
  };
}

/** Keeps a mapping under a name; `CONFLICT` when the name is taken in any case. */
export async function createTemplate(backend: Backend, actor: Actor, input: TemplateInput): Promise<Result<TemplateAnswer, Refusal>> {
  const made = await backend.store.addTemplate(actOf(backend, actor), { ...input, name: input.name.trim() });
  return made === 'name_taken' ? fail(nameTaken(input.name)) : ok(toTemplateAnswer(actor, made));
}

/** Changes what is given, leaves the rest. */
export async function changeTemplate(
  backend: Backend,
  actor: Actor,
  id: string,
  patch: Partial<TemplateInput>,
): Promise<Result<TemplateAnswer, Refusal>> {
  const changed = await backend.store.changeTemplate(actOf(backend, actor), id, patch);
  if (changed === 'not_found') return fail({ code: 'NOT_FOUND' });
  if (changed === 'name_taken') return fail(nameTaken(patch.name ?? ''));
  return ok(toTemplateAnswer(actor, changed));
}

/** Drops a mapping template. */
export async function deleteTemplate(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly deleted: true }, Refusal>> {
  const gone = await backend.store.deleteTemplate(actOf(backend, actor), id);
  return gone ? ok({ deleted: true }) : fail({ code: 'NOT_FOUND' });
}

function toTemplateAnswer(actor: Actor, template: TemplateRecord): TemplateAnswer {
  const { by, createdAt, updatedAt } = template;
  return { ...template, by: toAuthorAnswer(actor, by), createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

function toAuthorAnswer(actor: Actor, by: Author | null): AuthorAnswer {
  return by && { name: by.name, email: by.email, isYou: by.member === actor.member };
}

function nameTaken(name: string): Refusal {
  return { code: 'CONFLICT', about: 'template_name_taken', data: { name } };
}
