import { describe, expect, test } from 'vitest';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import type { RawTable } from '#shared/table/table.ts';
import { tableOf } from '../../support/table-of.ts';
import { columnsOf } from './columns-of.ts';

const fieldsOf = (table: RawTable) => suggestMapping(table).map(({ field, open }) => (open ? 'open' : field));
const EMAILS = ['ann@example.com', 'bob@example.org', 'cy@example.net'];
const PHONES = ['(202) 555-0143', '202.555.0117', '+44 7700 900142'];

describe('values confirm a name, contradict it, or speak for themselves', () => {
  const one = (table: RawTable, column = 0) => suggestMapping(table)[column];
  test('a name and its values together are surest', () => {
    const suggestion = one(columnsOf([['Mail', ...EMAILS]]));
    expect(suggestion).toMatchObject({
      field: 'email',
      confidence: 0.98,
      reason: { code: 'name_and_values', data: { share: 1, kind: 'email' } },
    });
  });
  test('an email column without emails stays open, with what it could be', () => {
    const suggestion = one(columnsOf([['E-Mail', 'yes', 'no', 'unknown']]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, reason: { code: 'values_disagree' } });
    expect(suggestion?.candidates.map(({ field }) => field)).toEqual(['email', 'altEmail1']);
  });
  test('a handful of bad values does not overrule a name', () => {
    expect(one(tableOf(['Email'], [['ann'], ['bob']]))).toMatchObject({ field: 'email', open: false });
  });
  test('"Title" is a job, but not where it says Mr and Ms', () => {
    const ann = ['Name', 'Ann Lee', 'Bob Ray'] as const;
    expect(one(columnsOf([['Title', 'Head of Sales', 'Buyer'], ann]))).toMatchObject({ field: 'jobTitle' });
    expect(one(columnsOf([['Title', 'Mr', 'Ms', 'Dr.'], ann]))).toMatchObject({ field: 'custom', open: false });
    expect(one(columnsOf([['Contact title', 'Mr', 'Ms', 'Dr.'], ann]))).toMatchObject({ field: 'custom', open: false });
  });
  test('a "Title" in a file without a name is that of something else: a shop, a page', () => {
    expect(one(columnsOf([['title', 'Northwind Supply', 'Harborline Logistics']]))).toMatchObject({ field: 'custom' });
  });
  test.each([
    ['Name 1', ['Nordwind GmbH', 'Hafenlinie GmbH & Co. KG']],
    ['Customer', ['Northwind Supply, Inc.', 'Harborline Ltd']],
    ['Client', ['Nordvento S.r.l.', 'Portolinea S.p.A.']],
    ['名前', ['株式会社北風', '港線物流株式会社']],
  ])('%s that holds companies is the company', (header, values) => {
    expect(one(columnsOf([[header, ...values]]))).toMatchObject({ field: 'companyName', reason: { data: { kind: 'company' } } });
  });
  test('"Lead" beside a company is the name of the person, if its values are names', () => {
    const company = ['Company', 'Northwind', 'Harborline'] as const;
    expect(one(columnsOf([['Lead', 'Maya Okafor', 'Derek Lindqvist'], company]))).toMatchObject({ field: 'fullName' });
    expect(one(columnsOf([['Lead', 'Hot', 'Cold'], company]))).toMatchObject({ field: 'custom' });
    expect(one(columnsOf([['Client', 'Northwind Supply', 'Harborline Logistics']]))).toMatchObject({ field: 'custom' });
  });
  test('"Account" beside a person is the company, if it is not a number or an address', () => {
    const name = ['Name', 'Ann Lee', 'Bob Ray'] as const;
    expect(one(columnsOf([['Account', 'Northwind', 'Harborline Logistics'], name]))).toMatchObject({ field: 'companyName' });
    expect(one(columnsOf([['Account', '10001', '10002'], name]))).toMatchObject({ field: 'custom' });
  });
  test('a profile column that holds sentences is none', () => {
    expect(one(columnsOf([['LinkedIn', 'Operations leader', 'I buy things']]))).toMatchObject({ field: 'custom' });
  });
  test('a remark in brackets asks the values', () => {
    expect(one(columnsOf([['Email (verified)', ...EMAILS]]))).toMatchObject({ field: 'email' });
    expect(one(columnsOf([['Email (verified)', 'yes', 'no']]))).toMatchObject({ field: 'custom', open: false });
    expect(one(columnsOf([['Email (from Owner)', ...EMAILS]]))).toMatchObject({ field: 'custom' });
  });
  test('"URL" is the profile where its values are profiles', () => {
    expect(one(columnsOf([['URL', 'https://www.linkedin.com/in/ann-lee']]))).toMatchObject({
      field: 'linkedinUrl',
      reason: { code: 'values' },
    });
    expect(one(columnsOf([['URL', 'https://www.linkedin.com/company/fernhill']]))).toMatchObject({ field: 'custom' });
  });
  test('without a header emails, phones and profiles are known by their values', () => {
    const rows = EMAILS.map((email, i) => ['Ann', email, PHONES[i] ?? '', 'https://linkedin.com/in/ann']);
    expect(fieldsOf(tableOf([], rows))).toEqual(['open', 'email', 'phone', 'linkedinUrl']);
  });
  test('an unknown header over emails is a question, not a guess', () => {
    const suggestion = one(columnsOf([['Kontaktweg XY', ...EMAILS]]));
    expect(suggestion).toMatchObject({ field: 'custom', open: true, candidates: [{ field: 'email' }, { field: 'altEmail1' }] });
  });
  test('an unknown header over emails is no question where the email is known already', () => {
    expect(
      fieldsOf(
        columnsOf([
          ['Email', ...EMAILS],
          ['Kontaktweg XY', ...EMAILS],
        ]),
      ),
    ).toEqual(['email', 'custom']);
  });
  test('values far down the file count as well', () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [i < 300 ? '' : `ann${i}@example.com`]);
    expect(one(tableOf(['Mail'], rows))).toMatchObject({ reason: { code: 'name_and_values' } });
  });
});

describe('what a suggestion shows', () => {
  test('label, up to three different samples, how much is filled, and a type', () => {
    const table = columnsOf(
      [
        ['Country', 'US', 'US', 'DE', 'FR', ''],
        ['Country', 'x'],
      ],
      10,
    );
    expect(suggestMapping(table)[0]).toMatchObject({
      index: 0,
      header: 'Country',
      label: 'Country',
      samples: ['US', 'DE', 'FR'],
      filled: 0.8,
      field: 'custom',
    });
    expect(suggestMapping(table)[1]?.label).toBe('Country #2');
  });
  type Row = readonly [type: string, values: readonly string[]];
  const TYPES: readonly Row[] = [
    ['yesNo', ['yes', 'no', 'Yes']],
    ['number', ['1', '2,341.50', '-7']],
    ['number', ['0', '1', '1']],
    ['text', ['01234', '99801', '00501']],
    ['text', ['4111111111111111999', '2', '3']],
    ['date', ['2026-05-04', '2026-05-04 09:30', '1999-12-31']],
    ['date', ['04 May 2026', '12 Jan 2025', '1 Feb 2024']],
    ['text', ['soon', '2026-05-04', 'later']],
    ['text', ['A']],
    ['text', ['1.234', '2.345', '3']],
    ['text', ['1,234', '2,345', '3,456']],
    ['number', ['1.234,50', '2,5', '3']],
    ['number', ['1,234', '2,345.5', '3']],
    ['number', ['0.125', '1.234', '2']],
    ['number', ['1,234,567', '2,345', '3']],
    ['date', ['13/04/2025', '01/02/2025']],
    ['text', ['03/04/2025', '01/02/2025']],
    ['text', ['13/04/2025']],
  ];
  test.each(TYPES)('type %s: %j', (type, values) =>
    expect(
      suggestMapping(
        tableOf(
          ['X'],
          values.map((value) => [value]),
        ),
      )[0]?.type,
    ).toBe(type),
  );
  test('few different values in many rows are choices', () => {
    expect(suggestMapping(columnsOf([['Stage', 'New', 'Working', 'Won']], 60))[0]?.type).toBe('choice');
  });
  test('a birthday is about nobody else', () =>
    expect(suggestMapping(columnsOf([['Born', '13/04/1980', '01/02/1990']]))[0]).toMatchObject({
      type: 'date',
      reason: { code: 'not_a_lead_field' },
    }));
  test('an empty column says so', () =>
    expect(suggestMapping(tableOf([''], [['']]))[0]).toMatchObject({ label: 'Column 1', reason: { code: 'empty_column' } }));
  test('suggestions make a mapping of every column', () => {
    const mapping = suggestionsToMapping(
      suggestMapping(
        columnsOf([
          ['Email', ...EMAILS],
          ['City', 'Leeds'],
        ]),
      ),
    );
    expect(mapping).toEqual([
      { column: 0, field: 'email' },
      { column: 1, field: 'custom', label: 'City', type: 'text' },
    ]);
  });
});
