import { expect, test } from 'vitest';
import { followHeaders, keepUnnamed } from '#shared/mapping/follow-headers.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';

const HEADERS = ['First', 'Email', 'Email', ''];
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'email' },
  { column: 2, field: 'altEmail1' },
  { column: 3, field: 'ignore' },
  { field: 'tags', value: 'fair' },
];

test.each<readonly [reason: string, headers: readonly string[], columns: readonly (readonly [number, string])[]]>([
  [
    'the same headers keep their columns',
    HEADERS,
    [
      [0, 'firstName'],
      [1, 'email'],
      [2, 'altEmail1'],
      [3, 'ignore'],
    ],
  ],
  [
    'columns that moved are found again',
    ['Email', 'New', 'First', 'Email'],
    [
      [2, 'firstName'],
      [0, 'email'],
      [3, 'altEmail1'],
    ],
  ],
  [
    'a header in another case or with a hyphen is the same header',
    ['FIRST', 'E-mail', 'e-mail'],
    [
      [0, 'firstName'],
      [1, 'email'],
      [2, 'altEmail1'],
    ],
  ],
  [
    'one written alike goes before one that is only similar',
    ['EMAIL', 'Email', 'First'],
    [
      [2, 'firstName'],
      [1, 'email'],
    ],
  ],
  ['columns that are gone drop out', ['Other'], []],
])('%s', (_, headers, columns) => {
  const followed = followHeaders(MAPPING, HEADERS, headers);
  expect(followed.filter((entry) => 'column' in entry).map((entry) => [entry.column, entry.field])).toEqual(columns);
  expect(followed).toContainEqual({ field: 'tags', value: 'fair' });
});

test('a column that a mapping does not name is kept as a custom field under its label', () => {
  expect(keepUnnamed([{ column: 1, field: 'email' }], ['City', 'Email'])).toEqual([
    { column: 1, field: 'email' },
    { column: 0, field: 'custom', label: 'City' },
  ]);
});
