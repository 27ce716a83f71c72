import type { RecordMerge } from '#shared/crm/merge-record.ts';
import { valuesOfLead, withValues } from '#shared/crm/pair-lead.ts';
import { type FieldPair, OPT_OUT_KINDS, type RecordType } from '#shared/crm/record.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { findPullTarget, isNobody, isTakenIn, meets, mergePulled, originThere, refusedContacts } from '../plan-pull.ts';
import type { ConflictRecord, LinkRecord, MergedRecord, NewConflict, PulledRecord } from '../sync-records.ts';
import type { MergeStore, Run } from '../sync-store.ts';
import {
  bury,
  DEFAULT_COUNTRY,
  fenced,
  fieldKey,
  findKnown,
  isHeldBack,
  isMadeBefore,
  keyOf,
  linkNamed,
  linkOfLead,
  linkOfRemote,
  type MemoryConnection,
  type MemoryLead,
  type MemoryState,
  pairsOf,
  personOf,
  saveLink,
} from './state.ts';

type MergeOptions = Parameters<MergeStore['mergeRecords']>[2];
const NOTHING = { leadId: null, linkedTo: null, lead: null, written: 0, toPush: [], conflicts: 0, unfit: [] } as const;

/** Pulled records brought together with leads, in memory. */
export function createMerges(state: MemoryState): MergeStore {
  return {
    async mergeRecords(run, pulled, options) {
      const connection = fenced(state, run.fence);
      return pulled.map((each) => {
        const merged = mergeOne(state, connection, run, each, options);
        if (isTakenIn(merged)) connection.errors.delete(`pull:${keyOf(each.record.type, each.record.id)}`);
        return merged;
      });
    },
  };
}

function mergeOne(state: MemoryState, connection: MemoryConnection, run: Run, pulled: PulledRecord, options: MergeOptions): MergedRecord {
  const { type, id: remoteId } = pulled.record;
  const pairs = pairsOf(connection, type);
  suppressRefused(state, run, pulled, pairs);
  const link = linkOfRemote(connection, type, remoteId);
  const named = state.leads.get(linkNamed(connection, type, remoteId)?.leadId ?? '');
  if (named) markRefusing(named, pulled);
  const known = {
    link,
    aliasLink: link ? null : linkNamed(connection, type, remoteId),
    mergedLink: (pulled.record.mergedIds ?? []).map((id) => linkNamed(connection, type, id)).find((each) => each !== null) ?? null,
    isDeletedHere: state.rules.tombstones && isDeletedHere(state, connection, pulled),
    imported: link ? null : (connection.imported.get(keyOf(type, remoteId)) ?? null),
    hasLead: (leadId: string) => state.leads.has(leadId),
    linkOf: (leadId: string) => linkOfLead(connection, type, leadId),
    linkAsLeadOf: (leadId: string) => (type === 'contact' ? linkOfLead(connection, 'lead', leadId) : null),
    findKnown: (lead: Lead) => findKnown(state, lead),
  };
  const target = findPullTarget(pulled, known, pairs, { creates: options.creates, ...DEFAULT_COUNTRY });
  switch (target.kind) {
    case 'merge':
    case 'link':
      return mergeInto(state, connection, run, pulled, { leadId: target.leadId, link });
    case 'create':
      return createLead(state, connection, run, pulled, target.lead);
    case 'other_record':
      return { ...NOTHING, remoteId, kind: 'other_record', leadId: target.leadId, linkedTo: target.linkedTo };
    case 'made_here':
      return { ...NOTHING, remoteId, kind: 'made_here', leadId: target.leadId, madeWith: madeWith(connection, type, target.leadId) };
    case 'review':
    case 'waiting':
    case 'refused':
    case 'suppressed':
    case 'left_out':
      return { ...NOTHING, remoteId, kind: target.kind };
    case 'deleted_here':
      // Told by the key of what it was before: the next time it comes without.
      if (!options.dryRun && pulled.key !== undefined) bury(state, connection, type, remoteId);
      return { ...NOTHING, remoteId, kind: 'deleted_here' };
  }
}

/** The pairs of creates of a lead that were not found where they went. */
function madeWith({ unfound }: MemoryConnection, type: RecordType, leadId: string): readonly string[] {
  return [...unfound.values()].flatMap((write) => (write.leadId === leadId && write.type === type ? [...write.sent.keys()] : []));
}

/** Its lead was deleted here, or that of a record that was merged into it, or it is one we sent to be made before. */
function isDeletedHere(state: MemoryState, connection: MemoryConnection, { record, key = record.key }: PulledRecord): boolean {
  const ids = [record.id, ...(record.mergedIds ?? [])];
  if (ids.some((id) => connection.deletedHere.has(keyOf(record.type, id)))) return true;
  return key !== undefined && isMadeBefore(state, connection, key);
}

function createLead(state: MemoryState, connection: MemoryConnection, run: Run, pulled: PulledRecord, lead: Lead): MergedRecord {
  state.count += 1;
  const id = `lead-${state.count}`;
  const listIds = connection.settings.listId === null ? [] : [connection.settings.listId];
  state.leads.set(id, { id, order: state.count, version: 1, lead, listIds, madeAt: null, times: new Map(), doNotContact: false });
  return { ...mergeInto(state, connection, run, pulled, { leadId: id, link: null }), kind: 'created' };
}

function mergeInto(
  state: MemoryState,
  connection: MemoryConnection,
  run: Run,
  pulled: PulledRecord,
  { leadId, link }: { readonly leadId: string; readonly link: LinkRecord | null },
): MergedRecord {
  const { type, id: remoteId } = pulled.record;
  const pairs = pairsOf(connection, type);
  const known = state.leads.get(leadId);
  if (!known) return { ...NOTHING, remoteId, kind: 'deleted_here' };
  const open = openQuestions(connection, leadId);
  const met = state.rules.base || !link ? link : { ...link, base: valuesOfLead(known.lead, pairs) };
  const localTimes = timesOf(known, pairs, meets(pulled, link));
  const merge = mergePulled(pulled, { lead: known.lead, link: met, open, localTimes }, pairs, DEFAULT_COUNTRY);
  const { size: written } = merge.toLocal;
  const counts = { written, toPush: merge.toPush, conflicts: merge.conflicts.length, unfit: merge.unfit };
  const kind = link === null ? 'linked' : written > 0 ? 'changed' : 'same';
  if (written > 0) {
    known.lead = withValues(known.lead, pairs, merge.toLocal);
    known.version += 1;
  }
  markRefusing(known, pulled);
  const saved = linkAfter(state, connection, { leadId, link }, pulled, merge);
  keepConflicts(state, connection, run, saved, pulled, merge, pairs);
  for (const pair of pairs) if (merge.toLocal.has(pair.id)) known.times.set(fieldKey(pair), null);
  const mayPush = !isHeldBack(state, known);
  const lead =
    merge.toPush.length === 0 ? null : { leadId, version: known.version, values: valuesOfLead(known.lead, pairs), link: saved, mayPush };
  return { ...counts, remoteId, kind, leadId, linkedTo: saved, lead, isNobody: isNobody(known.lead) };
}

/** When each pair's value was set here: one that the CRM brought has no time, nor has one that came with the lead where the two first meet. */
function timesOf({ times, madeAt }: MemoryLead, pairs: readonly FieldPair[], how: 'meets' | 'goes_on'): ReadonlyMap<string, number> {
  const asMade = how === 'meets' ? null : madeAt;
  const timeOf = (pair: FieldPair) => {
    const at = times.get(fieldKey(pair));
    return at === undefined ? asMade : at;
  };
  return new Map(
    pairs.flatMap((pair) => {
      const at = timeOf(pair);
      return at === null ? [] : [[pair.id, at] as const];
    }),
  );
}

/** The link with its new base; a former one of the lead gives way. */
function linkAfter(
  state: MemoryState,
  connection: MemoryConnection,
  { leadId, link }: { readonly leadId: string; readonly link: LinkRecord | null },
  { record: { type, id: remoteId, optOut } }: PulledRecord,
  { base }: RecordMerge,
): LinkRecord {
  state.count += 1;
  const former = linkOfLead(connection, type, leadId);
  const saved: LinkRecord = { id: former?.id ?? state.count, leadId, type, remoteId, aliases: link?.aliases ?? [], base, state: 'linked' };
  saveLink(connection, saved);
  connection.imported.delete(keyOf(type, remoteId));
  connection.deletedHere.delete(keyOf(type, remoteId));
  for (const kind of OPT_OUT_KINDS) if (optOut[kind]) connection.optedOut.add(`${kind}:${keyOf(type, remoteId)}`);
  if (link === null) connection.errors.delete(`push:${keyOf(type, leadId)}`);
  return saved;
}

function keepConflicts(
  state: MemoryState,
  connection: MemoryConnection,
  run: Run,
  { leadId, type, remoteId }: LinkRecord,
  pulled: PulledRecord,
  { conflicts, closed }: RecordMerge,
  pairs: readonly FieldPair[],
): void {
  if (closed.length > 0)
    connection.conflicts = connection.conflicts.map((conflict) =>
      isOpen(conflict, leadId) && closed.includes(conflict.pairId)
        ? { ...conflict, resolved: { as: 'theirs', at: run.at, by: null } }
        : conflict,
    );
  addConflicts(
    state,
    connection,
    run,
    conflicts.map((conflict) => ({ ...conflict, leadId, type, remoteId, ...originThere(pulled, conflict.pairId) })),
    pairs,
  );
}

/** Writes conflicts down. */
export function addConflicts(
  state: MemoryState,
  connection: MemoryConnection,
  run: Run,
  conflicts: readonly NewConflict[],
  pairs: readonly FieldPair[],
): void {
  if (conflicts.length === 0) return;
  const records = conflicts.map((conflict): ConflictRecord => {
    state.count += 1;
    const pair = pairs.find(({ id }) => id === conflict.pairId);
    const fieldLabel = pair?.label ?? '';
    const lead = state.leads.get(conflict.leadId);
    const { theirsAt = null, theirsBy = null } = conflict;
    const origin = { oursAt: (pair && lead?.times.get(fieldKey(pair))) ?? null, oursBy: null, theirsAt, theirsBy };
    const about = { fieldLabel, person: personOf(lead?.lead), runId: run.runId, at: run.at, resolved: null };
    return { ...conflict, ...origin, ...about, id: `conflict-${state.count}` };
  });
  connection.conflicts = [...connection.conflicts, ...records];
}

function isOpen({ winner, resolved, leadId }: ConflictRecord, ofLead: string): boolean {
  return winner === 'open' && resolved === null && leadId === ofLead;
}

/** Conflicts of a lead that nobody has decided, by pair. */
export function openQuestions(connection: MemoryConnection, leadId: string): ReadonlyMap<string, ConflictRecord> {
  return new Map(connection.conflicts.filter((conflict) => isOpen(conflict, leadId)).map((conflict) => [conflict.pairId, conflict]));
}

/** The lead of a record that names no address is not to be contacted either. */
function markRefusing(lead: MemoryLead, { record: { optOut } }: PulledRecord): void {
  if (optOut.email || optOut.phone) lead.doNotContact = true;
}

/** Who refused to be contacted in the CRM is on the list from now on; nobody comes off it. */
function suppressRefused(state: MemoryState, run: Run, pulled: PulledRecord, pairs: readonly FieldPair[]): void {
  for (const { kind, value } of refusedContacts(pulled, pairs, DEFAULT_COUNTRY)) {
    if (state.suppressed.has(value)) continue;
    state.suppressed.set(value, { kind, value, since: pulled.record.optOut.since ?? run.at, source: 'crm' });
  }
}
