import { type FieldPair, OPT_OUT_KINDS, type OptOutKind, type RecordType } from '#shared/crm/record.ts';
import type { SideItem } from '#shared/crm/side-item.ts';
import { NEW_SETTINGS, type SyncSettings } from '#shared/crm/sync-settings.ts';
import { leadKeys } from '#shared/lead/duplicates.ts';
import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { emailForms, phoneForm } from '#shared/lead/suppression-forms.ts';
import type { Known, MatchedOn } from '#shared/plan/decide-row.ts';
import type { CallsMade } from '../call-store.ts';
import type { ImportedAs } from '../plan-pull.ts';
import {
  type ConflictRecord,
  type ConnectionId,
  type CursorObject,
  type Fence,
  LeaseLost,
  type LinkRecord,
  type RunRecord,
  type SyncCursor,
  type SyncErrorRecord,
  type WriteRecord,
} from '../sync-records.ts';

export type MemoryLead = {
  readonly id: string;
  readonly order: number;
  version: number;
  lead: Lead;
  readonly listIds: readonly string[];
  /** When it came (ms), and when each field was last set since, by `fieldKey`; null where the CRM did that: nobody here has edited it. */
  readonly madeAt: number | null;
  readonly times: Map<string, number | null>;
  /** The person refused in the CRM, whatever address was named. */
  doNotContact: boolean;
};
type Push = { readonly leadId: string; readonly pairId: string; readonly from: string; readonly to: string; readonly at: number };
export type MemoryError = { record: SyncErrorRecord; readonly leadVersion: number; makesAnyway: boolean };

/** One connection's part of the memory. Keys of records and leads are `<type>:<id>`. */
export type MemoryConnection = {
  settings: SyncSettings;
  lease: { readonly owner: string; until: number } | null;
  fence: number;
  readonly links: Map<number, LinkRecord>;
  readonly linksByRemote: Map<string, number>;
  readonly linksByLead: Map<string, number>;
  /** Records that were merged into linked ones, or that a lead is beside the one that is linked. */
  readonly aliases: Map<string, { readonly type: RecordType; readonly remoteId: string; readonly linkId: number }>;
  readonly deletedHere: Map<string, { readonly linkId: number; readonly type: RecordType; readonly remoteId: string; isSettled: boolean }>;
  readonly cursors: Map<CursorObject, SyncCursor>;
  readonly writes: Map<string, WriteRecord>;
  /** Of those whose lead is gone: whatever they made is not to follow. */
  readonly staysThere: Set<string>;
  /** Creates that no live record tells of: what they made may be in the CRM's bin. */
  readonly unfound: Map<string, WriteRecord>;
  pushes: readonly Push[];
  conflicts: readonly ConflictRecord[];
  readonly errors: Map<string, MemoryError>;
  readonly runs: Map<string, RunRecord>;
  readonly sideItems: Map<string, { readonly item: SideItem; readonly links: Set<number> }>;
  /** When all that hangs on a link was last looked at (ms). */
  readonly sideReadAt: Map<number, number>;
  /** Records that say what their persons refused, by us or by themselves: `<kind>:<type>:<id>`. */
  readonly optedOut: Set<string>;
  /** What imports made of records that are not linked, by type and record. */
  readonly imported: Map<string, ImportedAs>;
  calls: CallsMade | null;
};
/** The store's own rules: all of them hold, but where a test shows what each is for. */
export type MemoryRules = {
  /** A merge knows what both sides agreed on last. */
  readonly base: boolean;
  /** A record is one lead's. */
  readonly oneLead: boolean;
  /** Who is on the suppression list is not sent. */
  readonly suppression: boolean;
  /** A lead deleted here does not come back. */
  readonly tombstones: boolean;
  /** What both sides agreed on goes over with a link. */
  readonly baseGoesOver: boolean;
  /** A pair of other fields, or of a time without it, is another pair. */
  readonly renewsPairs: boolean;
};
export const ALL_MEMORY_RULES: MemoryRules = {
  base: true,
  oneLead: true,
  suppression: true,
  tombstones: true,
  baseGoesOver: true,
  renewsPairs: true,
};

/** Everything a memory store holds, of one workspace. */
export type MemoryState = {
  readonly rules: MemoryRules;
  readonly leads: Map<string, MemoryLead>;
  readonly suppressed: Map<
    string,
    { readonly kind: 'email' | 'phone'; readonly value: string; readonly since: number; readonly source: string }
  >;
  readonly connections: Map<ConnectionId, MemoryConnection>;
  count: number;
};

export const DEFAULT_COUNTRY = { defaultCountry: 'US' } as const;

export function createState(rules: MemoryRules): MemoryState {
  return { rules, leads: new Map(), suppressed: new Map(), connections: new Map(), count: 0 };
}

export function connectionOf(state: MemoryState, id: ConnectionId): MemoryConnection {
  const known = state.connections.get(id);
  if (known) return known;
  const made: MemoryConnection = {
    settings: NEW_SETTINGS,
    lease: null,
    fence: 0,
    links: new Map(),
    linksByRemote: new Map(),
    linksByLead: new Map(),
    aliases: new Map(),
    deletedHere: new Map(),
    cursors: new Map(),
    writes: new Map(),
    staysThere: new Set(),
    unfound: new Map(),
    pushes: [],
    conflicts: [],
    errors: new Map(),
    runs: new Map(),
    sideItems: new Map(),
    sideReadAt: new Map(),
    optedOut: new Set(),
    imported: new Map(),
    calls: null,
  };
  state.connections.set(id, made);
  return made;
}

/** What a rehearsal may change of it is a copy. */
export function copyOf(state: MemoryState): MemoryState {
  const leads = [...state.leads].map(([id, lead]) => [id, { ...lead, times: new Map(lead.times) }] as const);
  const connections = [...state.connections].map(([id, connection]) => [id, copyOfConnection(connection)] as const);
  return { ...state, leads: new Map(leads), suppressed: new Map(state.suppressed), connections: new Map(connections) };
}

function copyOfConnection(connection: MemoryConnection): MemoryConnection {
  return {
    ...connection,
    links: new Map(connection.links),
    linksByRemote: new Map(connection.linksByRemote),
    linksByLead: new Map(connection.linksByLead),
    aliases: new Map(connection.aliases),
    deletedHere: new Map(connection.deletedHere),
    errors: new Map(connection.errors),
    sideReadAt: new Map(connection.sideReadAt),
    optedOut: new Set(connection.optedOut),
    imported: new Map(connection.imported),
  };
}

/** The connection a fence may still write to. */
export function fenced(state: MemoryState, fence: Fence): MemoryConnection {
  const connection = connectionOf(state, fence.connection);
  if (connection.fence !== fence.number) throw new LeaseLost();
  return connection;
}

export function keyOf(type: RecordType, id: string): string {
  return `${type}:${id}`;
}

/** Names the field of a lead that a pair is about. */
export function fieldKey({ local }: Pick<FieldPair, 'local'>): string {
  return local.kind === 'field' ? local.id : `custom:${local.label}`;
}

export function linkOfLead(connection: MemoryConnection, type: RecordType, leadId: string): LinkRecord | null {
  return connection.links.get(connection.linksByLead.get(keyOf(type, leadId)) ?? -1) ?? null;
}

export function linkOfRemote(connection: MemoryConnection, type: RecordType, remoteId: string): LinkRecord | null {
  return connection.links.get(connection.linksByRemote.get(keyOf(type, remoteId)) ?? -1) ?? null;
}

/** The same, or that of the lead whose record it was before a merge, or is beside the one that is linked. */
export function linkNamed(connection: MemoryConnection, type: RecordType, remoteId: string): LinkRecord | null {
  const alias = connection.links.get(connection.aliases.get(keyOf(type, remoteId))?.linkId ?? -1);
  return linkOfRemote(connection, type, remoteId) ?? alias ?? null;
}

/** Puts a link in the place of the one of its number. */
export function saveLink(connection: MemoryConnection, link: LinkRecord): void {
  const former = connection.links.get(link.id);
  if (former?.remoteId !== link.remoteId || former.type !== link.type || link.state !== 'linked') connection.sideReadAt.delete(link.id);
  if (former) forgetNames(connection, former);
  connection.links.set(link.id, link);
  connection.linksByRemote.set(keyOf(link.type, link.remoteId), link.id);
  connection.linksByLead.set(keyOf(link.type, link.leadId), link.id);
}

export function dropLink(connection: MemoryConnection, linkId: number): void {
  const link = connection.links.get(linkId);
  if (!link) return;
  connection.links.delete(linkId);
  forgetNames(connection, link);
  forgetAliases(connection, linkId);
}

function forgetNames(connection: MemoryConnection, link: LinkRecord): void {
  connection.linksByRemote.delete(keyOf(link.type, link.remoteId));
  connection.linksByLead.delete(keyOf(link.type, link.leadId));
}

/** A link is known by another record, too. */
export function addAlias({ aliases }: MemoryConnection, type: RecordType, remoteId: string, linkId: number): void {
  aliases.set(keyOf(type, remoteId), { type, remoteId, linkId });
}

export function forgetAliases({ aliases }: MemoryConnection, ofLink: number): void {
  for (const [name, { linkId }] of aliases) if (linkId === ofLink) aliases.delete(name);
}

/** A lead of that id was sent to be made and was then deleted here. */
export function isMadeBefore(state: MemoryState, { writes, unfound }: MemoryConnection, leadId: string): boolean {
  if (state.leads.has(leadId)) return false;
  return [...writes.values(), ...unfound.values()].some((write) => write.leadId === leadId);
}

/** A record whose lead was deleted here, of which nobody asks any more what is to become of it there. */
export function bury(state: MemoryState, connection: MemoryConnection, type: RecordType, remoteId: string): void {
  const key = keyOf(type, remoteId);
  state.count += 1;
  if (!connection.deletedHere.has(key)) connection.deletedHere.set(key, { linkId: state.count, type, remoteId, isSettled: true });
}

export function pairsOf(connection: MemoryConnection, type: RecordType): readonly FieldPair[] {
  return connection.settings.pairs.filter((pair) => pair.type === type);
}

export function isSuppressed(state: MemoryState, lead: Lead): boolean {
  return contactsOf(lead).some((value) => state.suppressed.has(value));
}

/** Nothing of this lead is sent. */
export function isHeldBack(state: MemoryState, { lead, doNotContact }: MemoryLead): boolean {
  return state.rules.suppression && (doNotContact || isSuppressed(state, lead));
}

/** Who refused no more than calls may be written to, and the other way round. */
export function refusedKinds(state: MemoryState, lead: Lead): readonly OptOutKind[] {
  if (!state.rules.suppression) return [];
  return OPT_OUT_KINDS.filter((kind) => contactsOf(lead, [kind]).some((value) => state.suppressed.get(value)?.kind === kind));
}

/** Addresses and numbers as the list has them. */
function contactsOf(lead: Lead, kinds: readonly OptOutKind[] = OPT_OUT_KINDS): readonly string[] {
  const emails = kinds.includes('email') ? EMAIL_FIELDS.flatMap((field) => (lead[field] === undefined ? [] : emailForms(lead[field]))) : [];
  const phones = kinds.includes('phone') ? PHONE_FIELDS.flatMap((field) => (lead[field] === undefined ? [] : phoneForm(lead[field]))) : [];
  return [...emails, ...phones];
}

/** Leads that share a key with one, and the entry that holds it, as an import asks. */
export function findKnown(state: MemoryState, lead: Lead): Known {
  const entry = contactsOf(lead)
    .map((value) => state.suppressed.get(value))
    .find((found) => found !== undefined);
  const keys = leadKeys(lead).map(({ kind, value }) => `${kind}:${value}`);
  const leads = [...state.leads.values()].flatMap((known) => {
    const shared = leadKeys(known.lead).filter(({ kind, value }) => keys.includes(`${kind}:${value}`));
    const matchedOn = [...new Set(shared.map(({ kind }): MatchedOn => kind))];
    return matchedOn.length === 0 ? [] : [{ id: known.id, version: known.version, inList: false, matchedOn, lead: known.lead }];
  });
  const suppressed = entry && { entry: entry.value, kind: entry.kind, since: new Date(entry.since).toISOString() };
  return { earlier: [], leads, ...(suppressed ? { suppressed } : {}) };
}

/** Name and address of a lead, for lists of what went wrong. */
export function personOf(lead: Lead | undefined): { readonly name: string; readonly email: string | null } {
  return { name: [lead?.firstName, lead?.lastName].filter(Boolean).join(' '), email: lead?.email ?? null };
}
