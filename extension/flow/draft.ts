import type { Mapping } from '#shared/mapping/mapping.ts';
import { findMappingGaps, type MappingGap } from '#shared/mapping/mapping-gaps.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { addStep, NO_REPAIR, type Repair, redoStep, undoStep } from '#shared/plan/repair.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { Common, DraftEvent, DraftState, ReadDraft, SourceDraft, Step, TableDraft, WithFile, WithTable } from './draft-state.ts';
import { STEPS } from './draft-state.ts';
import { afterMemory, type MemoryEvent } from './map-memory.ts';
import { mergeMapping } from './merge-mapping.ts';
import { isSameRead, planBasis } from './plan-basis.ts';

export type {
  ChosenFile,
  DraftEvent,
  DraftState,
  ImportingDraft,
  ListChoice,
  ReadDraft,
  ReceiptDraft,
  SourceDraft,
  Step,
  TableDraft,
  UserEvent,
  WorkEvent,
} from './draft-state.ts';
export type { OptOutOffer, PlanChange, PlanView, RetryOf, TableView } from './table-view.ts';

/** The import as a pure state machine: what follows from what. No effects here. */

/** A draft as it starts. `id` is a UUID, `now` in ms. */
export function newDraft(id: string, now: number, policy: ImportPolicy): SourceDraft {
  return { step: 'source', id, createdAt: now, touchedAt: now, policy };
}

/**
 * The next state; the same object when the event does not apply to this step (a late answer, a double click).
 * `now` is in ms.
 */
export function transition(state: DraftState, event: DraftEvent, now: number): DraftState {
  const from = upgradeDraft(state);
  const next = apply(from, event);
  // Strictly later each time, so that of two states of a draft the newer one is known.
  return next === from ? state : { ...next, touchedAt: Math.max(now, state.touchedAt + 1) };
}

/** A plan that an older version of ours made may not name every column of opt-outs: it is made again. */
export function upgradeDraft(state: DraftState): DraftState {
  const isOld = isTableDraft(state) && state.plan !== null && !Array.isArray(state.plan.optOuts);
  return isOld ? { ...state, plan: null } : state;
}

function apply(state: DraftState, event: DraftEvent): DraftState {
  switch (event.kind) {
    case 'fileChosen':
      if (state.step === 'importing') return state;
      return {
        ...common(state),
        step: 'read',
        ...rest(event),
        reading: event.refused ? { kind: 'failed', error: event.refused } : { kind: 'waiting' },
      };
    case 'readOptionsChosen':
      return state.step === 'read' ? { ...readAs(state, event.options), reading: { kind: 'waiting' } } : state;
    case 'tableRead':
      if (state.step !== 'read' || state.reading.kind !== 'waiting' || !isSameRead(state.read, event.read)) return state;
      return {
        ...likeFirst(state, event.first),
        ...(event.since && state.since === undefined ? { since: event.since } : {}),
        reading: { kind: 'ready', table: event.table, mapping: event.mapping },
      };
    case 'readFailed':
      return state.step === 'read' && isSameRead(state.read, event.read)
        ? { ...state, reading: { kind: 'failed', error: event.error } }
        : state;
    case 'wentTo':
      return goTo(state, event.step);
    case 'recalled':
      if (state.step === 'source' || state.file.chosenAt !== event.chosenAt || !isSameRead(state.read, event.read)) return state;
      return remember(state, event);
    case 'memoryAnswered':
    case 'templateUsed':
      return remember(state, event);
    case 'workspaceGrew':
      return isTableDraft(state) && state.plan ? { ...toPlan(state), grown: true } : state;
    case 'confirmed':
      if (state.step !== 'preview' || !state.plan || state.plan.willWrite === 0) return state;
      return { ...withTable(state), step: 'importing', plan: state.plan, importId: event.importId };
    case 'planDiffers':
      if (state.step !== 'importing' || state.importId !== event.importId) return state;
      return { ...withTable(state), step: 'preview', plan: event.plan, planChanged: event.change };
    case 'finished':
      return state.step === 'importing' && state.importId === event.importId ? { ...state, step: 'receipt' } : state;
    case 'calledOff':
      if (state.step !== 'importing' || state.importId !== event.importId) return state;
      return { ...withTable(state), step: 'preview', plan: null };
    default:
      return change(state, event);
  }
}

/** Rejected rows go where the others went, and by the same rules. */
function likeFirst(state: ReadDraft, first: Extract<DraftEvent, { kind: 'tableRead' }>['first']): ReadDraft {
  return first ? { ...state, list: first.list, policy: { ...state.policy, ...first.policy } } : state;
}

type Change = Extract<
  DraftEvent,
  {
    kind:
      | 'listChosen'
      | 'mappingChanged'
      | 'policyChanged'
      | 'planned'
      | 'repaired'
      | 'repairUndone'
      | 'repairRedone'
      | 'optOutsChosen'
      | 'sinceChosen';
  }
>;

/** Changes the plan depends on: it is made again. */
function change(state: DraftState, event: Change): DraftState {
  if (state.step === 'importing' || state.step === 'receipt') return state;
  if (event.kind === 'policyChanged') {
    const policy = { ...state.policy, ...event.policy };
    return isTableDraft(state) ? toPlan({ ...state, policy }) : { ...state, policy };
  }
  if (state.step === 'source') return state;
  if (event.kind === 'sinceChosen')
    return isTableDraft(state) ? toPlan({ ...state, since: event.since }) : { ...state, since: event.since };
  if (event.kind === 'listChosen') return isTableDraft(state) ? toPlan({ ...state, list: event.list }) : { ...state, list: event.list };
  if (!isTableDraft(state)) return state;
  switch (event.kind) {
    case 'mappingChanged':
      return toPlan({ ...state, mapping: event.from ? mergeMapping(state.mapping, event.from, event.mapping) : event.mapping });
    case 'optOutsChosen': {
      const others = (state.optOuts ?? []).filter(({ column }) => column !== event.column);
      return toPlan({ ...state, optOuts: [...others, { column: event.column, on: event.on }] });
    }
    case 'planned':
      return planBasis(state) === event.basis ? planned(state, event.plan) : state;
    default:
      return repairedBy(state, event);
  }
}

function repairedBy(state: TableDraft, event: Extract<Change, { kind: 'repaired' | 'repairUndone' | 'repairRedone' }>): TableDraft {
  const before = state.repair ?? NO_REPAIR;
  const repair =
    event.kind === 'repaired' ? addStep(before, event.step) : event.kind === 'repairUndone' ? undoStep(before) : redoStep(before);
  return repair === before ? state : toPlan({ ...state, repair });
}

function planned({ grown: _, ...state }: TableDraft, plan: TableDraft['plan']): TableDraft {
  return { ...state, plan };
}

/** A plan that no longer holds goes, and with it what was said of how it came about. */
function toPlan({ planChanged: _, ...state }: TableDraft): TableDraft {
  return { ...state, plan: null };
}

/**
 * The file read in another way. What was done to its rows names lines and columns that may be others now: it is set
 * aside, and holds again when the former way is chosen again. Hidden rows alone change no line.
 */
function readAs<State extends WithFile>(state: State, read: ReadOptions): State {
  const { repair, setAside, optOuts, ...rest } = state;
  const bare = { ...rest, read } as State; // the three left out are optional
  if (isSameRead(withoutHidden(read), withoutHidden(state.read)))
    return { ...bare, ...kept(repair, setAside), ...(optOuts ? { optOuts } : {}) };
  const aside = repair && repair.steps.length > 0 ? { repair, read: state.read } : setAside;
  if (!setAside || !isSameRead(withoutHidden(setAside.read), withoutHidden(read))) return { ...bare, ...kept(undefined, aside) };
  return { ...bare, ...kept(setAside.repair, aside === setAside ? undefined : aside) };
}

function kept(repair: Repair | undefined, setAside: WithFile['setAside']): Pick<WithFile, 'repair' | 'setAside'> {
  return { ...(repair ? { repair } : {}), ...(setAside ? { setAside } : {}) };
}

function withoutHidden({ includeHidden: _, ...read }: ReadOptions): ReadOptions {
  return read;
}

/** What is remembered changes, and perhaps the mapping: then a plan made with the former one goes. */
function remember(state: DraftState, event: MemoryEvent): DraftState {
  if (state.step === 'read') {
    const next = state.reading.kind === 'ready' ? afterMemory(state.reading, event) : null;
    return next ? { ...state, reading: { kind: 'ready', ...next } } : state;
  }
  if (!isTableDraft(state)) return state;
  const next = afterMemory(state, event);
  if (!next) return state;
  return next.mapping === state.mapping ? { ...state, ...next } : toPlan({ ...state, ...next });
}

function goTo(state: DraftState, step: 'source' | 'read' | 'map' | 'check' | 'preview'): DraftState {
  if (state.step === step || state.step === 'importing' || state.step === 'source' || state.step === 'receipt') return state;
  if (step === 'source') return { ...common(state), step: 'source' };
  if (blockersOf(state, step).length > 0) return state;
  if (state.step === 'read') {
    if (state.reading.kind !== 'ready') return state;
    const { table, mapping } = state.reading;
    return { ...withFile(state), step: step === 'read' ? 'map' : step, table, mapping, plan: null };
  }
  if (step === 'read') return { ...withFile(state), step, reading: { kind: 'ready', table: state.table, mapping: state.mapping } };
  return { ...state, step };
}

/** Why the way to a later step is closed, as data for the screen. */
export type Blocker =
  | { readonly kind: 'notRead' }
  | { readonly kind: 'listUnnamed' }
  /** What the policy needs and no column feeds. */
  | { readonly kind: 'fieldsMissing'; readonly fields: readonly RequiredTarget[] };
export type RequiredTarget = 'firstName' | 'lastName' | 'email' | 'phone' | 'name' | 'reach';

/** What stands between this state and `step`; empty when the user may go there (going back is always open). */
export function blockersOf(state: DraftState, step: Step): readonly Blocker[] {
  if (STEPS.indexOf(step) <= STEPS.indexOf(state.step)) return [];
  if (state.step === 'source' || (state.step === 'read' && state.reading.kind !== 'ready')) return [{ kind: 'notRead' }];
  const blockers: Blocker[] = [];
  if (state.list.kind === 'new' && state.list.name.trim() === '') blockers.push({ kind: 'listUnnamed' });
  const mapping = state.step === 'read' ? (state.reading.kind === 'ready' ? state.reading.mapping : []) : state.mapping;
  const fields = step === 'map' ? [] : missingTargets(mapping, state.policy);
  if (fields.length > 0) blockers.push({ kind: 'fieldsMissing', fields });
  return blockers;
}

const TARGET_OF_GAP = {
  first_name_missing: 'firstName',
  last_name_missing: 'lastName',
  email_missing: 'email',
  phone_missing: 'phone',
  name_missing: 'name',
  unreachable: 'reach',
  nobody: 'name',
} as const satisfies Record<MappingGap, RequiredTarget>;

/** What the policy needs and no column or constant feeds; with one of them left no row can be valid. */
export function missingTargets(mapping: Mapping, policy: Pick<ImportPolicy, 'require'>): readonly RequiredTarget[] {
  return findMappingGaps(mapping, policy.require).map((gap) => TARGET_OF_GAP[gap]);
}

/** What has to be done for a state to go on; whoever holds the draft does it and reports the event. */
export function workOf(state: DraftState): 'read' | 'plan' | 'none' {
  if (state.step === 'read') return state.reading.kind === 'waiting' ? 'read' : 'none';
  return (state.step === 'check' || state.step === 'preview') && !state.plan ? 'plan' : 'none';
}

export function isTableDraft(state: DraftState): state is TableDraft {
  return state.step === 'map' || state.step === 'check' || state.step === 'preview';
}

function common({ id, createdAt, touchedAt, policy }: Common): Common {
  return { id, createdAt, touchedAt, policy };
}
function withFile(state: WithFile): WithFile {
  const { file, read, list, repair, setAside, optOuts, since } = state;
  const chosen = { ...(optOuts ? { optOuts } : {}), ...(since ? { since } : {}) };
  return { ...common(state), file, read, list, ...kept(repair, setAside), ...chosen };
}
function withTable(state: WithTable): WithTable {
  return { ...withFile(state), table: state.table, mapping: state.mapping };
}
function rest({ file, list, read }: Extract<DraftEvent, { kind: 'fileChosen' }>): Pick<WithFile, 'file' | 'list' | 'read'> {
  return { file, list, read };
}
