import type { Act } from './act.ts';
import type { AuditAction, AuditData, AuditRecord, InviteRecord } from './people-records.ts';
import type { KeyHolder, KeyRecord, MemberId, MemberRecord, Plan, Role, WorkspaceId, WorkspaceRecord } from './records.ts';

/** Who works in a workspace, what it is set to, and who did what. */
export type PeopleStore = WorkspaceStore & MemberStore & InviteStore & KeyStore & AuditStore;

export type WorkspacePatch = Partial<Pick<WorkspaceRecord, 'name' | 'defaultCountry' | 'require' | 'readOnly'>> & {
  readonly membersMay?: Partial<WorkspaceRecord['membersMay']>;
};

export type WorkspaceStore = {
  /** Finds the workspace, or makes it with its first admin and default list. `created` = it was made by this call. */
  ensureWorkspace(input: {
    readonly name: string;
    readonly plan: Plan;
    readonly adminEmail: string;
    readonly defaultListName: string;
    readonly defaultCountry: string;
    readonly at: number;
  }): Promise<{ readonly workspace: WorkspaceId; readonly admin: MemberId; readonly created: boolean }>;
  readWorkspace(workspace: WorkspaceId): Promise<WorkspaceRecord>;
  /** Changes what is given. */
  changeWorkspace(act: Act, patch: WorkspacePatch): Promise<WorkspaceRecord>;
};

export type MemberStore = {
  /** Oldest first, without those who were removed. */
  listMembers(workspace: WorkspaceId): Promise<readonly MemberRecord[]>;
  /** What a role allows changes with the next request of every key of the member. */
  changeMember(
    act: Act,
    id: string,
    patch: Partial<Pick<MemberRecord, 'name' | 'email' | 'role'>>,
  ): Promise<MemberRecord | 'not_found' | 'last_admin' | 'email_taken'>;
  /** Ends every key of the member at once. Leads keep the address of their owner, and belong to nobody. */
  removeMember(act: Act, id: string): Promise<'removed' | 'not_found' | 'last_admin'>;
};

export type InviteStore = {
  /** An open invitation to the same address is replaced. */
  addInvite(
    act: Act,
    invite: {
      readonly hash: string;
      readonly email: string | null;
      readonly name: string | null;
      readonly role: Role;
      readonly expiresAt: number;
    },
  ): Promise<InviteRecord | 'email_taken'>;
  /** Open ones, the newest first. */
  listInvites(workspace: WorkspaceId, at: number): Promise<readonly InviteRecord[]>;
  revokeInvite(act: Act, id: string): Promise<boolean>;
  /** Uses an invitation up, once, before it expires: makes its member, or lets one who was removed in again. */
  acceptInvite(
    hash: string,
    at: number,
  ): Promise<{ readonly workspace: WorkspaceId; readonly member: MemberId; readonly role: Role } | null>;
};

export type KeyStore = {
  addKey(
    act: Act,
    key: {
      readonly name: string;
      readonly role: Role;
      readonly hash: string;
      readonly lastFour: string;
      readonly origin: string | null;
      readonly expiresAt: number | null;
    },
  ): Promise<KeyRecord>;
  /** By the SHA-256 (hex) of the key; revoked keys are not found, expired ones are. Its role is never above its member's. */
  findKey(hash: string): Promise<KeyHolder | null>;
  markKeyUsed(hash: string, at: number): Promise<void>;
  listKeys(workspace: WorkspaceId): Promise<readonly KeyRecord[]>;
  revokeKey(act: Act, id: string): Promise<boolean>;
  addPairingCode(act: Act, code: { readonly hash: string; readonly expiresAt: number }): Promise<void>;
  /** Uses a code up: once, before it expires. */
  takePairingCode(
    hash: string,
    at: number,
  ): Promise<{ readonly workspace: WorkspaceId; readonly member: MemberId; readonly role: Role } | null>;
};

export type AuditStore = {
  /** For what is done outside a write of the store, as an export. Every other operation writes its own line in its transaction. */
  addAudit(act: Act, action: AuditAction, subject: string | null, data: AuditData): Promise<void>;
  /** Newest first. */
  readAudit(
    workspace: WorkspaceId,
    page: { readonly action?: AuditAction; readonly cursor?: string; readonly limit: number },
  ): Promise<{ readonly entries: readonly AuditRecord[]; readonly nextCursor: string | null } | 'bad_cursor'>;
};
