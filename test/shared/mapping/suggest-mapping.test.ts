import { describe, expect, test } from 'vitest';
import { FIELD_IDS, FIELDS } from '#shared/lead/fields.ts';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import type { RawTable } from '#shared/table/table.ts';
import { tableOf } from '../../support/table-of.ts';
import { columnsOf } from './columns-of.ts';

const fieldsOf = (table: RawTable) => suggestMapping(table).map(({ field, open }) => (open ? 'open' : field));
const fieldsOfHeaders = (...headers: readonly string[]) => fieldsOf(tableOf(headers));
const PHONES = ['(202) 555-0143', '202.555.0117', '+44 7700 900142'];

describe('columns find their fields by name', () => {
  type Row = readonly [reason: string, headers: readonly string[], fields: readonly string[]];
  const ROWS: readonly Row[] = [
    ['whatever case, blanks and signs', ['FIRST_NAME', 'last-name', ' E-Mail ', '*Phone'], ['firstName', 'lastName', 'email', 'phone']],
    ['camelCase', ['firstName', 'lastName', 'emailAddress', 'phoneNumber'], ['firstName', 'lastName', 'email', 'phone']],
    ['written as one word', ['firstname', 'lastname', 'emailaddress', 'mobilephone'], ['firstName', 'lastName', 'email', 'phone']],
    ['short forms', ['FNAME', 'LNAME', 'EMAIL'], ['firstName', 'lastName', 'email']],
    ['a prefix that says it is the person', ['Contact First Name', 'customer_email', 'billing_phone'], ['firstName', 'email', 'phone']],
    ['given and family name', ['Given Name', 'Family Name'], ['firstName', 'lastName']],
    [
      'German',
      ['Vorname', 'Nachname', 'E-Mail-Adresse', 'Telefonnummer', 'Firma', 'Bemerkung'],
      ['firstName', 'lastName', 'email', 'phone', 'companyName', 'notes'],
    ],
    [
      'French',
      ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Société', 'Fonction'],
      ['firstName', 'lastName', 'email', 'phone', 'companyName', 'jobTitle'],
    ],
    [
      'Spanish',
      ['Nombre', 'Apellidos', 'Correo electrónico', 'Móvil', 'Empresa', 'Cargo'],
      ['firstName', 'lastName', 'email', 'phone', 'companyName', 'jobTitle'],
    ],
    ['Portuguese', ['Nome', 'Sobrenome', 'E-mail', 'Celular', 'Empresa'], ['firstName', 'lastName', 'email', 'phone', 'companyName']],
    [
      'Italian',
      ['Nome', 'Cognome', 'Posta elettronica', 'Cellulare', 'Azienda', 'Ruolo'],
      ['firstName', 'lastName', 'email', 'phone', 'companyName', 'jobTitle'],
    ],
    [
      'Dutch',
      ['Voornaam', 'Achternaam', 'E-mailadres', 'Mobiel', 'Bedrijf', 'Functie'],
      ['firstName', 'lastName', 'email', 'phone', 'companyName', 'jobTitle'],
    ],
    ['damaged accents', ['PrÃ©nom', 'Nom', 'TÃ©lÃ©phone'], ['firstName', 'lastName', 'phone']],
    ['a LinkedIn profile', ['Person Linkedin Url'], ['linkedinUrl']],
    ["an owner's address", ['Owner Email', 'Email'], ['ownerEmail', 'email']],
    ['tags and notes', ['Tags', 'Comments'], ['tags', 'notes']],
  ];
  test.each(ROWS)('%s', (_, headers, fields) => expect(fieldsOfHeaders(...headers)).toEqual(fields));

  test('every field finds back under its own label and id: exports and templates map themselves', () => {
    expect(fieldsOfHeaders(...FIELD_IDS.map((id) => FIELDS[id].label))).toEqual(FIELD_IDS);
    expect(fieldsOfHeaders(...FIELD_IDS)).toEqual(FIELD_IDS);
  });
});

describe('right or silent: what is not understood stays a custom field', () => {
  const SILENT = [
    'Email Status',
    'Email opt-out',
    'Email confidence',
    'Phone type',
    'Phone 1 Extension',
    'Fax',
    'First contact',
    'Last contact',
    'Last activity date',
    'Company size',
    'Company address',
    'Company LinkedIn URL',
    'Website',
    'Photo',
    'Ville',
    'Home',
    'Middle name',
    'Phonetic First Name',
    'Name prefix',
    "Assistant's phone",
    'Manager name',
    'Previous company',
    'Referred by',
    'Owner',
    'Lead source',
    'City',
    'Country',
    'Created by',
    '#',
    'ID',
    'Notes link',
    'Organization 2 - Name',
    'Person 2 Email',
    'Second first name',
  ];
  test.each(SILENT)('%s', (header) => expect(fieldsOfHeaders(header)).toEqual(['custom']));

  test("a company's phone is not the person's", () => expect(fieldsOfHeaders('Company Phone', 'Mobile')).toEqual(['custom', 'phone']));
  test("a company's phone is taken where the file has no other", () =>
    expect(fieldsOfHeaders('Company Phone', 'Email')).toEqual(['phone', 'email']));
  test('what was sent back with the rejected rows is not imported as data', () => {
    const headers = ['Email', 'Phone', 'leadline_import', 'line', 'column', 'code', 'reason'];
    expect(fieldsOfHeaders(...headers)).toEqual(['email', 'phone', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore']);
  });
});

describe('several phones and addresses are ranked over all columns at once', () => {
  type Row = readonly [reason: string, headers: readonly string[], fields: readonly string[]];
  const ROWS: readonly Row[] = [
    [
      'the plain one first, then mobile, work, home',
      ['Home Phone', 'Business Phone', 'Mobile Phone', 'Phone'],
      ['altPhone3', 'altPhone2', 'altPhone1', 'phone'],
    ],
    [
      'mobile where there is no plain one',
      ['Work Direct Phone', 'Home Phone', 'Mobile Phone', 'Other Phone'],
      ['altPhone1', 'altPhone2', 'phone', 'altPhone3'],
    ],
    ['by number', ['Phone 3', 'Phone 1', 'Phone 2'], ['altPhone2', 'phone', 'altPhone1']],
    [
      'a fifth one is custom',
      ['Phone 1', 'Phone 2', 'Phone 3', 'Phone 4', 'Phone 5'],
      ['phone', 'altPhone1', 'altPhone2', 'altPhone3', 'custom'],
    ],
    ['addresses: plain, work, home', ['Personal Email', 'Work Email', 'Email'], ['altEmail2', 'altEmail1', 'email']],
    ['primary, secondary, tertiary', ['Tertiary Email', 'Secondary Email', 'Primary Email'], ['altEmail2', 'altEmail1', 'email']],
    ['two columns of one name', ['Email', 'Email'], ['email', 'altEmail1']],
    ['an exact name keeps its place', ['Mobile', 'Alternate phone 2', 'Phone'], ['altPhone1', 'altPhone2', 'phone']],
  ];
  test.each(ROWS)('%s', (_, headers, fields) => expect(fieldsOfHeaders(...headers)).toEqual(fields));

  test('a column without values does not take the place of one that has some', () => {
    expect(
      fieldsOf(
        columnsOf([
          ['Phone', ''],
          ['Mobile', ...PHONES],
        ]),
      ),
    ).toEqual(['altPhone1', 'phone']);
  });
  test('"Work" and "Home" are phones where their values are', () => {
    expect(
      fieldsOf(
        columnsOf([
          ['First', 'Ann'],
          ['Work', ...PHONES],
          ['Home', ...PHONES],
        ]),
      ),
    ).toEqual(['firstName', 'phone', 'altPhone1']);
  });
});

describe('names', () => {
  test('"Name" alone is the whole name', () => expect(fieldsOfHeaders('Name', 'Email')).toEqual(['fullName', 'email']));
  test('"Name" beside a first name is the last name', () => expect(fieldsOfHeaders('Vorname', 'Name')).toEqual(['firstName', 'lastName']));
  test('"Name" beside both is kept for rows where they are blank', () => {
    expect(
      fieldsOf(
        columnsOf([
          ['Name', 'Ann Lee'],
          ['Given Name', 'Ann'],
          ['Family Name', 'Lee'],
        ]),
      ),
    ).toEqual(['fullName', 'firstName', 'lastName']);
  });
  test('"Name" beside a first name whose values hold it is the whole name', () => {
    expect(
      fieldsOf(
        columnsOf([
          ['Name', 'Ann Lee', 'Bob Ray'],
          ['First Name', 'Ann', 'Bob'],
        ]),
      ),
    ).toEqual(['fullName', 'firstName']);
  });
  test("a contact's name that is never the person's is the company", () => {
    const table = columnsOf([
      ['*ContactName', 'Northwind Supply', 'Harborline'],
      ['FirstName', 'Ann', 'Bob'],
      ['LastName', 'Lee', 'Ray'],
    ]);
    expect(fieldsOf(table)).toEqual(['companyName', 'firstName', 'lastName']);
  });
  test('two columns never feed one field', () => {
    const fields = fieldsOfHeaders('Company', 'Company Name', 'Organization', 'Job Title', 'Position', 'Notes', 'Comments').filter(
      (field) => field !== 'custom',
    );
    expect(new Set(fields).size).toBe(fields.length);
    expect(fields).toEqual(['companyName', 'jobTitle', 'notes']);
  });
});

test('any header is taken as it comes: names of objects, markup, very long ones', () => {
  const headers = ['__proto__', 'constructor', 'toString', '<b>Email</b>', 'x'.repeat(20_000), '😀', '\u0000', 'a b '.repeat(200)];
  expect(suggestMapping(tableOf(headers)).map(({ field }) => field)).toEqual(
    headers.map((header) => (header.includes('<b>') ? expect.any(String) : 'custom')),
  );
});

test('cells and headers of megabytes do not keep a pattern busy', () => {
  const long = ['1'.repeat(3_000_000), '1 '.repeat(1_500_000), 'A'.repeat(3_000_000), `a@${'b.'.repeat(1_500_000)}!`];
  expect(suggestMapping(tableOf(long, [long])).map(({ field, type }) => [field, type])).toEqual(long.map(() => ['custom', 'text']));
});
