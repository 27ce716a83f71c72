import { describe, expect, test } from 'vitest';
import { type FileErrorCode, PROBLEMS, type Problem, type ProblemCode, type ReasonCode } from '#shared/problems.ts';
import {
  dryRunSentences,
  receiptSentences,
  savedSentence,
  sentenceForFileError,
  sentenceForGap,
  sentenceForProblem,
  sentenceForReason,
} from '#shared/sentences/en.ts';
import { FILE_SENTENCES } from '#shared/sentences/en-files.ts';
import { REASON_SENTENCES } from '#shared/sentences/en-reasons.ts';
import { day, percent, size } from '#shared/sentences/en-words.ts';

const CODES = Object.keys(PROBLEMS) as ProblemCode[]; // a literal: its keys are its codes
const say = (code: ProblemCode, rest: Omit<Problem, 'code' | 'severity'> = {}) =>
  sentenceForProblem({ code, severity: PROBLEMS[code], ...rest });

describe('the sentence of a problem', () => {
  type Row = readonly [code: ProblemCode, rest: Omit<Problem, 'code' | 'severity'>, sentence: string];
  const ROWS: readonly Row[] = [
    ['phone_digits_lost', { text: '4.15555E+09' }, 'Excel shortened this number. Format the column as text and export again.'],
    ['email_no_at', { text: 'ann' }, 'An email needs an @: “ann” has none.'],
    ['email_no_at', {}, 'An email needs an @.'],
    ['email_typo', { data: { suggestion: 'ann@gmail.com' } }, 'This email may be misspelt. Is it ann@gmail.com?'],
    ['duplicate_in_file', { data: { line: 12, matchedOn: 'email' } }, 'The same person as in line 12 (same email).'],
    ['duplicate_in_list', { data: { leadId: 'x', matchedOn: 'phone' } }, 'Already in the list (same phone).'],
    ['review_several', { data: { count: 2 } }, 'This row matches 2 leads. Decide which of them it is.'],
    [
      'row_ragged',
      { data: { cells: 8, expected: 9 } },
      'This row has 8 values for 9 columns. Check that nothing slipped into another column.',
    ],
    [
      'row_ragged',
      { data: { cells: 1, expected: 9 } },
      'This row has 1 value for 9 columns. Check that nothing slipped into another column.',
    ],
    ['cell_too_large', { data: { bytes: 40_960, limit: 32_768 } }, 'This value is too long (40 kB, 32 kB fit). Shorten it in the file.'],
    ['custom_type_mismatch', { text: 'soon', data: { type: 'date' } }, '“soon” is no date. It is kept as it is.'],
    ['date_unclear', { text: '30/02/2025' }, 'It is not clear which day “30/02/2025” is. It is kept as it is.'],
    ['suppressed', { data: { entry: 'example.org', since: '2026-05-04' } }, 'This person has opted out: example.org, since 4 May 2026.'],
    ['owner_unknown', { text: 'x@example.com' }, '“x@example.com” is not a member here. The lead stays unassigned.'],
  ];
  test.each(ROWS)('%s %j', (code, rest, sentence) => {
    expect(say(code, rest)).toBe(sentence);
  });
  test('names the field where the sentence alone would not', () => {
    expect(sentenceForProblem({ code: 'phone_doubtful', severity: 'warning', text: '+1234567890' }, 'Alternate phone 2')).toBe(
      'Alternate phone 2: “+1234567890” may not exist. Check its digits and its country.',
    );
  });
  test('a very long text does not make a very long sentence', () => {
    expect(say('email_no_at', { text: 'x'.repeat(5_000) }).length).toBeLessThan(100);
  });
});

test.each(CODES)('%s is said in whole sentences, with and without its data, and never begs or shouts', (code) => {
  const data = {
    line: 12,
    count: 2,
    bytes: 40_960,
    limit: 32_768,
    cells: 8,
    expected: 9,
    entry: 'example.org',
    since: '2026-05-04',
    matchedOn: 'email',
    type: 'date',
  };
  for (const text of [say(code), say(code, { text: 'abc', data })]) {
    expect(text).toMatch(/^[A-Z“0-9].*[.?]$/s);
    expect(text).not.toMatch(/!|please|successful|undefined|NaN|null/i);
  }
});

describe('why a file was not read', () => {
  type Row = readonly [error: Parameters<typeof sentenceForFileError>[0], fileName: string, sentence: RegExp];
  const ROWS: readonly Row[] = [
    [{ code: 'file_wrong_type', data: { refused: 'xls' } }, 'leads.xlsx', /^This is an old Excel file with a \.xlsx name\. /],
    [{ code: 'file_wrong_type', data: { refused: 'xls' } }, 'leads.xls', /^This is an old Excel file\. In Excel, save it as \.xlsx or CSV/],
    [{ code: 'file_wrong_type', data: { refused: 'pdf' } }, 'leads', /^This is a PDF\. /],
    [{ code: 'file_wrong_type', data: { refused: 'html' } }, 'leads.csv', /^This is a web page with a \.csv name\. /],
    [{ code: 'file_wrong_type', data: { refused: 'binary' } }, 'leads.csv', /^This is no text table\. /],
    [{ code: 'quote_never_closed', data: { line: 12 } }, 'leads.csv', /^A quote opened on line 12 is never closed\. /],
    [
      { code: 'file_too_large', data: { bytes: 13_000_000, limit: 10_485_760 } },
      'leads.csv',
      /^The file has 12\.4 MB; the limit is 10 MB\. /,
    ],
    [
      { code: 'file_too_large', data: { bytes: 10_485_761, limit: 10_485_760 } },
      'leads.csv',
      /^The file has 10,485,761 bytes; the limit is 10,485,760 bytes\. /,
    ],
    [{ code: 'too_many_columns', data: { columns: 200_000, limit: 512 } }, 'leads.csv', /^There are 200,000 columns; 512 can be read\. /],
    [{ code: 'file_empty' }, 'leads.csv', /^The file is empty\. /],
    [{ code: 'too_many_rows', data: { limit: 1_048_576 } }, 'leads.csv', /^The file has more than 1,048,576 rows, blank ones included\. /],
    [{ code: 'file_encrypted' }, 'leads.xlsx', /^The workbook is protected by a password\. /],
    [{ code: 'sheet_unknown', data: { sheet: 'People' } }, 'leads.xlsx', /^The workbook has no sheet “People”\. /],
    [{ code: 'file_wrong_type', data: { refused: 'xlsb' } }, 'leads.xlsb', /^This is a binary Excel file\. /],
  ];
  test.each(ROWS)('%j', (error, fileName, sentence) => {
    expect(sentenceForFileError(error, fileName)).toMatch(sentence);
  });
  test('every code says what to do', () => {
    for (const code of Object.keys(FILE_SENTENCES) as FileErrorCode[]) {
      const text = sentenceForFileError({ code });
      expect(text.split(/[.:;] ?/).filter(Boolean).length, text).toBeGreaterThan(1);
      expect(text).not.toMatch(/!|please|undefined|NaN/i);
    }
  });
});

describe('why a column was given its field', () => {
  test('names what the values are', () => {
    expect(sentenceForReason({ code: 'name_and_values', data: { share: 0.994, kind: 'email' } })).toBe(
      'Column name, and 99 % are email addresses',
    );
    expect(sentenceForReason({ code: 'values_disagree', data: { share: 0, kind: 'phone' } })).toBe(
      'The name fits, but none are phone numbers',
    );
  });
  test('every reason can be said without data', () => {
    for (const code of Object.keys(REASON_SENTENCES) as ReasonCode[]) expect(sentenceForReason({ code })).not.toMatch(/undefined|NaN|!/);
  });
});

describe('the plain lines of a receipt', () => {
  test('begin with the leads that came into the list', () => {
    const counts = { created: 2198, addedToList: 97, updated: 46, rejected: 58, duplicate: 120, suppressed: 12, review: 9 };
    expect(receiptSentences(counts, 'Q4 Webinar')).toEqual([
      '2,295 leads saved to Q4 Webinar.',
      '46 updated.',
      '58 invalid records skipped.',
      '120 were already there.',
      '12 have opted out.',
      '9 wait for your decision.',
    ]);
  });
  test('speak of one as one', () => {
    const counts = { created: 1, rejected: 1, duplicate: 1, suppressed: 1, review: 1, cancelled: 1, list: { name: 'Fair' } };
    expect(receiptSentences(counts)).toEqual([
      '1 lead saved to Fair.',
      '1 invalid record skipped.',
      '1 was already there.',
      '1 has opted out.',
      '1 waits for your decision.',
      '1 row was not imported: you cancelled.',
    ]);
  });
  test('say so when nothing was written, and nothing about what did not happen', () => {
    expect(receiptSentences({ created: 0, duplicate: 3 }, 'Fair')).toEqual(['No leads were saved.', '3 were already there.']);
  });
  test('a lead that was only changed was not saved to the list', () => {
    expect(receiptSentences({ updated: 1, rejected: 1 }, 'Fair')).toEqual(['1 lead updated.', '1 invalid record skipped.']);
    expect(dryRunSentences({ updated: 2 }, 'Fair', true)).toEqual(['2 leads would be updated.']);
    expect(dryRunSentences({ created: 1, updated: 2 }, 'Fair', true)).toEqual(['1 lead would be saved to Fair.', '2 would be updated.']);
  });
  test('nobody was already there in a list that was just made', () => {
    const list = { name: 'Fair', created: true };
    expect(receiptSentences({ created: 48, duplicate: 3, list })).toEqual(['48 leads saved to Fair.', '3 duplicates left out.']);
    expect(receiptSentences({ created: 1, duplicate: 1, list })[1]).toBe('1 duplicate left out.');
  });
  test('the message of the API counts what is new in the list', () => {
    const none = { updatedCount: 0, duplicateCount: 0, reviewCount: 0, suppressedCount: 0, invalidCount: 0 };
    expect(savedSentence({ ...none, savedCount: 1 })).toBe('1 lead saved');
    expect(savedSentence({ ...none, savedCount: 0, duplicateCount: 2, invalidCount: 1 })).toBe('0 leads saved, 2 already there, 1 invalid');
    expect(savedSentence({ ...none, savedCount: 2 }, true)).toBe('2 leads would be saved');
  });
});

test('a required field without a column is named', () => {
  expect(sentenceForGap('phone_missing')).toBe('Phone is required, and no column feeds it yet.');
});

describe('numbers', () => {
  test('shares never round to all or none', () => {
    expect([percent(1), percent(0.999), percent(0.001), percent(0)]).toEqual(['100 %', '99 %', '1 %', '0 %']);
  });
  test('sizes are read at a glance', () => {
    expect([size(1), size(300), size(32_768), size(10_485_760)]).toEqual(['1 byte', '300 bytes', '32 kB', '10 MB']);
  });
  test('a date that is none stays as it is', () => {
    expect([day('2026-05-04T10:00:00Z'), day('soon'), day('2026-13-01')]).toEqual(['4 May 2026', 'soon', '2026-13-01']);
  });
});
