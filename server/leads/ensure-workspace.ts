import type { MemberId, Plan, WorkspaceId } from '../store/records.ts';
import { createKey } from './api-keys.ts';
import type { Backend } from './backend.ts';

export type FirstStart = { readonly adminEmail: string; readonly plan: Plan };

/** The name of the key that a first start makes, and so of the one that is replaced when no other is named. */
export const FIRST_KEY_NAME = 'First key';

/**
 * Finds the workspace of this server, or makes it: its first admin, its default list, and one admin key, which is
 * returned on that first start only. The plan is what the configuration says, at every start.
 */
export async function ensureWorkspace(
  backend: Backend,
  input: FirstStart,
): Promise<{ readonly workspace: WorkspaceId; readonly admin: MemberId; readonly adminKey: string | null }> {
  const { workspace, admin, created } = await backend.store.ensureWorkspace({
    name: 'My workspace',
    plan: input.plan,
    adminEmail: input.adminEmail,
    defaultListName: 'Default list',
    defaultCountry: 'US',
    at: backend.now(),
  });
  if (!created) return { workspace, admin, adminKey: null };
  const { key } = await createKey(backend, { workspace, member: admin }, { name: FIRST_KEY_NAME, role: 'admin', expiresAt: null });
  return { workspace, admin, adminKey: key };
}
