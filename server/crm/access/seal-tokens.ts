import { fail, ok, type Result } from '#shared/result.ts';
import type { VaultTrouble } from '#shared/sentences/vault-trouble.ts';
import type { SealedTokens, TokenRecord } from '../../store/connection-store.ts';
import type { SealPlace, TokenVault } from './token-vault.ts';

/** Tokens in clear: in memory only, and as short as can be. */
export type OpenTokens = { readonly access: string; readonly refresh: string | null };
type Owner = { readonly workspace: number; readonly id: string };

/** Seals the tokens of a connection, both with the same key. */
export function sealTokens(vault: TokenVault, { workspace, id }: Owner, tokens: OpenTokens): Result<SealedTokens, VaultTrouble> {
  const place = { workspace, owner: id };
  const access = vault.seal({ ...place, field: 'access' }, tokens.access);
  if (!access.ok) return access;
  const { bytes, keyId } = access.value;
  if (tokens.refresh === null) return ok({ access: bytes, refresh: null, keyId });
  const refresh = vault.seal({ ...place, field: 'refresh' }, tokens.refresh);
  return refresh.ok ? ok({ access: bytes, refresh: refresh.value.bytes, keyId }) : refresh;
}

/** Opens what was sealed for this connection; an error when it was not, or not with a key that is there. */
export function openTokens(vault: TokenVault, record: TokenRecord): Result<OpenTokens, 'not_ours'> {
  const at = (field: SealPlace['field'], bytes: Uint8Array) =>
    vault.open({ workspace: record.workspace, owner: record.id, field }, { bytes, keyId: record.keyId });
  const access = at('access', record.access);
  const refresh = record.refresh && at('refresh', record.refresh);
  if (access === null || (record.refresh !== null && refresh === null)) return fail('not_ours');
  return ok({ access, refresh });
}
