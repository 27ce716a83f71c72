import { SYNC_LIMITS, type SyncLimits } from '../../../../server/crm/sync-limits.ts';
import type { SyncRules } from '../../../../server/crm/sync-rules.ts';
import { runSync, type SyncAsk, type SyncOutcome } from '../../../../server/crm/sync-run.ts';
import type { LinkRecord } from '../../../../server/store/sync-records.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { FieldPair } from '../../../../shared/crm/record.ts';
import { NEW_SETTINGS } from '../../../../shared/crm/sync-settings.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { createRemote, type RemoteRecord } from './remote.ts';
import { Crash, staged } from './stage.ts';
import type { Deed, Event, Story } from './story.ts';

/** The store an engine is tried on, and what people do in it beside the sync. */
export type ModelStore = {
  readonly store: SyncStore;
  readonly workspace: number;
  readonly connection: number;
  readonly people: {
    addLead(lead: Lead): Promise<string> | string;
    editLead(leadId: string, lead: Lead, at: number): Promise<void> | void;
    deleteLead(leadId: string): Promise<void> | void;
    suppress(kind: 'email', value: string, at: number): Promise<void> | void;
    suppressed(): readonly string[] | Promise<readonly string[]>;
    listLeads(): Promise<readonly ModelLead[]> | readonly ModelLead[];
    listAllLinks(): Promise<readonly LinkRecord[]> | readonly LinkRecord[];
  };
};
export type ModelLead = { readonly id: string; readonly lead: Lead; readonly isSuppressed: boolean };

export const LIMITS: SyncLimits = {
  ...SYNC_LIMITS,
  leaseMs: 60_000,
  sendMs: 30_000,
  lagMs: 10_000,
  overlapMs: 60_000,
  sweepMs: 100_000,
  retryMs: 1_000,
  maxRetryMs: 8_000,
  removeFloor: 1,
};
const EMAILS = [undefined, 'ann@acme.example', 'bob@globex.example'] as const;
export const FIELDS = ['firstName', 'jobTitle'] as const;

function pairsOf(rules: Story['rules']): readonly FieldPair[] {
  const pair = (id: 'firstName' | 'jobTitle' | 'email', rule: FieldPair['rule']): FieldPair => ({
    id,
    type: 'contact',
    local: { kind: 'field', id },
    remote: id,
    label: id,
    valueType: id === 'email' ? 'email' : 'text',
    direction: 'both',
    rule,
    trouble: null,
  });
  return [pair('firstName', rules[0]), pair('jobTitle', rules[1]), pair('email', 'crm')];
}

/** A value without what the CRM made of it. */
export function quiet(text: string): string {
  return text.replace(/!$/, '');
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Leads here, records there, people who change both, and the real engine between them. */
export async function createWorld(story: Story, made: ModelStore, rules: Partial<SyncRules>) {
  const { store, people, workspace, connection } = made;
  let clock = 1_800_000_000_000;
  let count = 0;
  const now = () => clock;
  const remote = createRemote(now);
  /** Values somebody wrote and nobody replaced by hand since. */
  const standing = new Set<string>();
  const tally = { edits: 0, faults: 0, owners: 0, purges: 0 };
  const deletedHere = new Set<string>();
  const cursors = new Map<string, number>();
  const wrong: string[] = [];
  /** What somebody put in the place of a value, having seen it. */
  const replacements = new Map<string, string>();
  const madeByHand = new Set<string>();
  /** The lead each write is about. */
  const leadsByWrite = new Map<string, string>();
  let suppressedAtStart: ReadonlySet<string> = new Set();
  let removed = 0;
  remote.seen.shouts = story.shouts;

  const settings = {
    ...NEW_SETTINGS,
    pairs: pairsOf(story.rules),
    scopeOut: { kind: 'all' } as const,
    whenGoneThere: story.removesLeads ? ('remove_lead' as const) : ('keep' as const),
    whenDeletedHere: story.archivesThere ? ('archive_there' as const) : ('keep' as const),
  };
  await store.changeSettings({ workspace, member: null, at: clock }, connection, settings);

  const fresh = () => {
    count += 1;
    standing.add(`v${count}`);
    tally.edits += 1;
    return `v${count}`;
  };
  const forget = (texts: Iterable<string | undefined>) => {
    for (const text of texts) if (text !== undefined) standing.delete(quiet(text));
  };
  /** The next value somebody writes is in the place of this one. */
  const replace = (old: string | undefined) => {
    forget([old]);
    if (old !== undefined) replacements.set(quiet(old), `v${count + 1}`);
  };
  const nth = <T>(items: readonly T[], index: number): T | undefined => (items.length === 0 ? undefined : items[index % items.length]);
  const live = () => remote.live();

  const doDeed = async (deed: Deed): Promise<void> => {
    clock += 1;
    const leads = await people.listLeads();
    switch (deed.kind) {
      case 'add_here': {
        const email = EMAILS[deed.email];
        if (email && (await people.suppressed()).includes(email)) return;
        if (leads.length >= 3 || (email && leads.some(({ lead }) => lead.email === email))) return;
        const id = await people.addLead({ firstName: fresh(), jobTitle: fresh(), ...(email ? { email } : {}) });
        madeByHand.add(id);
        return;
      }
      case 'add_there': {
        const email = EMAILS[deed.email];
        if (live().length >= 3 || (email && remote.holderOf(email))) return;
        remote.user.add(new Map([['firstName', fresh()], ['jobTitle', fresh()], ...(email ? [['email', email] as const] : [])]));
        return;
      }
      case 'edit_here': {
        const known = nth(leads, deed.who);
        const field = FIELDS[deed.field] ?? 'jobTitle';
        if (!known) return;
        replace(known.lead[field]);
        const { [field]: _, ...rest } = known.lead;
        const isCleared = deed.clears && field === 'jobTitle';
        tally.edits += 1;
        await people.editLead(known.id, isCleared ? rest : { ...rest, [field]: fresh() }, clock);
        return;
      }
      case 'edit_there': {
        const record = nth(live(), deed.who);
        const field = FIELDS[deed.field] ?? 'jobTitle';
        if (!record) return;
        replace(record.values.get(field));
        tally.edits += 1;
        remote.user.edit(record, field, deed.clears && field === 'jobTitle' ? '' : fresh());
        return;
      }
      case 'delete_here': {
        const known = nth(leads, deed.who);
        if (!known) return;
        forget(FIELDS.map((field) => known.lead[field]));
        deletedHere.add(known.id);
        await forgetConflicts(known.id);
        for (const link of await people.listAllLinks()) if (link.leadId === known.id) deletedHere.add(link.remoteId);
        await people.deleteLead(known.id);
        return;
      }
      case 'archive':
      case 'purge': {
        const record = nth(live(), deed.who);
        if (!record) return;
        forget(record.values.values());
        for (const entries of record.history.values()) forget(entries.map(({ value }) => value)); // with all that is under them
        record.state = deed.kind === 'purge' ? 'purged' : 'archived';
        if (deed.kind === 'purge') tally.purges += 1;
        return;
      }
      case 'restore': {
        const record = nth(
          [...remote.records.values()].filter(({ state }) => state === 'archived'),
          deed.who,
        );
        if (!record || remote.holderOf(record.values.get('email'), record.id)) return;
        if (record.key !== '' && live().some(({ key }) => key === record.key)) return;
        remote.user.restore(record);
        return;
      }
      case 'suppress': {
        const email = nth(leads, deed.who)?.lead.email;
        if (email) await people.suppress('email', email, clock);
        return;
      }
      case 'opt_out': {
        const record = nth(live(), deed.who);
        if (record) remote.user.optOut(record);
        return;
      }
      case 'merge': {
        const first = nth(live(), deed.who);
        const second = nth(live(), deed.other);
        if (!first || !second || first === second) return;
        mergeThere(first, second);
      }
    }
  };
  /** What is told of a lead goes with it. */
  const forgetConflicts = async (leadId: string) => {
    const conflicts = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items;
    for (const conflict of conflicts) if (conflict.leadId === leadId) forget([conflict.ours ?? undefined, conflict.theirs ?? undefined]);
    // Also what a write still under way lies on: nobody is left who could be told.
    const ids = (await people.listAllLinks()).flatMap((link) => (link.leadId === leadId ? [link.remoteId] : []));
    for (const id of ids)
      for (const [field, entries] of remote.records.get(id)?.history ?? [])
        forget(entries.map(({ value }) => value).filter((value) => value !== remote.records.get(id)?.values.get(field)));
  };
  const mergeThere = (first: RemoteRecord, second: RemoteRecord) => {
    // Who merges has seen both.
    for (const field of FIELDS) if (first.values.has(field)) forget([second.values.get(field)]);
    tally.edits += 2;
    remote.user.merge(first, second);
  };

  const run = async (ask: SyncAsk, events: readonly Event[], leftToday: number | null, worker = 'a'): Promise<SyncOutcome | 'crashed'> => {
    let calls = 0;
    let next = 0;
    let isDead = false;
    let breaksMerge = 0;
    const die = () => {
      isDead = true;
      throw new Crash();
    };
    const isDue = (event: Event, name: string) => (typeof event.at === 'number' ? event.at <= calls : event.at === name);
    const happen = async (name: string, isDone: boolean) => {
      if (isDead) throw new Crash();
      for (let event = events[next]; event && isDue(event, name); event = events[next]) {
        if (event.kind === 'crash' && event.isDone !== isDone) return;
        if (event.kind === 'takeover' && !isDone) return;
        next += 1;
        if (event.kind === 'deed') await doDeed(event.deed);
        else if (event.kind === 'fault') remote.seen.fault = event.fault;
        else if (event.kind === 'broken_merge') breaksMerge = 2;
        else if (event.kind === 'crash') die();
        else {
          clock += LIMITS.leaseMs + 1;
          await run({ trigger: 'schedule' }, [], null, `${worker}b`);
        }
        tally.faults += 1;
      }
    };
    const around = {
      before: async (name: string) => {
        clock += 1;
        calls += 1;
        await happen(name, false);
      },
      after: (name: string) => happen(name, true),
      breaks: (name: string) => {
        // The whole page, and then the first record of it by itself.
        const breaks = breaksMerge > 0 && name === 'mergeRecords';
        if (breaks) breaksMerge -= 1;
        return breaks;
      },
    };
    const usedBefore = remote.seen.calls;
    const valuesBefore = new Set(remote.live().flatMap(({ values }) => [...values.values()]));
    const conflictsBefore = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items.length;
    if (worker === 'a') removed = 0;
    const archivedBefore = remote.seen.archived.length;
    remote.seen.leftToday = leftToday;
    suppressedAtStart = new Set(await people.suppressed());
    tally.owners += 1;
    try {
      const outcome = await runSync(
        {
          crm: staged(remote.crm, around),
          store: staged(watchStore(store), around),
          workspace,
          connection,
          owner: `${worker}${tally.owners}`,
          now,
          newId: () => {
            count += 1;
            return `op${count}`;
          },
          limits: LIMITS,
          rules,
        },
        ask,
      );
      if (
        leftToday !== null &&
        worker === 'a' &&
        !events.some(({ kind }) => kind === 'takeover') &&
        remote.seen.calls - usedBefore > leftToday * LIMITS.leftShare
      )
        wrong.push(`I8: ${remote.seen.calls - usedBefore} calls where ${leftToday * LIMITS.leftShare} were left`);
      const conflicts = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items;
      for (const { rule, theirs } of conflicts.slice(0, conflicts.length - conflictsBefore))
        if (rule === 'overwritten' && valuesBefore.has(theirs ?? ''))
          wrong.push(`I2: ${theirs} stood before the run and was overwritten unread`);
      return outcome;
    } catch (exception) {
      if (exception instanceof Crash) return 'crashed';
      throw exception;
    } finally {
      remote.seen.fault = null;
      const archived = new Set(remote.seen.archived.slice(archivedBefore)).size;
      if (worker === 'a' && removed + archived > LIMITS.removeFloor && ask.maxRemoved === undefined)
        wrong.push(`I7: ${removed + archived} removed and nobody asked`);
      if (!story.archivesThere && remote.seen.archived.length > archivedBefore) wrong.push('I7: archived in the CRM, which nobody wished');
    }
  };

  const watchStore = (inner: SyncStore): SyncStore => ({
    ...inner,
    markGone: async (at, link, why, removeLead) => {
      const before = (await people.listLeads()).length;
      if (removeLead) await forgetConflicts(link.leadId);
      await inner.markGone(at, link, why, removeLead);
      removed += before - (await people.listLeads()).length;
    },
    saveCursor: async (at, object, cursor) => {
      const before = cursors.get(object) ?? 0;
      await inner.saveCursor(at, object, cursor);
      if (cursor.readTo < before) wrong.push(`I6: the cursor of ${object} went back`);
      cursors.set(object, cursor.readTo);
    },
    stageWrites: async (at, writes) => {
      const leads = new Map((await people.listLeads()).map(({ id, lead }) => [id, lead.email]));
      const held = writes.filter(({ leadId }) => suppressedAtStart.has(leads.get(leadId) ?? '')).map(({ opId }) => opId);
      const accepted = await inner.stageWrites(at, writes);
      for (const { opId, leadId } of accepted) leadsByWrite.set(opId, leadId);
      if (accepted.some(({ opId }) => held.includes(opId))) wrong.push('I10: a suppressed lead is pushed');
      return accepted;
    },
  });
  return {
    story,
    store,
    people,
    remote,
    standing,
    tally,
    deletedHere,
    replacements,
    madeByHand,
    leadsByWrite,
    wrong,
    workspace,
    connection,
    now,
    wait: (ms: number) => {
      clock += ms;
    },
    doDeed,
    run,
  };
}
