import { createHash, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '#shared/result.ts';
import type { KeyRecord, MemberId, Role, WorkspaceId } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

const KEY_PREFIX = 'll_';
/** 256 random bits: nobody guesses it, so a fast hash is right for it. */
const KEY_BYTES = 32;
const KEY_SHAPE = /^ll_[A-Za-z0-9_-]{43}$/;

export type KeyAnswer = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly lastFour: string;
  readonly origin: string | null;
  /** Whose it is. */
  readonly member: KeyRecord['holder'];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
};
/** `key` is shown this once. */
export type NewKeyAnswer = KeyAnswer & { readonly key: string };
export type KeyInput = {
  readonly name: string;
  readonly role: Role;
  /** ms since 1970; null = never */
  readonly expiresAt: number | null;
  /** The extension origin it is paired with. */
  readonly origin?: string;
};

/** Makes a key; only its SHA-256 is stored. `keyId` = the key it is made with. */
export async function createKey(
  backend: Backend,
  holder: { readonly workspace: WorkspaceId; readonly member: MemberId; readonly keyId?: string },
  input: KeyInput,
): Promise<NewKeyAnswer> {
  const key = KEY_PREFIX + Buffer.from(backend.randomBytes(KEY_BYTES)).toString('base64url');
  const { name, role, expiresAt } = input;
  const record = await backend.store.addKey(
    { workspace: holder.workspace, member: holder.member, at: backend.now(), ...(holder.keyId === undefined ? {} : { key: holder.keyId }) },
    { name, role, expiresAt, hash: hashSecret(key), lastFour: key.slice(-4), origin: input.origin ?? null },
  );
  return { ...toKeyAnswer(record), key };
}

/** Who holds a key: null for a malformed, unknown, revoked or expired one. `origin` is the one it was paired from. */
export async function findKey(backend: Backend, key: string): Promise<{ readonly actor: Actor; readonly origin: string | null } | null> {
  if (!KEY_SHAPE.test(key)) return null;
  const hash = hashSecret(key);
  const found = await backend.store.findKey(hash);
  if (!found || !isSameHash(found.hash, hash)) return null;
  const now = backend.now();
  if (found.expiresAt !== null && found.expiresAt <= now) return null;
  if (now - (found.lastUsedAt ?? 0) > LAST_USED_STEP_MS) await backend.store.markKeyUsed(hash, now);
  return { actor: { workspace: found.workspace, member: found.member, role: found.role, keyId: found.id }, origin: found.origin };
}

/** A key's last use is written at most this often: a write per request would double the work of reading. */
const LAST_USED_STEP_MS = 60_000;

/** The keys in force, newest first. */
export async function listKeys(backend: Backend, actor: Pick<Actor, 'workspace'>): Promise<{ readonly keys: readonly KeyAnswer[] }> {
  const keys = await backend.store.listKeys(actor.workspace);
  return { keys: keys.map(toKeyAnswer) };
}

/** Ends a key at once. */
export async function revokeKey(backend: Backend, actor: Actor, id: string): Promise<Result<{ readonly revoked: true }, Refusal>> {
  return (await backend.store.revokeKey(actOf(backend, actor), id)) ? ok({ revoked: true }) : fail({ code: 'NOT_FOUND' });
}

/** SHA-256 in hex: how keys and codes are stored. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function toKeyAnswer(record: KeyRecord): KeyAnswer {
  const { id, name, role, lastFour, origin, holder: member } = record;
  const expiresAt = record.expiresAt === null ? null : toIso(record.expiresAt);
  const lastUsedAt = record.lastUsedAt === null ? null : toIso(record.lastUsedAt);
  return { id, name, role, lastFour, origin, member, createdAt: toIso(record.createdAt), expiresAt, lastUsedAt };
}
