import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '#shared/table/decode-text.ts';
import { ENCODING_CHOICES } from '#shared/table/encodings.ts';
import { encodeLegacy } from '../../fixtures/encode-legacy.ts';
import { utf8, utf8WithMark, utf16, WINDOWS_1252_LETTERS, windows1252 } from '../../fixtures/encode-text.ts';

const LEADS = 'First Name,Last Name,Email\r\nZoë,Müller,zoe@example.com\r\nJosé,Ferreira,jose@example.org\r\n';
const WORLD = 'Name,City\n山田太郎,東京\nМария,Киев\nمحمد,القاهرة\nThe 😀 one,x\n';

const FAR = '氏名,会社名\n山田太郎,桜貿易株式会社\n佐藤花子,北極星海運有限会社\n鈴木一郎,月光設計事務所\n';

test.each([
  ['the usual', 'utf-8', utf8(WORLD), WORLD],
  ['Excel "CSV UTF-8" puts a mark in front', 'utf-8', utf8WithMark(WORLD), WORLD],
  ['plain ASCII', 'utf-8', utf8('a,b\n1,2\n'), 'a,b\n1,2\n'],
  ['Excel "Unicode text"', 'utf-16le', utf16(WORLD, 'little', true), WORLD],
  ['old Macs', 'utf-16be', utf16(WORLD, 'big', true), WORLD],
  ['without a mark: every other byte is NUL', 'utf-16le', utf16(LEADS, 'little', false), LEADS],
  ['without a mark', 'utf-16be', utf16(LEADS, 'big', false), LEADS],
  ['few letters of the file are ASCII', 'utf-16le', utf16(WORLD, 'little', false), WORLD],
  ['few letters of the file are ASCII', 'utf-16be', utf16(WORLD, 'big', false), WORLD],
  ['hardly a letter of the file is ASCII', 'utf-16le', utf16(FAR, 'little', false), FAR],
  ['hardly a letter of the file is ASCII', 'utf-16be', utf16(FAR, 'big', false), FAR],
  ['NULs and line ends at odd places only', 'utf-8', utf8('a\0b,c\nd\0e,f\n'), 'a\0b,c\nd\0e,f\n'],
  ['one word', 'utf-16le', utf16('Name', 'little', false), 'Name'],
  ['Excel "CSV" in Western Europe', 'windows-1252', windows1252(LEADS), LEADS],
  ['curly quotes and €, which some engines lose', 'windows-1252', windows1252('“Zoë” – 5 €'), '“Zoë” – 5 €'],
  ['a stray NUL does not make it UTF-16', 'utf-8', utf8('a\0b,c\n1,2\n'), 'a\0b,c\n1,2\n'],
  ['cells padded with NULs', 'utf-8', utf8('id\0\0\0\0,name\0\0\n01\0\0\0\0,Ann\0\0\0\n'), 'id\0\0\0\0,name\0\0\n01\0\0\0\0,Ann\0\0\0\n'],
])('an encoding is recognised: %s (%s)', (_reason, encoding, bytes, text) => {
  expect(decodeText(bytes)).toMatchObject({ ok: true, value: { text, encoding } });
});

test('every letter of Windows-1252 comes out as what it is', () => {
  expect(decodeText(windows1252(WINDOWS_1252_LETTERS))).toMatchObject({
    ok: true,
    value: { text: WINDOWS_1252_LETTERS, encoding: 'windows-1252' },
  });
});

test.each([
  ['the user knows better than the bytes', 'windows-1252', 'windows-1252', 'Ã©'],
  ['a label is read as browsers read it', 'latin1', 'windows-1252', 'Ã©'],
  ['in any case', 'UTF-8', 'utf-8', 'é'],
  ['any encoding a browser knows', 'iso-8859-5', 'iso-8859-5', 'УЉ'],
])('a given encoding is used: %s (%s)', (_reason, label, encoding, text) => {
  expect(decodeText(utf8('é'), label)).toEqual({ ok: true, value: { text, encoding, sure: true } });
});

test.each([
  ['no such encoding', 'klingon', utf8('a,b\n'), 'klingon'],
  ['four bytes a letter: no browser reads it', undefined, Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'utf-32le'],
  ['the other way round', undefined, Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61), 'utf-32be'],
])('an encoding nobody can read is named: %s (%s)', (_reason, label, bytes, encoding) => {
  expect(decodeText(bytes, label)).toEqual({ ok: false, error: { code: 'encoding_unknown', data: { encoding } } });
});

test('a file cut in the middle of a letter is still read as what it is', () => {
  const bytes = utf8('name\nZoë');
  expect(decodeText(bytes.subarray(0, -1), undefined, true)).toEqual({
    ok: true,
    value: { text: 'name\nZo', encoding: 'utf-8', sure: true },
  });
  expect(decodeText(bytes.subarray(0, -1))).toMatchObject({ value: { encoding: 'windows-1252' } });
});

test('any text survives UTF-8 and UTF-16, with and without a mark', () => {
  const text = fc.string({ unit: 'binary' }).map((body) => `Name,Email\nAnn,ann@example.com\n${body.replaceAll('\0', '')}\n`);
  fc.assert(
    fc.property(text, (expected) => {
      for (const bytes of [utf8(expected), utf8WithMark(expected), utf16(expected, 'little', true), utf16(expected, 'big', true)])
        expect(decodeText(bytes)).toMatchObject({ value: { text: expected } });
    }),
  );
});

test.each(ENCODING_CHOICES)('whoever chooses $name gets it', ({ encoding }) => {
  expect(decodeText(utf8('name,email\n'), encoding)).toMatchObject({ value: { encoding, sure: true } });
});

test('no two choices are the same', () => {
  const names = ENCODING_CHOICES.flatMap(({ encoding, name }) => [encoding, name]);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['every syllable of Korean Windows', 'cp949', '갂갋똠방각하펲시뷁쌰믜', 'euc-kr'],
  ['the signs that came later', 'cp949', '가격 €5 ®', 'euc-kr'],
  ['the numbers in circles of Japanese Windows', 'cp932', '①㈱髙﨑', 'shift_jis'],
  ['the euro of Latin-9', 'iso-8859-15', '€ Œuvre Žižek', 'iso-8859-15'],
  ['letters of the old Mac', 'macroman', 'É “quoted” – naïve', 'macintosh'],
])('a chosen encoding is read as browsers read it: %s', (_what, encoder, text, encoding) => {
  expect(decodeText(encodeLegacy(text, encoder), encoding)).toMatchObject({ value: { text } });
});

test('mail programs of Japan switch alphabets by escapes, which are no text', () => {
  const bytes = Uint8Array.from([...utf8('name\n'), 0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42, ...utf8('\n')]);
  expect(decodeText(bytes)).toEqual({ ok: true, value: { text: 'name\n山田\n', encoding: 'iso-2022-jp', sure: true } });
});

test.each([
  [
    'two exports glued together',
    [...utf8('Zoë,Köln,Müller,Łódź,José,Björn,Åsa\n'), ...windows1252('René\n')],
    'Zoë,Köln,Müller,Łódź,José,Björn,Åsa\nRené\n',
  ],
  ['a cell cut inside a letter', [...utf8('山田太郎,東京都'), 0xe6, 0x97, ...utf8(',ok\n')], '山田太郎,東京都æ—,ok\n'],
])('a few bytes that do not fit make no other encoding of UTF-8, and none is lost: %s', (_what, bytes, text) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ ok: true, value: { text, encoding: 'utf-8', sure: false } });
});

test('bytes that make sense in no encoding lose nothing, and are not called sure', () => {
  const bytes = Uint8Array.from([...utf8('name\n'), 0xd7, 0xf7, 0xac, 0xb1, 0xb6, 0xa6, 0xaf, 0x0a]);
  expect(decodeText(bytes)).toEqual({
    ok: true,
    value: { text: 'name\n×÷¬±¶¦¯\n', encoding: 'windows-1252', sure: false },
  });
});
