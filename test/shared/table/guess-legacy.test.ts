import { describe, expect, test } from 'vitest';
import { decodeText } from '#shared/table/decode-text.ts';
import { encodeLegacy, LEGACY, type LeadFileShape, leadFileIn } from '../../fixtures/encode-legacy.ts';
import { utf8, utf8WithMark, utf16 } from '../../fixtures/encode-text.ts';
import { LEAD_WORDS } from '../../fixtures/lead-words.data.ts';
import { OTHER_LEAD_WORDS } from '../../fixtures/other-lead-words.data.ts';

/** The promise: of files of 20 rows, so many are read as what they are. */
const PROMISED = 0.95;

const SHAPES: readonly Omit<LeadFileShape, 'rows' | 'seed'>[] = [
  { ownHeaders: true, namesOnly: false, namedEmails: true },
  { ownHeaders: false, namesOnly: false, namedEmails: true },
  { ownHeaders: true, namesOnly: false, namedEmails: false },
  { ownHeaders: false, namesOnly: true, namedEmails: false },
];
const SEEDS = 5;

type Outcome = { readonly encoding: string; readonly language: string; readonly right: boolean; readonly sure: boolean };

function readBack(rows: number, words = LEAD_WORDS): readonly Outcome[] {
  return LEGACY.flatMap(({ encoding, encoder, languages }) =>
    languages.flatMap((language) =>
      SHAPES.flatMap((shape) =>
        Array.from({ length: SEEDS }, (_, seed): Outcome => {
          const text = leadFileIn(language, { ...shape, rows, seed }, words);
          const decoded = decodeText(encodeLegacy(text, encoder));
          const right = decoded.ok && decoded.value.text === text;
          return { encoding, language, right, sure: decoded.ok && decoded.value.sure };
        }),
      ),
    ),
  );
}

const shareRight = (outcomes: readonly Outcome[]) => outcomes.filter(({ right }) => right).length / outcomes.length;

describe('lead files of 20 rows in older encodings', () => {
  const outcomes = readBack(20);
  test('19 of 20 and more are read as what they are', () => {
    expect(outcomes.length).toBeGreaterThan(700);
    expect(shareRight(outcomes)).toBeGreaterThanOrEqual(PROMISED);
  });
  test.each(LEGACY)('also of those in $encoding alone', ({ encoding }) => {
    expect(shareRight(outcomes.filter((outcome) => outcome.encoding === encoding))).toBeGreaterThanOrEqual(PROMISED);
  });
  test.each(LEAD_WORDS)('also of those in $language alone', ({ language }) => {
    expect(shareRight(outcomes.filter((outcome) => outcome.language === language))).toBeGreaterThanOrEqual(PROMISED);
  });
  test('a wrong guess never calls itself sure, so that the choice is on the screen', () => {
    expect(outcomes.filter(({ right, sure }) => !right && sure)).toEqual([]);
  });
  test('and most of the right ones are sure, so that the choice does not cry wolf', () => {
    expect(outcomes.filter(({ sure }) => sure).length / outcomes.length).toBeGreaterThan(0.8);
  });
});

describe('and so are those of other people, whose names nobody knew', () => {
  const outcomes = readBack(20, OTHER_LEAD_WORDS);
  test.each(LEGACY)('in $encoding', ({ encoding }) => {
    expect(shareRight(outcomes.filter((outcome) => outcome.encoding === encoding))).toBeGreaterThanOrEqual(PROMISED);
  });
  test.each(OTHER_LEAD_WORDS)('in $language', ({ language }) => {
    const own = outcomes.filter((outcome) => outcome.language === language);
    expect(own.length).toBeGreaterThanOrEqual(SHAPES.length * SEEDS);
    expect(shareRight(own)).toBeGreaterThanOrEqual(PROMISED);
  });
  test('without one wrong guess that calls itself sure', () => {
    expect(outcomes.filter(({ right, sure }) => !right && sure)).toEqual([]);
  });
});

describe('shorter files', () => {
  test('of 5 rows: more than 9 of 10 are right', () => {
    expect(shareRight(readBack(5))).toBeGreaterThan(0.9);
  });
  test('of 1 row: some are wrong, none of these calls itself sure', () => {
    const wrong = readBack(1).filter(({ right }) => !right);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter(({ sure }) => sure)).toEqual([]);
  });
});

test('a name that comes again in the address of its line tells what its odd letter is', () => {
  const file = (address: string) => encodeLegacy(`First Name,Last Name,Email\r\nLeonard,Kühnel,${address}@example.com\r\n`, 'macroman');
  expect(decodeText(file('leonard.kuhnel'))).toMatchObject({ value: { text: expect.stringContaining('Kühnel') } });
  expect(decodeText(file('l.kuehnel'))).toMatchObject({ value: { text: expect.stringContaining('Kühnel') } });
  expect(decodeText(file('lead7'))).toMatchObject({ value: { sure: false } });
});

const unicode = LEAD_WORDS.map(({ language }) => {
  const text = leadFileIn(language, { rows: 20, seed: 1, ownHeaders: true, namesOnly: false, namedEmails: true });
  return [language, text] as const;
});
test.each(unicode)('Unicode in %s is always right, with and without a mark, and sure', (_language, text) => {
  const files = [
    utf8(text),
    utf8WithMark(text),
    ...([true, false] as const).flatMap((mark) => [utf16(text, 'little', mark), utf16(text, 'big', mark)]),
  ];
  for (const bytes of files) expect(decodeText(bytes)).toMatchObject({ value: { text, sure: true } });
});

const HEADER = 'First Name,Last Name,Email,Phone,Notes\r\n';
test.each([
  ['an apostrophe of Word', 'win1252', 'Ann,O’Brien,a@example.com,,It’s the customer’s choice\r\n'],
  ['curly quotes', 'win1252', 'Ann,Lee,a@example.com,,said “great” and “call me”\r\n'],
  ['a dash and dots', 'win1252', 'Ann,Lee,a@example.com,,Fern – Sales… later\r\n'],
  ['a price in euros', 'win1252', 'Ann,Lee,a@example.com,,budget €500\r\n'],
  ['a price in euros as Latin-9 has it', 'iso-8859-15', 'Ann,Lee,a@example.com,,budget 500 €\r\n'],
  ['a price in pounds', 'win1252', 'Ann,Lee,a@example.com,,Payscale (£)\r\nBob,Ray,,,£20\r\n'],
  ['a trade mark', 'win1252', 'Ann,Lee,a@example.com,,Acme™ and Fern® at 20°\r\n'],
  ['the same on a Mac', 'macroman', 'Ann,Lee,a@example.com,,Acme™ and Fern® at 20°\r\n'],
  ['one name', 'win1252', 'José,Lee,jose@example.com,,\r\n'],
  ['one name on a Mac', 'macroman', 'José,Lee,jose@example.com,,\r\n'],
  ['names of many languages', 'win1252', 'José,Ruiz,,,\r\nZoë,Brandt,,,\r\nFrançois,Léger,,,\r\nSøren,Kjær,,,\r\nJürgen,Groß,,,\r\n'],
  ['all in capitals', 'win1252', 'JOSÉ,MUÑOZ,,,\r\nZOË,GRÜN,,,\r\n'],
  ['half-width kana beside the names', 'cp932', '太郎,山田,,,ﾔﾏﾀﾞ ﾀﾛｳ\r\n花子,佐藤,,,ｻﾄｳ ﾊﾅｺ\r\n'],
  ['Turkish', 'win1254', 'Ayşe,Yıldız,ayse@example.com,,Müdür\r\nÇağla,Şahin,cagla@example.com,,İstanbul\r\n'],
  ['Korean syllables that only Windows has', 'cp949', '펲,똠방각하,,,서울 주식회사 햏햏\r\n김민수,이름,,,대표이사\r\n'],
])('a few odd letters are enough: %s (%s)', (_what, encoder, rows) => {
  expect(decodeText(encodeLegacy(HEADER + rows, encoder))).toMatchObject({ value: { text: HEADER + rows } });
});
