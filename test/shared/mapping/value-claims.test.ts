import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { columnsOf } from './columns-of.ts';

const FIRST = ['Ann', 'Bob', 'Maria', 'Jürgen', 'Zorka'];
const LAST = ['Lee', 'Okafor', 'Lindqvist', 'van Dam', 'Groß'];
const WHOLE = ['Ann Lee', 'Bob Okafor', 'Lindqvist, Maria', 'Jürgen van Dam', 'Zorka Groß'];
const FIRMS = ['Northwind Inc.', 'Harborline Ltd', 'Nordlicht GmbH'];
const TEN_DIGITS = ['4155550101', '2025550143', '3125550199'];
const CITIES = ['Ulm', 'Leeds', 'Lyon', 'Turin', 'Porto'];

type Columns = readonly (readonly [header: string, values: readonly string[]])[];
const suggest = (columns: Columns, rows?: number) =>
  suggestMapping(
    columnsOf(
      columns.map(([header, values]) => [header, ...values] as const),
      rows,
    ),
  );
const fieldsOf = (columns: Columns, rows?: number) => suggest(columns, rows).map(({ field, open }) => (open ? 'open' : field));
const candidatesOf = (columns: Columns) => suggest(columns).map(({ candidates }) => candidates.map(({ field }) => field));

describe('where no header says it, values tell names', () => {
  test.each([
    ['no header at all', ['', '', '']],
    ['headers a program made up', ['Column1', 'Column2', 'Column3']],
    ['letters of a spreadsheet', ['A', 'B', 'C']],
    ['of a data frame', ['Unnamed: 0', 'Unnamed: 1', 'Unnamed: 2']],
    ['in German', ['Spalte 1', 'Spalte 2', 'Spalte 3']],
    ['in Japanese', ['列1', '列2', '列3']],
  ])('%s', (_, [a = '', b = '', c = '']) => {
    expect(
      fieldsOf([
        [a, FIRST],
        [b, LAST],
        [c, FIRMS],
      ]),
    ).toEqual(['firstName', 'lastName', 'companyName']);
    expect(
      fieldsOf([
        [a, CITIES],
        [b, WHOLE],
      ]),
    ).toEqual(['custom', 'fullName']);
  });

  test('given names with a column of names on either side are questions, each with two answers', () => {
    expect(
      candidatesOf([
        ['', LAST],
        ['', FIRST],
        ['', CITIES],
      ]),
    ).toEqual([
      ['lastName', 'companyName'],
      ['firstName', 'fullName'],
      ['lastName', 'companyName'],
    ]);
  });

  test('so are a few rows, and ten bare digits', () => {
    expect(
      fieldsOf(
        [
          ['', FIRST],
          ['', LAST],
        ],
        3,
      ),
    ).toEqual(['open', 'open']);
    expect(candidatesOf([['Column1', TEN_DIGITS]])).toEqual([['phone', 'altPhone1']]);
  });

  test('an unknown header over names is a question, a known one none', () => {
    expect(candidatesOf([['Prenume', FIRST]])).toEqual([['firstName', 'fullName']]);
    expect(fieldsOf([['नाम', WHOLE]])).toEqual(['open']);
    expect(fieldsOf([['Manager', WHOLE]])).toEqual(['custom']);
  });

  test('cities and words are no names of people', () => {
    expect(fieldsOf([['', CITIES]])).toEqual(['custom']);
    expect(
      fieldsOf([
        ['', ['Lamp', 'Chair', 'Desk']],
        ['', ['Red', 'Blue', 'Green']],
      ]),
    ).toEqual(['custom', 'custom']);
  });

  test('a word for the person over whole names is the name', () => {
    for (const header of ['Employee', 'Client', 'Student', 'Patient', 'Donor'])
      expect(
        fieldsOf([
          [header, WHOLE],
          ['Street', ['1 Sample St']],
        ]),
        header,
      ).toEqual(['fullName', 'custom']);
    expect(fieldsOf([['Client', ['Northwind Supply', 'Pine Trading']]])).toEqual(['custom']);
  });
});
