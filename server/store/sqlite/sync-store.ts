import type { SyncStore } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { findLinkedLeads } from './imported-records.ts';
import { addConflicts, listConflicts, resolveConflict } from './sync-conflicts.ts';
import { clearErrors, listDueErrors, listErrors, noteErrors, retryError } from './sync-errors.ts';
import { forgetDeletedHere, listDeletedHere, markGone, moveLink } from './sync-gone.ts';
import {
  changeSettings,
  readSettings,
  releaseLease,
  renewLease,
  reopenPairs,
  setPairOptions,
  setPairTrouble,
  takeLease,
} from './sync-lease.ts';
import { countLinks, findLinked, listLinks } from './sync-links.ts';
import { mergeRecords } from './sync-merge.ts';
import { endFormerRuns, endRun, listRuns, readCursor, saveCursor, saveRun, startRun } from './sync-runs.ts';
import { hasSideItems, listSideItems, saveSideItems } from './sync-side.ts';
import { listSideDue, noteAllSideRead, noteSideRead } from './sync-side-due.ts';
import { listOptOuts, noteOptOuts } from './sync-tell-opt-outs.ts';
import { listUnpushed } from './sync-unpushed.ts';
import { listPushes, listSent, settleWrites, stageWrites } from './sync-writes.ts';

/** Makes a promise of what works on the open database. */
export type Operation = <A extends readonly unknown[], T>(work: (cx: Connection, ...args: A) => T) => (...args: A) => Promise<T>;

/** The part of the store that keeps leads in step with CRMs. */
export function createSync(operation: Operation): SyncStore {
  return {
    takeLease: operation(takeLease),
    renewLease: operation(renewLease),
    releaseLease: operation(releaseLease),
    endFormerRuns: operation(endFormerRuns),
    readSettings: operation(readSettings),
    changeSettings: operation(changeSettings),
    startRun: operation(startRun),
    saveRun: operation(saveRun),
    endRun: operation(endRun),
    listRuns: operation(listRuns),
    readCursor: operation(readCursor),
    saveCursor: operation(saveCursor),
    mergeRecords: operation(mergeRecords),
    listLinks: operation(listLinks),
    findLinked: operation(findLinked),
    findLinkedLeads: operation(findLinkedLeads),
    countLinks: operation(countLinks),
    moveLink: operation(moveLink),
    markGone: operation(markGone),
    listDeletedHere: operation(listDeletedHere),
    forgetDeletedHere: operation(forgetDeletedHere),
    listUnpushed: operation(listUnpushed),
    stageWrites: operation(stageWrites),
    listSent: operation(listSent),
    settleWrites: operation(settleWrites),
    listPushes: operation(listPushes),
    setPairOptions: operation(setPairOptions),
    setPairTrouble: operation(setPairTrouble),
    reopenPairs: operation(reopenPairs),
    listOptOuts: operation(listOptOuts),
    noteOptOuts: operation(noteOptOuts),
    addConflicts: operation(addConflicts),
    listConflicts: operation(listConflicts),
    resolveConflict: operation(resolveConflict),
    noteErrors: operation(noteErrors),
    clearErrors: operation(clearErrors),
    listDueErrors: operation(listDueErrors),
    listErrors: operation(listErrors),
    retryError: operation(retryError),
    saveSideItems: operation(saveSideItems),
    hasSideItems: operation(hasSideItems),
    listSideDue: operation(listSideDue),
    noteSideRead: operation(noteSideRead),
    noteAllSideRead: operation(noteAllSideRead),
    listSideItems: operation(listSideItems),
  };
}
