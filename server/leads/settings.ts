import type { CustomFieldType, RequirePolicy } from '#shared/lead/lead.ts';
import { callingCodeOf } from '#shared/lead/phone.ts';
import { MAX_CELL_BYTES, MAX_CHUNK_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { WorkspacePatch } from '../store/people-store.ts';
import type { CustomFieldRecord, Plan, Role, WorkspaceRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal } from './backend.ts';

export type WorkspaceAnswer = {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly role: Role;
  readonly limits: {
    readonly fileBytes: number;
    readonly columns: number;
    readonly cellBytes: number;
    readonly chunkBytes: number;
    readonly leadsPerCall: number;
  };
  readonly defaultCountry: string;
  readonly require: RequirePolicy;
  readonly readOnly: boolean;
  readonly membersMay: WorkspaceRecord['membersMay'];
};

/** The workspace as its members see it. The caller adds `googleClientId` from its configuration. */
export async function getWorkspace(
  backend: Backend,
  actor: Pick<Actor, 'workspace' | 'role'>,
  maxFileBytes = MAX_FILE_BYTES,
): Promise<WorkspaceAnswer> {
  const workspace = await backend.store.readWorkspace(actor.workspace);
  const limits = {
    fileBytes: maxFileBytes,
    columns: MAX_COLUMNS,
    cellBytes: MAX_CELL_BYTES,
    chunkBytes: MAX_CHUNK_BYTES,
    leadsPerCall: MAX_LEADS_PER_CALL,
  };
  return { ...workspace, role: actor.role, limits };
}

/** Changes what is given of the settings. `INVALID_REQUEST` for a country nobody knows. */
export async function changeWorkspace(backend: Backend, actor: Actor, patch: WorkspacePatch): Promise<Result<WorkspaceAnswer, Refusal>> {
  if (patch.defaultCountry !== undefined && callingCodeOf(patch.defaultCountry) === null)
    return fail({ code: 'INVALID_REQUEST', about: 'bad_country' });
  await backend.store.changeWorkspace(actOf(backend, actor), patch);
  return ok(await getWorkspace(backend, actor));
}

export type CustomFieldAnswer = CustomFieldRecord;

/** Custom fields in their order. */
export async function listCustomFields(backend: Backend, actor: Actor): Promise<{ readonly customFields: readonly CustomFieldAnswer[] }> {
  return { customFields: await backend.store.listCustomFields(actor.workspace) };
}

/** Makes a custom field; `CONFLICT` when the label exists in any case. */
export async function createCustomField(
  backend: Backend,
  actor: Actor,
  input: { readonly label: string; readonly type?: CustomFieldType; readonly choices?: readonly string[] },
): Promise<Result<CustomFieldAnswer, Refusal>> {
  const field = { label: input.label.trim(), type: input.type ?? 'text', choices: input.choices ?? [] } as const;
  const made = await backend.store.addCustomField(actOf(backend, actor), field);
  return 'taken' in made ? fail({ code: 'CONFLICT', about: 'label_taken', data: { label: made.taken } }) : ok(made);
}

/** Tags with how many leads carry each, by name. */
export async function listTags(
  backend: Backend,
  actor: Actor,
): Promise<{ readonly tags: readonly { readonly name: string; readonly leadCount: number }[] }> {
  return { tags: await backend.store.listTags(actor.workspace) };
}
