import { expect, test } from 'vitest';
import { compareMappings } from '#shared/mapping/compare-mappings.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';

const LABELS = ['Name', 'Mail', 'Extra'];
const EMAIL = { column: 1, field: 'email' } as const;
const WHOLE: Mapping = [{ column: 0, field: 'fullName' }, EMAIL, { column: 2, field: 'custom', label: 'Extra', type: 'text' }];
/** The whole mapping with the last column in another place. */
const withExtra = (...places: Mapping): Mapping => [...WHOLE.slice(0, 2), ...places];

test.each<readonly [reason: string, before: Mapping, after: Mapping]>([
  ['the same is no difference', WHOLE, WHOLE],
  ['the order in which columns are written says nothing', WHOLE, [...WHOLE].reverse()],
  ['a column that is not named is kept as a custom field', WHOLE, WHOLE.slice(0, 2)],
  ['a custom field is called as its column and is a text unless something else is said', WHOLE, withExtra({ column: 2, field: 'custom' })],
  ['the label of a column that feeds a field is not used', WHOLE, [{ ...WHOLE[0], label: 'Who' } as never, ...WHOLE.slice(1)]],
  [
    'two fields from one column, in either order',
    withExtra({ column: 2, field: 'notes' }, { column: 2, field: 'jobTitle' }),
    withExtra({ column: 2, field: 'jobTitle' }, { column: 2, field: 'notes' }),
  ],
  ['a fixed value that stays', [...WHOLE, { field: 'tags', value: 'fair', label: 'Tags' }], [{ field: 'tags', value: 'fair' }, ...WHOLE]],
  ['a column beyond the file', WHOLE, [...WHOLE, { column: 9, field: 'notes' }]],
])('no difference: %s', (_, before, after) => {
  expect(compareMappings(before, after, LABELS)).toEqual([]);
});

test.each<readonly [reason: string, after: Mapping]>([
  ['another field', withExtra({ column: 2, field: 'notes' })],
  ['left out', withExtra({ column: 2, field: 'ignore' })],
  ['the custom field has another label', withExtra({ column: 2, field: 'custom', label: 'Remark' })],
  ['the custom field has another type', withExtra({ column: 2, field: 'custom', type: 'number' })],
  ['a date is read in another order', withExtra({ column: 2, field: 'custom', type: 'text', dateOrder: 'dmy' })],
  ['a second field from the same column', withExtra({ column: 2, field: 'custom' }, { column: 2, field: 'notes' })],
])('one difference: %s', (_, after) => {
  const differences = compareMappings(WHOLE, after, LABELS);
  expect(differences).toMatchObject([{ kind: 'column', column: 2, before: [{ field: 'custom' }] }]);
  expect(compareMappings(after, WHOLE, LABELS)).toHaveLength(1);
});

test('columns are told in the order of the file, with what was and what will be', () => {
  const after: Mapping = [
    { column: 1, field: 'altEmail1' },
    { column: 0, field: 'firstName' },
  ];
  expect(compareMappings(WHOLE, after, LABELS)).toEqual([
    { kind: 'column', column: 0, before: [{ column: 0, field: 'fullName' }], after: [{ column: 0, field: 'firstName' }] },
    { kind: 'column', column: 1, before: [EMAIL], after: [{ column: 1, field: 'altEmail1' }] },
  ]);
});

test('fixed values are compared by what they feed', () => {
  const before: Mapping = [
    { field: 'tags', value: 'fair' },
    { field: 'custom', label: 'Event', value: 'Spring' },
  ];
  const after: Mapping = [
    { field: 'tags', value: 'web' },
    { field: 'custom', label: 'Campaign', value: 'Spring' },
  ];
  expect(compareMappings(before, after, [])).toEqual([
    { kind: 'constant', before: { field: 'tags', value: 'fair' }, after: { field: 'tags', value: 'web' } },
    { kind: 'constant', before: { field: 'custom', label: 'Event', value: 'Spring' }, after: null },
    { kind: 'constant', before: null, after: { field: 'custom', label: 'Campaign', value: 'Spring' } },
  ]);
});
