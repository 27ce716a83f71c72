import type { Mapping } from '#shared/mapping/mapping.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { TemplateRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

export type TemplateInput = { readonly name: string; readonly headers: readonly string[]; readonly mapping: Mapping };
export type TemplateAnswer = TemplateInput & { readonly id: string; readonly createdAt: string; readonly updatedAt: string };

/** Named mappings the workspace shares, by name. */
export async function listTemplates(backend: Backend, actor: Actor): Promise<{ readonly templates: readonly TemplateAnswer[] }> {
  const templates = await backend.store.listTemplates(actor.workspace);
  return { templates: templates.map(toTemplateAnswer) };
}

/** Keeps a mapping under a name; `CONFLICT` when the name is taken in any case. */
export async function createTemplate(backend: Backend, actor: Actor, input: TemplateInput): Promise<Result<TemplateAnswer, Refusal>> {
  const made = await backend.store.addTemplate(actOf(backend, actor), { ...input, name: input.name.trim() });
  return made === 'name_taken' ? fail(nameTaken(input.name)) : ok(toTemplateAnswer(made));
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
  return ok(toTemplateAnswer(changed));
}

/** Drops a mapping template. */
export async function deleteTemplate(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly deleted: true }, Refusal>> {
  const gone = await backend.store.deleteTemplate(actOf(backend, actor), id);
  return gone ? ok({ deleted: true }) : fail({ code: 'NOT_FOUND' });
}

function toTemplateAnswer(template: TemplateRecord): TemplateAnswer {
  return { ...template, createdAt: toIso(template.createdAt), updatedAt: toIso(template.updatedAt) };
}

function nameTaken(name: string): Refusal {
  return { code: 'CONFLICT', about: 'template_name_taken', data: { name } };
}
