import { RECORD_TYPES, type RecordType } from './record.ts';

/**
 * Why the CRM did not do it, by what helps: `auth` reconnect · `scope` a right is missing · `validation` mend the record ·
 * `duplicate` decide · `lock` again in a moment · `held` the record is held there, by an approval or by an owner who left:
 * again later · `rate_burst` and `rate_daily` wait · `transient` again later · `gone` the record is no more · `moved` it was
 * merged or converted · `changed` somebody wrote in between · `schema_drift` a field vanished · `ambiguous` sent and no
 * answer, look it up, never send again · `bug` unknown to us.
 */
export type CrmFailure = {
  readonly kind: FailureKind;
  /** The vendor's code or the HTTP status. */
  readonly code: string;
  /** The vendor's words. They may hold personal data: into the database, never into a log. */
  readonly message: string;
  readonly retryAfterMs?: number;
  /** The CRM's field it is about. */
  readonly field?: string;
  /** All of them, where it is about several. */
  readonly fields?: readonly string[];
  /** The kind of record whose fields they are, where there are several kinds. */
  readonly recordType?: RecordType;
  /** What people there call it, where the CRM told. */
  readonly fieldLabel?: string;
  readonly missingScopes?: readonly string[];
  /** Records that are in the way. */
  readonly matches?: readonly CrmMatch[];
  /** Of a `duplicate`: it stopped a change of a record that is there, not a new one. */
  readonly isChange?: true;
  /** Of a `duplicate`: another record holds a value that each may have once. Nobody can decide otherwise. */
  readonly isUnique?: true;
  /** Of a `duplicate`: the admin's rule lets nobody save it anyway. */
  readonly isBlocked?: true;
  readonly correlationId?: string;
};
/** A record that is in the way; an account is a company, which no lead can be. `title`: '' where it is not told. */
export type CrmMatch = { readonly type: (typeof MATCH_TYPES)[number]; readonly id: string; readonly title: string };
export const MATCH_TYPES = [...RECORD_TYPES, 'account'] as const;
export const FAILURE_KINDS = [
  'auth',
  'scope',
  'validation',
  'duplicate',
  'lock',
  'held',
  'rate_burst',
  'rate_daily',
  'transient',
  'gone',
  'moved',
  'changed',
  'schema_drift',
  'ambiguous',
  'bug',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** The CRM's fields a failure is about, each once. */
export function fieldsNamed({ field, fields = [] }: Pick<CrmFailure, 'field' | 'fields'>): readonly string[] {
  return [...new Set(field === undefined ? fields : [field, ...fields])];
}
