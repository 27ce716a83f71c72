import { describe, expect, test } from 'vitest';
import type { Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import { REJECTED_COLUMNS } from '#shared/mapping/rejected-columns.ts';
import { suggestionsToMapping } from '#shared/mapping/suggest-mapping.ts';
import { type DraftState, transition } from '../../../extension/flow/draft.ts';
import { columnsAsRemembered, fitTemplate, fitToTable, isFromMemory, newestOf } from '../../../extension/flow/map-memory.ts';
import type { Found } from '../../../extension/flow/table-view.ts';
import { draftAt, FILE_CHOSEN, MAPPING, PLAN, TABLE, TABLE_READ } from './draft-states.ts';

const FIELDS = ['firstName', 'lastName', 'email', 'phone'] as const;
const SUGGESTIONS = TABLE.headers.map((label, index) => suggestion(index, label, FIELDS[index] ?? 'custom'));
const table = { ...TABLE, suggestions: SUGGESTIONS };
const OTHER: Mapping = MAPPING.map((entry) => (entry.field === 'phone' ? { column: 3, field: 'altPhone1' } : entry));
const found = (mapping: Mapping, at = 1): Found => ({ source: { kind: 'import', by: { name: 'Ann' }, at }, mapping });

function suggestion(index: number, label: string, field: Suggestion['field']): Suggestion {
  const rest = { open: false, candidates: [], confidence: 1, samples: [], type: 'text', filled: 1 } as const;
  return { index, header: label, label, field, reason: { code: 'same_name' }, ...rest };
}

/** A draft at the map step, in a file with suggestions. */
function atMap(): DraftState {
  const read = transition(transition(draftAt('source'), FILE_CHOSEN, 1), { ...TABLE_READ, table } as typeof TABLE_READ, 2);
  return transition(read, { kind: 'wentTo', step: 'map' }, 3);
}
const recalled = (state: DraftState, what: Found) => transition(state, { kind: 'recalled', chosenAt: 5, read: {}, found: what }, 10);
const answered = (state: DraftState, use: boolean) => transition(state, { kind: 'memoryAnswered', use }, 20);

describe('a remembered mapping', () => {
  test('that differs is offered, and the suggestions stay until somebody says otherwise', () => {
    const state = recalled(atMap(), found(OTHER));
    expect(state).toMatchObject({ mapping: MAPPING, table: { remembered: { answer: 'open', mapping: OTHER } } });
    const used = answered(state, true);
    expect(used).toMatchObject({ mapping: OTHER, table: { remembered: { answer: 'used' } } });
    expect(answered(used, false)).toMatchObject({ mapping: MAPPING, table: { remembered: { answer: 'kept' } } });
  });

  test('that is what is suggested anyway leaves nothing to answer', () => {
    const state = recalled(atMap(), found([...MAPPING].reverse()));
    expect(state).toMatchObject({ mapping: MAPPING, table: { remembered: { answer: 'same' } } });
    expect('table' in state && isFromMemory(state.table)).toBe(true);
  });

  test('is offered at the read step too, and goes along to the next', () => {
    const read = transition(atMap(), { kind: 'wentTo', step: 'read' }, 4);
    const state = transition(recalled(read, found(OTHER)), { kind: 'wentTo', step: 'map' }, 11);
    expect(state).toMatchObject({ step: 'map', mapping: MAPPING, table: { remembered: { answer: 'open' } } });
  });

  test('keeping the suggestions keeps what was chosen by hand meanwhile', () => {
    const byHand: Mapping = [...MAPPING.slice(0, 3), { column: 3, field: 'ignore' }];
    const state = transition(recalled(atMap(), found(OTHER)), { kind: 'mappingChanged', mapping: byHand }, 12);
    expect(answered(state, false)).toMatchObject({ mapping: byHand });
  });

  test('makes the plan anew only where it changes the mapping', () => {
    const planned = { ...recalled(atMap(), found(OTHER)), step: 'check', plan: PLAN } as DraftState;
    expect(answered(planned, false)).toMatchObject({ plan: PLAN });
    expect(answered(planned, true)).toMatchObject({ plan: null });
  });

  test.each([
    ['a newer one takes the place of one that nobody answered', 'open', found(MAPPING, 2), 'same'],
    ['once it is used, another one is not offered', 'used', found(MAPPING, 2), 'used'],
    ['once the suggestions are kept, another one is not offered', 'kept', found(MAPPING, 2), 'kept'],
  ] as const)('%s', (_, answer, newer, after) => {
    const open = recalled(atMap(), found(OTHER));
    const state = answer === 'open' ? open : answered(open, answer === 'used');
    expect(recalled(state, newer)).toMatchObject({ table: { remembered: { answer: after } } });
  });

  test('told again is no change', () => {
    const state = recalled(atMap(), found(OTHER));
    expect(recalled(state, found(OTHER))).toBe(state);
  });

  test.each([
    ['of another file', { chosenAt: 6, read: {} }],
    ['of the file as it was read before', { chosenAt: 5, read: { delimiter: ';' as const } }],
  ])('%s comes too late', (_, about) => {
    const state = atMap();
    expect(transition(state, { kind: 'recalled', ...about, found: found(OTHER) }, 10)).toBe(state);
  });

  test('cannot be used or answered where there is none, nor during an import', () => {
    for (const state of [atMap(), draftAt('importing'), draftAt('source')])
      expect(transition(state, { kind: 'memoryAnswered', use: true }, 9)).toBe(state);
  });
});

test('after it is used, the columns that are not as suggested are marked, until they are changed by hand', () => {
  const remembered = { ...found(OTHER), answer: 'used' } as const;
  expect([...columnsAsRemembered({ ...table, remembered }, OTHER)]).toEqual([3]);
  expect([...columnsAsRemembered({ ...table, remembered }, MAPPING)]).toEqual([]);
  expect([...columnsAsRemembered({ ...table, remembered: { ...remembered, answer: 'open' } }, MAPPING)]).toEqual([]);
});

test('in the file of rejected rows the mapping of its first import holds for the person’s own columns', () => {
  const headers = [...TABLE.headers, ...REJECTED_COLUMNS];
  const suggestions = [...SUGGESTIONS, ...REJECTED_COLUMNS.map((name, index) => suggestion(4 + index, name, 'ignore'))];
  const fitted = fitToTable(OTHER, { headers, suggestions });
  expect(fitted.slice(0, 4)).toEqual(OTHER);
  expect(fitted.slice(4).map(({ field }) => field)).toEqual(['ignore', 'ignore', 'ignore', 'ignore', 'ignore']);
  const back = fitToTable(fitted, table);
  expect(back).toEqual(OTHER);
});

describe('a template', () => {
  const template = {
    headers: ['Phone', 'Email', 'Gone'],
    mapping: [
      { column: 0, field: 'altPhone1' },
      { column: 1, field: 'firstName' },
      { column: 2, field: 'notes' },
      { field: 'tags', value: 'fair' },
    ],
  } as const;

  test('finds its columns by their headers; the others stay as suggested, unless it has given their field away', () => {
    expect(fitTemplate(template, table)).toEqual([
      { column: 3, field: 'altPhone1' },
      { column: 2, field: 'firstName' },
      { field: 'tags', value: 'fair' },
      { column: 1, field: 'lastName' },
      { column: 0, field: 'custom', label: 'First' },
    ]);
  });

  test('without headers goes by position, and by no column that the file lacks', () => {
    const mapping = [
      { column: 0, field: 'notes' },
      { column: 9, field: 'email' },
    ] as const;
    const fitted = fitTemplate({ headers: [], mapping }, table);
    expect(fitted).toEqual([{ column: 0, field: 'notes' }, ...suggestionsToMapping(SUGGESTIONS).slice(1)]);
  });

  test('is used as it is, and says so', () => {
    const state = transition(atMap(), { kind: 'templateUsed', found: found(OTHER) }, 9);
    expect(state).toMatchObject({ mapping: OTHER, table: { remembered: { answer: 'used' } }, plan: null });
  });
});

test('of several memories the newest is offered', () => {
  expect([newestOf([]), newestOf([found(MAPPING, 1), found(OTHER, 3), found(MAPPING, 2)])?.mapping]).toEqual([null, OTHER]);
});
