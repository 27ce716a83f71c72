import { describe, expect, test } from 'vitest';
import { compileMapping } from '#shared/mapping/apply-mapping.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';

const apply = (mapping: Mapping, row: readonly string[], labels = row.map((_, i) => `L${i}`)) => compileMapping(mapping, labels)(row);

describe('a row becomes a raw lead', () => {
  test('each column goes to its field, text as read', () => {
    expect(
      apply(
        [
          { column: 1, field: 'email' },
          { column: 0, field: 'fullName' },
        ],
        [' Ann Lee ', 'ANN@example.com '],
      ),
    ).toEqual({ email: 'ANN@example.com ', fullName: ' Ann Lee ' });
  });
  test("custom fields keep the file's order, their label and type; blanks are left out", () => {
    const mapping: Mapping = [
      { column: 0, field: 'custom', label: 'Size', type: 'number' },
      { column: 1, field: 'custom' },
      { column: 2, field: 'custom' },
    ];
    expect(apply(mapping, ['12', '', 'x']).customFields).toEqual([
      { label: 'Size', value: '12', type: 'number' },
      { label: 'L2', value: 'x' },
    ]);
  });
  test('a column nobody speaks of is kept as a custom field, an ignored one is not', () => {
    expect(
      apply(
        [
          { column: 0, field: 'email' },
          { column: 1, field: 'ignore' },
        ],
        ['a@example.com', 'x', 'y'],
      ).customFields,
    ).toEqual([{ label: 'L2', value: 'y' }]);
  });
  test('a row that is too short has blanks', () => {
    expect(
      apply(
        [
          { column: 0, field: 'email' },
          { column: 1, field: 'phone' },
        ],
        ['a@example.com'],
        ['E', 'P'],
      ),
    ).toEqual({ email: 'a@example.com', phone: '' });
  });
  test('a row that is too long loses nothing', () => {
    expect(apply([{ column: 0, field: 'email' }], ['a@example.com', '', 'spilled'], ['E']).customFields).toEqual([
      { label: 'Column 3', value: 'spilled' },
    ]);
  });
  test('a date is stored as ISO once its order is known, and as it is written before', () => {
    const date = { column: 0, field: 'custom', label: 'Since', type: 'date' } as const;
    expect(apply([{ ...date, dateOrder: 'dmy' }], ['03/04/2026']).customFields).toEqual([
      { label: 'Since', value: '2026-04-03', type: 'date' },
    ]);
    expect(apply([{ ...date, dateOrder: 'mdy' }], ['03/04/2026']).customFields).toEqual([
      { label: 'Since', value: '2026-03-04', type: 'date' },
    ]);
    expect(apply([date], ['03/04/2026']).customFields).toEqual([{ label: 'Since', value: '03/04/2026', type: 'date' }]);
    expect(apply([{ ...date, type: 'text', dateOrder: 'dmy' }], ['03/04/2026']).customFields).toEqual([
      { label: 'Since', value: '03/04/2026' },
    ]);
  });
  test('one column feeds two fields, and a constant fills what a column leaves blank', () => {
    const mapping: Mapping = [
      { column: 0, field: 'email' },
      { column: 0, field: 'ownerEmail' },
      { column: 0, field: 'custom', label: 'Login' },
      { column: 1, field: 'companyName' },
      { field: 'companyName', value: 'Fern' },
      { field: 'custom', value: 'Fair', label: 'Source' },
      { field: 'custom', value: 'unnamed' },
    ];
    const toLead = compileMapping(mapping, ['Mail', 'Company']);
    const customFields = [
      { label: 'Login', value: 'a@example.com' },
      { label: 'Source', value: 'Fair' },
      { label: 'Fixed value', value: 'unnamed' },
    ];
    expect(toLead(['a@example.com', ''])).toEqual({
      email: 'a@example.com',
      ownerEmail: 'a@example.com',
      companyName: 'Fern',
      customFields,
    });
    expect(toLead(['a@example.com', 'Moss']).companyName).toBe('Moss');
  });
  test('a constant is the same in every row', () => {
    const toLead = compileMapping(
      [
        { field: 'companyName', value: 'Fernhill' },
        { field: 'custom', value: 'Fair', label: 'Source' },
      ],
      [],
    );
    for (const row of [[], []])
      expect(toLead(row)).toEqual({ companyName: 'Fernhill', customFields: [{ label: 'Source', value: 'Fair' }] });
  });
  test('tags of several columns and a constant come together', () => {
    const mapping: Mapping = [
      { column: 0, field: 'tags' },
      { column: 1, field: 'tags' },
      { field: 'tags', value: 'spring' },
    ];
    expect(apply(mapping, ['fair; vip', '']).tags).toBe('fair; vip; spring');
  });
  test('of two columns on one field the first that has a value wins', () => {
    const both: Mapping = [
      { column: 0, field: 'email' },
      { column: 1, field: 'email' },
    ];
    expect(apply(both, ['', 'b@example.com'])).toEqual({ email: 'b@example.com' });
    expect(apply(both, ['a@example.com', 'b@example.com'])).toEqual({ email: 'a@example.com' });
  });
  test('the apostrophe that guards a formula is taken off, one of a text or a number stays', () => {
    const row = ["'+12025550123", "'01234", "'t Hooft"];
    expect(
      apply(
        [
          { column: 0, field: 'phone' },
          { column: 1, field: 'custom', label: 'ZIP' },
          { column: 2, field: 'lastName' },
        ],
        row,
      ),
    ).toEqual({
      phone: '+12025550123',
      customFields: [{ label: 'ZIP', value: "'01234" }],
      lastName: "'t Hooft",
    });
  });
  test('a label is never an object key', () => {
    const lead = apply([{ column: 0, field: 'custom', label: '__proto__' }], ['x']);
    expect(lead.customFields).toEqual([{ label: '__proto__', value: 'x' }]);
    expect(Object.getPrototypeOf(lead)).toBe(Object.prototype);
  });
});
