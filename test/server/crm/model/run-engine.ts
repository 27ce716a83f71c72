import type { SyncRules } from '../../../../server/crm/sync/rules.ts';
import { runSync, type SyncAsk, type SyncOutcome } from '../../../../server/crm/sync/run.ts';
import type { createDeeds } from './deeds.ts';
import type { Scene } from './ledger.ts';
import { LIMITS } from './settings.ts';
import { type Around, CRASH, QUIET, staged } from './stage.ts';
import type { Event } from './story.ts';
import { watchStore } from './watch-store.ts';

type Stage = { readonly around: Around; readonly suppressed: ReadonlySet<string> };

/** Runs the engine itself, with things happening in the middle of it. */
export function createRunner(scene: Scene, { doDeed, forgetConflicts }: ReturnType<typeof createDeeds>, rules: Partial<SyncRules>) {
  const { store, people, workspace, connection, remote, ledger, story } = scene;
  // Of the run under way: made once, as making it for each run costs as much as a run.
  let stage: Stage = { around: QUIET, suppressed: new Set() };
  const around: Around = {
    before: (name) => stage.around.before(name),
    after: (name) => stage.around.after(name),
    breaks: (name) => stage.around.breaks(name),
    refuses: (name) => stage.around.refuses(name),
  };
  const stagedCrm = staged(remote.crm, around);
  const stagedStore = staged(
    watchStore(scene, forgetConflicts, () => stage.suppressed),
    around,
  );

  const run = async (ask: SyncAsk, events: readonly Event[], leftToday: number | null, worker = 'a'): Promise<SyncOutcome | 'crashed'> => {
    let calls = 0;
    let next = 0;
    let isDead = false;
    let breaksMerge = 0;
    let isUnread = false;
    const die = () => {
      isDead = true;
      throw CRASH;
    };
    const isDue = (event: Event, name: string) => (typeof event.at === 'number' ? event.at <= calls : event.at === name);
    const isQuiet = (name: string) => {
      const event = events[next];
      return !isDead && !(event && isDue(event, name));
    };
    const happen = async (name: string, isDone: boolean) => {
      if (isDead) throw CRASH;
      for (let event = events[next]; event && isDue(event, name); event = events[next]) {
        if (event.kind === 'crash' && event.isDone !== isDone) return;
        if (event.kind === 'takeover' && !isDone) return;
        next += 1;
        ledger.tally.faults += 1;
        // Without a history nobody can tell later what a write had written whose answer was lost.
        if (event.kind !== 'deed' && event.kind !== 'unread' && !remote.crm.traits.hasHistory) ledger.tally.metAnew += 1;
        if (event.kind === 'deed') await doDeed(event.deed);
        else if (event.kind === 'fault') remote.seen.fault = event.fault;
        else if (event.kind === 'broken_merge') breaksMerge = 2;
        else if (event.kind === 'unread') isUnread = true;
        else if (event.kind === 'crash') die();
        else {
          ledger.wait(LIMITS.leaseMs + 1);
          remote.restart();
          await run({ trigger: 'schedule' }, [], null, `${worker}b`);
        }
      }
    };
    const happening: Around = {
      before: (name: string) => {
        ledger.wait(1);
        calls += 1;
        return isQuiet(name) ? null : happen(name, false);
      },
      after: (name: string) => (isQuiet(name) ? null : happen(name, true)),
      breaks: (name: string) => {
        // The whole page, and then the first record of it by itself.
        const breaks = breaksMerge > 0 && name === 'mergeRecords';
        if (breaks) breaksMerge -= 1;
        return breaks;
      },
      refuses: () => {
        const refuses = isUnread;
        isUnread = false;
        return refuses;
      },
    };
    const usedBefore = remote.seen.calls;
    const valuesBefore = new Set(remote.live().flatMap(({ values }) => [...values.values()]));
    const conflictsBefore = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items.length;
    if (worker === 'a') ledger.tally.removed = 0;
    const archivedBefore = remote.seen.archived.length;
    remote.leave(leftToday);
    remote.seen.around = around;
    const outer = stage;
    stage = { around: happening, suppressed: new Set(await people.suppressed()) };
    ledger.tally.owners += 1;
    // What two runs did is counted for neither of them.
    const isOneRun = worker === 'a' && !events.some(({ kind }) => kind === 'takeover');
    try {
      const outcome = await runSync(
        {
          crm: stagedCrm,
          store: stagedStore,
          workspace,
          connection,
          defaultCountry: 'US',
          owner: `${worker}${ledger.tally.owners}`,
          now: ledger.now,
          newId: ledger.newId,
          limits: LIMITS,
          rules,
        },
        ask,
      );
      const used = remote.seen.calls - usedBefore;
      const allowed = (leftToday ?? Number.POSITIVE_INFINITY) * LIMITS.leftShare + remote.callsOfOne - 1;
      if (isOneRun && used > allowed) ledger.wrong.push(`I8: ${used} calls where ${allowed} were allowed`);
      const conflicts = (await store.listConflicts(workspace, connection, { limit: 1_000 })).items;
      for (const { rule, theirs } of conflicts.slice(0, Math.max(0, conflicts.length - conflictsBefore)))
        if (rule === 'overwritten' && valuesBefore.has(theirs ?? ''))
          ledger.wrong.push(`I2: ${theirs} stood before the run and was overwritten unread`);
      return outcome;
    } catch (exception) {
      if (exception === CRASH) {
        remote.restart();
        return 'crashed';
      }
      throw exception;
    } finally {
      stage = outer;
      remote.seen.fault = null;
      const archived = new Set(remote.seen.archived.slice(archivedBefore)).size;
      if (isOneRun && ledger.tally.removed + archived > LIMITS.removeFloor && ask.maxRemoved === undefined)
        ledger.wrong.push(`I7: ${ledger.tally.removed + archived} removed and nobody asked`);
      if (!story.archivesThere && !ledger.tally.mayArchive && remote.seen.archived.length > archivedBefore)
        ledger.wrong.push('I7: archived in the CRM, which nobody wished');
    }
  };
  return run;
}
