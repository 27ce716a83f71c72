import { describe, expect, test } from 'vitest';
import {
  placeOf,
  placesOf,
  placesOfColumn,
  type TargetChoice,
  withColumns,
  withConstant,
  withDateOrder,
  withLabel,
  withoutPlace,
  withTarget,
} from '../../../extension/ui/map-places.ts';
import type { Mapping, Suggestion } from '../../../shared/mapping/mapping.ts';
import { MAPPING, SUGGESTIONS } from '../../support/ui-states.ts';

const NAME = 0;
const EMAIL = 2;
const MOBILE = 3;
const COMPANY = 5;
const ATTENDED = 8;
const choose = (mapping: Mapping, column: number, target: TargetChoice, slot = 0) => withTarget(mapping, SUGGESTIONS, column, slot, target);
const fieldsOf = (mapping: Mapping, column: number) => placesOfColumn(mapping, column).map(({ field }) => field);

describe('no two columns feed one field', () => {
  test('choosing a taken field moves it, and the other column is kept as a custom field under its own name', () => {
    const mapping = choose(MAPPING, MOBILE, { field: 'email' });
    expect(fieldsOf(mapping, MOBILE)).toEqual(['email']);
    expect(placesOfColumn(mapping, EMAIL)).toEqual([{ column: EMAIL, field: 'custom', label: 'Email Address', type: 'text' }]);
    expect(mapping).toHaveLength(MAPPING.length);
  });

  test('a column that feeds two fields and loses one keeps the other', () => {
    const both = choose(MAPPING, COMPANY, { field: 'notes' }, 1);
    expect(fieldsOf(both, COMPANY)).toEqual(['companyName', 'notes']);
    expect(fieldsOf(choose(both, MOBILE, { field: 'notes' }), COMPANY)).toEqual(['companyName']);
  });

  test('a fixed value goes when a column takes its field', () => {
    const mapping: Mapping = [...MAPPING, { field: 'notes', value: 'Fair' }];
    expect(choose(mapping, MOBILE, { field: 'notes' }).filter((entry) => 'value' in entry)).toEqual([]);
    expect(choose(mapping, MOBILE, { field: 'phone' })).toContainEqual({ field: 'notes', value: 'Fair' });
  });

  test('several columns may hold tags', () => {
    const mapping = choose(choose(MAPPING, COMPANY, { field: 'tags' }), MOBILE, { field: 'tags' });
    expect(mapping.filter(({ field }) => field === 'tags')).toHaveLength(2);
  });

  test('a custom field of the workspace that another column had moves, and that column is numbered', () => {
    const first = choose(MAPPING, ATTENDED, { field: 'custom', type: 'yesNo', label: 'Came' });
    const moved = choose(first, MOBILE, { field: 'custom', type: 'yesNo', label: 'Came' });
    expect(placeOf(placesOf(moved), MOBILE).label).toBe('Came');
    expect(placeOf(placesOf(moved), ATTENDED).label).toBe('Attended');
    const own = choose(MAPPING, MOBILE, { field: 'custom', type: 'yesNo', label: 'attended' });
    expect(placeOf(placesOf(own), ATTENDED).label).toBe('Attended #2');
  });
});

describe('one column to two fields', () => {
  const both = choose(MAPPING, NAME, { field: 'notes' }, 1);

  test('the second place stands beside the first, and goes alone', () => {
    expect(fieldsOf(both, NAME)).toEqual(['firstName', 'notes']);
    expect(fieldsOf(withoutPlace(both, NAME, 1), NAME)).toEqual(['firstName']);
    expect(placeOf(placesOf(both), NAME).field).toBe('firstName');
  });

  test('left out means out of both', () => {
    expect(fieldsOf(choose(both, NAME, { field: 'ignore' }), NAME)).toEqual(['ignore']);
  });

  test('choosing the field it has already leaves it there once', () => {
    expect(fieldsOf(choose(both, NAME, { field: 'notes' }), NAME)).toEqual(['notes']);
  });
});

describe('custom fields', () => {
  test('a column the mapping does not name is one, as it will be in the plan', () => {
    expect(placeOf(placesOf([]), EMAIL).field).toBe('custom');
    expect(withLabel([], EMAIL, 0, 'Second address')).toEqual([{ column: EMAIL, field: 'custom', label: 'Second address' }]);
  });

  test('all are left out at once, and all are kept again with the types of their values', () => {
    const custom = SUGGESTIONS.filter(({ field }) => field === 'custom');
    const out = withColumns(MAPPING, custom, 'leaveOut');
    expect(custom.map(({ index }) => fieldsOf(out, index))).toEqual(custom.map(() => ['ignore']));
    expect(out.filter(({ field }) => field !== 'ignore')).toEqual(MAPPING.filter(({ field }) => field !== 'custom'));
    expect(placesOfColumn(withColumns(out, custom, 'keep'), ATTENDED)).toEqual([
      { column: ATTENDED, field: 'custom', label: 'Attended', type: 'yesNo' },
    ]);
  });

  test('a new name stays when the type changes', () => {
    const named = withLabel(MAPPING, ATTENDED, 0, 'Came');
    expect(placeOf(placesOf(choose(named, ATTENDED, { field: 'custom', type: 'text' })), ATTENDED)).toEqual({
      column: ATTENDED,
      field: 'custom',
      label: 'Came',
      type: 'text',
    });
  });

  test('the order of day and month is taken where the dates prove it, and left open where they do not', () => {
    const dates = (dateOrder: 'mdy' | 'ambiguous'): Suggestion[] =>
      SUGGESTIONS.map((one) => (one.index === ATTENDED ? { ...one, type: 'date', dateOrder } : one));
    const asDate = { field: 'custom', type: 'date' } as const;
    expect(placeOf(placesOf(withTarget(MAPPING, dates('mdy'), ATTENDED, 0, asDate)), ATTENDED).dateOrder).toBe('mdy');
    const open = withTarget(MAPPING, dates('ambiguous'), ATTENDED, 0, asDate);
    expect(placeOf(placesOf(open), ATTENDED).dateOrder).toBeUndefined();
    expect(placeOf(placesOf(withDateOrder(open, ATTENDED, 0, 'dmy')), ATTENDED).dateOrder).toBe('dmy');
  });
});

test('a fixed value is added, changed and taken away, and columns stay as they were', () => {
  const fair = { field: 'tags', value: 'fair' } as const;
  const spring = { field: 'tags', value: 'spring' } as const;
  const added = withConstant(MAPPING, null, fair);
  expect(added).toEqual([...MAPPING, fair]);
  expect(withConstant(added, fair, spring)).toEqual([...MAPPING, spring]);
  expect(withConstant(added, fair, null)).toEqual(MAPPING);
});
