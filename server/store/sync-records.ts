import type { CrmFailure, FailureKind } from '#shared/crm/failure.ts';
import type { ConflictRule, CrmRecord, OptOutKind, PairValues, Provider, RecordType, RemoteValues } from '#shared/crm/record.ts';
import type { SideItem, SideKind } from '#shared/crm/side-item.ts';
import type { WorkspaceId } from './records.ts';

/** A connection by its internal number. */
export type ConnectionId = number;
/** The right to write for one connection: every write of a run carries it, and a newer one makes it void. */
export type Fence = { readonly workspace: WorkspaceId; readonly connection: ConnectionId; readonly number: number };
/** Thrown by a write whose fence is no longer the newest: the run stops at once. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}
/** Thrown where what was read belongs to a scope or a map that is no longer set: the run stops, and the next one reads anew. */
export class SettingsChanged extends Error {
  override readonly name = 'SettingsChanged';
}

/**
 * `missing`: archived there · `unseen`: erased there, or hidden from whoever connected · `purged`: erased there for good, nothing of
 * it is kept here. All three keep the lead from being made again.
 */
export type LinkState = 'linked' | 'missing' | 'unseen' | 'purged';
/** How many links a connection has in each state; those that were purged count nowhere. */
export type LinkCounts = Readonly<Record<Exclude<LinkState, 'purged'>, number>>;
/** Why a record answers no more. */
export type WhyGone = 'archived' | 'unseen' | 'purged';
/** What a link is by that. */
export const STATE_OF_GONE = { archived: 'missing', unseen: 'unseen', purged: 'purged' } as const satisfies Record<WhyGone, LinkState>;
/** A lead and the record it is. Lead and record each have one link of a type at most. */
export type LinkRecord = {
  readonly id: number;
  readonly leadId: string;
  readonly type: RecordType;
  readonly remoteId: string;
  /** Ids that were merged into it. */
  readonly aliases: readonly string[];
  /** The CRM's values, as it writes them, that both sides last agreed to have seen. Null before the first merge. */
  readonly base: PairValues | null;
  readonly state: LinkState;
};

/** A lead as sync sees it: values by pair, as Leadline writes them. */
export type SyncedLead = {
  readonly leadId: string;
  readonly version: number;
  readonly values: PairValues;
  readonly link: LinkRecord | null;
  /** Not on the suppression list, not "do not contact". */
  readonly mayPush: boolean;
  /** A person said that it is to be made or changed in the CRM although there is one like it. */
  readonly makesAnyway?: boolean;
};

/** A record that was read, and what is known of it besides. */
export type PulledRecord = {
  readonly record: CrmRecord;
  /** The id it was asked by, where another answered. */
  readonly alias?: string;
  /** The lead an import made or found for it. */
  readonly leadId?: string;
  /** Our key in the CRM's unique field: the id of the lead it was made from. */
  readonly key?: string;
  /** What we wrote into it last, by pair, as its history tells; empty where it tells nothing. Asked for before a record with our key is linked. */
  readonly ours?: PairValues;
  /** The lead's record of the other kind was looked at: it did not become this one. */
  readonly isApart?: true;
  /** The CRM's clock against ours (ms), where they differ: the record tells its times by that one. */
  readonly clockOffsetMs?: number;
  /** When the CRM set each value, by pair (ms, our clock); where it tells. */
  readonly times?: ReadonlyMap<string, number>;
  /** Who set each value there, by pair, as the CRM calls them; where it tells. */
  readonly authors?: ReadonlyMap<string, string>;
};
/** What became of a pulled record. */
export type MergedRecord = {
  readonly remoteId: string;
  /** `waiting`: for what a person decides of its row of an import · `left_out`: no lead, and none is to be made · `other_record`: the lead is the record of `linkedTo` already; was that one merged into this, the link is to be moved first · `made_here`: our key says that we made it for the lead, and what we wrote (`ours`) is to be asked for first. */
  readonly kind:
    | 'same'
    | 'changed'
    | 'created'
    | 'linked'
    | 'review'
    | 'waiting'
    | 'refused'
    | 'suppressed'
    | 'other_record'
    | 'made_here'
    | 'deleted_here'
    | 'left_out';
  readonly leadId: string | null;
  readonly linkedTo: LinkRecord | null;
  /** The lead as it is after the merge, with its link, where it has something to push. */
  readonly lead: SyncedLead | null;
  /** Fields written on the lead. */
  readonly written: number;
  /** Pairs in which the lead differs from the CRM now and that are to be pushed; those with an open question are not. */
  readonly toPush: readonly string[];
  readonly conflicts: number;
  /** Pairs whose value in the CRM the lead cannot hold; an earlier error of the record stands while there are any. */
  readonly unfit: readonly string[];
  /** The lead holds no name, email or phone any more. */
  readonly isNobody?: boolean;
  /** Of `made_here`: the pairs that it was made with. What we wrote into its other fields went there by another map. */
  readonly madeWith?: readonly string[];
};

/** The link of a lead that is not to be contacted, and in which ways. */
export type OptOutLink = {
  readonly linkId: number;
  readonly leadId: string;
  readonly remoteId: string;
  readonly kinds: readonly OptOutKind[];
};

/** A write to the CRM, on disk before it is sent. */
export type WriteRecord = {
  readonly opId: string;
  readonly leadId: string;
  readonly leadVersion: number;
  readonly type: RecordType;
  readonly kind: 'create' | 'update';
  /** Null for creates. */
  readonly remoteId: string | null;
  /** What is sent: by the CRM's names; an empty text clears. */
  readonly payload: RemoteValues;
  /** The same by pair. */
  readonly sent: PairValues;
  /** The CRM's values of these pairs as they were read before sending. */
  readonly before: PairValues;
  /** When the record had last changed as `before` was read (ms, the CRM's clock); 0 for creates. */
  readonly seenAt: number;
  /** Times a write of this lead failed before. */
  readonly attempts: number;
  readonly at: number;
};
/** `savesAnyway` is not kept: what never arrived is planned anew. `unsaid`: values of the lead that stayed behind, to be told once it is written. */
export type NewWrite = Omit<WriteRecord, 'attempts'> & { readonly savesAnyway?: boolean; readonly unsaid?: NewSyncError };

export type NewConflict = {
  readonly leadId: string;
  readonly type: RecordType;
  readonly remoteId: string;
  readonly pairId: string;
  readonly base: string | null;
  /** Leadline's value, and the CRM's, as Leadline writes them. Null = blank. */
  readonly ours: string | null;
  readonly theirs: string | null;
  /** Whose value stands; `open` = nobody's yet, both sides keep their own. */
  readonly winner: 'ours' | 'theirs' | 'open';
  readonly rule: ConflictRule | 'overwritten';
  /** When the CRM's value was set, or its record changed last where the CRM tells no more (ms), and by whom, where it tells. */
  readonly theirsAt?: number;
  readonly theirsBy?: string;
};
export type ConflictRecord = Omit<NewConflict, 'theirsAt' | 'theirsBy'> & {
  /** When a person set Leadline's value (ms), and the name of the member; null where nobody did or nothing tells. */
  readonly oursAt: number | null;
  readonly oursBy: string | null;
  readonly theirsAt: number | null;
  readonly theirsBy: string | null;
  readonly id: string;
  readonly fieldLabel: string;
  readonly person: { readonly name: string; readonly email: string | null };
  readonly runId: string;
  readonly at: number;
  readonly resolved: { readonly as: 'ours' | 'theirs' | 'undone'; readonly at: number; readonly by: string | null } | null;
};

/** `opt_out`: the record was to be told that its person refused. */
export type ErrorStage = 'pull' | 'push' | 'opt_out';
/** What went wrong with one record, until it goes right. Exactly one of `leadId` and `remoteId` may be null. */
export type NewSyncError = {
  readonly type: RecordType;
  readonly leadId: string | null;
  readonly remoteId: string | null;
  readonly stage: ErrorStage;
  readonly failure: CrmFailure;
  /** When it is tried again by itself; null = not before the record, the map or a person changes it. */
  readonly nextAt: number | null;
};
export type SyncErrorRecord = NewSyncError & {
  readonly id: string;
  readonly kind: FailureKind;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly attempts: number;
  readonly isIgnored: boolean;
  readonly person: { readonly name: string; readonly email: string | null } | null;
};

/** Where reading one kind of thing is. `page` belongs to `window`, or to the first full read when that is null. */
/** `labels`: its page is a mark of the labels that the items of a kind were read with. */
export type CursorObject = RecordType | `side:${SideKind}` | `labels:${SideKind}` | `sweep:${RecordType}`;
export type SyncCursor = {
  readonly phase: 'initial' | 'incremental';
  /** Everything changed up to here (ms, the CRM's clock) has been read. */
  readonly readTo: number;
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly page: string | null;
};

export type RunTrigger = 'schedule' | 'by_hand' | 'import' | 'dry_run' | 'local_edit';
export type RunOutcome = 'running' | 'done' | 'partly' | 'stopped' | 'failed';
export const RUN_COUNTS = [
  'pulled',
  'createdHere',
  'updatedHere',
  'createdThere',
  'updatedThere',
  'unchanged',
  'conflicts',
  'errors',
  'gone',
  'removedHere',
  'archivedThere',
  'optOutsThere',
  'sideItems',
] as const;
export type RunCounts = Readonly<Record<(typeof RUN_COUNTS)[number], number>>;
export type RunRecord = {
  readonly id: string;
  readonly trigger: RunTrigger;
  readonly outcome: RunOutcome;
  /** Why it stopped or failed; null when all went well. */
  readonly failure: CrmFailure | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly counts: RunCounts;
  readonly calls: number;
  readonly leftToday: number | null;
  /** The import its new leads were stored under. */
  readonly importId: string | null;
};

/** What CRMs tell of a lead: the records it is, and deals, calls and the like on its timeline, the newest first. */
export type LeadInCrm = {
  readonly links: readonly LeadLink[];
  readonly side: readonly (SideItem & { readonly provider: Provider })[];
};
export type LeadLink = {
  /** The public id of the connection. */
  readonly connectionId: string;
  readonly provider: Provider;
  readonly type: RecordType;
  /** Null where it was erased for good. */
  readonly remoteId: string | null;
  readonly state: LinkState;
};
