import { expect, test } from 'vitest';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { matchCustomFields } from '#shared/mapping/match-custom-fields.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from './table-of.ts';

const HEADERS = ['Email', 'contract  start', 'Shoe size', 'SHOE SIZE'];
const ROWS = Array.from({ length: 5 }, (_, at) => [`a${at}@example.com`, `2${at}/04/2026`, String(38 + at), 'wide']);
const SUGGESTIONS = suggestMapping(tableOf(HEADERS, ROWS));
const MAPPING = suggestionsToMapping(SUGGESTIONS);

test('a column called like a field of the workspace goes there, with that field’s name and type', () => {
  expect(matchCustomFields(MAPPING, SUGGESTIONS, [{ label: 'Shoe Size', type: 'text' }])).toEqual([
    { column: 0, field: 'email' },
    { column: 1, field: 'custom', label: 'contract start', type: 'date', dateOrder: 'dmy' },
    { column: 2, field: 'custom', label: 'Shoe Size', type: 'text' },
    { column: 3, field: 'custom', label: 'SHOE SIZE', type: 'text' },
  ]);
});
test('dates keep the order their column proves', () => {
  const [, found] = matchCustomFields(MAPPING, SUGGESTIONS, [{ label: 'Contract start', type: 'date' }]);
  expect(found).toEqual({ column: 1, field: 'custom', label: 'Contract start', type: 'date', dateOrder: 'dmy' });
  const untyped: Mapping = [{ column: 1, field: 'custom' }];
  expect(matchCustomFields(untyped, SUGGESTIONS, [{ label: 'Contract start', type: 'date' }])).toEqual([found]);
});
test('a field that is text in the workspace takes dates as they are written', () => {
  const [, found] = matchCustomFields(MAPPING, SUGGESTIONS, [{ label: 'CONTRACT START', type: 'text' }]);
  expect(found).toEqual({ column: 1, field: 'custom', label: 'CONTRACT START', type: 'text' });
});
test('columns of lead fields, constants and a workspace without fields change nothing', () => {
  const constant: Mapping = [{ field: 'custom', value: 'x', label: 'Shoe size' }];
  expect(matchCustomFields(constant, SUGGESTIONS, [{ label: 'Shoe Size', type: 'text' }])).toEqual(constant);
  expect(matchCustomFields(MAPPING, SUGGESTIONS, [{ label: 'email', type: 'text' }])).toEqual(MAPPING);
  expect(matchCustomFields(MAPPING, SUGGESTIONS, [])).toBe(MAPPING);
});
