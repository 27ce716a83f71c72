import { expect, test } from 'vitest';
import { isSetAside } from '#shared/mapping/set-aside-columns.ts';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { readText } from '#shared/table/read-csv.ts';

test.each([
  ['Alternate phone 1 (original)', true, 'made by checking'],
  ['Phone extension', true, 'made by checking'],
  ['Full name (original)', true, 'made by checking'],
  ['Email (original) #2', true, 'made twice'],
  ['Phone (mobile)', false, 'a person’s own words'],
  ['Extension', false, 'no field before it'],
  ['Price (original)', false, 'not a field of ours'],
])('"%s": %s, %s', (header, expected) => {
  expect(isSetAside(header)).toBe(expected);
});

test('a text that was set aside stays a custom field when an export is read again', () => {
  const table = readText('Email,Phone,Phone (original)\nann@example.com,+12025550123,2025550199\nbo@example.com,+12025550124,2025550198\n');
  if (!table.ok) throw new Error(table.error.code);
  expect(suggestMapping(table.value).map((suggestion) => suggestion.field)).toEqual(['email', 'phone', 'custom']);
});
