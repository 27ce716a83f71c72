import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSheetRows } from '#shared/plan/compare-sheet-rows.ts';
import { emptyPrints, type Person, printsOf, stored } from './sheet-rows.ts';

/** Sheets with people who share addresses, numbers and names, who have none, and rows that are twice the same. */
const word = (letters: string) => fc.constantFrom('', ...letters);
const person: fc.Arbitrary<Person> = fc.record({
  first: word('abc'),
  last: word('de'),
  email: fc.oneof(
    word('fgh').map((name) => name && `${name}@example.com`),
    fc.nat(300).map((number) => `p${number}@example.com`),
  ),
  phone: fc.constantFrom('', '+12025550101', '+12025550102', '12'),
  company: word('xyz'),
});
const sheet = fc.array(person, { maxLength: 25 });

describe('what has become of a sheet', () => {
  test('nothing, when it is the same', () => {
    fc.assert(
      fc.property(sheet, (people) => {
        const found = compareSheetRows(stored(people), printsOf(people));
        expect(found).toMatchObject({ fresh: [], again: [], changed: [], removed: [], same: people.length });
      }),
    );
  });

  test('nothing, in whatever order its rows are put', () => {
    const shuffled = sheet.chain((people) => fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })));
    fc.assert(
      fc.property(shuffled, ([people, others]) => {
        expect(compareSheetRows(stored(people), printsOf(others))).toMatchObject({
          fresh: [],
          changed: [],
          removed: [],
          same: people.length,
        });
      }),
    );
  });

  test('a row put in anywhere is the one new row', () => {
    fc.assert(
      fc.property(sheet, person, fc.nat(), (people, added, place) => {
        const at = place % (people.length + 1);
        const found = compareSheetRows(stored(people), printsOf(people.toSpliced(at, 0, added)));
        expect(found).toMatchObject({ changed: [], removed: [], same: people.length });
        expect(found.fresh).toHaveLength(1);
      }),
    );
  });

  test('a row taken out is the one that is removed', () => {
    fc.assert(
      fc.property(
        sheet.filter((people) => people.length > 0),
        fc.nat(),
        (people, place) => {
          const found = compareSheetRows(stored(people), printsOf(people.toSpliced(place % people.length, 1)));
          expect(found).toMatchObject({ fresh: [], changed: [], same: people.length - 1 });
          expect(found.removed).toHaveLength(1);
        },
      ),
    );
  });

  test('every row of now is exactly one of new, changed and same, and no remembered row is two of them', () => {
    fc.assert(
      fc.property(sheet, sheet, (before, now) => {
        const { fresh, again, changed, removed, same, matches } = compareSheetRows(stored(before), printsOf(now));
        expect(fresh.length + again.length + changed.length + same).toBe(now.length);
        const taken = [...matches].filter((row) => row >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(taken.length + removed.length).toBe(before.length);
      }),
    );
  });

  test('a cell of somebody known by an address of their own changes that field and no other', () => {
    const crowd = fc.uniqueArray(person, { minLength: 1, maxLength: 25, selector: ({ email }) => email });
    fc.assert(
      fc.property(
        crowd.filter((people) => people.every(({ email }) => email !== '')),
        fc.nat(),
        (people, place) => {
          const at = place % people.length;
          const now = people.map((one, index) => (index === at ? { ...one, company: `${one.company}!` } : one));
          const found = compareSheetRows(stored(people), printsOf(now));
          expect(found).toMatchObject({ fresh: [], removed: [], same: people.length - 1 });
          expect(found.changed).toMatchObject([{ row: at, before: at, fields: [{ field: 'companyName' }] }]);
        },
      ),
    );
  });

  test('all rows are new to who has seen none', () => {
    fc.assert(
      fc.property(sheet, (people) => {
        expect(compareSheetRows(emptyPrints(), printsOf(people)).fresh).toHaveLength(people.length);
      }),
    );
  });
});
