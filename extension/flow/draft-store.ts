import { takeBackClick, takeUpClicks, writeClick } from '../storage/clicks.ts';
import { addDraft, changeDraft, changeDraftAndFile, readDraft } from '../storage/drafts.ts';
import type { ImportOrder } from '../storage/records.ts';
import { watchDraft } from '../storage/watch.ts';
import { type DraftEvent, type DraftState, newDraft, transition, upgradeDraft } from './draft.ts';
import type { FlowEffects } from './flow-effects.ts';

/** What is written in the same transaction as a transition. */
export type Along = {
  readonly blob?: Blob;
  /** An import that is taken back; when that is too late, nothing is changed. */
  readonly takenBack?: string;
  readonly importOf?: (state: DraftState) => { readonly id: string; readonly order: ImportOrder } | null;
};

export type DraftStore = {
  state(): DraftState;
  /** Applies an event to the draft as it is stored now, whoever changed it last, and gives what came of it. */
  dispatch(event: DraftEvent, along?: Along): Promise<DraftState>;
  /** Leaves this draft and starts another; `replaced` goes in the same moment, so that no page opened next takes it up. */
  startNew(replaced?: string): Promise<void>;
  close(): void;
};

const touchedAt = (state: DraftState) => state.touchedAt;

/** A draft, saved at every transition, and followed when another page changes it. Calls `onChange` after each change. */
export function createDraftStore(effects: FlowEffects, first: DraftState, onChange: () => void): DraftStore {
  const { database, now } = effects;
  let state = first;
  let stopWatching = watch(first.id);

  function set(next: DraftState): void {
    // The watcher may tell of a state that is overtaken here already.
    if (next.id === state.id && next.touchedAt <= state.touchedAt) return;
    state = next;
    onChange();
  }

  function watch(id: string): () => void {
    return watchDraft(database, id, (record) => {
      if (id !== state.id) return;
      if (record)
        set(upgradeDraft(record.state as DraftState)); // only this file writes drafts
      else void startNew(); // put away or discarded in another page
    });
  }

  async function startNew(replaced?: string): Promise<void> {
    // That the old one goes is our own doing.
    stopWatching();
    try {
      state = await createDraft(effects, replaced);
    } finally {
      stopWatching = watch(state.id);
    }
    onChange();
  }

  async function dispatch(event: DraftEvent, along: Along = {}): Promise<DraftState> {
    const { id } = state;
    const change = (stored: DraftState) => transition(stored, event, now());
    const after = await (along.blob
      ? changeDraftAndFile(database, id, change, touchedAt, along.blob)
      : along.takenBack !== undefined
        ? takeBackClick(database, along.takenBack, id, change, touchedAt)
        : along.importOf
          ? clickOn(change(state), along.importOf)
          : changeDraft(database, id, change, touchedAt));
    if (after && id === state.id) set(after);
    return state;
  }

  /** Of the draft as it is on the screen: to read it first would be a moment in which the page can go. */
  async function clickOn(after: DraftState, importOf: NonNullable<Along['importOf']>): Promise<DraftState | null> {
    const wanted = importOf(after);
    if (!wanted) return state;
    const record = { id: after.id, touchedAt: after.touchedAt, state: after };
    await writeClick(database, { importId: wanted.id, order: wanted.order, seen: state.touchedAt, after: record });
    await takeUpClicks(database);
    return ((await readDraft(database, after.id))?.state as DraftState | undefined) ?? null; // only this file writes drafts
  }

  return { state: () => state, dispatch, startNew, close: () => stopWatching() };
}

/** Makes and stores a blank draft, in the place of another one if that is named. */
export async function createDraft({ database, newId, now, defaultCountry }: FlowEffects, replaced?: string): Promise<DraftState> {
  const policy = {
    require: 'complete',
    defaultCountry: await defaultCountry(),
    onDuplicate: 'skip',
    scope: 'list',
    overwriteFields: [],
  } as const;
  const draft = newDraft(newId(), now(), policy);
  await addDraft(database, { id: draft.id, touchedAt: draft.touchedAt, state: draft }, replaced);
  return draft;
}
