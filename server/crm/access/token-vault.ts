import { createCipheriv, createDecipheriv } from 'node:crypto';
import { fail, ok, type Result } from '#shared/result.ts';
import type { VaultTrouble } from '#shared/sentences/vault-trouble.ts';
import { makeSecretFile, readKeys, type SecretPlaces, type VaultKey } from './vault-key.ts';

/** Where a sealed text lies: it opens there and nowhere else. `owner`: the public id of a connection, or the hash of a sign-in. */
export type SealPlace = { readonly workspace: number; readonly owner: string; readonly field: 'access' | 'refresh' | 'verifier' };
export type Sealed = { readonly bytes: Uint8Array; readonly keyId: string };

/** Seals what opens a CRM, so that a stolen database opens none. */
export type TokenVault = {
  /** Makes the secret's file when this is the first time. */
  readonly seal: (place: SealPlace, text: string) => Result<Sealed, VaultTrouble>;
  /** Null for anything that was not sealed for this very place with a key that is there. */
  readonly open: (place: SealPlace, sealed: Sealed) => string | null;
  /** The keys that are there, the one that seals first (where there is one). */
  readonly keyIds: () => readonly string[];
};

/** 96 bits, drawn for every sealing (NIST SP 800-38D): far below 2^32 sealings under one key. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A vault over the secrets of an operator. */
export function createVault(places: SecretPlaces, randomBytes: (count: number) => Uint8Array): Result<TokenVault, VaultTrouble> {
  const read = readKeys(places);
  if (!read.ok) return read;
  let keys = read.value;
  const sealingKey = (): Result<VaultKey, VaultTrouble> => {
    if (keys.sealing) return ok(keys.sealing);
    const made = makeSecretFile(places.file, randomBytes);
    if (!made.ok) return made;
    const again = readKeys(places);
    if (!again.ok) return again;
    keys = again.value;
    return keys.sealing ? ok(keys.sealing) : fail({ code: 'unreadable', path: places.file });
  };
  return ok({
    seal: (place, text) => {
      const key = sealingKey();
      return key.ok ? ok({ bytes: sealWith(key.value, place, text, randomBytes(IV_BYTES)), keyId: key.value.id }) : key;
    },
    open: (place, { bytes, keyId }) => {
      const key = keys.all.find(({ id }) => id === keyId);
      return key ? openWith(key, place, bytes) : null;
    },
    keyIds: () => keys.all.map(({ id }) => id),
  });
}

/** AES-256-GCM: iv, text, tag. */
function sealWith(key: VaultKey, place: SealPlace, text: string, iv: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(bindingOf(key, place));
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function openWith(key: VaultKey, place: SealPlace, bytes: Uint8Array): string | null {
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(key, place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null; // final() throws when anything was changed
  }
}

/** What is bound to a sealed text without being in it. */
function bindingOf(key: VaultKey, { workspace, owner, field }: SealPlace): Uint8Array {
  return Buffer.from(JSON.stringify(['leadline', 1, workspace, owner, field, key.id]));
}
