import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import {
  type CursorObject,
  type LinkRecord,
  type MergedRecord,
  type NewSyncError,
  type PulledRecord,
  STATE_OF_GONE,
  type SyncCursor,
  type SyncedLead,
  type WhyGone,
} from '../../store/sync-records.ts';
import type { MovedLink, PushStore, SyncStore } from '../../store/sync-store.ts';
import type { Crm, WriteAnswer } from '../adapter.ts';
import { NOBODY, UNDECIDED, VALUE_UNFIT } from './merge.ts';
import { VALUE_TOO_LONG, VALUE_UNSAID } from './unsaid.ts';

/** What a run would do beside what it counts. */
export type Foreseen = {
  /** Leads the CRM would get. */
  readonly createsThere: readonly string[];
  readonly left: ForeseenLeft;
};
/**
 * What would go wrong, by what becomes of it. Here: records left out as they are nobody, or until a person decides, and
 * those that come in without a value. There: leads the CRM requires more of, and those that go without a value.
 */
export type ForeseenLeft = {
  readonly here: { readonly nobody: number; readonly undecided: number; readonly withoutValue: number };
  readonly there: { readonly refused: number; readonly withoutValue: number };
};
type Tally = { -readonly [Side in keyof ForeseenLeft]: { -readonly [Kind in keyof ForeseenLeft[Side]]: number } };
/** A run goes through it as through any other store and CRM; nothing of it is kept on either side. */
export type Rehearsal = { readonly store: SyncStore; readonly crm: Crm; foreseen(): Foreseen };

/**
 * The dry run is the run itself, with a store that keeps nothing and a CRM that is not written to: what it counts is what
 * the run would count. Only what was merged is kept in mind, so that whoever is sent afterwards is seen as merged.
 */
export function createRehearsal(store: SyncStore, crm: Crm): Rehearsal {
  const staged = new Map<string, string>();
  const createsThere: string[] = [];
  const made = (opId: string) => createsThere.push(staged.get(opId) ?? opId);
  const left: Tally = { here: { nobody: 0, undecided: 0, withoutValue: 0 }, there: { refused: 0, withoutValue: 0 } };
  return { store: forgetful(store, staged, left), crm: unwritten(crm, made), foreseen: () => ({ createsThere, left }) };
}

/** What else there is, as what is hidden or somebody else's, is told by its number alone. */
function tally(left: Tally, { stage, failure: { code } }: NewSyncError): void {
  if (stage === 'pull' && code === VALUE_UNFIT) left.here.withoutValue += 1;
  else if (stage === 'pull' && code === NOBODY) left.here.nobody += 1;
  else if (stage === 'pull' && WAITS.has(code)) left.here.undecided += 1;
  else if (stage === 'push' && (code === VALUE_UNSAID || code === VALUE_TOO_LONG)) left.there.withoutValue += 1;
}
const WAITS: ReadonlySet<string> = new Set(Object.values(UNDECIDED));

/** What reads, and the lease and the line in the history, which a dry run has of its own. Whatever is new stands here or is made to keep nothing. */
const LEFT_AS_THEY_ARE = [
  'takeLease',
  'renewLease',
  'releaseLease',
  'endFormerRuns',
  'readSettings',
  'startRun',
  'saveRun',
  'endRun',
  'listRuns',
  'findLinked',
  'findLinkedLeads',
  'listDeletedHere',
  'listSent',
  'listPushes',
  'listOptOuts',
  'listConflicts',
  'listDueErrors',
  'listErrors',
  'hasSideItems',
  'listSideDue',
  'listSideItems',
] as const satisfies readonly (keyof SyncStore)[];
const ONLY_READING = [
  'provider',
  'traits',
  'describe',
  'notices',
  'optOutKinds',
  'listScopes',
  'findScope',
  'countRecords',
  'listRecords',
  'listChanged',
  'readRecords',
  'findByKey',
  'findByEmail',
  'readHistory',
  'listGone',
  'listSideItems',
  'findSideItems',
  'readSideItems',
  'sideLabelsMark',
  'usage',
] as const satisfies readonly (keyof Crm)[];

function pick<T extends object, K extends keyof T>(whole: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<T, K>; // as: these keys and no other
}

/** `staged`: leads by the writes that would be sent. `left`: what would go wrong is added to it. */
function forgetful(store: SyncStore, staged: Map<string, string>, left: Tally): SyncStore {
  const cursors = new Map<CursorObject, SyncCursor>();
  const moved: MovedLink[] = [];
  const merges = rememberMerges(moved);
  const nothing = async () => {};
  const gone = new Map<string, WhyGone>();
  const goneAs = ({ type, remoteId }: Pick<LinkRecord, 'type' | 'remoteId'>) => gone.get(`${type} ${remoteId}`);
  return {
    ...pick(store, LEFT_AS_THEY_ARE),
    readCursor: async (workspace, connection, object) => cursors.get(object) ?? store.readCursor(workspace, connection, object),
    saveCursor: async (_, object, cursor) => void cursors.set(object, cursor),
    async mergeRecords(run, pulled, options) {
      if (options.dryRun) return store.mergeRecords(run, pulled, { ...options, moved });
      const fresh = pulled.filter((each) => !merges.find(each));
      const merged = fresh.length === 0 ? [] : await store.mergeRecords(run, fresh, { ...options, dryRun: true, moved });
      const again = pulled.flatMap((each) => merges.find(each) ?? []);
      for (const [index, each] of fresh.entries()) if (merged[index]) merges.note(each, merged[index]);
      return [...merged, ...again];
    },
    async moveLink(run, from, to) {
      const isSomebodys = async (type: RecordType, id: string) => (await store.findLinked(run.fence, type, [id])).has(id);
      if (!(await isSomebodys(from.type, from.remoteId))) return 'nobodys';
      moved.push({ from, to });
      return (await isSomebodys(to.type, to.id)) ? 'two_leads' : 'moved';
    },
    // Who is gone is asked about no more, and its lead is sent nothing.
    async listLinks(fence, type, after, limit) {
      const links = await store.listLinks(fence, type, after, limit);
      return links.map((link): LinkRecord => {
        const why = goneAs(link);
        return why ? { ...link, state: STATE_OF_GONE[why] } : link;
      });
    },
    async countLinks(workspace, connection) {
      const { linked, missing, unseen } = await store.countLinks(workspace, connection);
      const unseenNow = [...gone.values()].filter((why) => why === 'unseen').length;
      return { linked: linked - gone.size, missing: missing + gone.size - unseenNow, unseen: unseen + unseenNow };
    },
    listUnpushed: merges.withUnpushed(async (...asked) => {
      const page = await store.listUnpushed(...asked);
      return { ...page, leads: page.leads.filter(({ link }) => link === null || !goneAs(link)) };
    }),
    async stageWrites(_, writes) {
      for (const { opId, leadId } of writes) staged.set(opId, leadId);
      return writes.map((write) => ({ ...write, attempts: 0 }));
    },
    async markGone(run, of, why, removeLead) {
      gone.set(`${of.type} ${of.remoteId}`, why);
      return removeLead && store.markGone(run, of, why, true, 'nothing');
    },
    forgetDeletedHere: nothing,
    async settleWrites(_, settled) {
      left.there.refused += settled.filter(({ outcome }) => outcome.kind === 'failed').length;
    },
    noteOptOuts: nothing,
    setPairOptions: nothing,
    setPairTrouble: nothing,
    reopenPairs: nothing,
    addConflicts: nothing,
    async noteErrors(_, errors) {
      for (const error of errors) tally(left, error);
    },
    clearErrors: nothing,
    saveSideItems: async () => 0,
    noteSideRead: nothing,
    noteAllSideRead: nothing,
    changeSettings: nothing,
    resolveConflict: async () => 'not_found',
    retryError: async () => 'not_found',
  };
}

const REQUIRED: CrmFailure = { kind: 'validation', code: 'REQUIRED_FIELD_MISSING', message: '' };

/** Whoever misses what the CRM requires is not made; everybody else is. */
function unwritten(crm: Crm, made: (opId: string) => void): Crm {
  const written = (opId: string, id: string): WriteAnswer => ({ kind: 'written', opId, id, record: null });
  return {
    ...pick(crm, ONLY_READING),
    campaigns: null,
    ensureKeyField: async () => ok('there'),
    async createRecords(type, items) {
      const fields = await crm.describe(type);
      const required = fields.ok ? fields.value.filter(({ isRequired }) => isRequired) : [];
      return items.map(({ opId, values }): WriteAnswer => {
        const missing = required.find(({ name }) => !values.get(name));
        if (missing) return { kind: 'failed', opId, failure: { ...REQUIRED, field: missing.name, fieldLabel: missing.label } };
        made(opId);
        return written(opId, opId);
      });
    },
    updateRecords: async (_, items) => items.map(({ opId, id }) => written(opId, id)),
    writeOptOuts: async (_, items) => items.map(({ id }) => written(id, id)),
    archiveRecords: async (_, ids) => ids.map((id) => written(id, id)),
  };
}

/** What was merged already, by the record as it was read and by lead. */
function rememberMerges(moved: readonly MovedLink[]) {
  const byRecord = new Map<string, MergedRecord>();
  const byLead = new Map<string, { readonly type: RecordType; readonly merged: MergedRecord }>();
  const keyOf = ({ record: { type, id, values } }: PulledRecord) => JSON.stringify([type, id, [...values]]);
  const isMoved = ({ type, merged }: { readonly type: RecordType; readonly merged: MergedRecord }) =>
    moved.some(({ to }) => to.type === type && to.id === merged.remoteId);
  return {
    /** The same once more changes nothing. */
    find(pulled: PulledRecord): MergedRecord | null {
      const known = byRecord.get(keyOf(pulled));
      return known ? { ...known, kind: 'same', written: 0, conflicts: 0 } : null;
    },
    note(pulled: PulledRecord, merged: MergedRecord): void {
      if (merged.leadId === null || !TAKEN_IN.has(merged.kind)) return;
      byRecord.set(keyOf(pulled), merged);
      byLead.set(merged.leadId, { type: pulled.record.type, merged });
    },
    /** Who has nothing left to be sent is left out; who would be linked by now is no new person to the CRM. */
    withUnpushed(list: PushStore['listUnpushed']): PushStore['listUnpushed'] {
      let told = new Set<string>();
      const asMerged = (lead: SyncedLead, type: RecordType): readonly SyncedLead[] => {
        const known = byLead.get(lead.leadId);
        // A lead can be a record of either kind.
        if (!known || (lead.link !== null && known.type !== type && !isMoved(known))) return [lead];
        return known.type === type && isDue(known.merged) ? [{ ...lead, link: lead.link ?? linkOf(known.merged, type) }] : [];
      };
      return async (fence, type, at, after, limit) => {
        if (after === null) told = new Set();
        const { leads, next } = await list(fence, type, at, after, limit);
        for (const { leadId } of leads) told.add(leadId);
        const page = leads.flatMap((lead) => asMerged(lead, type));
        if (next !== null) return { leads: page, next };
        const others = [...byLead.values()].flatMap((known) => {
          const { merged } = known;
          const isNew = merged.kind === 'linked' || merged.kind === 'created' || isMoved(known);
          if (known.type !== type || !isNew || !isDue(merged) || !merged.lead || told.has(merged.lead.leadId)) return [];
          return [{ ...merged.lead, link: linkOf(merged, type) }];
        });
        return { leads: [...page, ...others], next };
      };
    },
  };
}

function isDue({ lead, toPush }: MergedRecord): boolean {
  return toPush.length > 0 && lead?.mayPush === true;
}
const TAKEN_IN: ReadonlySet<MergedRecord['kind']> = new Set(['same', 'changed', 'created', 'linked']);

function linkOf({ leadId, remoteId }: MergedRecord, type: RecordType): LinkRecord {
  return { id: 0, leadId: leadId ?? '', type, remoteId, aliases: [], base: null, state: 'linked' };
}
