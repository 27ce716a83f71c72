import { PAIRING_CODE_MS } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { MemberId, WorkspaceId } from '../store/records.ts';
import { createKey, hashSecret } from './api-keys.ts';
import type { Backend, Refusal } from './backend.ts';
import { drawLetters, INVITE_LENGTH, PAIRING_LENGTH, readCode, toCode } from './pairing-code.ts';
import { getWorkspace, type WorkspaceAnswer } from './settings.ts';

/** Makes a code like K7Q4-9XWD, good once and for five minutes. */
export async function createPairingCode(
  backend: Backend,
  holder: { readonly workspace: WorkspaceId; readonly member: MemberId },
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const now = backend.now();
  const letters = drawLetters(backend, PAIRING_LENGTH);
  const expiresAt = now + PAIRING_CODE_MS;
  await backend.store.addPairingCode({ ...holder, at: now }, { hash: hashSecret(letters), expiresAt });
  return { code: toCode(letters), expiresAt };
}

/**
 * Trades a code for a key of its own: a pairing code for one more key of its member, an invitation for the first key of
 * a new one. `UNAUTHORIZED` for a wrong, used or old code.
 */
export async function pair(
  backend: Backend,
  input: { readonly code: string; readonly name: string; readonly origin: string | null },
): Promise<Result<{ readonly key: string; readonly workspace: WorkspaceAnswer }, Refusal>> {
  const holder = await takeCode(backend, readCode(input.code));
  if (!holder) return fail({ code: 'UNAUTHORIZED' });
  const { role } = holder;
  const made = await createKey(backend, holder, {
    name: input.name,
    role,
    expiresAt: null,
    ...(input.origin ? { origin: input.origin } : {}),
  });
  return ok({ key: made.key, workspace: await getWorkspace(backend, holder) });
}

function takeCode(backend: Backend, letters: string) {
  if (letters.length === INVITE_LENGTH) return backend.store.acceptInvite(hashSecret(letters), backend.now());
  return letters.length === PAIRING_LENGTH ? backend.store.takePairingCode(hashSecret(letters), backend.now()) : null;
}

/** Says whether any browser holds a key in force. */
export async function isBrowserPaired(backend: Backend, workspace: WorkspaceId): Promise<boolean> {
  const keys = await backend.store.listKeys(workspace);
  return keys.some((key) => key.origin !== null && (key.expiresAt === null || key.expiresAt > backend.now()));
}
