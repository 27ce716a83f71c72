import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from '../../support/table-of.ts';

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
    ['a role of a chief stays a job', ['Email', 'Role'], [MAIL, 'COO'], ['email', 'jobTitle']],
    ['"SN" beside a name is a count', ['SN', 'Given name'], ['1', 'Ann'], ['custom', 'firstName']],
    ['"sn" of a directory is the surname', ['sn', 'givenName'], ['Lee', 'Ann'], ['lastName', 'firstName']],
  ])('%s', (_, headers, row, fields) => {
    expect(fieldsOf(headers, row)).toEqual(fields);
  });
});

describe('who is meant, the other columns say', () => {
  test.each([
    [
      'the address of the bill has the name of who pays it',
      ['orderNumber', 'billingAddress.firstName', 'billingAddress.lastName', 'shippingAddress.firstName'],
      ['10001', 'Ann', 'Lee', 'Pat'],
      ['custom', 'firstName', 'lastName', 'custom'],
    ],
    [
      'a name on show beside a contact’s is that of what the contact belongs to',
      ['display_name', 'contact_name', 'primary_email'],
      ['Northwind', 'Ann Lee', MAIL],
      ['custom', 'fullName', 'email'],
    ],
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

describe('names of fields in databases', () => {
  test.each([
    ['fields somebody made in Salesforce', ['First Name__c', 'Last_Name__c', 'COMPANY_NAME__c', 'Email__c', 'MobilePhone__pc']],
    ['short names of columns', ['f_name', 'lst_nm', 'co_nm', 'cust_email_addr', 'cust_mob_no']],
  ])('%s', (_, headers) => {
    expect(fieldsOf(headers, ['Ann', 'Lee', 'Northwind', MAIL, PHONE])).toEqual(['firstName', 'lastName', 'companyName', 'email', 'phone']);
  });
});

describe('a form asks in whole sentences', () => {
  test.each([
    [
      'Wie heißen Sie?',
      'Wie lautet Ihre E-Mail-Adresse?',
      'Unter welcher Nummer erreichen wir Sie?',
      'Für welches Unternehmen arbeiten Sie?',
    ],
    [
      'Quel est votre nom ?',
      'Quelle est votre adresse e-mail ?',
      'Quel est votre numéro de téléphone ?',
      'Pour quelle entreprise travaillez-vous ?',
    ],
    ['¿Cómo se llama?', '¿Cuál es su correo?', '¿Cuál es su número de teléfono?', '¿En qué empresa trabaja?'],
    ['Qual é o seu nome?', 'Qual é o seu e-mail?', 'Qual é o seu telefone?', 'Em qual empresa você trabalha?'],
    ['Come si chiama?', 'Qual è la sua e-mail?', 'Qual è il suo numero di telefono?', 'Per quale azienda lavora?'],
    ['Hoe heet u?', 'Wat is uw e-mailadres?', 'Wat is uw telefoonnummer?', 'Bij welk bedrijf werkt u?'],
    ['Jak się nazywasz?', 'Jaki jest Twój adres e-mail?', 'Jaki jest Twój numer telefonu?', 'W jakiej firmie pracujesz?'],
    ['Vad heter du?', 'Vad är din e-postadress?', 'Vad är ditt telefonnummer?', 'På vilket företag arbetar du?'],
    ['Hvad hedder du?', 'Hvad er din e-mailadresse?', 'Hvad er dit telefonnummer?', 'Hvilken virksomhed arbejder du for?'],
    ['Hva heter du?', 'Hva er e-postadressen din?', 'Hva er ditt telefonnummer?', 'Hvilket firma jobber du i?'],
    ['Mikä on nimesi?', 'Mikä on sähköpostiosoitteesi?', 'Mikä on puhelinnumerosi?', 'Missä yrityksessä työskentelet?'],
    ['Jak se jmenujete?', 'Jaký je Váš e-mail?', 'Jaký je Váš telefon?', 'Ve které firmě pracujete?'],
    ['Adınız soyadınız nedir?', 'E-posta adresiniz nedir?', 'Telefon numaranız nedir?', 'Hangi şirkette çalışıyorsunuz?'],
    ['Как вас зовут?', 'Укажите ваш email', 'Укажите ваш номер телефона', 'В какой компании вы работаете?'],
    ['Як вас звати?', 'Вкажіть ваш email', 'Вкажіть ваш номер телефону', 'В якій компанії ви працюєте?'],
    ['お名前を教えてください', 'メールアドレスを入力してください', '電話番号を教えてください', '会社名を入力してください'],
    ['您叫什么名字？', '您的邮箱是什么？', '请填写您的手机号码', '您在哪家公司工作？'],
    ['성함이 어떻게 되시나요?', '이메일을 입력해 주세요', '전화번호를 알려주세요', '회사명을 입력해 주세요'],
  ])('%s', (...headers) => {
    expect(fieldsOf(headers, ['Ann Lee', MAIL, PHONE, 'Northwind'])).toEqual(['fullName', 'email', 'phone', 'companyName']);
  });
});
