import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Backend, Refusal } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import type { WorkspaceId } from '../store/records.ts';
import { versionTrouble } from './access/oauth-provider.ts';
import type { Crm } from './adapter.ts';
import type { CrmKind } from './crm-kind.ts';
import type { CrmParts } from './crm-parts.ts';
import { isHiddenKind, NO_API } from './hidden-kind.ts';
import { ACCOUNT_SHARE } from './limiter.ts';
import { OWN_BUDGET } from './sync/budget.ts';

/** A connection that can be worked with. `name`: the CRM's, as people know it. */
export type OpenConnection = {
  readonly connection: ConnectionRecord;
  readonly number: number;
  readonly id: string;
  readonly kind: CrmKind;
  readonly crm: Crm;
  readonly name: string;
};

/** Opens a connection by its public id: `NOT_FOUND`, or why it cannot be worked with now. */
export async function openConnection(
  parts: CrmParts,
  backend: Backend,
  workspace: WorkspaceId,
  id: string,
): Promise<Result<OpenConnection, Refusal>> {
  const connection = await backend.store.readConnection(workspace, id);
  const kind = connection && parts.kinds.get(connection.provider);
  if (!connection || !kind) return fail({ code: 'NOT_FOUND' });
  const name = parts.providers.get(connection.provider)?.name ?? connection.provider;
  if (connection.state === 'needs_reconnect') return fail({ code: 'CONFLICT', about: 'crm_reconnect', data: { crm: name } });
  return ok({ connection, number: connection.number, id, kind, crm: parts.open(connection), name });
}

/**
 * What a failure of the CRM is for whoever asked. Their own words go along: they may say which field or right it is about.
 * `asksScope`: a list, view or campaign was asked for, and may be gone.
 */
export function refuseWork({ name }: Pick<OpenConnection, 'name'>, failure: CrmFailure, asksScope = true): Refusal {
  const data = { crm: name };
  const details = [{ kind: failure.kind, code: failure.code, message: failure.message, missingScopes: failure.missingScopes ?? [] }];
  switch (failure.kind) {
    case 'auth':
      return { code: 'CONFLICT', about: 'crm_reconnect', data, details };
    case 'scope':
      if (failure.code === NO_API) return { code: 'FORBIDDEN', about: 'crm_no_api', data, details };
      if (isHiddenKind(failure)) return { code: 'FORBIDDEN', about: 'crm_hidden_kind', data: { ...data, kind: failure.message }, details };
      return {
        code: 'FORBIDDEN',
        about: 'crm_right',
        data: { ...data, right: failure.missingScopes?.join(', ') || failure.code },
        details,
      };
    case 'rate_burst':
      return { code: 'RATE_LIMITED', about: 'crm_wait', data, details };
    case 'transient':
    case 'lock':
      return { code: 'RATE_LIMITED', about: 'crm_away', data, details };
    case 'held':
    case 'duplicate':
    case 'moved':
    case 'changed':
      return { code: 'CONFLICT', about: 'crm_work', data, details };
    case 'rate_daily': {
      const { retryAfterMs } = failure;
      const wait = retryAfterMs === undefined ? {} : { waitMinutes: Math.ceil(retryAfterMs / 60_000) };
      return {
        code: 'RATE_LIMITED',
        about: failure.code === OWN_BUDGET ? 'crm_own_share' : 'crm_day',
        data: { ...data, percent: ACCOUNT_SHARE * 100, ...wait },
        details,
      };
    }
    case 'gone':
      return asksScope
        ? { code: 'NOT_FOUND', about: 'crm_no_scope', data, details }
        : { code: 'CONFLICT', about: 'crm_work', data, details };
    case 'validation':
      return { code: 'INVALID_REQUEST', about: failure.code === 'TOO_MANY_RECORDS' ? 'crm_too_many' : 'crm_work', data, details };
    case 'schema_drift': {
      const name = failure.field;
      if (name === undefined) return { code: 'CONFLICT', about: 'crm_work', data, details };
      return { code: 'INVALID_REQUEST', about: 'crm_no_field', data: { ...data, name }, details: [{ field: 'pairs', value: name }] };
    }
    case 'ambiguous':
      return { code: 'CONFLICT', about: 'crm_lost', data, details };
    case 'bug': {
      const version = versionTrouble(failure);
      if (version) return { code: 'CONFLICT', about: version.about, data: { ...data, version: version.version }, details };
      return { code: 'CONFLICT', about: 'crm_unknown', data: { ...data, code: failure.code }, details };
    }
  }
}

/** Says whether a failure is the CRM's. */
export function isCrmFailure(error: Refusal | CrmFailure): error is CrmFailure {
  return 'kind' in error;
}
