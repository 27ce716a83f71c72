import { createHash, hkdfSync, scryptSync } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '#shared/result.ts';
import type { VaultTrouble } from '#shared/sentences/vault-trouble.ts';

/** A key of AES-256 and the name it has in the database. */
export type VaultKey = { readonly id: string; readonly bytes: Uint8Array };
/** Where an operator keeps the secret: in the environment, or in a file, which is made on first use. */
export type SecretPlaces = { readonly secret: string | null; readonly oldSecret: string | null; readonly file: string };

/** Beside the file while one secret takes the place of another: both open, the new one seals. */
export const nextFile = (file: string) => `${file}.new`;

/** Random bytes of a secret that is made here. */
const SECRET_BYTES = 32;
/** A secret made here has 256 random bits: nobody guesses it, and a fast derivation (RFC 5869) is right for it. */
const MADE_HERE = /^[\w-]{43}$/;
/** scrypt (RFC 7914) for an operator's own, which may be short. 2^15 takes 32 MB and a tenth of a second, once a start. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** The key that seals, null while no secret was made, and every key that opens. */
export type VaultKeys = { readonly sealing: VaultKey | null; readonly all: readonly VaultKey[] };

/** Every key that is there. LEADLINE_SECRET goes before a file, and a new file before the one it replaces. */
export function readKeys(places: SecretPlaces): Result<VaultKeys, VaultTrouble> {
  const next = readSecretFile(nextFile(places.file));
  if (!next.ok) return next;
  const file = readSecretFile(places.file);
  if (!file.ok) return file;
  const sealing = places.secret ?? next.value ?? file.value;
  const secrets = [sealing, next.value, file.value, places.oldSecret].filter((secret) => secret !== null);
  const all = [...new Set(secrets)].map(keyOf);
  return ok({ sealing: sealing === null ? null : (all[0] ?? null), all });
}

/** The key that a secret gives. Its id is a hash: it tells nothing, and is the same on every machine. */
export function keyOf(secret: string): VaultKey {
  const bytes = MADE_HERE.test(secret)
    ? new Uint8Array(hkdfSync('sha256', secret, '', 'leadline vault', 32))
    : scryptSync(secret, 'leadline vault', 32, COST);
  return { bytes, id: createHash('sha256').update('leadline key id').update(bytes).digest('hex').slice(0, 16) };
}

/** Makes a file with a new secret that its owner alone can read, on disk when this returns. One that is there stays. */
export function makeSecretFile(path: string, randomBytes: (count: number) => Uint8Array): Result<void, VaultTrouble> {
  try {
    const known = readSecretFile(path);
    if (!known.ok) return known;
    if (known.value !== null) return ok(undefined);
    removeBlank(path);
    const file = openSync(path, 'wx', 0o600);
    try {
      writeFileSync(file, `${Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(path);
    return ok(undefined);
  } catch {
    return fail({ code: 'unwritable', path });
  }
}

/** The new secret takes the place of the old one, in one step. */
export function putNextInPlace(path: string): void {
  renameSync(nextFile(path), path);
  syncFolder(path);
}

/** A secret out of a file; null where there is none, or an empty one that a crash has left: nothing was sealed with that. */
function readSecretFile(path: string): Result<string | null, VaultTrouble> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(null) : fail({ code: 'unreadable', path });
  }
  try {
    const { mode } = fstatSync(file);
    if (!fstatSync(file).isFile()) return fail({ code: 'not_a_file', path });
    const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
    if (isOpen) return fail({ code: 'open_to_others', path, mode: (mode & 0o777).toString(8).padStart(4, '0') });
    const secret = readFileSync(file, 'utf8').replace(/[\0\s]+$/, '');
    return ok(secret === '' ? null : secret);
  } finally {
    closeSync(file);
  }
}

function removeBlank(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** A file is there after a power cut only when its folder is on disk too. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return; // which has no such call
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
