import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseHeader } from '#shared/mapping/normalise-header.ts';

type Row = readonly [header: string, words: string, reason: string];
const ROWS: readonly Row[] = [
  ['First Name', 'first name', 'lower case'],
  ['FIRST_NAME', 'first name', 'signs part words'],
  ['firstName', 'first name', 'camelCase parts words'],
  ['POAddressLine1', 'po address line 1', 'capitals and digits part words'],
  ['E-mail 1 - Value', 'email 1 value', 'one spelling of email'],
  ['eMail', 'email', 'however it is written'],
  ['LinkedIn URL', 'linkedin url', 'and of LinkedIn'],
  ["Assistant's Phone", 'assistant phone', 'a genitive is the word'],
  ['Prénom', 'prenom', 'accents go'],
  ['PrÈnom', 'prenom', 'a wrongly decoded accent goes too'],
  ['TÃ©lÃ©phone', 'telephone', 'double encoding is undone'],
  ['Größe', 'grosse', 'ß is ss'],
  ['ｅｍａｉｌ', 'email', 'full-width letters are letters'],
  ['メールアドレス2', 'メールアドレス 2', 'other scripts keep their marks'],
  ['  *"Phone" (home) ', 'phone home', 'signs around go'],
  ['', '', 'nothing stays nothing'],
  ['---', '', 'signs alone are nothing'],
];
test.each(ROWS)('%s → %s: %s', (header, words) => expect(normaliseHeader(header)).toBe(words));

test('normalising twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (header) => {
      const once = normaliseHeader(header);
      expect(normaliseHeader(once)).toBe(once);
    }),
  );
});
