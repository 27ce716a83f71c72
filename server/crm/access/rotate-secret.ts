import { fail, ok, type Result } from '#shared/result.ts';
import type { VaultTrouble } from '#shared/sentences/vault-trouble.ts';
import type { Store } from '../../store/store.ts';
import { openTokens, sealTokens } from './seal-tokens.ts';
import { createVault, type TokenVault } from './token-vault.ts';
import { makeSecretFile, nextFile, putNextInPlace, readKeys, type SecretPlaces } from './vault-key.ts';

type TokenStore = Pick<Store, 'listSealingKeys' | 'listSealedOtherwise' | 'resealTokens'>;

/** Says why the server must not start: tokens lie there that no key opens. Null = it may. */
export async function checkVault(store: TokenStore, vault: TokenVault, path: string): Promise<VaultTrouble | null> {
  const there = vault.keyIds();
  const needed = await store.listSealingKeys();
  if (needed.every((id) => there.includes(id))) return null;
  return { code: there.length === 0 ? 'no_key' : 'other_key', path };
}

const BATCH = 100;

/**
 * Seals every token with a new secret. With a file the new one is made beside it and takes its place when no token needs
 * the old one any more; with LEADLINE_SECRET it is the new one already, and LEADLINE_OLD_SECRET the former. It can be
 * killed at any moment: until the end both open, and running it again goes on where it was. Nobody else uses the store.
 */
export async function rotateSecret(
  store: TokenStore,
  places: SecretPlaces,
  randomBytes: (count: number) => Uint8Array,
): Promise<Result<{ readonly sealed: number }, VaultTrouble>> {
  const known = readKeys(places);
  if (!known.ok) return known;
  if (known.value.all.length === 0) return fail({ code: 'nothing_to_rotate' });
  if (places.secret === null) {
    const made = makeSecretFile(nextFile(places.file), randomBytes);
    if (!made.ok) return made;
  }
  const vault = createVault(places, randomBytes);
  if (!vault.ok) return vault;
  const done = await sealAllAnew(store, vault.value);
  if (!done.ok) return done;
  if (places.secret === null) putNextInPlace(places.file);
  return done;
}

async function sealAllAnew(store: TokenStore, vault: TokenVault): Promise<Result<{ readonly sealed: number }, VaultTrouble>> {
  const [keyId = ''] = vault.keyIds();
  let sealed = 0;
  let lost = 0;
  for (let after = 0; ; ) {
    const records = await store.listSealedOtherwise(keyId, after, BATCH);
    for (const record of records) {
      const open = openTokens(vault, record);
      if (!open.ok) {
        lost++;
        continue;
      }
      const tokens = sealTokens(vault, record, open.value);
      if (!tokens.ok) return tokens;
      if (await store.resealTokens(record, tokens.value)) sealed++;
    }
    const last = records.at(-1);
    if (!last) return lost > 0 ? fail({ code: 'not_opened', count: lost }) : ok({ sealed });
    after = last.number;
  }
}
