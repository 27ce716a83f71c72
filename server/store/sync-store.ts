import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmRecord, PairValues, RecordType } from '#shared/crm/record.ts';
import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import type { Act } from './act.ts';
import type { WorkspaceId } from './records.ts';
import type {
  ConflictRecord,
  ConnectionId,
  CursorObject,
  Fence,
  LinkCounts,
  LinkRecord,
  MergedRecord,
  NewConflict,
  NewSyncError,
  NewWrite,
  OptOutLink,
  PulledRecord,
  RunCounts,
  RunOutcome,
  RunRecord,
  RunTrigger,
  SyncCursor,
  SyncErrorRecord,
  SyncedLead,
  WhyGone,
  WriteRecord,
} from './sync-records.ts';

/**
 * What keeping in step needs of the store. As everywhere: each operation is whole, and is on disk when its promise
 * resolves. Every write of a run takes the run's fence and throws `LeaseLost` when a newer one was given out.
 */
export type SyncStore = LeaseStore & RunStore & MergeStore & LinkStore & PushStore & TroubleStore & SideStore;

export type LeaseStore = {
  /** Null while another owner holds it. */
  takeLease(workspace: WorkspaceId, connection: ConnectionId, owner: string, at: number, until: number): Promise<Fence | null>;
  renewLease(fence: Fence, until: number): Promise<void>;
  releaseLease(fence: Fence): Promise<void>;
  /** At the start of a server that has the store to itself: what the former process held is free, runs it left open have failed, leads its imports made are linked. */
  endFormerRuns(at: number): Promise<void>;
  readSettings(workspace: WorkspaceId, connection: ConnectionId): Promise<SyncSettings>;
  /**
   * Another choice for leads deleted here: it is about those deleted from then on. Other pairs: the cursors of the sweep are forgotten, so that every linked record is merged again, and errors that wait
   * for a change are due; a pair of other fields, or of a time without it, gets an id of its own (`renewPairs`). Another scope in: all of its records are read again, and changes of those that are linked are
   * asked for from where they had been read to.
   */
  changeSettings(act: Act, connection: ConnectionId, settings: SyncSettings): Promise<void>;
  /**
   * Fields that had vanished are there again. Nobody watched them meanwhile: as where an admin says so, their pairs go on under
   * other ids, and everybody linked is looked at.
   */
  reopenPairs(run: Run, pairIds: readonly string[], at: number): Promise<void>;
};

/** A run under its fence; what it writes on leads is told under its import. */
export type Run = { readonly fence: Fence; readonly runId: string; readonly at: number };

export type RunStore = {
  startRun(fence: Fence, trigger: RunTrigger, at: number): Promise<Run>;
  saveRun(run: Run, counts: RunCounts, calls: number): Promise<void>;
  endRun(
    run: Run,
    end: { readonly outcome: RunOutcome; readonly failure: CrmFailure | null; readonly at: number; readonly leftToday: number | null },
  ): Promise<void>;
  /** Newest first. */
  listRuns(workspace: WorkspaceId, connection: ConnectionId, page: StorePage): Promise<StoredPage<RunRecord>>;
  readCursor(workspace: WorkspaceId, connection: ConnectionId, object: CursorObject): Promise<SyncCursor | null>;
  /** `under`: the settings it was read with. Throws `SettingsChanged` where the scope or the map it depends on is another now. */
  saveCursor(run: Run, object: CursorObject, cursor: SyncCursor, under?: SyncSettings): Promise<void>;
};

export type MergeStore = {
  /**
   * Each record in one transaction: found by link, by our key, or by the rules for the same person; merged with its base;
   * lead, base, conflicts, opt-outs written together. A lead that does not exist yet is made through the same checks as an
   * import's row (`require: any`) where `creates` is true. An error of the pull is over when
   * the record found its lead, one of the push when the lead found its record. A dry run decides the same and keeps nothing;
   * links that would have `moved` before are moved in it.
   */
  mergeRecords(
    run: Run,
    pulled: readonly PulledRecord[],
    options: { readonly creates: boolean; readonly dryRun: boolean; readonly moved?: readonly MovedLink[] },
  ): Promise<readonly MergedRecord[]>;
};

/** A record by its type and the CRM's id; `key`: what our unique field holds in it. */
export type LinkedRecord = Pick<LinkRecord, 'type' | 'remoteId'> & { readonly key?: string };

export type LinkStore = {
  /** In their order, after a position; purged ones are left out. */
  listLinks(fence: Fence, type: RecordType, after: number, limit: number): Promise<readonly LinkRecord[]>;
  /** Those of some records that are a lead's; `deleted_too`: also those whose lead was deleted here. */
  findLinked(fence: Fence, type: RecordType, remoteIds: readonly string[], who?: 'deleted_too'): Promise<ReadonlySet<string>>;
  /** The leads that records are, as findLinked knows them, or became by an import that did not come to link them; by the record's id. */
  findLinkedLeads(
    workspace: WorkspaceId,
    connection: ConnectionId,
    type: RecordType,
    remoteIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Of leads that are there. */
  countLinks(workspace: WorkspaceId, connection: ConnectionId): Promise<LinkCounts>;
  /**
   * The survivor of a merge answers for a record, or what it was converted to: of another type, so that its base goes
   * over where that one has a value. A lead that is another record of that type already stays it, and this one is known as
   * theirs: it waits, takes the other's place once that is gone, and is buried with the lead. `two_leads`: the survivor is another lead's already; this link ends, and a `duplicate` error of that
   * code is noted. `deleted_here`: its lead was, and what it became comes in as little. `nobodys`: it was no lead's.
   */
  moveLink(
    run: Run,
    from: LinkedRecord,
    to: Pick<CrmRecord, 'type' | 'id' | 'values'>,
  ): Promise<'moved' | 'two_leads' | 'deleted_here' | 'nobodys'>;
  /**
   * `purged` erases base, conflict values and payloads; a hash stays, so that it is not made again. With
   * `removeLead` the lead goes too, unless it is another record that is still there or holds something in a pair that the
   * CRM never had: says whether it goes. A dry run (`keeps: nothing`) only says so.
   */
  markGone(run: Run, of: LinkedRecord, why: WhyGone, removeLead: boolean, keeps?: 'nothing'): Promise<boolean>;
  /** Records of leads that were deleted here and that nobody said yet what to do with. They are never made again by reading. */
  listDeletedHere(
    fence: Fence,
    type: RecordType,
    limit: number,
  ): Promise<readonly { readonly linkId: number; readonly remoteId: string }[]>;
  forgetDeletedHere(run: Run, linkIds: readonly number[]): Promise<void>;
};

export type PushStore = {
  /**
   * Leads after a position whose values differ from the base of their link, and leads without a link or a former one that
   * the settings' scope lets out. Only pairs that travel out and have no open conflict count. Left out are leads that may
   * not be pushed, whose record is gone or not to be seen, with a write under way, or with an error of a push that is not due:
   * `validation` until the lead or the map changes, `duplicate` until a person decides, others until `nextAt`.
   */
  listUnpushed(
    fence: Fence,
    type: RecordType,
    at: number,
    after: string | null,
    limit: number,
  ): Promise<{ readonly leads: readonly SyncedLead[]; readonly next: string | null }>;
  /** Those of the writes that may still go: the lead is there, unchanged, may be pushed, linked as it was, and has no other write under way. */
  stageWrites(run: Run, writes: readonly NewWrite[]): Promise<readonly (WriteRecord & NewWrite)[]>;
  /** Writes of which nobody knows whether they arrived, and unfound creates of leads that were deleted since. */
  listSent(fence: Fence): Promise<readonly WriteRecord[]>;
  /**
   * The ends of writes, each whole. Written: link, base of the pairs named, and conflicts in one transaction; the errors of
   * the lead's pushes are over. Where the record is another lead's meanwhile, no link is made and a `duplicate` error of
   * the code `two_leads` is noted; where the lead was deleted meanwhile, the record is one deleted here. Unfound: the lead's
   * key is kept in mind as long as what was made may be in the CRM's bin; once the lead is deleted, that record comes in no
   * more, and the write is looked for again. An update stays under way as long as the lead is that record's. An unknown
   * `opId` is none.
   */
  settleWrites(run: Run, settled: readonly SettledWrite[]): Promise<void>;
  /** Values pushed since a moment, oldest first, for the guard against values that the CRM keeps changing back; both by the CRM's writing. */
  listPushes(
    fence: Fence,
    leadIds: readonly string[],
    since: number,
  ): Promise<readonly { readonly leadId: string; readonly pairId: string; readonly from: string; readonly to: string }[]>;
  /**
   * Links after a position whose leads refused to be written to (email or domain) or called (phone) and whose records do not
   * say so yet, with the ways that are not said; none with an error of telling that is not due.
   */
  listOptOuts(
    fence: Fence,
    type: RecordType,
    at: number,
    after: string | null,
    limit: number,
  ): Promise<{ readonly links: readonly OptOutLink[]; readonly next: string | null }>;
  /** Their records say so now, in these ways. One that is merged into another has to be told anew. */
  noteOptOuts(run: Run, links: readonly OptOutLink[]): Promise<void>;
  /** What may be chosen there by now. It makes no other map of it. */
  setPairOptions(run: Run, pairId: string, options: NonNullable<SyncSettings['pairs'][number]['options']>): Promise<void>;
  setPairTrouble(run: Run, pairId: string, trouble: SyncSettings['pairs'][number]['trouble']): Promise<void>;
};
export type SettledWrite = { readonly opId: string; readonly outcome: WriteOutcome };
export type WriteOutcome =
  /** `base`: what the CRM answered or what was sent, by pair; an empty text is blank, pairs not named keep theirs. */
  | { readonly kind: 'written'; readonly remoteId: string; readonly base: PairValues; readonly conflicts: readonly NewConflict[] }
  /** It never arrived, or it must be planned anew. */
  | { readonly kind: 'dropped' }
  /** A create of which no live record tells, or an update of a record that is in the CRM's bin or not to be seen. */
  | { readonly kind: 'unfound' }
  | { readonly kind: 'failed'; readonly error: NewSyncError };

export type TroubleStore = {
  addConflicts(run: Run, conflicts: readonly NewConflict[]): Promise<void>;
  listConflicts(
    workspace: WorkspaceId,
    connection: ConnectionId,
    page: StorePage & { readonly openOnly?: boolean },
  ): Promise<StoredPage<ConflictRecord>>;
  /** A new local edit that gives the field the value chosen, or back what it replaced; it is pushed by the next run. */
  resolveConflict(
    act: Act,
    connection: ConnectionId,
    conflictId: string,
    as: 'ours' | 'theirs' | 'undone',
  ): Promise<'resolved' | 'not_found' | 'edited_since' | 'suppressed'>;
  noteErrors(run: Run, errors: readonly NewSyncError[]): Promise<void>;
  clearErrors(run: Run, of: readonly { readonly type: RecordType; readonly leadId?: string; readonly remoteId?: string }[]): Promise<void>;
  /** Errors of pulled records that are due to be tried again. */
  listDueErrors(fence: Fence, at: number, limit: number): Promise<readonly SyncErrorRecord[]>;
  listErrors(workspace: WorkspaceId, connection: ConnectionId, page: StorePage): Promise<StoredPage<SyncErrorRecord>>;
  /**
   * Due now, left, made anyway (which stands until the CRM asks again), or linked to a record and merged by the next run as
   * at a first meeting. `two_leads`: it is another lead's.
   */
  retryError(act: Act, connection: ConnectionId, errorId: string, choice: ErrorChoice): Promise<'done' | 'not_found' | 'two_leads'>;
};

/** What `LinkStore.moveLink` is told. */
export type MovedLink = {
  readonly from: Parameters<LinkStore['moveLink']>[1];
  readonly to: Parameters<LinkStore['moveLink']>[2];
};

/** What a person decides about an error. */
export type ErrorChoice =
  | { readonly kind: 'again' | 'ignore' | 'make_anyway' }
  | { readonly kind: 'link'; readonly type: RecordType; readonly remoteId: string };

export type SideStore = {
  /** Replaced by id, with the leads they hang on; one that is gone, or whose record has no lead here, is left out. Gives how many are new or other than before. */
  saveSideItems(run: Run, items: readonly SideItem[]): Promise<number>;
  hasSideItems(fence: Fence, kind: SideKind): Promise<boolean>;
  /** Live links whose company was last looked at before a moment, the longest ago first; never, since the record is this lead's, comes before all. */
  listSideDue(fence: Fence, type: RecordType, before: number, limit: number): Promise<readonly SideDue[]>;
  /** What hangs on these links was read: of the kinds read they keep these items and no others. */
  noteSideRead(run: Run, read: SideRead): Promise<void>;
  /** Everything there is is being read from the beginning (ms): what is linked by now needs no look of its own. */
  noteAllSideRead(run: Run, at: number): Promise<void>;
  /** Of a lead, newest first. */
  listSideItems(workspace: WorkspaceId, leadId: string): Promise<readonly SideItem[]>;
};

export type SideDue = { readonly linkId: number; readonly remoteId: string };
export type SideRead = {
  readonly linkIds: readonly number[];
  readonly kinds: readonly SideKind[];
  readonly kept: readonly Pick<SideItem, 'kind' | 'id'>[];
  readonly at: number;
};

export type StorePage = { readonly cursor?: string; readonly limit: number };
export type StoredPage<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
