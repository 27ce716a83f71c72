import { describe, expect, test } from 'vitest';
import { readHeader } from '#shared/mapping/read-header.ts';
import type { Concept, Role, Whose } from '#shared/mapping/vocabulary.ts';

type Row = readonly [header: string, concept: Concept | null, role: Role | null, whose: Whose, reason: string];
const ROWS: readonly Row[] = [
  ['Arbeitstelefon', 'phone', 'work', 'person', 'German words written as one, with a letter between'],
  ['Firmentelefonnummer', 'phone', null, 'company', 'three of them'],
  ['mobilephonenumber', 'phone', 'mobile', 'person', 'English ones'],
  ['携帯電話番号', 'phone', 'mobile', 'person', 'Japanese is cut into known words'],
  ['TEL直通', 'phone', 'work', 'person', 'letters beside Japanese are a word'],
  ['電話 番号', 'phone', null, 'person', 'blanks inside Japanese say nothing'],
  ['휴대폰 번호', 'phone', 'mobile', 'person', 'nor inside Korean'],
  ['Contact mobile', 'phone', 'mobile', 'person', 'a phrase has the roles of its words'],
  ['Direct', 'phone', 'work', 'person', 'so has a word standing alone'],
  ['Telefone comercial', 'phone', 'work', 'person', 'the language of the other words decides'],
  ['Commercial', null, null, 'owner', 'alone it is French, and a colleague'],
  ['contact[first]', 'firstName', null, 'person', 'what is inside brackets reads by itself'],
  ['Contact First', 'firstName', null, 'person', 'and behind a blank'],
  ['lead.last', 'lastName', null, 'person', 'and behind a dot'],
  ['Nom, Prénom', 'fullName', null, 'person', 'two names of one language are the whole name'],
  ['First name / Nombre', 'firstName', null, 'person', 'one name in two languages is one name'],
  ['Surname & Name', 'fullName', null, 'person', 'in either order'],
  ['Company Name Email', 'email', null, 'company', 'a company word says whose'],
  ['Default Address Phone', 'phone', 'other', 'person', 'what stands with an address comes later'],
];
test.each(ROWS)('%s: %s %s %s (%s)', (header, concept, role, whose) => expect(readHeader(header)).toMatchObject({ concept, role, whose }));

describe('one word nobody knows leaves a header unread', () => {
  test.each(['Telefonanlage', 'Emailing', 'Phonetic First Name', '電話帳', 'Namespace', 'Positionierung', 'Mobilität'])('%s', (header) =>
    expect(readHeader(header)?.concept ?? null).toBeNull(),
  );
});
