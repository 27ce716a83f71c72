import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '#shared/api/errors.ts';
import { templateCsv } from '#shared/api/template-csv.ts';
import { FIELD_IDS, FIELDS, TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { PROBLEMS, type Problem, type ProblemCode, problem } from '#shared/problems.ts';
import { apiErrorSentence } from '#shared/sentences/api-error.ts';
import { sentenceForProblem } from '#shared/sentences/en.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { lead } from '../../server/store/sqlite/schema.ts';

/** Says what keeps a sentence from being one for people; null when nothing does. */
function judgeSentence(sentence: string): string | null {
  if (/undefined|NaN|\bnull\b|\[object/.test(sentence)) return `"${sentence}" shows what only a program understands`;
  return /^\S.*[.?)]$/.test(sentence) && sentence.includes(' ') ? null : `"${sentence}" is no sentence`;
}

describe('every problem has a sentence', () => {
  const codes = Object.keys(PROBLEMS) as readonly ProblemCode[]; // as: the table is a literal, its keys are exactly the codes
  const withData: Partial<Problem> = {
    text: 'ann(at)example',
    data: {
      line: 7,
      count: 2,
      bytes: 40_000,
      limit: 32_768,
      cells: 3,
      expected: 4,
      label: 'City',
      type: 'number',
      suggestion: 'ann@example.com',
      entry: 'example.org',
      kind: 'domain',
      since: '2026-01-31',
      matchedOn: 'email',
    },
  };
  test.each(codes)('%s, with and without what is known about it', (code) => {
    expect(judgeSentence(sentenceForProblem(problem(code)))).toBeNull();
    expect(judgeSentence(sentenceForProblem(problem(code, withData)))).toBeNull();
  });
  test('and no two problems say the same', () => {
    const sentences = codes.map((code) => sentenceForProblem(problem(code)));
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
  });
});

test.each(ERROR_CODES)('the error %s has a sentence', (code) => expect(judgeSentence(apiErrorSentence(code))).toBeNull());

describe('every field is known everywhere', () => {
  test.each(FIELD_IDS)('%s has a label of its own', (id) => {
    expect(FIELD_IDS.filter((other) => FIELDS[other].label === FIELDS[id].label)).toEqual([id]);
  });
  test.each(TEXT_FIELD_IDS)('%s has a column in the database', (id) => {
    const column = getTableConfig(lead).columns.find(
      ({ name }) => name === id.replace(/[A-Z]|\d/g, (letter) => `_${letter.toLowerCase()}`),
    );
    expect(column?.notNull).toBe(false);
  });
  test('the template that we hand out finds its way back without a click', () => {
    const table = readTable(new TextEncoder().encode(templateCsv()));
    if (!table.ok) throw new Error(table.error.code);
    expect(suggestMapping(table.value).map(({ field }) => field)).toEqual(FIELD_IDS);
  });
});

describe('a sentence is refused', () => {
  test.each([
    ['with a hole in it', 'Line undefined has the same phone.'],
    ['with a number that is none', 'NaN phones in one cell.'],
    ['that is a code', 'email_no_at'],
    ['that has no end', 'An email needs an @'],
    ['that is empty', ''],
  ])('%s', (_, sentence) => expect(judgeSentence(sentence)).not.toBeNull());
});
