import type { CrmFailure } from '#shared/crm/failure.ts';
import type { Provider } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { TokenRecord, TokenStore } from '../../store/connection-store.ts';
import type { WorkspaceId } from '../../store/records.ts';
import type { ConnectionId } from '../../store/sync-records.ts';
import type { CrmResult } from '../adapter.ts';
import { isRefusedForGood, refreshTokens } from './oauth.ts';
import type { OAuthProvider } from './oauth-provider.ts';
import { type OpenTokens, openTokens, sealTokens } from './seal-tokens.ts';
import type { TokenVault } from './token-vault.ts';

/** A token that is good now, and where to call with it (null = the CRM has one address for all). */
export type CrmSession = { readonly accessToken: string; readonly instanceUrl: string | null };
/**
 * The session of one connection. `refused`: the token that the CRM has just answered 401 to; it is replaced, and
 * when the one that came instead is refused at once as well, the connection has to be made again. `isElsewhere`: it was not
 * refused, but there was nobody at the address of its session; a new one tells where to call. A failure of kind `auth` is final.
 */
export type OpenSession = (refused?: string | null, isElsewhere?: boolean) => Promise<CrmResult<CrmSession>>;
export type TokenBroker = {
  readonly sessionOf: (workspace: WorkspaceId, connection: ConnectionId) => OpenSession;
  /** Runs work that ends or changes the tokens of a connection, with no refresh beside it; or that makes one, by its account. */
  readonly alone: <T>(what: ConnectionId | Account, work: () => Promise<T>) => Promise<T>;
};
/** An account that is not connected yet, by a name of its own. */
type Account = `account ${string}`;
export type BrokerDeps = {
  readonly store: TokenStore;
  readonly vault: TokenVault;
  readonly providers: ReadonlyMap<Provider, OAuthProvider>;
  readonly now: () => number;
  /** Told of each call for new tokens. */
  readonly called: (connection: Pick<TokenRecord, 'workspace' | 'number'>) => void;
};

/** HubSpot's advice: by the clock, and early; a 401 is not how one finds out. */
const EARLY_MS = 5 * 60 * 1_000;
/** Until then a token serves although a new one could not be had. */
const LAST_MS = 30 * 1_000;
/** A token this young that is refused has not run out: the grant is worth nothing. */
const FRESH_MS = 60 * 1_000;
/** After a failure that may go away, before the next try; longer when the CRM says so. */
const PAUSE_MS = 10 * 1_000;

/**
 * Keeps connections open. One refresh at a time for each connection; what comes back is saved before anybody uses it, and
 * only over the tokens that were refreshed: whoever loses a race takes the winner's.
 */
export function createTokenBroker({ store, vault, providers, now, called }: BrokerDeps): TokenBroker {
  const turns = new Map<ConnectionId | Account, Promise<unknown>>();
  const pauses = new Map<ConnectionId, { readonly until: number; readonly failure: CrmFailure }>();
  /** Tokens that have just taken the place of a refused one. */
  const replacements = new Map<ConnectionId, { readonly token: string; readonly at: number }>();
  /** When a new session was asked for because of its address. */
  const moves = new Map<ConnectionId, number>();

  /** One after another: each finds what the one before it has left. */
  const alone: TokenBroker['alone'] = async (what, work) => {
    const turn = (turns.get(what) ?? Promise.resolve()).then(work, work);
    turns.set(what, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(what) === turn) turns.delete(what);
    }
  };

  async function current(workspace: WorkspaceId, connection: ConnectionId): Promise<CrmResult<Current>> {
    const record = await store.readTokens(workspace, connection);
    if (!record) return fail(ended('DISCONNECTED'));
    if (record.state === 'needs_reconnect') return fail(ended('NEEDS_RECONNECT'));
    const tokens = openTokens(vault, record);
    return tokens.ok ? ok({ record, tokens: tokens.value }) : giveUp(record, 'SEAL_BROKEN');
  }

  async function giveUp(record: TokenRecord, code: string): Promise<CrmResult<never>> {
    await store.needsReconnect(record.workspace, record.number, record.version);
    return fail(ended(code));
  }

  /** Within the turn of the connection. */
  async function replace(
    workspace: WorkspaceId,
    connection: ConnectionId,
    refused: string | null,
    isElsewhere: boolean,
  ): Promise<CrmResult<Current>> {
    const held = await current(workspace, connection);
    if (!held.ok) return held;
    const { record, tokens } = held.value;
    if (isElsewhere && tokens.access === refused) return move(held.value);
    const isRefused = tokens.access === refused;
    if (!isRefused && !isDue(record)) return held; // somebody else was here
    const fresh = replacements.get(connection);
    if (isRefused && fresh?.token === refused && fresh.at + FRESH_MS > now()) return giveUp(record, 'REFUSED_AGAIN');
    if (tokens.refresh === null) return isRefused ? giveUp(record, 'KEY_REFUSED') : held;
    const pause = pauses.get(connection);
    if (pause && pause.until > now()) return stillGood(held.value, isRefused, pause.failure);
    const asked = await refresh(record, tokens.refresh);
    if (asked.ok) {
      pauses.delete(connection);
      if (isRefused) replacements.set(connection, { token: asked.value.tokens.access, at: now() });
      return asked;
    }
    if (isRefusedForGood(asked.error)) return lostTo(record, asked.error.code);
    pauses.set(connection, { until: now() + Math.max(asked.error.retryAfterMs ?? 0, PAUSE_MS), failure: asked.error });
    return stillGood(held.value, isRefused, asked.error);
  }

  /** The token is good all the same: what fails here is the connection no more than its address. */
  async function move(held: Current): Promise<CrmResult<Current>> {
    const { record, tokens } = held;
    const pause = pauses.get(record.number);
    const isTold = (moves.get(record.number) ?? Number.NEGATIVE_INFINITY) + FRESH_MS > now();
    if (tokens.refresh === null || isTold || (pause && pause.until > now())) return ok(held);
    const asked = await refresh(record, tokens.refresh);
    if (asked.ok) moves.set(record.number, now());
    else if (isRefusedForGood(asked.error)) return lostTo(record, asked.error.code);
    else pauses.set(record.number, { until: now() + Math.max(asked.error.retryAfterMs ?? 0, PAUSE_MS), failure: asked.error });
    return asked;
  }

  async function refresh(record: TokenRecord, refreshToken: string): Promise<CrmResult<Current>> {
    const oauth = providers.get(record.provider);
    const client = oauth?.clientAt(record.loginHost);
    if (!oauth || !client) return fail({ kind: 'auth', code: 'NO_CLIENT', message: 'this server has no client for the CRM any more' });
    called(record);
    const answer = await refreshTokens(oauth, client, record.loginHost, refreshToken);
    if (!answer.ok) return answer;
    const { accessToken, lifeMs } = answer.value;
    const tokens = { access: accessToken, refresh: answer.value.refreshToken ?? refreshToken };
    const sealed = sealTokens(vault, record, tokens);
    if (!sealed.ok) return fail({ kind: 'transient', code: 'VAULT', message: 'the tokens cannot be sealed' });
    const expiresAt = lifeMs === null ? null : now() + lifeMs;
    const instanceUrl = answer.value.instanceUrl ?? record.instanceUrl;
    const saved = { ...sealed.value, expiresAt, instanceUrl };
    const isSaved = await store.replaceTokens(record.workspace, record.number, record.version, saved);
    if (!isSaved) return current(record.workspace, record.number);
    return ok({ record: { ...record, ...saved, version: record.version + 1 }, tokens });
  }

  /** The grant is over, unless somebody else has refreshed it in the meantime: then theirs is good, and stays. */
  async function lostTo(record: TokenRecord, code: string): Promise<CrmResult<Current>> {
    if (await store.needsReconnect(record.workspace, record.number, record.version)) return fail(ended(code));
    return current(record.workspace, record.number);
  }

  const isDue = ({ expiresAt }: TokenRecord) => expiresAt !== null && expiresAt - EARLY_MS <= now();

  function stillGood(held: Current, isRefused: boolean, failure: CrmFailure): CrmResult<Current> {
    const { expiresAt } = held.record;
    return !isRefused && expiresAt !== null && expiresAt - LAST_MS > now() ? ok(held) : fail(failure);
  }

  const sessionOf: TokenBroker['sessionOf'] =
    (workspace, connection) =>
    async (refused = null, isElsewhere = false) => {
      const held = await current(workspace, connection);
      const serves = held.ok && held.value.tokens.access !== refused && !isDue(held.value.record);
      const found = !held.ok || serves ? held : await alone(connection, () => replace(workspace, connection, refused, isElsewhere));
      if (!found.ok) return found;
      return ok({ accessToken: found.value.tokens.access, instanceUrl: found.value.record.instanceUrl });
    };
  return { sessionOf, alone };
}

type Current = { readonly record: TokenRecord; readonly tokens: OpenTokens };

function ended(code: string): CrmFailure {
  return { kind: 'auth', code, message: 'the connection has to be made again' };
}
