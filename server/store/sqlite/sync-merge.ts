import type { RecordMerge } from '#shared/crm/merge-record.ts';
import { withValues } from '#shared/crm/pair-lead.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { Known } from '#shared/plan/decide-row.ts';
import { ownerCheck } from '../check-owner.ts';
import { findPullTarget, isNobody, isTakenIn, meets, mergePulled, type PullKnown } from '../plan-pull.ts';
import type { LinkRecord, MergedRecord, PulledRecord } from '../sync-records.ts';
import type { MergeStore, Run } from '../sync-store.ts';
import { markDoNotContact } from './change-lead.ts';
import { type Connection, inDryRun, inTransaction } from './connection.ts';
import { forgetImported, importedAs } from './imported-records.ts';
import { type LeadLookup, leadLookup } from './known-leads.ts';
import { ADD_MEMBER } from './lead-lists.ts';
import { listMembers } from './members.ts';
import { createLead, saveChanges } from './row-writer.ts';
import { keepConflicts } from './sync-conflicts.ts';
import { dropPullErrors, dropPushErrors, makesAnyway } from './sync-errors.ts';
import { moveLink } from './sync-gone.ts';
import { type RunImport, runImport } from './sync-import.ts';
import { findLead, type OpenLead, openQuestions, openScope, pairsOf, type SyncScope, toSyncedLead } from './sync-leads.ts';
import { holdFence } from './sync-lease.ts';
import { addTombstone, type LinkRow, linkOfLeadId, linkOfRecord, saveLink, toLinkRecord } from './sync-links.ts';
import { holdRefused, markRefusing } from './sync-opt-outs.ts';
import { noteSaid } from './sync-tell-opt-outs.ts';
import { changesBetween, toWritable, valueTimes } from './sync-values.ts';
import { isMadeBefore, madeWith } from './sync-writes.ts';

type Options = Parameters<MergeStore['mergeRecords']>[2];
/** One transaction over some records of a run. */
type Merging = {
  readonly scope: SyncScope;
  readonly run: Run;
  readonly lookup: LeadLookup;
  readonly target: RunImport;
  readonly withOwner: (lead: Lead) => Lead;
  readonly isOwner: (email: string) => boolean;
  readonly creates: boolean;
  /** Those that were asked for, by type and lead: a switchboard's people are asked for again and again. */
  readonly linksByLead: Map<string, LinkRecord | null>;
};
const NOTHING = { leadId: null, linkedTo: null, lead: null, written: 0, toPush: [], conflicts: 0, unfit: [] } as const;
/**
 * Brings records together with leads, in one transaction: whoever refused to be contacted first, so that no record is
 * taken in against it. A dry run takes all of it back.
 */
export function mergeRecords(cx: Connection, run: Run, pulled: readonly PulledRecord[], options: Options): readonly MergedRecord[] {
  const work = () => {
    holdFence(cx, run.fence);
    for (const { from, to } of options.moved ?? []) moveLink(cx, run, from, to);
    return mergeAll(openScope(cx, run.fence, run.at), run, pulled, options);
  };
  return options.dryRun ? inDryRun(cx, work) : inTransaction(cx, work);
}

function mergeAll(first: SyncScope, run: Run, pulled: readonly PulledRecord[], { creates }: Options): readonly MergedRecord[] {
  const { cx, fence } = first;
  const { workspace } = fence;
  // What it adds to the list is looked up from here on.
  const scope = holdRefused(first, pulled) ? openScope(cx, fence, run.at) : first;
  const members = listMembers(cx, workspace);
  const check = ownerCheck(members);
  const emails = new Set(members.map(({ email }) => email));
  const merging: Merging = {
    scope,
    run,
    lookup: leadLookup(cx, { workspace, importId: 0, list: 0, registry: scope.registry }, []),
    target: runImport(scope, run),
    withOwner: (lead) => check(lead).lead,
    isOwner: (email) => emails.has(email),
    creates,
    linksByLead: new Map(),
  };
  const merged = pulled.map((each) => {
    const done = mergeOne(merging, each);
    if (isTakenIn(done)) dropPullErrors(scope, each.record.type, each.record.id);
    return done;
  });
  merging.target.close();
  return merged;
}

function mergeOne(merging: Merging, pulled: PulledRecord): MergedRecord {
  const { scope, creates, lookup } = merging;
  const { cx, fence, options } = scope;
  const { type, id: remoteId } = pulled.record;
  const pairs = pairsOf(scope, type);
  const row = linkOfRecord(cx, fence, type, remoteId);
  const former = [...(pulled.record.mergedIds ?? []), ...(pulled.alias === undefined ? [] : [pulled.alias])];
  // One that was taken for erased and answers is there: the two meet anew.
  const isGone = row !== null && row.lead === null;
  const isAlias = row !== null && row.remoteId !== remoteId;
  const buried = former.map((id) => linkOfRecord(cx, fence, type, id)).some((each) => each !== null && isBuried(each));
  const key = pulled.key ?? pulled.record.key;
  const hasLeads = pairsOf(scope, 'lead').length > 0;
  const linkAs = (kind: RecordType, leadId: string) => {
    const key = `${kind} ${leadId}`;
    let link = merging.linksByLead.get(key);
    if (link === undefined) {
      const found = linkOfLeadId(cx, fence, kind, leadId);
      link = found && toLinkRecord(found);
      merging.linksByLead.set(key, link);
    }
    return link;
  };
  const known: PullKnown = {
    link: isGone || !row || isAlias ? null : toLinkRecord(row),
    aliasLink: isGone || !row || !isAlias ? null : toLinkRecord(row),
    mergedLink: former.map((id) => liveLink(scope, type, id)).find((link) => link !== null) ?? null,
    isDeletedHere: isGone || buried || (!row && key !== undefined && isMadeBefore(scope, key)),
    imported: row ? null : importedAs(cx, fence, type, remoteId),
    hasLead: (leadId) => findLead(scope, leadId) !== null,
    linkOf: (leadId) => linkAs(type, leadId),
    linkAsLeadOf: (leadId) => (type === 'contact' && hasLeads ? linkAs('lead', leadId) : null),
    findKnown: (lead) => toKnown(lookup, makesAnyway(scope, type, remoteId) ? 'nobody' : 'all', lead),
  };
  const target = findPullTarget(pulled, known, pairs, { creates, ...options });
  switch (target.kind) {
    case 'merge':
    case 'link': {
      const lead = findLead(scope, target.leadId);
      return lead ? mergeInto(merging, pulled, lead, known.link, pairs) : { ...NOTHING, remoteId, kind: 'deleted_here' };
    }
    case 'create':
      return makeLead(merging, pulled, target.lead, pairs);
    case 'other_record':
      return { ...NOTHING, remoteId, kind: 'other_record', leadId: target.leadId, linkedTo: target.linkedTo };
    case 'made_here':
      return { ...NOTHING, remoteId, kind: 'made_here', leadId: target.leadId, madeWith: madeWith(scope, type, target.leadId) };
    case 'review':
    case 'waiting':
    case 'refused':
    case 'suppressed':
    case 'left_out':
      return { ...NOTHING, remoteId, kind: target.kind };
    case 'deleted_here':
      // Told by the key of what it was before: the next time it comes without.
      if (pulled.key !== undefined) addTombstone(cx, fence, type, remoteId, merging.run.at, 'settled');
      return { ...NOTHING, remoteId, kind: 'deleted_here' };
  }
}

/** Its lead was deleted here, or the record was erased for good. */
function isBuried({ lead, state }: LinkRow): boolean {
  return lead === null || state === 'purged';
}

function liveLink({ cx, fence }: SyncScope, type: FieldPair['type'], remoteId: string): LinkRecord | null {
  const row = linkOfRecord(cx, fence, type, remoteId);
  return row && !isBuried(row) ? toLinkRecord(row) : null;
}

/** Records of a CRM are no rows of a file: who came in before is a lead like any other. */
function toKnown(lookup: LeadLookup, who: 'all' | 'nobody', lead: Lead): Known {
  const known = lookup.findKnown(lead);
  if (who === 'nobody') return { ...known, leads: [], earlier: [] };
  const earlier = known.earlier.flatMap(({ leadId, matchedOn, lead: stored }) =>
    leadId === undefined ? [] : [{ id: leadId, version: 0, inList: false, matchedOn, lead: stored }],
  );
  return { ...known, leads: [...known.leads, ...earlier], earlier: [] };
}

function makeLead(merging: Merging, pulled: PulledRecord, checked: Lead, pairs: readonly FieldPair[]): MergedRecord {
  const { scope, target, lookup, withOwner } = merging;
  const { cx, fence, act, registry } = scope;
  const lead = withOwner(checked);
  const id = cx.newId(act.at);
  const batch = { workspace: fence.workspace, importId: target.id(), source: target.source(), at: act.at };
  const number = createLead(cx, batch, registry, id, lead);
  cx.statement(ADD_MEMBER).run(fence.workspace, target.list(), number, target.id(), act.at);
  target.addRow('created', number);
  lookup.wrote(number, 0, null, lead);
  const made = { number, id, version: 1, lead, doNotContact: false };
  return { ...mergeInto(merging, pulled, made, null, pairs, 'new'), kind: 'created' };
}

function mergeInto(
  merging: Merging,
  pulled: PulledRecord,
  known: OpenLead,
  link: LinkRecord | null,
  pairs: readonly FieldPair[],
  is: 'new' | 'known' = 'known',
): MergedRecord {
  const { scope, run } = merging;
  const { cx, fence } = scope;
  const { type, id: remoteId } = pulled.record;
  const open = openQuestions(scope, known.number);
  const asksTimes = pairs.some(({ rule }) => rule === 'newest');
  const localTimes = asksTimes ? valueTimes(scope, known.number, pairs, meets(pulled, link)) : new Map<string, number>();
  const wanted = mergePulled(pulled, { lead: known.lead, link, open, localTimes }, pairs, scope.options);
  const { merge, isMarked } = writable(merging, wanted, { known, link, is }, pairs);
  if (merge.toLocal.size > 0) write(merging, known, merge, pairs);
  const hasRefused = markRefusing(scope, known.number, pulled.record);
  const now = merge.toLocal.size > 0 || isMarked || hasRefused ? (findLead(scope, known.id) ?? known) : known;
  const isSettled = merge.toPush.length === 0;
  const saved = saveLink(cx, fence, {
    type,
    remoteId,
    lead: now.number,
    base: merge.base,
    settled: isSettled ? now.version : 0,
    isPushed: (pulled.key ?? pulled.record.key) === known.id,
    at: run.at,
  });
  forgetImported(cx, fence, type, remoteId);
  noteSaid(cx, fence, saved.id, pulled.record);
  if (link === null) dropPushErrors(scope, type, now.number);
  const after = toLinkRecord(saved);
  merging.linksByLead.set(`${type} ${now.id}`, after);
  keepConflicts(scope, run, { lead: now.number, leadId: now.id, pulled }, merge);
  const { size: written } = merge.toLocal;
  const lead = isSettled ? null : toSyncedLead(scope, now, pairs, after);
  const kind = link === null ? 'linked' : written > 0 ? 'changed' : 'same';
  const counts = { written, toPush: merge.toPush, conflicts: merge.conflicts.length, unfit: merge.unfit, isNobody: isNobody(now.lead) };
  return { ...counts, remoteId, kind, leadId: now.id, linkedTo: after, lead };
}

/** Without the values that a lead cannot be given; where one is on the suppression list, the lead is not to be contacted. */
function writable(
  { scope, isOwner }: Merging,
  wanted: RecordMerge,
  { known, link, is }: { readonly known: OpenLead; readonly link: LinkRecord | null; readonly is: 'new' | 'known' },
  pairs: readonly FieldPair[],
) {
  const { refused, unfit, heldBy } = toWritable(scope, pairs, wanted.toLocal, isOwner);
  const merge = { ...wanted, unfit: [...wanted.unfit, ...unfit] };
  // A new lead has what checking made of them.
  if (is === 'new') return { merge: without(merge, new Set(wanted.toLocal.keys()), null), isMarked: false };
  const isMarked = heldBy !== null && markDoNotContact(scope.cx, scope.act, known.number, heldBy);
  return { merge: refused.size === 0 ? merge : without(merge, refused, link), isMarked };
}

/** The merge without some values: their base stays what it was, so that nothing is pushed over what could not be taken. */
function without(merge: RecordMerge, refused: ReadonlySet<string>, link: LinkRecord | null): RecordMerge {
  const base = new Map(merge.base);
  for (const id of refused) {
    const old = link?.base?.get(id);
    if (old === undefined) base.delete(id);
    else base.set(id, old);
  }
  return {
    ...merge,
    base,
    toLocal: new Map([...merge.toLocal].filter(([id]) => !refused.has(id))),
    conflicts: merge.conflicts.filter(({ pairId }) => !refused.has(pairId)),
  };
}

function write({ scope, target, lookup }: Merging, known: OpenLead, merge: RecordMerge, pairs: readonly FieldPair[]): void {
  const { cx, fence, act, registry } = scope;
  const now = withValues(known.lead, pairs, merge.toLocal);
  const changes = changesBetween(known.lead, now);
  const by = { workspace: fence.workspace, member: null, at: act.at, registry, importId: target.id() };
  saveChanges(cx, by, known.number, known.lead, now, changes);
  target.addRow('updated', known.number);
  lookup.wrote(known.number, 0, known.lead, now);
}
