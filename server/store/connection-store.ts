import type { Provider, RecordType } from '#shared/crm/record.ts';
import type { Act } from './act.ts';
import type { CampaignStore } from './campaign-store.ts';
import type { MemberId, MemberRecord, Role, WorkspaceId } from './records.ts';
import type { ConnectionId, RunRecord } from './sync-records.ts';

/** Which CRMs a workspace is connected with. Whatever opens them comes here sealed and leaves it sealed. */
export type ConnectionStore = {
  /** Those in force, the oldest first. */
  listConnections(workspace: WorkspaceId): Promise<readonly ConnectionRecord[]>;
  /** Of every workspace, for whoever runs them. */
  listAllConnections(): Promise<readonly ConnectionRecord[]>;
  /** By its public id; null when there is none in force. */
  readConnection(workspace: WorkspaceId, id: string): Promise<ConnectionRecord | null>;
  /** The same, were it disconnected long ago. */
  readPastConnection(workspace: WorkspaceId, id: string): Promise<ConnectionRecord | null>;
  /** The public id that belongs to an account, were it disconnected long ago; null for a new one. */
  findAccount(workspace: WorkspaceId, provider: Provider, accountId: string): Promise<string | null>;
  /**
   * Makes it, or gives the one of this id new tokens, whatever state it was in. Its links and settings stay; one that was
   * disconnected neither runs nor makes records by itself until somebody chooses so again.
   */
  connect(act: Act, connection: NewConnection): Promise<ConnectionRecord>;
  /** Forgets the tokens; links, runs and conflicts stay. Gives what it was, null when there is none in force. */
  disconnect(act: Act, id: string): Promise<ConnectionRecord | null>;
  pauseConnection(act: Act, id: string, isPaused: boolean): Promise<ConnectionRecord | null>;
  /** The CRM's quota is used up until then; null = it goes on. A pause by a person stays. */
  pauseForQuota(workspace: WorkspaceId, connection: ConnectionId, until: number | null): Promise<void>;
  /** The CRM has named rights that it misses. */
  noteMissingScopes(workspace: WorkspaceId, connection: ConnectionId, scopes: readonly string[]): Promise<void>;
  /**
   * A run went through: of the rights that a sign-in asks for (`asked`), those granted are missed no more, and none where it is not
   * known what was granted; nor is any that only a run had missed.
   */
  forgetMissingScopes(workspace: WorkspaceId, connection: ConnectionId, asked: readonly string[]): Promise<void>;
  /** How it fares; `recent` conflicts are those since a moment (ms since 1970). */
  readHealth(workspace: WorkspaceId, connection: ConnectionId, since: number): Promise<ConnectionHealth>;
  /** Members of a list after a position, and the records they are there: where a lead is two, the contact. */
  listRecordsOfList(
    workspace: WorkspaceId,
    connection: ConnectionId,
    listId: string,
    after: number,
    limit: number,
  ): Promise<{ readonly members: readonly MemberThere[]; readonly next: number | null } | 'list_not_found'>;
} & TokenStore &
  SignInStore &
  CampaignStore;

export type TokenStore = {
  /** Null when it is disconnected. */
  readTokens(workspace: WorkspaceId, connection: ConnectionId): Promise<TokenRecord | null>;
  /** Replaces tokens of that version only; false = somebody else was quicker. */
  replaceTokens(workspace: WorkspaceId, connection: ConnectionId, version: number, tokens: NewTokens): Promise<boolean>;
  /** The tokens of that version open nothing any more; false = there are others by now. */
  needsReconnect(workspace: WorkspaceId, connection: ConnectionId, version: number): Promise<boolean>;
  /** Of every workspace: the keys that sealed tokens lie under. */
  listSealingKeys(): Promise<readonly string[]>;
  /** Of every workspace, sealed under another key than this, in their order after a position. */
  listSealedOtherwise(keyId: string, after: ConnectionId, limit: number): Promise<readonly TokenRecord[]>;
  /** The same tokens under another key, unless they have changed since. */
  resealTokens(record: TokenRecord, tokens: SealedTokens): Promise<boolean>;
  /** Of every workspace: wipes tokens sealed under none of these keys; their connections need to be made again. */
  forgetTokens(keyIds: readonly string[]): Promise<number>;
};

export type SignInStore = {
  /** Those that are over go. */
  beginSignIn(act: Act, signIn: NewSignIn): Promise<void>;
  /** Uses it up: once, before it expires. With what its member and key may do now; null where there is none. */
  takeSignIn(hash: string, at: number): Promise<SignInRecord | null>;
};

/** A lead of a list. `record` null: it has no live record in the CRM. */
export type MemberThere = {
  readonly leadId: string;
  /** Of whom nothing is known, the email. */
  readonly name: string;
  readonly record: { readonly type: RecordType; readonly id: string } | null;
  readonly doNotContact: boolean;
};

export type ConnectionState = 'ok' | 'needs_reconnect' | 'paused_quota' | 'paused_user';
export type ConnectionRecord = {
  readonly workspace: WorkspaceId;
  readonly number: ConnectionId;
  readonly id: string;
  readonly provider: Provider;
  readonly account: CrmAccount;
  readonly loginHost: string | null;
  readonly apiVersion: string | null;
  readonly auth: 'oauth' | 'service_key';
  /** What the CRM has granted; [] where it does not say. */
  readonly scopes: readonly string[];
  readonly missingScopes: readonly string[];
  readonly state: ConnectionState;
  readonly pausedUntil: number | null;
  readonly createdBy: Pick<MemberRecord, 'id' | 'name' | 'email'> | null;
  readonly createdAt: number;
};
export type ConnectionHealth = {
  readonly linkedLeads: number;
  /** The newest that was no dry run. `changes` on either side. */
  readonly lastRun:
    | (Pick<RunRecord, 'id' | 'outcome' | 'startedAt' | 'endedAt'> & {
        readonly changes: number;
        readonly hiddenKind?: RecordType;
        readonly refusedAs?: string;
      })
    | null;
  readonly conflicts: { readonly recent: number; readonly open: number };
  readonly errors: { readonly leads: number; readonly causes: number };
};
/** An account of a CRM: a portal, an org. */
export type CrmAccount = { readonly id: string; readonly name: string };

export type SealedTokens = {
  readonly access: Uint8Array;
  /** Null for service keys. */
  readonly refresh: Uint8Array | null;
  /** The key both are sealed with. */
  readonly keyId: string;
};
export type NewTokens = SealedTokens & {
  /** ms since 1970; null = the CRM does not say. */
  readonly expiresAt: number | null;
  readonly instanceUrl: string | null;
};
/** Tokens as they lie there, and whose they are. `version` rises with every change. */
export type TokenRecord = NewTokens & {
  readonly workspace: WorkspaceId;
  readonly number: ConnectionId;
  readonly id: string;
  readonly provider: Provider;
  readonly auth: 'oauth' | 'service_key';
  readonly loginHost: string | null;
  readonly apiVersion: string | null;
  readonly state: ConnectionState;
  readonly version: number;
};
export type NewConnection = Pick<
  ConnectionRecord,
  'id' | 'provider' | 'account' | 'loginHost' | 'apiVersion' | 'auth' | 'scopes' | 'missingScopes'
> & {
  readonly tokens: NewTokens;
};

/** A sign-in at a CRM that has begun. */
export type NewSignIn = {
  /** SHA-256 (hex) of the state sent along. */
  readonly hash: string;
  readonly provider: Provider;
  readonly verifier: Uint8Array;
  readonly keyId: string;
  readonly loginHost: string | null;
  /** The connection that is to be renewed. */
  readonly connection: string | null;
  readonly expiresAt: number;
};
export type SignInRecord = NewSignIn & {
  readonly workspace: WorkspaceId;
  readonly member: MemberId;
  readonly key: string;
  /** What the key opens by now; null when it was revoked or has run out. */
  readonly role: Role | null;
};
