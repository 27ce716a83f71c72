// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { ReadOptions } from '#shared/table/table.ts';
import {
  blockersOf,
  type DraftEvent,
  type DraftState,
  type Step,
  type TableDraft,
  transition,
  workOf,
} from '../../../extension/flow/draft.ts';
import { STEPS } from '../../../extension/flow/draft-state.ts';
import { planBasis } from '../../../extension/flow/plan-basis.ts';
import { draftAt, FILE_CHOSEN, IMPORT_ID, MAPPING, PLAN, planned, TABLE, TABLE_READ } from './draft-states.ts';

const after = (state: DraftState, ...events: readonly DraftEvent[]) => events.reduce((now, event) => transition(now, event, 3_000), state);

describe('an import goes from step to step', () => {
  test('the usual way touches every step once, in order', () => {
    expect(STEPS.map((step) => draftAt(step).step)).toEqual([...STEPS]);
  });

  const moves: readonly { from: Step; event: DraftEvent; to: Step; why: string }[] = [
    { from: 'source', event: FILE_CHOSEN, to: 'read', why: 'a file is chosen' },
    { from: 'read', event: { kind: 'wentTo', step: 'map' }, to: 'map', why: 'the table is read' },
    { from: 'map', event: { kind: 'wentTo', step: 'read' }, to: 'read', why: 'going back is always open' },
    { from: 'preview', event: { kind: 'wentTo', step: 'map' }, to: 'map', why: 'a step that is done is a link' },
    { from: 'preview', event: { kind: 'wentTo', step: 'source' }, to: 'source', why: 'another file may be chosen' },
    { from: 'preview', event: FILE_CHOSEN, to: 'read', why: 'a file dropped at any step before Import starts again' },
    { from: 'map', event: { kind: 'wentTo', step: 'preview' }, to: 'preview', why: 'the check may be skipped' },
    { from: 'preview', event: { kind: 'confirmed', importId: 'i' }, to: 'importing', why: 'Import was clicked' },
    { from: 'importing', event: { kind: 'finished', importId: IMPORT_ID }, to: 'receipt', why: 'the server gave the receipt' },
    { from: 'importing', event: { kind: 'calledOff', importId: IMPORT_ID }, to: 'preview', why: 'nothing was sent yet' },
  ];
  test.each(moves)('$from → $to: $why', ({ from, event, to }) => {
    expect(after(draftAt(from), event).step).toBe(to);
  });

  const refused: readonly { from: Step; event: DraftEvent; why: string }[] = [
    { from: 'source', event: { kind: 'wentTo', step: 'map' }, why: 'there is no file yet' },
    { from: 'read', event: { kind: 'confirmed', importId: 'i' }, why: 'Import is clicked at the preview only' },
    { from: 'check', event: { kind: 'confirmed', importId: 'i' }, why: 'Import is clicked at the preview only' },
    { from: 'importing', event: { kind: 'confirmed', importId: 'second' }, why: 'a double click imports once' },
    { from: 'importing', event: FILE_CHOSEN, why: 'another file does not replace one that is being imported' },
    { from: 'importing', event: { kind: 'wentTo', step: 'map' }, why: 'what is being sent is settled' },
    { from: 'importing', event: { kind: 'policyChanged', policy: { require: 'any' } }, why: 'what is being sent is settled' },
    { from: 'importing', event: { kind: 'finished', importId: 'another' }, why: 'that is the receipt of another import' },
    { from: 'receipt', event: { kind: 'wentTo', step: 'preview' }, why: 'what is imported is undone, not edited' },
    { from: 'receipt', event: { kind: 'mappingChanged', mapping: [] }, why: 'what is imported is undone, not edited' },
  ];
  test.each(refused)('at $from nothing happens: $why', ({ from, event }) => {
    const state = draftAt(from);
    expect(after(state, event)).toBe(state);
  });
});

describe('a plan belongs to what it was made for', () => {
  const changes: readonly { event: DraftEvent; why: string }[] = [
    { event: { kind: 'mappingChanged', mapping: [...MAPPING.slice(1), { column: 0, field: 'notes' }] }, why: 'another mapping' },
    { event: { kind: 'policyChanged', policy: { require: 'reachable' } }, why: 'another policy' },
    { event: { kind: 'listChosen', list: { kind: 'existing', id: 'l2', name: 'Old' } }, why: 'another list' },
  ];
  test.each(changes)('$why: it is made again', ({ event }) => {
    const state = after(draftAt('preview'), event);
    expect(state).toMatchObject({ step: 'preview', plan: null });
    expect(workOf(state)).toBe('plan');
  });

  test('a plan that comes late, for a choice that was changed meanwhile, is dropped', () => {
    const before = draftAt('preview');
    const late = planned(before, { ...PLAN, willWrite: 99 });
    const state = after(before, { kind: 'policyChanged', policy: { require: 'any' } }, late);
    expect(state).toMatchObject({ plan: null });
  });

  test('another file of the same name with the same columns is another plan', () => {
    const before = draftAt('check');
    const again: DraftEvent = { ...FILE_CHOSEN, file: { source: 'csv-file', name: 'leads.csv', bytes: 100, chosenAt: 6 } } as DraftEvent;
    const state = after(before, again, TABLE_READ, { kind: 'wentTo', step: 'check' }, planned(before));
    expect(state).toMatchObject({ step: 'check', plan: null });
  });

  test('a plan that writes nothing cannot be imported', () => {
    const state = after(draftAt('check'), { kind: 'wentTo', step: 'preview' });
    const none = after({ ...state, plan: { ...PLAN, willWrite: 0 } } as DraftState, { kind: 'confirmed', importId: 'i' });
    expect(none.step).toBe('preview');
  });
});

describe('reading', () => {
  test('other settings of the file read it again, and a late answer to the former ones is dropped', () => {
    const state = after(draftAt('read'), { kind: 'readOptionsChosen', options: { delimiter: ';' } });
    expect(workOf(state)).toBe('read');
    expect(after(state, TABLE_READ)).toBe(state);
    expect(after(state, { ...TABLE_READ, read: { delimiter: ';' } } as DraftEvent)).toMatchObject({ reading: { kind: 'ready' } });
  });

  const others: readonly (readonly [string, ReadOptions])[] = [
    ['another sheet', { sheet: 'B' }],
    ['hidden rows too', { includeHidden: true }],
    ['another header row', { headerRow: 3 }],
    ['another last row', { headerRow: 1, lastRow: 9 }],
    ['footers as rows', { keepRows: true }],
    ['no repair', { repair: false }],
    ['another encoding', { encoding: 'windows-1252' }],
    ['another limit', { maxBytes: 5 }],
  ];
  test.each(others)('%s: the answer to the former settings is dropped, and the plan is another one', (_what, options) => {
    const state = after(draftAt('read'), { kind: 'readOptionsChosen', options });
    expect(after(state, TABLE_READ)).toBe(state);
    const read = after(state, { ...TABLE_READ, read: { ...options } } as DraftEvent);
    expect(read).toMatchObject({ reading: { kind: 'ready' } });
    const mapped = after(read, { kind: 'wentTo', step: 'map' });
    expect(planBasis(mapped as TableDraft)).not.toBe(planBasis(draftAt('map') as TableDraft));
  });

  test('settings in another order, or set to nothing, are the same settings', () => {
    const options = { delimiter: ';', sheet: 'B' } as const;
    const state = after(draftAt('read'), { kind: 'readOptionsChosen', options });
    const answer = { ...TABLE_READ, read: { sheet: 'B', encoding: undefined, delimiter: ';' } } as unknown as DraftEvent; // as a copy through a message may be
    expect(after(state, answer)).toMatchObject({ reading: { kind: 'ready' } });
  });

  test('a file that does not read says why, and the way on is closed', () => {
    const state = after(draftAt('source'), FILE_CHOSEN, { kind: 'readFailed', read: {}, error: { code: 'file_empty' } });
    expect(state).toMatchObject({ reading: { kind: 'failed', error: { code: 'file_empty' } } });
    expect(blockersOf(state, 'map')).toEqual([{ kind: 'notRead' }]);
  });

  test('a second answer does not undo a mapping that was changed since', () => {
    const state = draftAt('read');
    expect(after(state, { ...TABLE_READ, table: { ...TABLE, headers: [] } } as DraftEvent)).toBe(state);
  });
});

describe('what stands in the way is said', () => {
  test('a new list without a name', () => {
    const state = after(draftAt('read'), { kind: 'listChosen', list: { kind: 'new', name: '  ' } });
    expect(blockersOf(state, 'map')).toEqual([{ kind: 'listUnnamed' }]);
  });
  const policies = [
    { require: 'complete', fields: ['phone'] },
    { require: 'reachable', fields: [] },
    { require: 'any', fields: [] },
  ] as const;
  test.each(policies)('without a phone column under $require: $fields', ({ require, fields }) => {
    const state = after(
      draftAt('map'),
      { kind: 'mappingChanged', mapping: MAPPING.slice(0, 3) },
      { kind: 'policyChanged', policy: { require } },
    );
    expect(blockersOf(state, 'check')).toEqual(fields.length > 0 ? [{ kind: 'fieldsMissing', fields }] : []);
    expect(after(state, { kind: 'wentTo', step: 'check' }).step).toBe(fields.length > 0 ? 'map' : 'check');
  });
  test('a full name feeds first and last name', () => {
    const mapping = [{ column: 0, field: 'fullName' }, ...MAPPING.slice(2)] as typeof MAPPING;
    expect(blockersOf(after(draftAt('map'), { kind: 'mappingChanged', mapping }), 'check')).toEqual([]);
  });
});

test('of two states of a draft the newer one is always known, however fast they follow', () => {
  const first = transition(draftAt('source'), FILE_CHOSEN, 1_000);
  const second = transition(first, TABLE_READ, 1_000);
  expect(second.touchedAt).toBeGreaterThan(first.touchedAt);
});
