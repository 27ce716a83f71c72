import type { Mapping } from '#shared/mapping/mapping.ts';
import { findMappingGaps, type MappingGap } from '#shared/mapping/mapping-gaps.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import type { FileError } from '#shared/problems.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import { afterMemory, type MemoryEvent } from './map-memory.ts';
import type { Found, PlanView, TableView } from './table-view.ts';

export type { PhoneCountry, PlanView, TableView } from './table-view.ts';

/** The import as a pure state machine: what is saved of it, what can happen to it, and what follows. No effects here. */

export const STEPS = ['source', 'read', 'map', 'check', 'preview', 'importing', 'receipt'] as const;
export type Step = (typeof STEPS)[number];

export type ListChoice =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  /** `name` as typed; the server finds or makes the list by its case-folded name. */
  | { readonly kind: 'new'; readonly name: string };

/** The chosen file. Its bytes are stored beside the draft, under the draft's id. */
export type ChosenFile = {
  /** Id of the source it came from, as in `extension/sources/index.ts`. */
  readonly source: string;
  readonly name: string;
  readonly bytes: number;
  /** In ms; tells two files of one draft apart. */
  readonly chosenAt: number;
};

type Common = {
  readonly id: string;
  readonly createdAt: number;
  /** Last transition, in ms; 14 days without one and the draft goes. */
  readonly touchedAt: number;
  readonly policy: ImportPolicy;
};
type WithFile = Common & { readonly file: ChosenFile; readonly read: ReadOptions; readonly list: ListChoice };
type WithTable = WithFile & { readonly table: TableView; readonly mapping: Mapping };

/** Nothing chosen yet, or the last choice was refused. */
export type SourceDraft = Common & { readonly step: 'source' };
export type ReadDraft = WithFile & {
  readonly step: 'read';
  readonly reading:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'failed'; readonly error: FileError }
    | { readonly kind: 'ready'; readonly table: TableView; readonly mapping: Mapping };
};
/** `plan` is null until it is made, and again after every change it depends on. */
export type TableDraft = WithTable & { readonly step: 'map' | 'check' | 'preview'; readonly plan: PlanView | null };
/** From the click on Import on, the outbox holds the truth under `importId`. */
export type ImportingDraft = WithTable & { readonly step: 'importing'; readonly plan: PlanView; readonly importId: string };
export type ReceiptDraft = WithTable & { readonly step: 'receipt'; readonly plan: PlanView; readonly importId: string };
export type DraftState = SourceDraft | ReadDraft | TableDraft | ImportingDraft | ReceiptDraft;

/** What a person does on a screen. */
export type UserEvent =
  | { readonly kind: 'readOptionsChosen'; readonly options: ReadOptions }
  | { readonly kind: 'listChosen'; readonly list: ListChoice }
  | { readonly kind: 'mappingChanged'; readonly mapping: Mapping }
  | { readonly kind: 'policyChanged'; readonly policy: Partial<ImportPolicy> }
  /** The mapping that was offered is used, or the suggestions are kept; either can be chosen again. */
  | { readonly kind: 'memoryAnswered'; readonly use: boolean }
  | { readonly kind: 'templateUsed'; readonly found: Found }
  /** To a step that is done, or to the next one. */
  | { readonly kind: 'wentTo'; readonly step: 'source' | 'read' | 'map' | 'check' | 'preview' };

/** What the flow reports after doing the work a state asks for. */
export type WorkEvent =
  | {
      readonly kind: 'fileChosen';
      readonly file: ChosenFile;
      readonly list: ListChoice;
      readonly read: ReadOptions;
      /** Why it is refused unread; nothing of it is kept then, and nothing read. */
      readonly refused?: FileError;
    }
  | { readonly kind: 'tableRead'; readonly read: ReadOptions; readonly table: TableView; readonly mapping: Mapping }
  /** A mapping kept for files with these headers: offered, unless somebody has answered already. */
  | { readonly kind: 'recalled'; readonly chosenAt: number; readonly read: ReadOptions; readonly found: Found }
  | { readonly kind: 'readFailed'; readonly read: ReadOptions; readonly error: FileError }
  /** `basis` is `planBasis` of the state the plan was made for: an overtaken plan is dropped. */
  | { readonly kind: 'planned'; readonly basis: string; readonly plan: PlanView }
  /** The workspace holds more than when the plan was made. */
  | { readonly kind: 'workspaceGrew' }
  | { readonly kind: 'confirmed'; readonly importId: string }
  | { readonly kind: 'finished'; readonly importId: string }
  /** The import was called off before anything was stored: back to the preview. */
  | { readonly kind: 'calledOff'; readonly importId: string };
export type DraftEvent = UserEvent | WorkEvent;

/** A draft as it starts. `id` is a UUID, `now` in ms. */
export function newDraft(id: string, now: number, policy: ImportPolicy): SourceDraft {
  return { step: 'source', id, createdAt: now, touchedAt: now, policy };
}

/**
 * The next state; the same object when the event does not apply to this step (a late answer, a double click).
 * `now` is in ms.
 */
export function transition(state: DraftState, event: DraftEvent, now: number): DraftState {
  const next = apply(state, event);
  // Strictly later each time, so that of two states of a draft the newer one is known.
  return next === state ? state : { ...next, touchedAt: Math.max(now, state.touchedAt + 1) };
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
      return state.step === 'read' ? { ...state, read: event.options, reading: { kind: 'waiting' } } : state;
    case 'tableRead':
      if (state.step !== 'read' || state.reading.kind !== 'waiting' || !isSame(state.read, event.read)) return state;
      return { ...state, reading: { kind: 'ready', table: event.table, mapping: event.mapping } };
    case 'readFailed':
      return state.step === 'read' && isSame(state.read, event.read)
        ? { ...state, reading: { kind: 'failed', error: event.error } }
        : state;
    case 'wentTo':
      return goTo(state, event.step);
    case 'recalled':
      if (state.step === 'source' || state.file.chosenAt !== event.chosenAt || !isSame(state.read, event.read)) return state;
      return remember(state, event);
    case 'memoryAnswered':
    case 'templateUsed':
      return remember(state, event);
    case 'workspaceGrew':
      return isTableDraft(state) && state.plan ? { ...state, plan: null } : state;
    case 'confirmed':
      if (state.step !== 'preview' || !state.plan || state.plan.willWrite === 0) return state;
      return { ...withTable(state), step: 'importing', plan: state.plan, importId: event.importId };
    case 'finished':
      return state.step === 'importing' && state.importId === event.importId ? { ...state, step: 'receipt' } : state;
    case 'calledOff':
      if (state.step !== 'importing' || state.importId !== event.importId) return state;
      return { ...withTable(state), step: 'preview', plan: null };
    default:
      return change(state, event);
  }
}

/** Changes the plan depends on: it is made again. */
function change(
  state: DraftState,
  event: Extract<DraftEvent, { kind: 'listChosen' | 'mappingChanged' | 'policyChanged' | 'planned' }>,
): DraftState {
  if (state.step === 'importing' || state.step === 'receipt') return state;
  if (event.kind === 'policyChanged') {
    const policy = { ...state.policy, ...event.policy };
    return isTableDraft(state) ? { ...state, policy, plan: null } : { ...state, policy };
  }
  if (state.step === 'source') return state;
  if (event.kind === 'listChosen') return isTableDraft(state) ? { ...state, list: event.list, plan: null } : { ...state, list: event.list };
  if (!isTableDraft(state)) return state;
  if (event.kind === 'mappingChanged') return { ...state, mapping: event.mapping, plan: null };
  return planBasis(state) === event.basis ? { ...state, plan: event.plan } : state;
}

/** What is remembered changes, and perhaps the mapping: then a plan made with the former one goes. */
function remember(state: DraftState, event: MemoryEvent): DraftState {
  if (state.step === 'read') {
    const next = state.reading.kind === 'ready' ? afterMemory(state.reading, event) : null;
    return next ? { ...state, reading: { kind: 'ready', ...next } } : state;
  }
  if (!isTableDraft(state)) return state;
  const next = afterMemory(state, event);
  return next ? { ...state, ...next, plan: next.mapping === state.mapping ? state.plan : null } : state;
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

/** Everything a plan depends on, as one text to compare. */
export function planBasis(state: WithTable): string {
  const list = state.list.kind === 'existing' ? state.list.id : state.list.name.trim().toLowerCase();
  return JSON.stringify([state.file.chosenAt, textOfRead(state.read), list, state.mapping.map(sortedText), state.policy]);
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
  return { ...common(state), file: state.file, read: state.read, list: state.list };
}
function withTable(state: WithTable): WithTable {
  return { ...withFile(state), table: state.table, mapping: state.mapping };
}
function rest({ file, list, read }: Extract<DraftEvent, { kind: 'fileChosen' }>): Pick<WithFile, 'file' | 'list' | 'read'> {
  return { file, list, read };
}
/** Whatever options there are: the same ones are the same text, in any order. */
export function textOfRead(read: ReadOptions): string {
  return sortedText(read);
}
function isSame(a: ReadOptions, b: ReadOptions): boolean {
  return textOfRead(a) === textOfRead(b);
}
/** A flat object as text; what is undefined is not there. */
function sortedText(flat: object): string {
  return JSON.stringify(
    Object.entries(flat)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
