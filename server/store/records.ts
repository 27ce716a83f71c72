import type { Provider, RecordType } from '#shared/crm/record.ts';
import type { CustomFieldType, Lead, RequirePolicy } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { ReviewAnswer } from '#shared/plan/answer-review.ts';
import type { Asked } from '#shared/plan/decide-row.ts';
import type { Bucket, Counters, Decision, ImportPolicy, RowRule, SeenValue } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';

/** A workspace by its internal number. It never leaves the server. */
export type WorkspaceId = number;
/** A member by its internal number. It never leaves the server. */
export type MemberId = number;

export type Role = 'admin' | 'member' | 'viewer';
export const ROLES = ['admin', 'member', 'viewer'] as const satisfies readonly Role[];
export type Plan = 'free' | 'premium';

/** Moments are milliseconds since 1970 in the store, ISO 8601 in answers. Ids named `id` are the public ones. */
export type WorkspaceRecord = {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly defaultCountry: string;
  readonly require: RequirePolicy;
  /** Nothing is written but these settings. */
  readonly readOnly: boolean;
  /** What admins leave to members. */
  readonly membersMay: { readonly overwrite: boolean; readonly undo: boolean };
};
export type MemberRecord = {
  readonly id: string;
  /** Empty while it is not known. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
};
export type KeyRecord = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly lastFour: string;
  /** The extension origin it was paired from; null for keys made otherwise. */
  readonly origin: string | null;
  readonly holder: Pick<MemberRecord, 'id' | 'email' | 'name'>;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
};
/** Who holds a key. */
export type KeyHolder = KeyRecord & { readonly workspace: WorkspaceId; readonly member: MemberId; readonly hash: string };

export type ListRecord = {
  readonly id: string;
  readonly name: string;
  readonly leadCount: number;
  readonly isDefault: boolean;
  readonly createdAt: number;
};

export type LeadRecord = {
  readonly id: string;
  readonly version: number;
  /** The values, tags and custom fields included. */
  readonly lead: Lead;
  readonly listIds: readonly string[];
  readonly owner: Pick<MemberRecord, 'id' | 'email' | 'name'> | null;
  readonly doNotContact: boolean;
  /** What made it: csv, api, google-sheet … */
  readonly source: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** Orders of a list of leads; `-` is descending. */
export const LEAD_SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name', '-name', 'companyName', '-companyName'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];
/** Every condition given must hold. `search` looks for a text in names, email, phone and company. */
export type LeadFilter = {
  readonly search?: string;
  readonly listId?: string;
  readonly importId?: string;
  readonly tag?: string;
  /** A member's id or email; `none` = without an owner. */
  readonly owner?: string;
  readonly doNotContact?: boolean;
};
export type LeadQuery = LeadFilter & { readonly sort: LeadSort; readonly limit: number; readonly page?: number; readonly cursor?: string };

export type CustomFieldRecord = {
  readonly id: string;
  readonly label: string;
  readonly type: CustomFieldType;
  readonly choices: readonly string[];
};
export type TagRecord = { readonly name: string; readonly leadCount: number };

export type SuppressionKind = 'email' | 'domain' | 'phone';
export type SuppressionRecord = {
  readonly id: string;
  readonly kind: SuppressionKind;
  readonly value: string;
  readonly reason: string | null;
  readonly source: string;
  readonly since: number;
};

export type TemplateRecord = {
  readonly id: string;
  readonly name: string;
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  /** Whoever saved it last. */
  readonly by: Author | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};
/** The mapping of an import, to be offered for the next file with its headers. */
export type RememberedRecord = {
  readonly importId: string;
  readonly mapping: Mapping;
  readonly headers: readonly string[];
  readonly by: Author | null;
  readonly at: number;
};
/** The member behind something the workspace shares. */
export type Author = Pick<MemberRecord, 'name' | 'email'> & { readonly member: MemberId };

/** One entry of a lead's past, newest first. `field` is null for events that are no change of a field. */
export type LeadEvent = {
  readonly kind: 'created' | 'changed' | 'added_to_list' | 'marked_do_not_contact' | 'import_undone';
  readonly at: number;
  readonly field: string | null;
  readonly old: string | null;
  readonly new: string | null;
  readonly actor: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly importId: string | null;
  /** Of the import; of a mark, where the refusal came from. */
  readonly fileName: string | null;
  readonly source: string | null;
  /** The CRM that brought it while leads were kept in step. */
  readonly sync: Provider | null;
};

export type ImportState = 'receiving' | 'complete' | 'cancelled' | 'undone';
/** The list an import goes to: one that exists, or one found or made by its case-folded name; none = the default list. */
export type ListTarget = { readonly id: string } | { readonly name: string } | null;

/** An import as it is announced. */
export type NewImport = {
  /** The client's UUID, or made by the server. */
  readonly importId: string;
  readonly source: string;
  readonly fileName?: string;
  readonly fileSha256?: string;
  readonly list: ListTarget;
  readonly mapping: Mapping;
  readonly headers: readonly string[];
  readonly policy: ImportPolicy;
  readonly total: number;
  readonly chunkCount: number;
  /** SHA-256 (hex) of the body that announced it. */
  readonly bodySha256: string;
  /** The import whose rejected rows these are. */
  readonly retryOf?: string;
};
/** What a page shows of a member. */
export type Person = Pick<MemberRecord, 'id' | 'email' | 'name'>;
export type ImportRecord = Omit<NewImport, 'list'> & {
  readonly state: ImportState;
  /** `id` is null while a list named for creation does not exist yet. */
  readonly list: { readonly id: string | null; readonly name: string; readonly created: boolean };
  /** Of the rows stored so far, by where each row is now; `cancelled` = rows never stored of a cancelled import. */
  readonly counters: Counters;
  readonly changedSincePreview: number;
  readonly createdAt: number;
  readonly completedAt: number | null;
  /** Who made it; null = the server itself. */
  readonly member: MemberId | null;
  readonly by: Person | null;
  /** Imports of rejected rows of this one, in the order they came. */
  readonly retriedBy: readonly string[];
  /** An undo that began; it is done when the state says so. */
  readonly undo: ImportUndo | null;
};
/** How far an undo is: leads removed, leads as they were before, leads of which something was kept. */
export type ImportUndo = {
  readonly startedAt: number;
  readonly undoneAt: number | null;
  readonly by: Person | null;
  readonly removed: number;
  readonly restored: number;
  readonly keptCount: number;
};

/**
 * Why an undo left something as it is: changed by hand since · changed by another import since · put into a list since ·
 * the old value is on the suppression list · "do not contact" is known from this lead alone.
 */
export type KeptReason = 'edited_since' | 'changed_by_import' | 'added_to_list' | 'suppressed' | 'do_not_contact';
/** `fields`: those of a lead from before that were not given back their old values. */
export type KeptLead = {
  readonly leadId: string;
  readonly reason: KeptReason;
  readonly fields?: readonly { readonly field: string; readonly reason: KeptReason }[];
};

/** How one review row is decided; `leadId` = the lead it is the same person as. */
export type ReviewDecision = { readonly line: number; readonly as: ReviewAnswer; readonly leadId?: string };
/** Why a row cannot be decided so. */
export type Undecidable = {
  readonly line: number;
  readonly reason:
    | 'no_such_line'
    | 'not_in_review'
    | 'decided_otherwise'
    | 'no_candidate'
    | 'several_candidates'
    | 'no_such_lead'
    | 'nothing_kept';
};

/** A record by its connection's number, its type and the CRM's id. */
export type RecordOfRow = { readonly connection: number; readonly type: RecordType; readonly remoteId: string };

/** A row ready to be stored: the lead is checked, the problems are all that were found. */
export type CheckedRow = {
  readonly line: number;
  readonly decision: Decision;
  readonly leadId?: string;
  readonly leadVersion?: number;
  readonly seen?: readonly SeenValue[];
  readonly answered?: Asked['answered'];
  readonly rule?: RowRule;
  readonly lead?: Lead;
  readonly problems?: readonly Problem[];
  readonly raw?: readonly string[];
  /** The server's own check turned the row down. */
  readonly turnedDown?: boolean;
  /** The lead it names is it by the link of a CRM's record: nobody asks what values the two share. */
  readonly isLinked?: boolean;
  /** The CRM's record that the row is, until the two are linked. */
  readonly record?: RecordOfRow;
};
/** What became of a row of a chunk. */
export type RowOutcome = {
  readonly line: number;
  readonly bucket: Bucket;
  readonly leadId?: string;
  /** Stricter than what the client had decided. */
  readonly changed?: true;
  readonly problems?: readonly Problem[];
};
/** `counters` are those of this chunk's rows: the answers of all chunks add up to the receipt. */
export type ChunkAnswer = { readonly seq: number; readonly outcomes: readonly RowOutcome[]; readonly counters: Counters };
export type ImportRowRecord = {
  readonly line: number;
  readonly bucket: Bucket;
  readonly leadId: string | null;
  readonly problems: readonly Problem[];
  readonly raw: readonly string[] | null;
  /** Stricter than what the client had decided. */
  readonly changed: boolean;
  /** The lead of a row that was kept aside (review) or that only the server turned down. */
  readonly lead: Lead | null;
  /** Who the row is about: the stored lead as it is now, or the one kept aside. */
  readonly person: { readonly name: string; readonly email: string | null } | null;
  /** Stored leads a review row may be about. */
  readonly candidates: readonly string[];
};
