import { expect, test } from 'vitest';
import { FIELDS } from '#shared/lead/fields.ts';
import { EXPORTED_FIELDS, isOwnExport } from '#shared/mapping/own-export.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from '../../support/table-of.ts';

const LABELS = EXPORTED_FIELDS.map((field) => FIELDS[field].label);
const blanks = LABELS.map(() => '');

test('columns behind the fields of an export are custom fields, whatever they are called and hold', () => {
  const rows = Array.from({ length: 9 }, (_, day) => [
    ...blanks,
    `ann${day}@example.com`,
    `+1202555012${day}`,
    `${day + 1} April 2024`,
    `2024-04-0${day + 1}`,
  ]);
  const mapping = suggestionsToMapping(suggestMapping(tableOf([...LABELS, 'Email', "'=Mobile\nphone", 'Signed', 'Renewal'], rows)));
  expect(mapping.slice(0, LABELS.length)).toEqual(EXPORTED_FIELDS.map((field, column) => ({ column, field })));
  expect(mapping.slice(LABELS.length)).toMatchObject([
    { field: 'custom', label: 'Email' },
    { field: 'custom', label: '=Mobile\nphone' },
    { field: 'custom', label: 'Signed', type: 'text' },
    { field: 'custom', label: 'Renewal', type: 'date' },
  ]);
});

test('a file that has only some of the fields, or in another order, is anybody’s', () => {
  expect(isOwnExport(LABELS)).toBe(true);
  expect(isOwnExport(LABELS.slice(1))).toBe(false);
  expect(isOwnExport(LABELS.slice(0, -1))).toBe(false);
  expect(isOwnExport(LABELS.toReversed())).toBe(false);
});
