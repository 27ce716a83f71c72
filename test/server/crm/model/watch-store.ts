import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { Scene } from './ledger.ts';
import { createMapWatch } from './watch-map.ts';

/** The store, with somebody who looks at what the engine asks of it. */
export function watchStore(
  scene: Scene,
  forgetConflicts: (leadId: string) => Promise<void>,
  suppressedAtStart: () => ReadonlySet<string>,
): SyncStore {
  const { store: inner, people, ledger, story } = scene;
  const map = createMapWatch(scene);
  return {
    ...inner,
    ...(story.hasAdmin ? { startRun: map.startRun, mergeRecords: map.mergeRecords } : {}),
    markGone: async (at, of, why, removeLead, keeps) => {
      const before = await people.listLeads();
      const links = removeLead ? await people.listAllLinks() : [];
      for (const link of links) if (link.type === of.type && link.remoteId === of.remoteId) await forgetConflicts(link.leadId);
      const isRemoved = await inner.markGone(at, of, why, removeLead, keeps);
      const left = new Set((await people.listLeads()).map(({ id }) => id));
      const removed = before.filter(({ id }) => !left.has(id));
      ledger.tally.removed += removed.length;
      // What nobody keeps in step goes with the lead, as an admin wished.
      if (removed.length > 0 && !(await map.keepsTitles(of.type))) ledger.forget(removed.map(({ lead }) => lead.jobTitle));
      return isRemoved;
    },
    moveLink: async (at, from, to) => {
      const known = (await people.listAllLinks()).find(({ type, remoteId }) => type === from.type && remoteId === from.remoteId);
      const moved = await inner.moveLink(at, from, to);
      if (known && moved === 'moved') ledger.movedOn.set(from.remoteId, { leadId: known.leadId, at: ledger.now() });
      return moved;
    },
    saveCursor: async (at, object, cursor, under) => {
      const before = ledger.cursors.get(object) ?? 0;
      await inner.saveCursor(at, object, cursor, under);
      if (cursor.readTo < before) ledger.wrong.push(`I6: the cursor of ${object} went back`);
      ledger.cursors.set(object, cursor.readTo);
    },
    settleWrites: async (at, settled) => {
      const found = settled.flatMap(({ outcome }) => (outcome.kind === 'written' ? outcome.conflicts : []));
      const left = new Set(found.length === 0 ? [] : (await people.listLeads()).map(({ id }) => id));
      // What a write turns out to have gone over is told of a lead: deleted while it was under way, it takes that along.
      ledger.forget(found.flatMap(({ leadId, theirs }) => (left.has(leadId) ? [] : (theirs ?? []))));
      await inner.settleWrites(at, settled);
    },
    stageWrites: async (at, writes) => {
      const leads = new Map((await people.listLeads()).map(({ id, lead }) => [id, lead.email]));
      const held = writes.filter(({ leadId }) => suppressedAtStart().has(leads.get(leadId) ?? '')).map(({ opId }) => opId);
      const accepted = await inner.stageWrites(at, writes);
      if (story.hasAdmin) await map.lookAt(accepted);
      for (const { opId, leadId } of accepted) ledger.leadsByWrite.set(opId, leadId);
      if (accepted.some(({ opId }) => held.includes(opId))) ledger.wrong.push('I10: a suppressed lead is pushed');
      return accepted;
    },
  };
}
