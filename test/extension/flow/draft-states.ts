import type { Mapping } from '#shared/mapping/mapping.ts';
import type { PlanSummary } from '#shared/plan/plan.ts';
import {
  type DraftEvent,
  type DraftState,
  newDraft,
  type PlanView,
  type Step,
  type TableView,
  transition,
} from '../../../extension/flow/draft.ts';
import { planBasis } from '../../../extension/flow/plan-basis.ts';
import { plainFacts } from '../../support/table-of.ts';

export const POLICY = { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] } as const;
export const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'phone' },
];
export const TABLE: TableView = {
  facts: plainFacts(2, 4),
  headers: ['First', 'Last', 'Email', 'Phone'],
  firstRows: [],
  firstLines: [],
  hiddenRows: 0,
  suggestions: [],
  remembered: null,
};
const SUMMARY: PlanSummary = {
  total: 2,
  valid: 2,
  invalid: 0,
  blank: 0,
  excluded: 0,
  warnings: 0,
  duplicatesInFile: 0,
  existing: 0,
  suppressed: 0,
  decisions: { create: 2, update: 0, add: 0, duplicate: 0, review: 0, suppress: 0, reject: 0, exclude: 0, blank: 0, auto: 0 },
};
export const PLAN: PlanView = {
  summary: SUMMARY,
  problems: [],
  preview: [],
  matched: true,
  reachableWouldKeep: 0,
  phoneCountries: [],
  willWrite: 2,
  repair: { canUndo: false, canRedo: false, steps: 0 },
  updates: 0,
  unasked: 0,
  optOuts: [],
};

export const FILE_CHOSEN: DraftEvent = {
  kind: 'fileChosen',
  file: { source: 'csv-file', name: 'leads.csv', bytes: 100, chosenAt: 5 },
  list: { kind: 'new', name: 'Leads' },
  read: {},
};
export const TABLE_READ: DraftEvent = { kind: 'tableRead', read: {}, table: TABLE, mapping: MAPPING };
export const IMPORT_ID = 'import-1';

export function planned(state: DraftState, plan: PlanView = PLAN): DraftEvent {
  return { kind: 'planned', basis: state.step === 'source' ? '' : planBasis(state as Parameters<typeof planBasis>[0]), plan };
}

/** A draft that went the usual way to a step, planned where that step needs it. */
export function draftAt(step: Step): DraftState {
  const way: readonly ((state: DraftState) => DraftEvent)[] = [
    () => FILE_CHOSEN,
    () => TABLE_READ,
    () => ({ kind: 'wentTo', step: 'map' }),
    () => ({ kind: 'wentTo', step: 'check' }),
    planned,
    () => ({ kind: 'wentTo', step: 'preview' }),
    () => ({ kind: 'confirmed', importId: IMPORT_ID }),
    () => ({ kind: 'finished', importId: IMPORT_ID }),
  ];
  const blank: DraftState = newDraft('draft-1', 1_000, POLICY);
  let state: DraftState = blank;
  let reached: DraftState = blank;
  for (const event of way) {
    if (state.step === step) reached = state;
    state = transition(state, event(state), 2_000);
  }
  return state.step === step ? state : reached;
}
