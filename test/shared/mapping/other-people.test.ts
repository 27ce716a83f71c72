import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import type { RawTable } from '#shared/table/table.ts';
import { tableOf } from '../../support/table-of.ts';
import { columnsOf } from './columns-of.ts';

const fieldsOf = (table: RawTable) => suggestMapping(table).map(({ field, open }) => (open ? 'open' : field));
const fieldsOfHeaders = (...headers: readonly string[]) => fieldsOf(tableOf(headers));
const EMAILS = ['ann@example.com', 'bob@example.org'];
const PHONES = ['(202) 555-0143', '+44 7700 900142'];

describe('a file with several people gives the one it is about', () => {
  type Row = readonly [reason: string, headers: readonly string[], fields: readonly string[]];
  const ROWS: readonly Row[] = [
    [
      'the attendee, not the buyer',
      ['Attendee First Name', 'Attendee Email', 'Buyer First Name', 'Buyer Email'],
      ['firstName', 'email', 'custom', 'custom'],
    ],
    [
      'the attendee, not the buyer, who has one name where the attendee has two',
      ['Buyer Email', 'Buyer Name', 'Attendee First Name', 'Attendee Surname', 'Attendee Email'],
      ['custom', 'custom', 'firstName', 'lastName', 'email'],
    ],
    ['the customer, not our colleague in charge', ['氏名', 'メールアドレス', '担当者メールアドレス'], ['fullName', 'email', 'custom']],
    ['the person in charge where nobody else is', ['会社名', '担当者メールアドレス'], ['companyName', 'email']],
    [
      'the first contact, not the switchboard',
      ['Company', 'Contact 1 Name', 'Contact 1 Phone', 'Contact 2 Name', 'Contact 2 Phone', 'Main Phone'],
      ['companyName', 'fullName', 'phone', 'custom', 'custom', 'custom'],
    ],
    ['the lead, not the account that writes to it', ['Lead Email', 'Email Account'], ['email', 'custom']],
    ['the buyer where nobody else is', ['Buyer First Name', 'Buyer Email'], ['firstName', 'email']],
    [
      'the invitee, not the user who invited',
      ['User Name', 'User Email', 'Invitee Name', 'Invitee Email'],
      ['custom', 'custom', 'fullName', 'email'],
    ],
    ['a form that calls the person "user"', ['Full Name', 'User Email', 'User Phone'], ['fullName', 'email', 'phone']],
    [
      'the first of numbered persons',
      ['Contact 1 Name', 'Contact 1 Email', 'Contact 2 Name', 'Contact 2 Email'],
      ['fullName', 'email', 'custom', 'custom'],
    ],
    [
      'not even the first beside the file’s own person',
      ['First Name', 'Email', 'Person1FirstName', 'Person1Email'],
      ['firstName', 'email', 'custom', 'custom'],
    ],
    ['the contact of something with a name', ['Name', 'Contact Name', 'Contact Email'], ['custom', 'fullName', 'email']],
    ['a student, not the parent', ['Student Name', 'Parent Name', 'Parent Email'], ['fullName', 'custom', 'custom']],
    ['not the one the goods go to', ['Name', 'ship_to_contact', 'ship_to_phone'], ['fullName', 'custom', 'custom']],
  ];
  test.each(ROWS)('%s', (_, headers, fields) => expect(fieldsOfHeaders(...headers)).toEqual(fields));

  test('a company’s columns joined behind the person’s are the company’s, though they are called alike', () => {
    const headers = ['First Name', 'Phone Number', 'Create Date', 'Company Name', 'Phone Number', 'Create Date'];
    expect(fieldsOfHeaders(...headers)).toEqual(['firstName', 'phone', 'custom', 'companyName', 'custom', 'custom']);
  });
  test('two columns of phones called alike are two phones', () =>
    expect(fieldsOfHeaders('Name', 'Phone', 'Phone', 'Email', 'Email')).toEqual(['fullName', 'phone', 'altPhone1', 'email', 'altEmail1']));
  test('in a Japanese address book the company phone beside one at home is the person’s at work', () => {
    expect(fieldsOfHeaders('氏名', '会社電話', '自宅電話番号', '携帯電話')).toEqual(['fullName', 'altPhone1', 'altPhone2', 'phone']);
    expect(fieldsOfHeaders('氏名', 'TEL会社', '携帯電話')).toEqual(['fullName', 'custom', 'phone']);
  });
});

describe('half understood headers need their values', () => {
  test('the only address is taken where its values are addresses', () => {
    expect(fieldsOf(columnsOf([['Email for the catalogue', ...EMAILS]]))).toEqual(['email']);
    expect(fieldsOf(columnsOf([['Email for the catalogue', 'yes', 'no']]))).toEqual(['custom']);
    expect(fieldsOf(tableOf(['Email for the catalogue']))).toEqual(['custom']);
  });
  test('beside a column that is understood it stays out', () =>
    expect(
      fieldsOf(
        columnsOf([
          ['Email', ...EMAILS],
          ['Email gateway', ...EMAILS],
        ]),
      ),
    ).toEqual(['email', 'custom']));
  test('two of them are a question', () =>
    expect(
      fieldsOf(
        columnsOf([
          ['Phone Alpha', ...PHONES],
          ['Phone Beta', ...PHONES],
        ]),
      ),
    ).toEqual(['open', 'open']));
  test('what stands in brackets or on a second line may be unknown, unless it says what the column is about', () => {
    expect(fieldsOfHeaders('Name (as on the badge)', 'E-mail\n(no freemail)', 'Notes (internal use)')).toEqual([
      'fullName',
      'email',
      'notes',
    ]);
    expect(fieldsOfHeaders('Email (status)', 'Phone (country code)')).toEqual(['custom', 'custom']);
  });
});

describe('values turn a header that could be several things', () => {
  test('"Contact" is a name, a phone or an address', () => {
    expect(fieldsOf(columnsOf([['Contact', 'Ann Lee', 'Bob Ray']]))).toEqual(['fullName']);
    expect(fieldsOf(columnsOf([['Contact', ...PHONES]]))).toEqual(['phone']);
    expect(fieldsOf(columnsOf([['Subscriber', ...EMAILS]]))).toEqual(['email']);
  });
  test('"Name" of an order is no person', () =>
    expect(
      fieldsOf(
        columnsOf([
          ['Name', '#1001', '#1002'],
          ['Billing Name', 'Ann Lee', 'Bob Ray'],
        ]),
      ),
    ).toEqual(['custom', 'fullName']));
  test('numbers are no names', () => {
    expect(fieldsOf(columnsOf([['Name', '#1001', '#1002']]))).toEqual(['custom']);
    expect(fieldsOf(columnsOf([['Name', 'Ann Lee', '#1002', 'Bob Ray']]))).toEqual(['fullName']);
  });
  test('an address inside Sales Navigator is no profile', () => {
    expect(fieldsOf(columnsOf([['Profile', 'https://www.linkedin.com/in/ann-lee']]))).toEqual(['linkedinUrl']);
    expect(fieldsOf(columnsOf([['LinkedIn URL', 'https://www.linkedin.com/sales/lead/ACw,x']], 2))).toEqual(['open']);
    expect(fieldsOf(columnsOf([['Profile', 'https://www.linkedin.com/sales/people/ACw,x']]))).toEqual(['custom']);
  });
  test('a page of a company is no profile of a person', () =>
    expect(fieldsOf(columnsOf([['LinkedIn', 'https://www.linkedin.com/company/fernhill']], 2))).toEqual(['open']));
  test('"Role" of a login is no job', () => {
    expect(fieldsOf(columnsOf([['Role', 'admin', 'subscriber']]))).toEqual(['custom']);
    expect(fieldsOf(columnsOf([['Role', 'Head of Sales', 'Buyer']]))).toEqual(['jobTitle']);
  });
});
