import { headerSignature } from '#shared/mapping/header-signature.ts';
import { suggestionsToMapping } from '#shared/mapping/suggest-mapping.ts';
import { recallMapping } from '../storage/mappings.ts';
import { type DraftState, planBasis, workOf } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import type { FlowEffects } from './flow-effects.ts';
import { type PlanJob, PlannerFailure, type ReadJob } from './planner.ts';
import type { FlowFailure, ImportView, ServerView } from './view.ts';

export type DraftWork = {
  /** Does what the draft's state asks for, unless it is being done. */
  run(): Promise<void>;
  busy(): ImportView['busy'];
  /** The job behind the plan on the screen; null before there is a table. */
  job(state: DraftState): Promise<PlanJob | null>;
  /** The server is another or back: ask it again. */
  forget(): void;
};

type Hooks = {
  readonly server: () => ServerView;
  readonly onBusy: () => void;
  readonly onFailure: (failure: FlowFailure) => void;
};

/** Reads and plans as the draft's state asks for, and reports the outcome as an event. */
export function createDraftWork(effects: FlowEffects, store: DraftStore, { server, onBusy, onFailure }: Hooks): DraftWork {
  let running: string | null = null;
  let askedInVain: string | null = null;
  let busy: ImportView['busy'] = null;

  function show(next: ImportView['busy']): void {
    busy = next;
    onBusy();
  }

  async function run(): Promise<void> {
    const state = store.state();
    const kind = workNow(state);
    if (kind === 'none') return;
    const key = workKey(state);
    if (key === running) return;
    running = key;
    try {
      await (kind === 'read' ? read(state) : plan(state));
    } catch (error) {
      const failure = asFailure(error);
      // What failed for a draft that was left, or for a choice that was changed, is nobody's concern any more.
      if (workKey(store.state()) === key) onFailure(failure);
      return;
    } finally {
      if (running === key) {
        running = null;
        show(null);
      }
    }
    // What came of it may ask for more.
    await run();
  }

  /** A plan made without the workspace is made again when the workspace can be asked. */
  function workNow(state: DraftState): 'read' | 'plan' | 'none' {
    const kind = workOf(state);
    if (kind !== 'none' || (state.step !== 'check' && state.step !== 'preview') || !state.plan || state.plan.matched) return kind;
    return server().kind === 'ready' && askedInVain !== planBasis(state) ? 'plan' : 'none';
  }

  async function read(state: DraftState): Promise<void> {
    if (state.step !== 'read') return;
    show({ kind: 'reading', rows: 0, total: 0 });
    const result = await effects.planner.read(readJob(state));
    if (!result.ok) return void (await store.dispatch({ kind: 'readFailed', read: state.read, error: result.error }));
    const remembered = await recallMapping(effects.database, headerSignature(result.value.headers));
    const mapping = remembered ?? suggestionsToMapping(result.value.suggestions);
    const table = { ...result.value, remembered: remembered !== null };
    await store.dispatch({ kind: 'tableRead', read: state.read, table, mapping });
  }

  async function plan(state: DraftState): Promise<void> {
    const job = await jobOf(state);
    if (!job) return;
    show({ kind: 'planning', rows: 0, total: totalOf(state) });
    const made = await effects.planner.plan(job, (rows, total) => show({ kind: 'planning', rows, total }));
    if (!made) return;
    askedInVain = job.workspace && !made.matched ? job.basis : null;
    await store.dispatch({ kind: 'planned', basis: job.basis, plan: made });
  }

  async function jobOf(state: DraftState): Promise<PlanJob | null> {
    if (state.step === 'source' || state.step === 'read') return null;
    return {
      ...readJob(state),
      mapping: state.mapping,
      policy: state.policy,
      basis: planBasis(state),
      workspace: await workspaceFor(effects, server(), state.list),
    };
  }

  return {
    run,
    busy: () => busy,
    job: jobOf,
    forget: () => {
      askedInVain = null;
    },
  };
}

function readJob(state: Exclude<DraftState, { step: 'source' }>): ReadJob {
  return { draft: state.id, chosenAt: state.file.chosenAt, read: state.read };
}

/** Names the work of a state: the same work is not done twice at a time. */
function workKey(state: DraftState): string {
  if (state.step === 'source') return state.id;
  const basis = state.step === 'read' ? JSON.stringify([state.file.chosenAt, state.read]) : planBasis(state);
  return `${state.id} ${basis}`;
}

function totalOf(state: DraftState): number {
  return 'table' in state ? state.table.facts.rowCount : 0;
}

/** Whom to ask who exists already. A new list that has the name of an old one is that one. */
async function workspaceFor(
  effects: FlowEffects,
  server: ServerView,
  list: Exclude<DraftState, { step: 'source' }>['list'],
): Promise<PlanJob['workspace']> {
  if (server.kind !== 'ready') return null;
  const { address, key } = await effects.server();
  if (key === null) return null;
  const named = server.lists.find((one) => folded(one.name) === folded(list.name));
  return { address, key, listId: list.kind === 'existing' ? list.id : (named?.id ?? null) };
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** A failure of the machinery as the screen tells it. A bug is thrown on, to be seen. */
export function asFailure(error: unknown): FlowFailure {
  if (error instanceof PlannerFailure) return { kind: error.kind, message: error.message };
  throw error;
}
