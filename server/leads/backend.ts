import type { ErrorCode } from '#shared/api/errors.ts';
import type { CrmReason } from '#shared/sentences/crm-reasons.ts';
import type { MemberId, Role, WorkspaceId } from '../store/records.ts';
import type { Act, Store } from '../store/store.ts';

export type { Role } from '../store/records.ts';

/** What every use case is handed: the store, the clock (ms since 1970), randomness (n bytes). */
export type Backend = {
  readonly store: Store;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
};

/** Who asks. */
export type Actor = { readonly workspace: WorkspaceId; readonly member: MemberId; readonly role: Role; readonly keyId: string };

/** Why something was not done, as an API error's code and what its sentence needs. */
export type Refusal = {
  readonly code: ErrorCode;
  /** What the sentence is about; keys per `about`. */
  readonly about?: RefusalReason;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly details?: readonly unknown[];
};
export type RefusalReason =
  | 'bad_cursor'
  | 'bad_country'
  | 'bad_key_value'
  | 'default_list_stays'
  | 'last_admin'
  | 'member_exists'
  | 'no_overwrite'
  | 'no_undo'
  | 'label_taken'
  | 'list_name_taken'
  | 'template_name_taken'
  | 'other_version'
  | 'overwrite_without_fields'
  | 'chunk_out_of_range'
  | 'rows_missing'
  | 'too_many_rows'
  | 'line_repeated'
  | 'import_closed'
  | 'import_open'
  | 'import_undone'
  | 'undo_too_late'
  | 'decide_too_late'
  | 'undecidable'
  | 'not_your_import'
  | 'retry_unknown'
  | 'import_taken'
  | 'mapping_out_of_range'
  | 'mapped_twice'
  | GoogleReason
  | CrmReason;
/** What stands between us and a Google Sheet. */
export type GoogleReason =
  | 'google_no_secret'
  | 'google_redirect'
  | 'google_code'
  | 'google_client'
  | 'google_token'
  | 'google_scope'
  | 'google_no_access'
  | 'google_api_disabled'
  | 'google_no_sheet'
  | 'google_no_spreadsheet'
  | 'google_published'
  | 'google_no_tab'
  | 'google_no_grid'
  | 'google_empty'
  | 'google_too_large'
  | 'google_quota'
  | 'google_changing'
  | 'google_unreachable';

/** The act of somebody, now. */
export function actOf(backend: Backend, actor: Actor): Act {
  return { workspace: actor.workspace, member: actor.member, key: actor.keyId, at: backend.now() };
}

/** A moment as answers show it. */
export function toIso(at: number): string {
  return new Date(at).toISOString();
}

/** A random UUID (RFC 9562, version 4). */
export function newUuid(backend: Backend): string {
  const hex = Buffer.from(backend.randomBytes(16)).toString('hex');
  return uuidOf(hex, '4');
}

/** A UUID out of 32 hex digits: their version and variant are overwritten. */
export function uuidOf(hex: string, version: '4' | '8'): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
