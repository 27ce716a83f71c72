import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from './table-of.ts';

const fieldsOf = (headers: readonly string[], row: readonly string[]) =>
  suggestMapping(tableOf(headers, [row])).map(({ field, open }) => (open ? 'open' : field));
const PHONE = '+1 202 555 0143';
const MAIL = 'ann@example.com';

describe('what the makers of tables do with their headers', () => {
  test.each([
    ['umlauts are written out', ['TelefonGeschaeft', 'Buero Telefon'], [PHONE, PHONE], ['phone', 'altPhone1']],
    [
      'a word nobody knows stands before nearly all',
      ['XQ Vorname', 'XQ Nachname', 'XQ Mail', 'XQ Ort'],
      ['Ann', 'Lee', MAIL, 'Ulm'],
      ['firstName', 'lastName', 'email', 'custom'],
    ],
    [
      'such a word before things makes no person',
      ['sku name', 'sku price', 'sku size', 'sku color'],
      ['Lamp', '10', 'L', 'red'],
      ['custom', 'custom', 'custom', 'custom'],
    ],
    [
      'brackets say it is the company',
      ['Name (Adressattyp Unternehmen)', 'Name (Adressattyp Mensch)', 'Vorname'],
      ['Nordwind GmbH', 'Lee', 'Ann'],
      ['companyName', 'lastName', 'firstName'],
    ],
    [
      'the first owner of a house is the person',
      ['Owner 1 First Name', 'Owner 1 Last Name', 'Owner 2 First Name'],
      ['Ann', 'Lee', 'Bob'],
      ['firstName', 'lastName', 'custom'],
    ],
    [
      'a postal sign is no phone',
      ['氏名', '自宅〒', '自宅電話'],
      ['山田 花子', '100-0001', '03-0000-0001'],
      ['fullName', 'custom', 'phone'],
    ],
    [
      'the office of an East Asian address book comes before home',
      ['自宅E-mail', '会社E-mail'],
      [MAIL, 'ann@example.org'],
      ['altEmail1', 'email'],
    ],
  ])('%s', (_, headers, row, fields) => {
    expect(fieldsOf(headers, row)).toEqual(fields);
  });
});

describe('a header that could be a field is silent where its values say otherwise', () => {
  test.each([
    ['a phone that is called by words names which of them', ['Cell phone', 'Default phone'], [PHONE, 'mobile'], ['phone', 'custom']],
    ['a group called a cell is none', ['Name', 'Home cell'], ['Ann Lee', 'Bethel'], ['fullName', 'open']],
    ['a short number beside a phone is a room', ['Office number', 'Office phone'], ['1204', PHONE], ['custom', 'phone']],
    ['a note of a number is a mark', ['Name', 'Note'], ['Ann Lee', '4.5'], ['fullName', 'custom']],
    ['a role of capitals is a login', ['Email', 'Role'], [MAIL, 'ADMIN'], ['email', 'custom']],
    ['a role of a chief stays a job', ['Email', 'Role'], [MAIL, 'CEO'], ['email', 'jobTitle']],
    ['"SN" beside a name is a count', ['SN', 'Given name'], ['1', 'Ann'], ['custom', 'firstName']],
    ['"sn" of a directory is the surname', ['sn', 'givenName'], ['Lee', 'Ann'], ['lastName', 'firstName']],
  ])('%s', (_, headers, row, fields) => {
    expect(fieldsOf(headers, row)).toEqual(fields);
  });
});

describe('who is meant, the other columns say', () => {
  test.each([
    ['a title before a client is that of the job', ['title', 'client_name'], ['Kitchen', 'Ann Lee'], ['custom', 'fullName']],
    ['a title behind a contact is the contact’s', ['Contact name', 'Title'], ['Ann Lee', 'Buyer'], ['fullName', 'jobTitle']],
    [
      'somebody beside a company is the person',
      ['회사', '담당자', '연락처'],
      ['샘플식품', '홍길동', PHONE],
      ['companyName', 'fullName', 'phone'],
    ],
    [
      'a bare name beside numbered contacts is what they belong to',
      ['Name', 'Contact 1 name', 'Contact 1 email'],
      ['Sample Center', 'Ann Lee', MAIL],
      ['custom', 'fullName', 'email'],
    ],
    [
      'a person’s name of one word beside a surname is the first name',
      ['person_name', 'person_surname'],
      ['Ann', 'Lee'],
      ['firstName', 'lastName'],
    ],
    [
      'guests of the invitee are others',
      ['Invitee name', 'Invitee email', 'Guest Email(s)'],
      ['Ann Lee', MAIL, 'bob@example.org'],
      ['fullName', 'email', 'custom'],
    ],
    [
      'a fax beside it does not keep the company’s only phone away',
      ['Contact', 'Company phone', 'Fax'],
      ['Ann Lee', PHONE, '+1 202 555 0199'],
      ['fullName', 'phone', 'custom'],
    ],
  ])('%s', (_, headers, row, fields) => {
    expect(fieldsOf(headers, row)).toEqual(fields);
  });
});
