import { PAIRING_CODE_MS } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { MemberId, WorkspaceId } from '../store/records.ts';
import { createKey, hashSecret } from './api-keys.ts';
import type { Backend, Refusal } from './backend.ts';
import { getWorkspace, type WorkspaceAnswer } from './settings.ts';

/** No 0, O, 1, I, L, U: a code is read from a terminal and typed by hand. 30 letters, 8 places: 39 bits for 5 minutes. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/** Makes a code like K7Q4-9XWD, good once and for five minutes. */
export async function createPairingCode(
  backend: Backend,
  holder: { readonly workspace: WorkspaceId; readonly member: MemberId },
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const now = backend.now();
  const letters = drawLetters(backend);
  const expiresAt = now + PAIRING_CODE_MS;
  await backend.store.addPairingCode({ ...holder, at: now }, { hash: hashSecret(letters), expiresAt });
  return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, expiresAt };
}

/** Trades a code for a key of its own; case, blanks and dashes do not matter. `UNAUTHORIZED` for a wrong, used or old code. */
export async function pair(
  backend: Backend,
  input: { readonly code: string; readonly name: string; readonly origin: string | null },
): Promise<Result<{ readonly key: string; readonly workspace: WorkspaceAnswer }, Refusal>> {
  const letters = input.code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const holder = letters.length === CODE_LENGTH ? await backend.store.takePairingCode(hashSecret(letters), backend.now()) : null;
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

/** Says whether any browser holds a key in force. */
export async function isBrowserPaired(backend: Backend, workspace: WorkspaceId): Promise<boolean> {
  const keys = await backend.store.listKeys(workspace);
  return keys.some((key) => key.origin !== null && (key.expiresAt === null || key.expiresAt > backend.now()));
}

/** Bytes past the last whole multiple of the alphabet are thrown away, so that every letter is equally likely. */
function drawLetters(backend: Backend): string {
  const fair = 256 - (256 % ALPHABET.length);
  let letters = '';
  while (letters.length < CODE_LENGTH) {
    for (const byte of backend.randomBytes(CODE_LENGTH)) {
      if (byte < fair && letters.length < CODE_LENGTH) letters += ALPHABET[byte % ALPHABET.length];
    }
  }
  return letters;
}
