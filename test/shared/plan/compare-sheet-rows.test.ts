import { describe, expect, test } from 'vitest';
import { compareSheetRows } from '#shared/plan/compare-sheet-rows.ts';
import { type Person, printsOf, SHEET_MAPPING, stored } from './sheet-rows.ts';

const ANA: Person = { first: 'Ana', last: 'Ruiz', email: 'ana@example.com', phone: '+12025550101', company: 'Fern' };
const BEN: Person = { first: 'Ben', last: 'Okafor', email: 'ben@example.com', phone: '+12025550102', company: 'Alder' };
const PROFILE = 'https://www.linkedin.com/in/ana-ruiz-example';

/** Ana before, Ana now, and what she is: as she was, changed in these fields, or somebody else. */
const SAME_PERSON: readonly (readonly [reason: string, before: Person, now: Person, fields: readonly string[] | 'same' | 'other'])[] = [
  ['spaces around a cell and a capital in an address change nothing', ANA, { ...ANA, first: ' Ana ', email: 'Ana@Example.com' }, 'same'],
  ['a number written in another way is the same number', ANA, { ...ANA, phone: '(202) 555-0101' }, 'same'],
  ['another company', ANA, { ...ANA, company: 'Alder' }, ['companyName']],
  ['a cell that was emptied is a change', ANA, { ...ANA, company: '' }, ['companyName']],
  ['a cell that was filled is a change', { ...ANA, company: '' }, ANA, ['companyName']],
  [
    'another address with the same profile',
    { ...ANA, linkedin: PROFILE },
    { ...ANA, linkedin: PROFILE, email: 'ana@example.org' },
    ['email'],
  ],
  ['another address with the same number and name', ANA, { ...ANA, email: 'ana@example.org' }, ['email']],
  ['another address and name with the same number is a colleague', ANA, { ...BEN, phone: '+12025550101' }, 'other'],
  ['the address comes in later', { ...ANA, email: '' }, ANA, ['email']],
  ['the name and the address change together', ANA, { ...ANA, first: 'Anna', email: 'anna@example.com' }, 'other'],
];

describe('a row is the same person', () => {
  test.each(SAME_PERSON)('%s', (_, before, now, what) => {
    const found = compareSheetRows(stored([BEN, before]), printsOf([BEN, now]));
    if (what === 'same') expect(found).toMatchObject({ fresh: [], changed: [], removed: [], same: 2 });
    else if (what === 'other') expect(found).toMatchObject({ fresh: [1], changed: [], removed: [1], same: 1 });
    else expect(found.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual([what]);
  });
});

describe('rows that were not imported', () => {
  const BAD = { ...ANA, email: 'ana', phone: '12' };
  const left = (people: readonly Person[]) => stored(people, new Map([[1, 'left']]));

  test('are not asked about again while they stay as they are', () => {
    expect(compareSheetRows(left([BEN, BAD]), printsOf([BEN, BAD]))).toMatchObject({ fresh: [], again: [], same: 2 });
  });

  test('come again when they are mended, known by their place in the sheet', () => {
    expect(compareSheetRows(left([BEN, BAD]), printsOf([BEN, ANA]))).toMatchObject({ fresh: [], again: [1], changed: [], removed: [] });
  });

  test('come again when any word of them changes, also one that is bad in another way', () => {
    expect(compareSheetRows(left([BEN, BAD]), printsOf([BEN, { ...BAD, email: 'anna' }])).again).toEqual([1]);
  });

  test('are not listed as removed: they have no lead', () => {
    expect(compareSheetRows(left([BEN, BAD]), printsOf([BEN]))).toMatchObject({ removed: [], same: 1 });
  });

  test('come again when a good row that was left out changes', () => {
    expect(compareSheetRows(left([BEN, ANA]), printsOf([BEN, { ...ANA, company: 'Alder' }]))).toMatchObject({ again: [1], changed: [] });
  });
});

describe('rows that are twice in the sheet', () => {
  const TWIN = { ...ANA, company: 'Alder' };

  test('stay apart: the one that changes is the one that has changed', () => {
    const found = compareSheetRows(stored([ANA, TWIN]), printsOf([{ ...ANA, company: 'Birch' }, TWIN]));
    expect(found).toMatchObject({ same: 1, changed: [{ row: 0, before: 0, fields: [{ field: 'companyName' }] }] });
  });

  test('and the one that goes is the one that is removed', () => {
    expect(compareSheetRows(stored([ANA, TWIN]), printsOf([TWIN]))).toMatchObject({ same: 1, changed: [], removed: [0] });
  });

  test('a third one is new', () => {
    expect(compareSheetRows(stored([ANA, ANA]), printsOf([ANA, ANA, ANA]))).toMatchObject({ same: 2, fresh: [2], changed: [] });
  });
});

describe('hidden rows', () => {
  const hidden = new Set([3]);

  test('are not new while they are hidden', () => {
    expect(compareSheetRows(stored([BEN]), printsOf([BEN, ANA]), { hidden })).toMatchObject({ fresh: [], same: 1 });
  });

  test('are not removed: they are still in the sheet', () => {
    const now = printsOf([BEN, { ...ANA, company: 'Alder' }]);
    expect(compareSheetRows(stored([BEN, ANA]), now, { hidden })).toMatchObject({ changed: [], removed: [], same: 2 });
  });
});

describe('a sheet that is mapped in another way', () => {
  const moved = SHEET_MAPPING.map((entry) =>
    entry.field === 'companyName' ? { ...entry, field: 'custom' as const, label: 'Firm' } : entry,
  );

  test('has not changed by that', () => {
    const found = compareSheetRows(stored([ANA, BEN]), printsOf([ANA, BEN], moved));
    expect(found).toMatchObject({ fresh: [], changed: [], same: 2 });
  });

  test('the first value of a column that was blank is a change all the same', () => {
    const found = compareSheetRows(stored([{ ...ANA, linkedin: '' }]), printsOf([{ ...ANA, linkedin: PROFILE }]));
    expect(found.changed).toMatchObject([{ fields: [{ field: 'linkedinUrl', was: 0 }] }]);
  });
});
