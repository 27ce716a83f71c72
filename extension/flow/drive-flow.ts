import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { csvFile } from '../sources/csv-file.ts';
import { csvLink } from '../sources/csv-link.ts';
import { googleSheet } from '../sources/google-sheet.ts';
import { paste } from '../sources/paste.ts';
import { sample } from '../sources/sample.ts';
import type { Given, LeadSource } from '../sources/source.ts';
import { readDrafts, removeFile } from '../storage/drafts.ts';
import { cancelImport, dismissImport, pauseImport, resumeImport } from '../storage/outbox.ts';
import type { ImportRecord } from '../storage/records.ts';
import { watchImports } from '../storage/watch.ts';
import { chooseFrom } from './choose-file.ts';
import { createConfirming } from './confirm-import.ts';
import { type DraftState, isTableDraft, upgradeDraft } from './draft.ts';
import { createDraft, createDraftStore } from './draft-store.ts';
import { createDraftWork } from './draft-work.ts';
import { failureOf } from './failures.ts';
import type { FlowEffects } from './flow-effects.ts';
import type { ImportFlow } from './import-flow.ts';
import { createMapMemory } from './map-memory-work.ts';
import { sendingView } from './sending-view.ts';
import { listedColumns, withColumns } from './unknown-columns.ts';
import type { FlowFailure, ImportView, UnknownColumn } from './view.ts';
import { watchSender } from './watch-sender.ts';
import { watchServer } from './watch-server.ts';

/**
 * Drives an import: takes up the draft named, else the newest one with something in it, else a blank one. The pure
 * machine in `draft.ts` says what follows from what; this does it, saves it and shows it.
 */
export async function driveFlow(effects: FlowEffects, draftId?: string): Promise<ImportFlow> {
  const { database } = effects;
  const listeners = new Set<() => void>();
  let imports: readonly ImportRecord[] = [];
  let failure: FlowFailure | null = null;
  let view: ImportView | null = null;

  const store = createDraftStore(effects, (await pickDraft(effects, draftId)) ?? (await createDraft(effects)), changed);
  const server = watchServer(effects, () => {
    work.forget();
    memory.forget();
    changed();
  });
  const memory = createMapMemory(effects, store, server.view, emit);
  const work = createDraftWork(effects, store, {
    server: server.view,
    workspace: server.workspace,
    onBusy: emit,
    onFailure: fail,
    onUnanswered: () => void guarded(() => server.check()),
  });
  const confirming = createConfirming(effects, store, work, emit);
  const sender = watchSender(effects, () => imports);
  const stopWatching = watchImports(database, (records) => {
    const isOneOver = records.some((record) => isOver(record) && imports.some((one) => one.id === record.id && !isOver(one)));
    imports = records;
    if (isOneOver) void guarded(askAnew);
    sender.look();
    changed();
  });

  function emit(): void {
    view = null;
    for (const listener of listeners) listener();
  }

  function fail(what: FlowFailure): void {
    failure = what;
    emit();
  }

  /** Something is new: show it, and do what it asks for. */
  function changed(): void {
    emit();
    void guarded(memory.look);
    void guarded(async () => {
      await takeOverPolicy();
      await followImport();
      // After a failure the person says when to try again.
      if (!failure) await work.run();
    });
  }

  /** Runs a person's wish; a failure of disk or worker is shown. A bug is thrown, to be seen. */
  async function guarded(wish: () => Promise<void>): Promise<void> {
    try {
      await wish();
    } catch (error) {
      fail(failureOf(error));
    }
  }

  /** An import is over, in this page or another: there are more leads than before, and perhaps another list. */
  async function askAnew(): Promise<void> {
    await store.dispatch({ kind: 'workspaceGrew' });
    await server.check();
  }

  function sendingRecord(): ImportRecord | null {
    const state = store.state();
    if (state.step === 'importing' || state.step === 'receipt') return imports.find((record) => record.id === state.importId) ?? null;
    if (state.step !== 'source') return null;
    return imports.find((record) => record.stage === 'planning' || record.stage === 'sealed' || record.stage === 'stopped') ?? null;
  }

  function makeView(): ImportView {
    const draft = store.state();
    const record = sendingRecord();
    const planned = draft.step === 'importing' || draft.step === 'receipt' ? draft.plan.summary.total : 0;
    const templates = memory.view();
    return {
      draft,
      server: server.view(),
      templates,
      sending: record && sendingView(record, planned),
      busy: work.busy() ?? confirming.busy(),
      failure,
    };
  }

  /** The workspace's own defaults, while nothing is chosen yet. */
  async function takeOverPolicy(): Promise<void> {
    const state = store.state();
    const facts = server.workspace();
    if (state.step !== 'source' || !facts) return;
    const { require, defaultCountry } = facts;
    if (state.policy.require === require && state.policy.defaultCountry === defaultCountry) return;
    await store.dispatch({ kind: 'policyChanged', policy: { require, defaultCountry } });
  }

  /** The outbox says when an import is over. */
  async function followImport(): Promise<void> {
    const state = store.state();
    if (state.step !== 'importing') return;
    const record = imports.find((one) => one.id === state.importId);
    if (!record) return;
    const { importId } = state;
    if (record.stage === 'cancelled' && !record.receipt) {
      await store.dispatch({ kind: 'calledOff', importId });
      await dismissImport(database, importId);
      // What this person may do can be another by now: that is why some call it off.
      void guarded(() => server.check());
    } else if (record.stage === 'done' || record.stage === 'cancelled') {
      await store.dispatch({ kind: 'finished', importId });
      await removeFile(database, state.id);
    }
  }

  async function choose(source: LeadSource, given: Given): Promise<void> {
    const { step } = store.state();
    if (step === 'importing' || step === 'receipt') await startOver();
    failure = null;
    await chooseFrom(effects, store, source, given, server.workspace()?.limits.fileBytes);
  }

  async function startOver(): Promise<void> {
    const state = store.state();
    // An import under way goes on in the background, and needs its draft.
    const isUnderWay = state.step === 'importing';
    await store.startNew(isUnderWay ? undefined : state.id);
    failure = null;
    emit();
    void guarded(() => server.check());
    if (isUnderWay) return;
    if (state.step === 'receipt') await dismissImport(database, state.importId);
    await effects.wake();
  }

  async function onSending(act: (importId: string) => Promise<void>): Promise<void> {
    const record = sendingRecord();
    if (!record) return;
    await act(record.id);
    await effects.wake();
  }

  function job() {
    const made = work.job(store.state());
    if (!made) throw new Error('no table has been read yet');
    return made;
  }

  async function unknownValues(): Promise<readonly UnknownColumn[]> {
    const state = store.state();
    const there = server.view();
    if (!isTableDraft(state) || there.kind !== 'ready') return [];
    const members = await (await effects.server()).api.members();
    const columns = listedColumns(state, there.customFields, members.ok ? members.value.map(({ email }) => email) : null);
    return columns.length === 0 ? [] : withColumns(await effects.planner.unknown(job(), columns), columns);
  }

  async function rejectedBlob(): Promise<Blob> {
    const state = store.state();
    if (state.step !== 'receipt') return effects.planner.rejected(job());
    const csv = await (await effects.server()).api.rejectedCsv(state.importId);
    if (csv.ok) return new Blob([csv.value], { type: 'text/csv;charset=utf-8' });
    await server.check();
    throw new Error('the server did not give the rejected rows');
  }

  void guarded(() => server.check());
  changed();
  void effects.wake();
  return {
    view: () => {
      view ??= makeView();
      return view;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (event) => guarded(async () => void (await store.dispatch(event))),
    chooseFile: (file) => guarded(() => choose(csvFile, { kind: 'file', file })),
    choosePaste: (text) => guarded(() => choose(paste, { kind: 'text', text })),
    chooseFetched: (file) => guarded(() => choose(csvLink, { kind: 'fetched', file })),
    chooseSheet: (given) => guarded(() => choose(googleSheet, given)),
    workspace: server.workspace,
    fileLimit: () => server.workspace()?.limits.fileBytes ?? MAX_FILE_BYTES,
    chooseSample: () => guarded(() => choose(sample, { kind: 'nothing' })),
    confirm: () => guarded(confirming.confirm),
    pause: () => guarded(() => onSending((id) => pauseImport(database, id))),
    resume: () => guarded(() => onSending((id) => resumeImport(database, id))),
    cancel: () => guarded(() => onSending((id) => cancelImport(database, id))),
    startOver: () => guarded(startOver),
    retry: () =>
      guarded(async () => {
        failure = null;
        work.forget();
        if (sendingRecord()?.failure) await onSending((id) => resumeImport(database, id));
        await server.check();
        changed();
      }),
    templates: memory.actions,
    rows: async (query) => effects.planner.rows(job(), query),
    cell: async (line, column) => effects.planner.cell(job(), line, column),
    wouldMend: async (step) => effects.planner.wouldMend(job(), step),
    repair: (step) => guarded(async () => void (await store.dispatch({ kind: 'repaired', step }))),
    undoRepair: () => guarded(async () => void (await store.dispatch({ kind: 'repairUndone' }))),
    redoRepair: () => guarded(async () => void (await store.dispatch({ kind: 'repairRedone' }))),
    unknownValues,
    cleanedFile: async () => new File([await effects.planner.cleaned(job())], fileNameFor(store.state(), 'cleaned'), CSV),
    rejectedFile: async () => new File([await rejectedBlob()], fileNameFor(store.state(), 'rejected'), CSV),
    close: () => {
      stopWatching();
      sender.close();
      store.close();
      server.close();
      effects.planner.close();
      listeners.clear();
    },
  };
}

const CSV = { type: 'text/csv' };

/** The draft named, else the newest one with something in it, else the newest blank one. */
async function pickDraft({ database }: FlowEffects, draftId?: string): Promise<DraftState | null> {
  const states = (await readDrafts(database)).map((record) => upgradeDraft(record.state as DraftState)); // only the flow writes drafts
  return states.find((state) => state.id === draftId) ?? states.find((state) => state.step !== 'source') ?? states[0] ?? null;
}

/** The server has said its last word about it. */
function isOver({ stage, receipt }: ImportRecord): boolean {
  return stage === 'done' || (stage === 'cancelled' && receipt !== null);
}

/** `leads.csv` → `leads cleaned.csv` */
function fileNameFor(state: DraftState, what: 'cleaned' | 'rejected'): string {
  const name = state.step === 'source' ? 'leads' : state.file.name.replace(/\.[a-z0-9]{1,5}$/i, '');
  return `${name} ${what}.csv`;
}
