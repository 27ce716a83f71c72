import { expect, test } from 'vitest';
import { matchCustomFields } from '#shared/mapping/match-custom-fields.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from '../../support/table-of.ts';

const HEADERS = ['Email', 'contract  start', 'Shoe size', 'SHOE SIZE'];
const ROWS = Array.from({ length: 5 }, (_, at) => [`a${at}@example.com`, `2${at}/04/2026`, String(38 + at), 'wide']);
const SUGGESTIONS = suggestMapping(tableOf(HEADERS, ROWS));
const mappingWith = (...existing: Parameters<typeof matchCustomFields>[1]) =>
  suggestionsToMapping(matchCustomFields(SUGGESTIONS, existing)).slice(1);
const AS_SUGGESTED = suggestionsToMapping(SUGGESTIONS).slice(1);

test('a column called like a field of the workspace goes there, with that field’s name and type', () => {
  expect(mappingWith({ label: 'Contract Start', type: 'choice' })).toEqual([
    { column: 1, field: 'custom', label: 'Contract Start', type: 'choice' },
    ...AS_SUGGESTED.slice(1),
  ]);
});
test('two columns never share a field: the first one has it', () => {
  expect(mappingWith({ label: 'Shoe Size', type: 'text' }).slice(1)).toEqual([
    { column: 2, field: 'custom', label: 'Shoe Size', type: 'text' },
    { column: 3, field: 'custom', label: 'SHOE SIZE', type: 'text' },
  ]);
});
test('a column that is written alike comes before one that is not', () => {
  expect(mappingWith({ label: 'SHOE SIZE', type: 'choice' }).slice(1)).toEqual([
    { column: 2, field: 'custom', label: 'Shoe size', type: 'number' },
    { column: 3, field: 'custom', label: 'SHOE SIZE', type: 'choice' },
  ]);
});
test('dates keep the order their column proves; a field that is text takes them as they are written', () => {
  expect(mappingWith({ label: 'Contract start', type: 'date' })[0]).toEqual({
    column: 1,
    field: 'custom',
    label: 'Contract start',
    type: 'date',
    dateOrder: 'dmy',
  });
  expect(mappingWith({ label: 'CONTRACT START', type: 'text' })[0]).toEqual({
    column: 1,
    field: 'custom',
    label: 'CONTRACT START',
    type: 'text',
  });
});
test('columns of lead fields go where they went, and a workspace without fields changes nothing', () => {
  expect(suggestionsToMapping(matchCustomFields(SUGGESTIONS, [{ label: 'email', type: 'text' }]))[0]).toEqual({
    column: 0,
    field: 'email',
  });
  expect(matchCustomFields(SUGGESTIONS, [])).toBe(SUGGESTIONS);
});
