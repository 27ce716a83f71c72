import type { RecordType } from './record.ts';

/**
 * Why the CRM did not do it, by what helps: `auth` reconnect · `scope` a right is missing · `validation` mend the record ·
 * `duplicate` decide · `lock` again in a moment · `rate_burst` and `rate_daily` wait · `transient` again later · `gone` the
 * record is no more · `moved` it was merged or converted · `changed` somebody wrote in between · `schema_drift` a field
 * vanished · `ambiguous` sent and no answer, look it up, never send again · `bug` unknown to us.
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
  /** What people there call it, where the CRM told. */
  readonly fieldLabel?: string;
  readonly missingScopes?: readonly string[];
  /** Records that are in the way. */
  readonly matches?: readonly { readonly type: RecordType; readonly id: string; readonly title: string }[];
  /** Of a `duplicate`: it stopped a change of a record that is there, not a new one. */
  readonly isChange?: true;
  /** Of a `duplicate`: another record holds a value that each may have once. Nobody can decide otherwise. */
  readonly isUnique?: true;
  readonly correlationId?: string;
};
export const FAILURE_KINDS = [
  'auth',
  'scope',
  'validation',
  'duplicate',
  'lock',
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
