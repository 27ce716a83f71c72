import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { matchCustomFields } from '#shared/mapping/match-custom-fields.ts';
import { suggestionsToMapping } from '#shared/mapping/suggest-mapping.ts';
import { NO_REPAIR } from '#shared/plan/repair.ts';
import type { SinceChoice } from '#shared/plan/since-rows.ts';
import type { Result } from '#shared/result.ts';
import type { ServerApi } from '../platform/server-api.ts';
import { noteVisit, readSheetLink, undoableImports } from '../storage/sheet-links.ts';
import { type SheetLink, sheetLinkId } from '../storage/sheet-records.ts';
import { type DraftState, isTableDraft, type ReadDraft, workOf } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import { failureOf } from './failures.ts';
import { type FirstImport, recallFirst } from './first-import.ts';
import type { FlowEffects } from './flow-effects.ts';
import { asLinked } from './linked-import.ts';
import { findListNamed } from './list-names.ts';
import { afterMemory, type Mapped } from './map-memory.ts';
import { recallOwn } from './map-memory-work.ts';
import { groundBasis, planBasis, sinceChoice, textOfRead } from './plan-basis.ts';
import type { PlanJob, ReadJob } from './planner.ts';
import type { TableView } from './table-view.ts';
import type { CustomFieldInfo, FlowFailure, ImportView, ServerView } from './view.ts';
import { wantedRows } from './wanted-rows.ts';

export type DraftWork = {
  /** Does what the draft's state asks for, unless it is being done. */
  run(): Promise<void>;
  busy(): ImportView['busy'];
  /** The job behind the plan on the screen; null before there is a table. */
  job(state: DraftState): PlanJob | null;
  /** The same with the workspace to ask once more. */
  jobToSeal(state: DraftState): Promise<PlanJob | null>;
  /** The server is another or back: ask it again. */
  forget(): void;
};

type Hooks = {
  readonly server: () => ServerView;
  readonly workspace: () => WorkspaceAnswer | null;
  readonly onBusy: () => void;
  readonly onFailure: (failure: FlowFailure) => void;
  /** The workspace was asked and did not answer: it is another one by now, or is not there. */
  readonly onUnanswered: () => void;
};

/** A table is not held back longer than this by a server that is slow to say what it has. */
const ASK_MS = 1_000;

/** How earlier rows of the same kind were imported. */
type Taken = Omit<FirstImport, 'retryOf'> & { readonly retryOf?: FirstImport['retryOf']; readonly since?: SinceChoice };

/** Reads and plans as the draft's state asks for, and reports the outcome as an event. */
export function createDraftWork(
  effects: FlowEffects,
  store: DraftStore,
  { server, workspace, onBusy, onFailure, onUnanswered }: Hooks,
): DraftWork {
  let running: string | null = null;
  let askedInVain: string | null = null;
  /** The plan for which the server was looked at anew: once is enough. */
  let doubted: string | null = null;
  /** What the workspace was last asked with. */
  let answered: string | null = null;
  let busy: ImportView['busy'] = null;

  function show(next: ImportView['busy']): void {
    busy = next;
    onBusy();
  }

  async function run(): Promise<void> {
    const state = store.state();
    if (isTableDraft(state) && state.plan?.matched) answered = groundBasis(state);
    const kind = workNow(state);
    if (kind === 'none') return;
    const key = workKey(state);
    if (key === running) return;
    running = key;
    try {
      await (kind === 'read' ? read(state) : plan(state));
    } catch (error) {
      const failure = failureOf(error);
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

  /** A plan made without the workspace is made again when it can be asked, and one with keys typed since is completed. */
  function workNow(state: DraftState): 'read' | 'plan' | 'none' {
    const kind = workOf(state);
    if (kind !== 'none' || (state.step !== 'check' && state.step !== 'preview') || !state.plan) return kind;
    if (state.plan.matched && state.plan.unasked === 0) return kind;
    return server().kind === 'ready' && askedInVain !== planBasis(state) ? 'plan' : 'none';
  }

  async function read(state: DraftState): Promise<void> {
    if (state.step !== 'read') return;
    show({ kind: 'reading', rows: 0, total: 0 });
    const link = await linkOf(state);
    const result = await effects.planner.read({ ...readJob(state), ...(link ? { link: link.id } : {}) });
    if (!result.ok) return void (await store.dispatch({ kind: 'readFailed', read: state.read, error: result.error }));
    const { rejectedOf, ...read } = result.value;
    const suggestions = matchCustomFields(read.suggestions, await customFields());
    const fresh = { table: { ...read, suggestions, remembered: null }, mapping: suggestionsToMapping(suggestions) };
    const first = rejectedOf === null ? null : await recallFirst(effects, rejectedOf, fresh.table);
    if (first) return takeOver(state, fresh, first);
    if (link && fresh.table.since) {
      await noteLook(link, fresh.table.since);
      return takeOver(state, fresh, asLinked(link, fresh.table, server()));
    }
    const found = await recallOwn(effects, fresh.table);
    const mapped = (found && afterMemory(fresh, { kind: 'recalled', found })) ?? fresh;
    await store.dispatch({ kind: 'tableRead', read: state.read, ...mapped });
  }

  /** Rows that an import rejected are imported in its way. */
  async function takeOver(state: ReadDraft, { table, mapping }: Mapped, { retryOf, found, list, policy, since }: Taken): Promise<void> {
    const known = { table: retryOf ? { ...table, retryOf } : table, mapping };
    const mapped = afterMemory(known, { kind: 'templateUsed', found }) ?? known;
    await store.dispatch({ kind: 'tableRead', read: state.read, ...mapped, first: { list, policy }, ...(since ? { since } : {}) });
  }

  /** A look at a sheet in which nothing is new ends there. */
  async function noteLook({ id }: SheetLink, { fresh, changed, removed }: NonNullable<TableView['since']>): Promise<void> {
    if (fresh + changed > 0) return;
    const found = { fresh, changed, removed: removed.count };
    await noteVisit(effects.database, id, { at: effects.now(), by: 'person', outcome: 'nothingNew', found });
    await effects.wake();
  }

  /** The sheet as it is linked, unless that was with another workspace. */
  async function linkOf({ file }: ReadDraft): Promise<SheetLink | null> {
    const link = file.sheet ? await readSheetLink(effects.database, sheetLinkId(file.sheet)) : null;
    if (!link || link.workspace === null) return link;
    const here = workspace() ?? (await soon((api) => api.workspace()));
    if (here !== null && here.id !== link.workspace) return null;
    // What was undone is new again, and nobody knows which rows that were.
    const states = await Promise.all(undoableImports(link).map((id) => soon((api) => api.importState(id))));
    return states.some((state) => state?.state === 'undone') ? null : link;
  }

  /** The workspace's custom fields; none where it has not said so by the time a person would notice the wait. */
  async function customFields(): Promise<readonly CustomFieldInfo[]> {
    const there = server();
    if (there.kind !== 'checking') return there.kind === 'ready' ? there.customFields : [];
    return (await soon((api) => api.customFields())) ?? [];
  }

  /** What the server says; null where it has not by the time a person would notice the wait. */
  async function soon<T>(ask: (api: ServerApi) => Promise<Result<T, ServerFailure>>): Promise<T | null> {
    const { key, api } = await effects.server();
    if (key === null) return null;
    const tooLate = new Promise<null>((resolve) => effects.after(ASK_MS, () => resolve(null)));
    const answer = await Promise.race([ask(api), tooLate]);
    return answer?.ok ? answer.value : null;
  }

  async function plan(state: DraftState): Promise<void> {
    const shown = jobOf(state);
    if (!shown || state.step === 'source' || state.step === 'read') return;
    const basis = planBasis(state);
    const ask = askOf(state, shown.ground);
    // A mended row is there at once, whoever else is asked about it later.
    if (ask === 'all') show({ kind: 'planning', rows: 0, total: totalOf(state) });
    const isAsked = ask !== 'kept' && server().kind === 'ready';
    const job = { ...shown, ask, workspace: isAsked ? await workspaceFor(effects, state.list) : null } as const;
    const made = await effects.planner.plan(job, (rows, total) => show({ kind: 'planning', rows, total }));
    if (!made) return;
    askedInVain = isAsked && (!made.matched || made.unasked > 0) ? basis : null;
    answered = made.matched ? job.ground : null;
    await store.dispatch({ kind: 'planned', basis, plan: made });
    if (askedInVain === null || doubted === basis) return;
    doubted = basis;
    onUnanswered();
  }

  function askOf(state: DraftState, ground: string): NonNullable<PlanJob['ask']> {
    if (!isTableDraft(state) || state.grown || answered !== ground) return 'all';
    return state.plan ? 'new' : 'kept';
  }

  /** The plan as it is shown: whoever makes it again takes the answers that were kept, and asks nobody. */
  function jobOf(state: DraftState): PlanJob | null {
    if (state.step === 'source' || state.step === 'read') return null;
    const since = sinceChoice(state);
    return {
      ...readJob(state),
      mapping: state.mapping,
      policy: state.policy,
      repair: state.repair ?? NO_REPAIR,
      ...(state.optOuts ? { optOuts: state.optOuts } : {}),
      ...(since ? { since } : {}),
      ground: groundBasis(state),
      workspace: null,
    };
  }

  return {
    run,
    busy: () => busy,
    job: jobOf,
    jobToSeal: async (state) => {
      const shown = jobOf(state);
      if (!shown || state.step === 'source' || server().kind !== 'ready') return shown;
      return { ...shown, workspace: await workspaceFor(effects, state.list) };
    },
    forget: () => {
      askedInVain = null;
      answered = null;
    },
  };
}

function readJob(state: Exclude<DraftState, { step: 'source' }>): ReadJob {
  return { draft: state.id, chosenAt: state.file.chosenAt, read: state.read };
}

/** Names the work of a state: the same work is not done twice at a time. */
function workKey(state: DraftState): string {
  if (state.step === 'source') return state.id;
  const basis = state.step === 'read' ? JSON.stringify([state.file.chosenAt, textOfRead(state.read)]) : planBasis(state);
  return `${state.id} ${basis}`;
}

function totalOf(state: DraftState): number {
  return 'table' in state ? wantedRows(state, state.table) : 0;
}

/**
 * Whom to ask who exists already; null when nobody answers. A new list that has the name of an old one is that one, and
 * the server's lists are asked for each time: this page's own last import may have made it, or somebody else.
 */
async function workspaceFor(effects: FlowEffects, list: Exclude<DraftState, { step: 'source' }>['list']): Promise<PlanJob['workspace']> {
  const { address, key, api } = await effects.server();
  if (key === null) return null;
  if (list.kind === 'existing') return { address, key, listId: list.id };
  const lists = await api.lists();
  return lists.ok ? { address, key, listId: findListNamed(lists.value, list.name)?.id ?? null } : null;
}
