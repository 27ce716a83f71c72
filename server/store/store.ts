import type { Lead, LeadKey } from '#shared/lead/lead.ts';
import type { MatchedOn, SuppressedBy } from '#shared/plan/decide-row.ts';
import type { Bucket, FieldChange, ImportPolicy } from '#shared/plan/plan.ts';
import type { Act } from './act.ts';
import type { CallStore } from './call-store.ts';
import type { ClosedImportStore } from './closed-import-store.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { PeopleStore } from './people-store.ts';
import type {
  CheckedRow,
  ChunkAnswer,
  CustomFieldRecord,
  ImportRecord,
  ImportRowRecord,
  LeadEvent,
  LeadFilter,
  LeadQuery,
  LeadRecord,
  ListRecord,
  NewImport,
  RememberedRecord,
  RowOutcome,
  SuppressionKind,
  SuppressionRecord,
  TagRecord,
  TemplateRecord,
  WorkspaceId,
} from './records.ts';
import type { LeadInCrm } from './sync-records.ts';
import type { SyncStore } from './sync-store.ts';

export type { Act } from './act.ts';

/** Outcomes that carry nothing but their name. */
export type Just<K extends string> = K extends string ? { readonly kind: K } : never;

/**
 * Everything the server keeps, in words of leads. Each operation is whole: it is on disk when its promise resolves, or
 * nothing of it is. No operation hands out an open transaction.
 */
export type Store = PeopleStore &
  ConnectionStore &
  CallStore &
  ListStore &
  LeadStore &
  SettingStore &
  ImportStore &
  ClosedImportStore &
  AnswerStore &
  SyncStore &
  Housekeeping;

export type ListStore = {
  /** The default list first, then by name. */
  listLists(workspace: WorkspaceId): Promise<readonly ListRecord[]>;
  /** null = a list of that name (case-folded) exists. */
  addList(act: Act, name: string): Promise<ListRecord | null>;
  renameList(act: Act, id: string, name: string): Promise<ListRecord | 'not_found' | 'name_taken'>;
  /** Memberships go, leads stay. */
  deleteList(act: Act, id: string): Promise<'deleted' | 'not_found' | 'is_default'>;
};

/** What a change of a lead by hand asks for: an empty text clears a field; tags and custom fields replace the old ones. */
export type LeadPatch = Lead;
export type BulkChange = {
  readonly addToList?: string;
  readonly removeFromList?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly delete?: boolean;
};
export type LeadStore = {
  /** 'list_not_found' when the filter names no list of the workspace. */
  findLeads(
    workspace: WorkspaceId,
    query: LeadQuery,
  ): Promise<
    | { readonly leads: readonly LeadRecord[]; readonly totalCount: number; readonly nextCursor: string | null }
    | 'list_not_found'
    | 'bad_cursor'
  >;
  readLead(workspace: WorkspaceId, id: string): Promise<LeadRecord | null>;
  /** Leads after a position, in the order they came: how a long export is read in pages. */
  readLeadsAfter(
    workspace: WorkspaceId,
    page: { readonly listId?: string; readonly after: number; readonly limit: number; readonly withDoNotContact: boolean },
  ): Promise<{ readonly leads: readonly LeadRecord[]; readonly next: number | null } | 'list_not_found'>;
  /** Labels of custom fields that leads of the list (or the workspace) hold, in order. */
  customLabelsInUse(workspace: WorkspaceId, listId?: string): Promise<readonly string[]>;
  /** With `version`, changes only that version. */
  changeLead(
    act: Act,
    id: string,
    patch: LeadPatch,
    version?: number,
  ): Promise<
    | { readonly kind: 'changed'; readonly lead: LeadRecord; readonly changes: readonly FieldChange[] }
    | { readonly kind: 'not_found' }
    | { readonly kind: 'other_version'; readonly lead: LeadRecord }
    | { readonly kind: 'suppressed'; readonly by: SuppressedBy }
  >;
  /** Deleted means gone: values, keys, changes, the row's originals and stored answers that name it. */
  deleteLeads(act: Act, ids: readonly string[]): Promise<number>;
  /** Ids of all leads a filter finds, in the order they came. */
  selectLeads(workspace: WorkspaceId, filter: LeadFilter): Promise<readonly string[] | 'list_not_found'>;
  /** The same change for some leads, in one transaction: how many are there, and how many it changed. Ids of others are ignored. */
  changeLeads(
    act: Act,
    ids: readonly string[],
    change: BulkChange,
  ): Promise<{ readonly found: number; readonly changed: number } | 'list_not_found'>;
  readTimeline(workspace: WorkspaceId, id: string): Promise<readonly LeadEvent[] | null>;
  readLeadInCrm(workspace: WorkspaceId, id: string): Promise<LeadInCrm>;
  /**
   * Who has any of these keys, with current values. Keys nobody has are left out. No `listId` is the default list, null
   * one that is still to be made.
   */
  matchKeys(workspace: WorkspaceId, keys: readonly LeadKey[], listId?: string | null): Promise<readonly KeyMatch[] | 'list_not_found'>;
  /** The same of leads that are named; who is no more, and every list that is not there, is left out. */
  matchLeads(workspace: WorkspaceId, ids: readonly string[], listId?: string | null): Promise<readonly MatchedLead[]>;
  /** The entry that holds each value, for those that are suppressed. */
  matchSuppressed(
    workspace: WorkspaceId,
    keys: readonly LeadKey[],
  ): Promise<readonly { readonly key: LeadKey; readonly by: SuppressedBy }[]>;
};
/** A lead as it is now, and whether it is in the list that was asked about. */
export type MatchedLead = { readonly id: string; readonly version: number; readonly inList: boolean; readonly lead: Lead };
export type KeyMatch = { readonly key: LeadKey; readonly leads: readonly MatchedLead[] };

export type SettingStore = {
  listCustomFields(workspace: WorkspaceId): Promise<readonly CustomFieldRecord[]>;
  /** null = the label exists. */
  addCustomField(act: Act, field: Omit<CustomFieldRecord, 'id'>): Promise<CustomFieldRecord | { readonly taken: string }>;
  listTags(workspace: WorkspaceId): Promise<readonly TagRecord[]>;
  /** Newest first; `search` is a part of the value or the reason. `totalCount`: all that are found. */
  readSuppressions(
    workspace: WorkspaceId,
    page: { readonly search?: string; readonly cursor?: string; readonly limit: number },
  ): Promise<
    { readonly suppressions: readonly SuppressionRecord[]; readonly totalCount: number; readonly nextCursor: string | null } | 'bad_cursor'
  >;
  /** Known entries stay as they are. Stored leads they hold are marked "do not contact"; `marked` counts them. */
  addSuppressions(
    act: Act,
    entries: readonly { readonly kind: SuppressionKind; readonly value: string; readonly reason?: string }[],
    source: string,
  ): Promise<{ readonly added: readonly SuppressionRecord[]; readonly marked: number }>;
  /** Leads stay marked: an opt-out only ever gets stricter. */
  removeSuppressions(act: Act, ids: readonly string[]): Promise<number>;
  listTemplates(workspace: WorkspaceId): Promise<readonly TemplateRecord[]>;
  readTemplate(workspace: WorkspaceId, id: string): Promise<TemplateRecord | null>;
  addTemplate(act: Act, template: Pick<TemplateRecord, 'name' | 'headers' | 'mapping'>): Promise<TemplateRecord | 'name_taken'>;
  changeTemplate(
    act: Act,
    id: string,
    patch: Partial<Pick<TemplateRecord, 'name' | 'headers' | 'mapping'>>,
  ): Promise<TemplateRecord | 'not_found' | 'name_taken'>;
  deleteTemplate(act: Act, id: string): Promise<boolean>;
  /** The newest complete import of files with these headers (`headerSignature`); null = none. */
  readRemembered(workspace: WorkspaceId, headerSignature: string): Promise<RememberedRecord | null>;
};

/** An outcome with what only the maker of an answer needs. */
export type SavedRow = RowOutcome & { readonly matchedOn?: MatchedOn; readonly existing?: LeadRecord };
export type SavedBatch = { readonly importId: string; readonly listId: string; readonly rows: readonly SavedRow[] };

export type ImportStore = {
  /** Idempotent: the same body again gives the import as it is now. */
  putImport(
    act: Act,
    input: NewImport,
  ): Promise<{ readonly kind: 'created' | 'exists'; readonly import: ImportRecord } | Just<'mismatch' | 'list_not_found'>>;
  /** How rows of an import are decided; null = no such import. */
  readPolicy(workspace: WorkspaceId, importId: string): Promise<ImportPolicy | null>;
  /** One transaction: leads, outcomes, counters, changes, answer. The same body again gives the same answer. */
  storeChunk(
    act: Act,
    chunk: { readonly importId: string; readonly seq: number; readonly sha256: string; readonly rows: readonly CheckedRow[] },
  ): Promise<
    | { readonly kind: 'stored' | 'replayed'; readonly answer: ChunkAnswer }
    | Just<'not_found' | 'mismatch' | 'no_such_chunk' | 'list_not_found'>
    | { readonly kind: 'closed'; readonly state: ImportRecord['state'] }
    | { readonly kind: 'too_many_rows'; readonly expected: number; readonly stored: number; readonly sent: number }
    | { readonly kind: 'line_repeated'; readonly line: number }
  >;
  /** A whole import nobody reviews, in one transaction with its stored answer. `dryRun` decides all and keeps nothing. */
  saveBatch(
    act: Act,
    input: {
      readonly import: NewImport;
      readonly rows: readonly CheckedRow[];
      readonly dryRun: boolean;
      readonly once: Once | null;
      readonly toAnswer: (batch: SavedBatch) => KeptAnswer;
    },
  ): Promise<{ readonly kind: 'fresh' | 'replayed'; readonly answer: KeptAnswer } | Just<'mismatch' | 'in_progress' | 'list_not_found'>>;
  completeImport(
    act: Act,
    importId: string,
  ): Promise<
    | { readonly kind: 'complete'; readonly import: ImportRecord }
    | { readonly kind: 'not_found' }
    | { readonly kind: 'missing'; readonly chunks: readonly number[] }
    | { readonly kind: 'wrong_total'; readonly expected: number; readonly stored: number }
    | { readonly kind: 'closed'; readonly state: ImportRecord['state'] }
  >;
  /** Rows not stored yet never will be; stored ones stay. Cancelling again changes nothing. */
  cancelImport(
    act: Act,
    importId: string,
  ): Promise<
    | { readonly kind: 'cancelled'; readonly import: ImportRecord }
    | { readonly kind: 'not_found' }
    | { readonly kind: 'closed'; readonly state: ImportRecord['state'] }
  >;
  readImport(
    workspace: WorkspaceId,
    importId: string,
  ): Promise<{ readonly import: ImportRecord; readonly missing: readonly number[] } | null>;
  /** Newest first. */
  listImports(
    workspace: WorkspaceId,
    page: { readonly cursor?: string; readonly limit: number },
  ): Promise<{ readonly imports: readonly ImportRecord[]; readonly nextCursor: string | null } | 'bad_cursor'>;
  /** In the order they came; null = no such import. */
  readImportRows(
    workspace: WorkspaceId,
    importId: string,
    page: { readonly bucket?: Bucket; readonly cursor?: string; readonly limit: number },
  ): Promise<{ readonly rows: readonly ImportRowRecord[]; readonly nextCursor: string | null } | 'bad_cursor' | null>;
};

/** A POST that carries an Idempotency-Key: `request` is method and path, `sha256` (hex) of the decoded body. */
export type Once = { readonly key: string; readonly request: string; readonly sha256: string };
/** An answer as it went out: `body` is its JSON text. */
export type KeptAnswer = { readonly status: number; readonly body: string };

export type AnswerStore = {
  /** Claims a key before the work starts. A claim of a process that died is void at the next start. */
  claimAnswer(
    act: Act,
    once: Once,
  ): Promise<Just<'claimed' | 'mismatch' | 'in_progress'> | { readonly kind: 'replayed'; readonly answer: KeptAnswer }>;
  keepAnswer(act: Act, once: Once, answer: KeptAnswer): Promise<void>;
  /** The work failed: the key is free again. */
  dropClaim(act: Act, once: Once): Promise<void>;
};

export type Housekeeping = {
  /** Originals, undo values and stored answers older than `before` become line, code and counts. */
  forgetOriginals(before: number): Promise<void>;
  /** Makes sure that nothing deleted can be read in any file. Cheap when nothing was deleted since the last time. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
};
