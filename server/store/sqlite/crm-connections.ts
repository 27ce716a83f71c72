import { and, eq, isNull } from 'drizzle-orm';
import type { Provider } from '#shared/crm/record.ts';
import type { Act } from '../act.ts';
import type { ConnectionRecord, NewConnection } from '../connection-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId } from '../sync-records.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { noteDeletion } from './overwrite-deleted.ts';
import { connection } from './schema-connections.ts';
import { changeSettings, readSettings } from './sync-lease.ts';

const CONNECTION = `connection.id AS number, connection.workspace AS workspace, connection.public_id AS id, connection.provider AS provider,
    connection.account_id AS accountId, connection.account_name AS accountName, connection.login_host AS loginHost,
    connection.api_version AS apiVersion, connection.auth AS auth, connection.scopes AS scopes, connection.missing_scopes AS missingScopes,
    connection.state AS state, connection.paused_until AS pausedUntil, connection.created_at AS createdAt,
    member.public_id AS memberId, member.name AS memberName, member.email AS memberEmail
  FROM connection LEFT JOIN member ON member.workspace = connection.workspace AND member.id = connection.actor`;
const LIST = `SELECT ${CONNECTION} WHERE connection.workspace = ? AND connection.id > 0 AND connection.disconnected_at IS NULL ORDER BY connection.id`;
const LIST_ALL = `SELECT ${CONNECTION} WHERE connection.id > 0 AND connection.disconnected_at IS NULL ORDER BY connection.id`;
const READ_PAST = `SELECT ${CONNECTION} WHERE connection.workspace = ? AND connection.public_id = ?`;
const READ = `${READ_PAST} AND connection.disconnected_at IS NULL`;
const FIND_ACCOUNT = 'SELECT public_id FROM connection WHERE workspace = ? AND provider = ? AND account_id = ?';

type Row = Omit<ConnectionRecord, 'account' | 'scopes' | 'missingScopes' | 'createdBy'> & {
  readonly accountId: string;
  readonly accountName: string;
  readonly scopes: string;
  readonly missingScopes: string;
} & { readonly [K in 'memberId' | 'memberName' | 'memberEmail']: string | null };

/** Connections in force, the oldest first. */
export function listConnections(cx: Connection, workspace: WorkspaceId): readonly ConnectionRecord[] {
  return (cx.statement(LIST).all(workspace) as Row[]).map(toRecord); // the columns of CONNECTION
}

/** Those of every workspace. */
export function listAllConnections(cx: Connection): readonly ConnectionRecord[] {
  return (cx.statement(LIST_ALL).all() as Row[]).map(toRecord); // as above
}

/** One in force, by its public id. */
export function readConnection(cx: Connection, workspace: WorkspaceId, id: string): ConnectionRecord | null {
  const row = cx.statement(READ).get(workspace, id) as Row | undefined; // as above
  return row ? toRecord(row) : null;
}

/** One by its public id, in force or not. */
export function readPastConnection(cx: Connection, workspace: WorkspaceId, id: string): ConnectionRecord | null {
  const row = cx.statement(READ_PAST).get(workspace, id) as Row | undefined; // as above
  return row ? toRecord(row) : null;
}

/** The public id that belongs to an account, disconnected or not. */
export function findAccount(cx: Connection, workspace: WorkspaceId, provider: Provider, accountId: string): string | null {
  return (cx.column(FIND_ACCOUNT).get(workspace, provider, accountId) as string | undefined) ?? null; // its one column
}

/** Makes a connection, or gives the one of the same id its new tokens; what hangs on it stays, but nothing of an ended one runs by itself. */
export function connect(cx: Connection, act: Act, { id, account, tokens, ...rest }: NewConnection): ConnectionRecord {
  const values = {
    accountName: account.name,
    loginHost: rest.loginHost,
    apiVersion: rest.apiVersion,
    auth: rest.auth,
    scopes: JSON.stringify(rest.scopes),
    missingScopes: JSON.stringify(rest.missingScopes),
    accessToken: Buffer.from(tokens.access),
    refreshToken: tokens.refresh && Buffer.from(tokens.refresh),
    keyId: tokens.keyId,
    tokenExpiresAt: tokens.expiresAt,
    instanceUrl: tokens.instanceUrl,
    state: 'ok' as const,
    pausedUntil: null,
    disconnectedAt: null,
  };
  return inTransaction(cx, () => {
    const here = and(eq(connection.workspace, act.workspace), eq(connection.publicId, id));
    const known = cx.db
      .select({ number: connection.id, version: connection.tokenVersion, endedAt: connection.disconnectedAt })
      .from(connection)
      .where(here)
      .get();
    if (known) {
      noteDeletion(cx);
      if (known.endedAt !== null) putToRest(cx, act, known.number);
      cx.db
        .update(connection)
        .set({ ...values, tokenVersion: known.version + 1 })
        .where(here)
        .run();
    } else {
      const own = { workspace: act.workspace, publicId: id, provider: rest.provider, accountId: account.id };
      cx.db
        .insert(connection)
        .values({ ...values, ...own, tokenVersion: 1, actor: act.member, createdAt: act.at })
        .run();
    }
    writeAudit(cx, act, known ? 'connection.renewed' : 'connection.added', id, { provider: rest.provider, auth: rest.auth });
    return toRecord(cx.statement(READ).get(act.workspace, id) as Row); // written just now
  });
}

/** Ends a connection: its tokens are gone, what it did stays. */
export function disconnect(cx: Connection, act: Act, id: string): ConnectionRecord | null {
  return inTransaction(cx, () => {
    const known = readConnection(cx, act.workspace, id);
    if (!known) return null;
    noteDeletion(cx);
    const wiped = { accessToken: null, refreshToken: null, keyId: null, tokenExpiresAt: null, disconnectedAt: act.at };
    cx.db.update(connection).set(wiped).where(one(known)).run();
    writeAudit(cx, act, 'connection.removed', id, { provider: known.provider });
    return known;
  });
}

/** Pauses a connection, or ends a pause; one that must be made again stays so. */
export function pauseConnection(cx: Connection, act: Act, id: string, isPaused: boolean): ConnectionRecord | null {
  return inTransaction(cx, () => {
    const known = readConnection(cx, act.workspace, id);
    if (!known || known.state === 'needs_reconnect' || (known.state === 'paused_user') === isPaused) return known;
    const changed = { state: isPaused ? ('paused_user' as const) : ('ok' as const), pausedUntil: null };
    cx.db.update(connection).set(changed).where(one(known)).run();
    writeAudit(cx, act, 'connection.changed', id, { paused: isPaused });
    return { ...known, ...changed };
  });
}

/** Waits for the CRM's quota, or goes on. */
export function pauseForQuota(cx: Connection, workspace: WorkspaceId, number: ConnectionId, until: number | null): void {
  const [from, to] = until === null ? (['paused_quota', 'ok'] as const) : (['ok', 'paused_quota'] as const);
  const where = and(one({ workspace, number }), eq(connection.state, from), isNull(connection.disconnectedAt));
  cx.db.update(connection).set({ state: to, pausedUntil: until }).where(where).run();
}

/** Adds to the rights that are known to be missing. */
export function noteMissingScopes(cx: Connection, workspace: WorkspaceId, number: ConnectionId, scopes: readonly string[]): void {
  inTransaction(cx, () => {
    const where = one({ workspace, number });
    const known = cx.db.select({ missing: connection.missingScopes }).from(connection).where(where).get();
    if (!known) return;
    const missingScopes = JSON.stringify([...new Set([...readList(known.missing), ...scopes])]);
    if (missingScopes !== known.missing) cx.db.update(connection).set({ missingScopes }).where(where).run();
  });
}

/** What a run that went through says of rights that were missed: `ConnectionStore.forgetMissingScopes`. */
export function forgetMissingScopes(cx: Connection, workspace: WorkspaceId, number: ConnectionId, asked: readonly string[]): void {
  inTransaction(cx, () => {
    const where = one({ workspace, number });
    const known = cx.db.select({ granted: connection.scopes, missing: connection.missingScopes }).from(connection).where(where).get();
    if (!known) return;
    const granted = new Set(readList(known.granted));
    const missingScopes = JSON.stringify(
      readList(known.missing).filter((scope) => granted.size > 0 && asked.includes(scope) && !granted.has(scope)),
    );
    if (missingScopes !== known.missing) cx.db.update(connection).set({ missingScopes }).where(where).run();
  });
}

function putToRest(cx: Connection, act: Act, number: ConnectionId): void {
  changeSettings(cx, act, number, { ...readSettings(cx, act.workspace, number), schedule: 'off', scopeOut: { kind: 'off' } });
}

function one({ workspace, number }: Pick<ConnectionRecord, 'workspace' | 'number'>) {
  return and(eq(connection.workspace, workspace), eq(connection.id, number));
}

function toRecord({ accountId, accountName, memberId, memberName, memberEmail, ...row }: Row): ConnectionRecord {
  return {
    ...row,
    account: { id: accountId, name: accountName },
    scopes: readList(row.scopes),
    missingScopes: readList(row.missingScopes),
    createdBy: memberId === null ? null : { id: memberId, name: memberName ?? '', email: memberEmail ?? '' },
  };
}

function readList(json: string): readonly string[] {
  return JSON.parse(json) as string[]; // written by `connect` and `noteMissingScopes` alone
}
