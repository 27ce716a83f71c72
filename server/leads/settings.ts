import type { CustomFieldType, RequirePolicy } from '#shared/lead/lead.ts';
import { MAX_CELL_BYTES, MAX_CHUNK_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CustomFieldRecord, Plan, Role } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

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

export type MemberAnswer = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
};

/** The members of the workspace, oldest first. */
export async function listMembers(backend: Backend, actor: Actor): Promise<{ readonly members: readonly MemberAnswer[] }> {
  const members = await backend.store.listMembers(actor.workspace);
  return { members: members.map((member) => ({ ...member, createdAt: toIso(member.createdAt) })) };
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
