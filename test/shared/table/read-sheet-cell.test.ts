import { describe, expect, test } from 'vitest';
import { sheetCellError, sheetCellText } from '#shared/table/read-sheet-cell.ts';

/** 2023-03-15 in days of Google Sheets, and the same at 13:05:09. */
const DAY = 45_000;
const MOMENT = DAY + (13 * 3600 + 5 * 60 + 9) / 86_400;

describe('a cell of a sheet is read for what it is', () => {
  test.each<readonly [shown: unknown, value: unknown, text: string, why: string]>([
    ['Ann', 'Ann', 'Ann', 'text'],
    ['  Ann ', '  Ann ', '  Ann ', 'text keeps its blanks: cleaning comes later'],
    ['00123', '00123', '00123', 'digits typed as text'],
    ['Mr Smith', 'Smith', 'Smith', 'a format that writes before the text'],
    ['', 'Ann', 'Ann', 'a format that hides the text'],
    [undefined, undefined, '', 'nothing'],
    ['', '', '', 'an empty text'],
    ['TRUE', true, 'TRUE', 'a ticked box'],
    ['FALSE', false, 'FALSE', 'an empty box'],
    ['WAHR', true, 'TRUE', 'a ticked box in a German sheet'],
    ['02138', 2138, '02138', 'a zip code behind a mask of zeros'],
    ['(415) 555-0132', 4155550132, '(415) 555-0132', 'a phone mask'],
    ['+44 20 7946 0018', 442079460018, '+44 20 7946 0018', 'a phone mask with a plus'],
    ['000', 0, '000', 'nothing but zeros'],
    ['1.2E+10', 12000000000, '12000000000', 'the digits a spreadsheet hides'],
    ['4.15555E+09', 4155550132, '4155550132', 'a phone in scientific notation is whole underneath'],
    ['45,000', 45000, '45000', 'groups of thousands'],
    ['45.000', 45000, '45000', 'groups of thousands as in Germany'],
    ['45 000', 45000, '45000', 'groups of thousands as in France'],
    ['$45,000.00', 45000, '45000', 'an amount'],
    ['45.000,50 €', 45000.5, '45000.5', 'an amount as in Germany'],
    ['3', 3.25, '3.25', 'rounded for the eye only'],
    ['0.3', 0.1 + 0.2, '0.3', 'without the noise of a binary number'],
    ['(5)', -5, '-5', 'a debt in brackets'],
    ['-5', -5, '-5', 'below nothing'],
    ['25%', 0.25, '25%', 'a share'],
    ['45', 45, '45', 'a number'],
    ['', 45, '45', 'a format that hides the number'],
    ['12345678901234567890', 12345678901234567000, '12345678901234567000', 'more digits than a number holds'],
    ['45,000 USD', 45000, '45000', 'an amount with its currency'],
    ['3/15/2023', DAY, '2023-03-15', 'a date as in the United States'],
    ['15/03/2023', DAY, '2023-03-15', 'a date as in Britain'],
    ['15.03.2023', DAY, '2023-03-15', 'a date as in Germany'],
    ['15. 3. 2023', DAY, '2023-03-15', 'a date as in Czechia'],
    ['2023-03-15', DAY, '2023-03-15', 'a date as it should be'],
    ['15-Mar-23', DAY, '2023-03-15', 'a short month'],
    ['Wednesday, March 15, 2023', DAY, '2023-03-15', 'a long date'],
    ['15 mars 2023', DAY, '2023-03-15', 'a French month'],
    ['15 марта 2023 г.', DAY, '2023-03-15', 'a Russian month'],
    ['2023年3月15日', DAY, '2023-03-15', 'a Japanese date'],
    ['20230315', DAY, '2023-03-15', 'a date without marks'],
    ['March 2023', DAY, '2023-03-15', 'the day is hidden, and known'],
    ['3/15', DAY, '2023-03-15', 'the year is hidden, and known'],
    ['3/15/2023 13:05:09', MOMENT, '2023-03-15T13:05:09', 'date and time'],
    ['3/15/2023 1:05 PM', MOMENT, '2023-03-15T13:05:09', 'date and time by twelve hours'],
    ['3/15/2023', MOMENT, '2023-03-15', 'a time that is hidden'],
    ['3/15/2023 0:00:00', DAY, '2023-03-15', 'midnight is no time'],
    ['13:05', MOMENT - DAY, '13:05', 'a time alone'],
    ['26:30', 26.5 / 24, '26:30', 'hours beyond a day'],
    ['2023', 2023, '2023', 'a year that is a number'],
    ['7', 7, '7', 'a number that is also a day of 1900'],
    ['3 1/2', 3.5, '3 1/2', 'a fraction as shown'],
  ])('%s and %s give %s (%s)', (shown, value, text) => {
    expect(sheetCellText(shown, value)).toBe(text);
  });
});

describe('an error of a formula is told from a value', () => {
  test.each(['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NUM!', '#NULL!', '#ERROR!', 'Loading...'])('%s is one', (text) => {
    expect(sheetCellError(text)).toBe(text);
  });
  test.each(['#1', 'N/A', '#hashtag', 'Loading', '', 5, true, null])('%s is none', (value) => {
    expect(sheetCellError(value)).toBeNull();
  });
});
