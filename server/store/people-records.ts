import type { AUDIT_ACTIONS } from '#shared/api/people.ts';
import type { MemberRecord, Role } from './records.ts';

/** An invitation that is open. Its code is known to whoever made it and to nobody else. */
export type InviteRecord = {
  readonly id: string;
  /** Null when anybody may come. */
  readonly email: string | null;
  readonly name: string | null;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** What is written down for those who answer for the workspace. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
/** Codes and numbers, never a word of anybody's. */
export type AuditData = Readonly<Record<string, string | number | boolean | readonly string[]>>;
export type AuditRecord = {
  readonly at: number;
  /** Null = the server itself. */
  readonly actor: Pick<MemberRecord, 'id' | 'email' | 'name'> | null;
  readonly key: { readonly id: string; readonly name: string; readonly lastFour: string } | null;
  readonly action: AuditAction;
  /** The public id of what it was done to; null = the workspace. */
  readonly subject: string | null;
  readonly data: AuditData;
};
