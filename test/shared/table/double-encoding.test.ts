import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { findDoubleEncoding, mendWestern } from '#shared/table/double-encoding.ts';
import { readText } from '#shared/table/read-csv.ts';
import { utf8 } from '../../fixtures/encode-text.ts';

/** What becomes of a text whose UTF-8 is taken for another encoding. */
const misread = (text: string, encoding: string) => iconv.decode(Buffer.from(text, 'utf8'), encoding);
/** What Latin-1 makes of the bytes 0x80 to 0x9F: control characters that nobody sees. */
const misreadAsLatin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

const mend = (cell: string, text = cell) => findDoubleEncoding(text)?.(cell) ?? cell;

test.each([
  ['the header of a French ad platform', 'Téléphone', 'TÃ©lÃ©phone'],
  ['a German name', 'Müller', misread('Müller', 'win1252')],
  ['a capital whose second byte shows as nothing', 'Émilie', misreadAsLatin1('Émilie')],
  ['a Polish name', 'Łukasz Żuraw', misreadAsLatin1('Łukasz Żuraw')],
  ['a Russian name', 'Иванов Пётр', misreadAsLatin1('Иванов Пётр')],
  ['a Japanese name', '山田太郎', misreadAsLatin1('山田太郎')],
  ['an apostrophe of Word', 'Mayor’s office – north', misread('Mayor’s office – north', 'win1252')],
  ['a smiling face', 'call 😀', misreadAsLatin1('call 😀')],
  ['a second time over', 'Téléphone', misread(misread('Téléphone', 'win1252'), 'win1252')],
  ['on a Mac', 'Téléphone', misread('Téléphone', 'macroman')],
  ['on a Russian Windows', 'Привет', misread('Привет', 'win1251')],
  ['the mark that UTF-8 may begin with', 'Name', 'ï»¿Name'],
])('a text that went wrong is mended: %s', (_what, text, broken) => {
  expect(broken).not.toBe(text);
  expect(mend(broken)).toBe(text);
});

test.each([
  'JOÃO',
  'AMANHÃ',
  '“AMANHÃ”',
  'CAFÉ”',
  '„Ä“',
  'Â',
  'Æ’',
  'Ø©',
  'Åse™',
  'Señor®',
  '50 °C',
  'ÄÖÜ',
  'Ünïcödé',
  'π ≈ √2',
  '«СССР»',
  'СССР»',
  'Ð',
  'plain',
])('a sound text stays as it is: %s', (cell) => {
  expect(mend(cell)).toBe(cell);
  expect(mend(cell, `${cell}\nTÃ©lÃ©phone\nРџСЂРёРІРµС‚`)).toBe(cell); // even in a file that has broken ones
});

test.each([
  ['a lost byte cannot be brought back', 'Å�ukasz'],
  ['a cell that is half sound is nobody’s encoding', 'Müller TÃ©lÃ©phone'],
])('what cannot be mended for sure is left alone: %s', (_why, cell) => {
  expect(mend(cell)).toBe(cell);
});

describe('in a file', () => {
  const csv = 'PrÃ©nom,Nom\nZoÃ«,Brandt\nAnn,Lee\nRenÃ©,Küng\n';
  test('headers and cells are mended, and the rows are marked', () => {
    expect(readText(csv)).toMatchObject({
      value: {
        headers: ['Prénom', 'Nom'],
        rows: [
          ['Zoë', 'Brandt'],
          ['Ann', 'Lee'],
          ['René', 'Küng'],
        ],
        repairedRows: [0, 2],
        facts: { repairedRows: 2 },
      },
    });
  });
  test('nothing is mended when the user says so', () => {
    const table = readText(csv, { repair: false });
    expect(table).toMatchObject({ value: { headers: ['PrÃ©nom', 'Nom'], facts: { repairedRows: 0 } } });
    expect(table.ok && 'repairedRows' in table.value).toBe(false);
  });
});

test('one short text by itself is mended where it is sure, and left alone where it is right', () => {
  expect(mendWestern('TÃ©lÃ©phone')).toBe('Téléphone');
  for (const text of ['Téléphone', 'Straße', 'Ãrea', '電話', 'naïve', 'Phone', '']) expect(mendWestern(text)).toBe(text);
});

test('what is mended is what a strict UTF-8 decoder makes of the bytes, and nothing else is', () => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const byte = fc.oneof(
    fc.integer({ min: 0x80, max: 0xff }),
    fc.constantFrom(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xc0, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0x80),
  );
  const letters = fc.string({ unit: fc.constantFrom('é', 'ü', '山', '€', 'a'), minLength: 1, maxLength: 4 }).map((text) => [...utf8(text)]);
  const counts = { mended: 0 };
  fc.assert(
    fc.property(fc.oneof(fc.array(byte, { minLength: 1, maxLength: 6 }), letters), (bytes) => {
      const cell = new TextDecoder('windows-1252').decode(Uint8Array.from(bytes));
      const mended = findDoubleEncoding(`Ã©Ã© ${cell}`)?.(cell);
      if (mended === cell) return;
      counts.mended++;
      expect(() => strict.decode(Uint8Array.from(bytes))).not.toThrow();
    }),
    { numRuns: 1_000 },
  );
  expect(counts.mended).toBeGreaterThan(100);
});
