import type { FieldId } from '../lead/fields.ts';
import type { Lead, RequirePolicy } from '../lead/lead.ts';
import type { Problem, ProblemCode, Severity } from '../problems.ts';

/** What shall become of a row. `auto`: nobody decided, the server decides. */
export const DECISIONS = ['create', 'update', 'add', 'duplicate', 'review', 'suppress', 'reject', 'exclude', 'blank', 'auto'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What became of a row. Every data row is in exactly one; first match wins in this order. */
export const BUCKETS = [
  'cancelled',
  'blank',
  'excluded',
  'rejected',
  'suppressed',
  'review',
  'created',
  'addedToList',
  'updated',
  'duplicate',
] as const;
export type Bucket = (typeof BUCKETS)[number];
export type Counters = { readonly [B in Bucket]: number };

export type DuplicatePolicy = 'skip' | 'fill' | 'overwrite' | 'create';
export const DUPLICATE_POLICIES = ['skip', 'fill', 'overwrite', 'create'] as const satisfies readonly DuplicatePolicy[];

/** Everything that decides about a row besides the row itself and what is known. */
export type ImportPolicy = {
  readonly require: RequirePolicy;
  readonly defaultCountry: string;
  readonly strictPhones?: boolean;
  readonly onDuplicate: DuplicatePolicy;
  /** `list`: only leads of the target list are duplicates · `workspace`: any lead is. */
  readonly scope: 'list' | 'workspace';
  /** Fields that `overwrite` may replace; custom fields by label with the prefix `custom:`. */
  readonly overwriteFields: readonly string[];
};

/**
 * A row's own rule about its stored lead, in the place of the import's: of a row that has changed in its sheet only the
 * fields whose cells did may be replaced.
 */
export type RowRule = { readonly onDuplicate: 'fill' | 'overwrite'; readonly overwriteFields: readonly string[] };

/** A value of a stored lead that a row would replace, as it was when the plan was made. Fields as in `FieldChange`. */
export type SeenValue = { readonly field: string; readonly value: string };

/** A row as decided, and as it travels in a chunk. */
export type PlannedRow = {
  /** Physical line in the source, from 1. */
  readonly line: number;
  readonly decision: Decision;
  /** The existing lead a decision is about, and its version when it was read. */
  readonly leadId?: string;
  readonly leadVersion?: number;
  /** The values it would replace: of a lead that was changed since, those that are still the same are replaced all the same. */
  readonly seen?: readonly SeenValue[];
  /** The row asked a question and the user said this: the decision is the user's own. `skip` is an `exclude`. */
  readonly answered?: 'create' | 'same' | 'skip';
  readonly rule?: RowRule;
  readonly lead?: Lead;
  readonly problems?: readonly Problem[];
  /** The original cells of rejected and review rows. */
  readonly raw?: readonly string[];
};

/** The policy of an import as it is for one of its rows. */
export function policyOf(policy: ImportPolicy, { rule }: Pick<PlannedRow, 'rule'>): ImportPolicy {
  return rule ? { ...policy, ...rule } : policy;
}

/** One field's change of an existing lead. Custom fields as `custom:<label>`. */
export type FieldChange = { readonly field: FieldId | `custom:${string}`; readonly old: string; readonly new: string };

/** How often a problem occurs in a file. */
export type ProblemCount = {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly column?: number;
  readonly field?: string;
  readonly count: number;
};

/** Counts over every data row. total = valid + invalid + blank + excluded; the others are subsets of valid. */
export type PlanSummary = {
  readonly total: number;
  readonly valid: number;
  readonly invalid: number;
  readonly blank: number;
  readonly excluded: number;
  readonly warnings: number;
  readonly duplicatesInFile: number;
  readonly existing: number;
  readonly suppressed: number;
  /** Rows by decision, over every data row; their sum is `total`. */
  readonly decisions: { readonly [D in Decision]: number };
};

export type ImportPlan = {
  readonly rows: readonly PlannedRow[];
  readonly summary: PlanSummary;
  readonly problems: readonly ProblemCount[];
};
