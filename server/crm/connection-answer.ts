import type { ConnectionAnswer } from '#shared/api/connections.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import { toIso } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { OAuthProvider } from './access/oauth-provider.ts';

/** A connection as its page shows it. Nothing that opens the CRM is in the record it is made from. */
export function toConnectionAnswer(
  oauth: OAuthProvider | undefined,
  record: ConnectionRecord,
  settings: SyncSettings,
  health: ConnectionAnswer['health'],
): ConnectionAnswer {
  const { id, provider, account, auth, loginHost, state, pausedUntil, missingScopes, createdAt, createdBy } = record;
  return {
    id,
    provider,
    account,
    auth,
    loginHost,
    state,
    pausedUntil: pausedUntil === null ? null : toIso(pausedUntil),
    missingScopes: missingScopes.map((scope) => ({ scope, isNeeded: oauth?.scopes.needed.includes(scope) ?? false })),
    createdAt: toIso(createdAt),
    createdBy,
    settings,
    health,
  };
}
