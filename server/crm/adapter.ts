import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmNotice } from '#shared/crm/notice.ts';
import type { CrmRecord, OptOutKind, Provider, RecordType, RemoteValues, ValueType } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import type { Result } from '#shared/result.ts';

/**
 * What Leadline needs of a CRM. One value of `Crm` is bound to one connection: its token, its limiter, its budget. All
 * waiting for rate limits, all retrying of reads and all cutting into the vendor's batch sizes happens inside; a write is
 * never sent twice from inside. Lists come in pages whose tokens are the adapter's own affair, survive a restart, and end
 * with null only. `crm-contract` says what every adapter must keep.
 */
export type Crm = {
  readonly provider: Provider;
  readonly traits: CrmTraits;
  /** Every field a member may read; what is hidden from them is absent. `isAnew`: as it is now, whatever is remembered. */
  describe(type: RecordType, isAnew?: boolean): Promise<CrmResult<readonly CrmField[]>>;
  /** What the rights of whoever connected keep from us unseen; [] = nothing that is known. */
  notices(type: RecordType): Promise<CrmResult<readonly CrmNotice[]>>;
  /** Makes our unique field where that is possible. `not_allowed`: creates are then found again by email alone. */
  ensureKeyField(type: RecordType): Promise<CrmResult<'there' | 'made' | 'not_allowed'>>;
  /** What an import or a sync can be narrowed to: lists, list views, campaigns whose names hold a text; '' = any. */
  listScopes(type: RecordType, search: string): Promise<CrmResult<CrmScopeChoices>>;
  /** A list, view or campaign as it is now; `gone`: there is none, or whoever connected may not see it. */
  findScope(type: RecordType, scope: NarrowScope): Promise<CrmResult<CrmScopeChoice>>;
  countRecords(type: RecordType, scope: CrmScope): Promise<CrmResult<number>>;
  /** Every live record of a scope that was there all along, at least once. */
  listRecords(type: RecordType, scope: CrmScope, fields: readonly string[], page: string | null): Promise<CrmResult<Page<CrmRecord>>>;
  /**
   * Ids of live records of the scope changed in a closed window (ms), in no order, some perhaps twice; the index may lag. Who joined
   * a list or campaign in the window is among them.
   */
  listChanged(type: RecordType, scope: CrmScope, window: TimeWindow, page: string | null): Promise<CrmResult<Page<string>>>;
  /** Records deleted or merged away in a window, as far as the CRM tells; null where it never does. */
  readonly listGone: ((type: RecordType, window: TimeWindow) => Promise<CrmResult<Gone>>) | null;
  /** Canonical values by id, one answer for each id asked. */
  readRecords(type: RecordType, ids: readonly string[], fields: readonly string[]): Promise<CrmResult<readonly ReadAnswer[]>>;
  /** Looks up our unique field, without index lag. [] where the field does not exist. */
  findByKey(type: RecordType, keys: readonly string[], fields: readonly string[]): Promise<CrmResult<readonly KeyedRecord[]>>;
  /** By any email of the record. Where nobody can be found so, it fails, also when it is asked for none. */
  findByEmail(type: RecordType, emails: readonly string[], fields: readonly string[]): Promise<CrmResult<readonly CrmRecord[]>>;
  /** One answer per item, in order. One bad record never stops the others. */
  createRecords(type: RecordType, items: readonly NewRecord[]): Promise<readonly WriteAnswer[]>;
  updateRecords(type: RecordType, items: readonly RecordChange[]): Promise<readonly WriteAnswer[]>;
  /** What the CRM can be told that a person refused: where it has a field for it and whoever connected may write it. */
  optOutKinds(type: RecordType): Promise<CrmResult<readonly OptOutKind[]>>;
  /**
   * Says of these records what the person refused, some of `optOutKinds`; any other kind fails. Nothing takes it back, and
   * saying it twice does no harm. One answer per item, in order, with the id as its `opId`.
   */
  writeOptOuts(type: RecordType, items: readonly OptOut[]): Promise<readonly WriteAnswer[]>;
  /** Earlier values of fields, newest first; only where `traits.hasHistory`. */
  readHistory(type: RecordType, ids: readonly string[], fields: readonly string[]): Promise<CrmResult<readonly FieldHistory[]>>;
  /** Null where the CRM has none. */
  readonly campaigns: CrmCampaigns | null;
  /**
   * To the recycle bin; only when an admin asked for it. One answer per id, in order, with the id as its `opId`; what is gone
   * already counts as `written`, and what lives on as another kind of record is left, with a failure `moved`.
   */
  archiveRecords(type: RecordType, ids: readonly string[]): Promise<readonly WriteAnswer[]>;
  /** Deals, activities, campaigns and the like that changed in a window, with the records they belong to. */
  listSideItems(kind: SideKind, window: TimeWindow, page: string | null): Promise<CrmResult<Page<SideItem>>>;
  /** Ids of those that hang on some records now, whenever they changed. */
  findSideItems(kind: SideKind, records: readonly RecordRef[]): Promise<CrmResult<readonly string[]>>;
  /** By id, with the records they belong to; one that is not in the answer is gone. */
  readSideItems(kind: SideKind, ids: readonly string[]): Promise<CrmResult<readonly SideItem[]>>;
  /** Another text when labels that items are told with were renamed, which changes no item; null where nothing tells. */
  sideLabelsMark(kind: SideKind): Promise<CrmResult<string | null>>;
  /** Calls since this value was made, and what the CRM last said is left; null = it does not say. */
  usage(): CrmUsage;
};

/** Campaigns that records can be members of. */
export type CrmCampaigns = {
  /** `gone`: there is no such campaign. */
  read(campaignId: string): Promise<CrmResult<Campaign>>;
  /**
   * One answer per record, in order, with its id as the `opId`; who is a member already is a `duplicate` and stays as they
   * are, so that asking twice does no harm. `status`: a label of the campaign's, null = its default.
   */
  addMembers(campaignId: string, status: string | null, records: readonly RecordRef[]): Promise<readonly WriteAnswer[]>;
};
/** `statuses`: what a member can be, in the CRM's order; [] where it does not say. */
export type Campaign = {
  readonly name: string;
  readonly statuses: readonly { readonly label: string; readonly isDefault: boolean; readonly isResponded: boolean }[];
};

export type CrmTraits = {
  readonly types: readonly RecordType[];
  readonly sideKinds: readonly SideKind[];
  /** Records per write call and per read call. */
  readonly writeBatch: number;
  readonly readBatch: number;
  /** The CRM tells earlier values and when each was set. */
  readonly hasHistory: boolean;
  /** Some fields hold shorter texts than a lead does. */
  readonly hasShortTexts: boolean;
  /** How long a change may stay unseen by `listChanged`. */
  readonly indexLagMs: number;
};

/**
 * `isWhole`: what it told of is the window up to `readTo` (ms, the CRM's clock), from where it is to be asked next; otherwise
 * some may be missing.
 */
export type Gone = { readonly ids: readonly string[]; readonly isWhole: boolean; readonly readTo: number };
export type TimeWindow = { readonly from: number; readonly to: number };
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

export type NarrowScope = Exclude<CrmScope, { readonly kind: 'all' }>;
/** `size`: records in it, where the CRM says. `isActive: false`: a campaign that is over. */
export type CrmScopeChoice = { readonly scope: NarrowScope; readonly size: number | null; readonly isActive?: false };
/** `hasMore`: there are others of which it does not tell; a longer text finds them. */
export type CrmScopeChoices = { readonly choices: readonly CrmScopeChoice[]; readonly hasMore: boolean };

export type CrmField = {
  readonly name: string;
  readonly label: string;
  readonly valueType: ValueType;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** It takes none but its options. */
  readonly isRestricted?: boolean;
  /** It holds the id of another record. */
  readonly isReference?: boolean;
  readonly isReadOnly: boolean;
  /** A record cannot be made without it. */
  readonly isRequired: boolean;
  readonly isCustom: boolean;
  /** Of texts, in UTF-16 units; null: as long as a lead's. */
  readonly maxLength: number | null;
};

export type RecordRef = { readonly type: RecordType; readonly id: string };

/**
 * `record.id` other than `asked`: merged, and the survivor answers. `archived`: in the bin · `purged`: erased for good, which is
 * sure · `unseen`: nowhere; it was erased, or whoever connected may not see it.
 */
export type ReadAnswer =
  | { readonly kind: 'found'; readonly asked: string; readonly record: CrmRecord }
  | { readonly kind: 'gone'; readonly asked: string; readonly why: 'archived' | 'purged' | 'unseen' }
  /** It lives on as another kind of record; `key`: what our unique field holds in the one asked for. */
  | { readonly kind: 'converted'; readonly asked: string; readonly to: RecordRef; readonly key?: string };
export type KeyedRecord = { readonly key: string; readonly record: CrmRecord };

/** `opId` is ours and is echoed; `key` goes into our unique field. `savesAnyway`: a person said so, although there is one like it. */
export type NewRecord = { readonly opId: string; readonly key: string; readonly values: RemoteValues; readonly savesAnyway?: boolean };
/** An empty text clears a field. `unmodifiedSince`: refuse if the record changed after it, where the CRM can. `savesAnyway`: as of a new one. */
export type RecordChange = {
  readonly opId: string;
  readonly id: string;
  readonly values: RemoteValues;
  readonly unmodifiedSince?: number;
  readonly savesAnyway?: boolean;
};
/** What is to be said of a record; at least one kind. */
export type OptOut = { readonly id: string; readonly kinds: readonly OptOutKind[] };
export type WriteAnswer =
  | { readonly kind: 'written'; readonly opId: string; readonly id: string; readonly record: CrmRecord | null }
  | { readonly kind: 'failed'; readonly opId: string; readonly failure: CrmFailure };

export type FieldHistory = {
  readonly id: string;
  readonly field: string;
  /** `by`: who set it, as the CRM calls them; where it tells. */
  readonly entries: readonly { readonly value: string; readonly at: number; readonly isOurs: boolean; readonly by?: string }[];
};

export type CrmUsage = {
  readonly calls: number;
  readonly leftToday: number | null;
  readonly limitToday: number | null;
  /** The CRM's clock against ours (ms), by its last answer; absent: it has not told yet. Records change by their clock, not by ours. */
  readonly clockOffsetMs?: number;
};

export type CrmResult<T> = Result<T, CrmFailure>;
