import { describe, expect, test } from 'vitest';
import { suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { columnsOf } from './columns-of.ts';

const PEOPLE = ['Ann Lee', 'Bob Ray', 'Maria Ames', 'Peter Oh'];
const OTHERS = ['Zed Zeller', 'Yan Yates', 'Xi Wu', 'Will Vane'];
const EMAILS = ['ann@example.com', 'bob@example.org', 'maria@example.net'];
const PHONES = ['+1 202 555 0143', '(202) 555-0117', '+44 7700 900142'];

type Kind = 'people' | 'others' | 'emails' | 'phones';
const VALUES: Readonly<Record<Kind, readonly string[]>> = { people: PEOPLE, others: OTHERS, emails: EMAILS, phones: PHONES };
const suggest = (columns: readonly (readonly [header: string, kind: Kind])[]) =>
  suggestMapping(columnsOf(columns.map(([header, kind]) => [header, ...VALUES[kind]] as const)));
const fieldsOf = (columns: readonly (readonly [header: string, kind: Kind])[]) =>
  suggest(columns).map(({ field, open }) => (open ? 'open' : field));

describe('beside the file’s own person, who gets the bill and who helps is somebody else', () => {
  test.each([
    ['Name', 'Billing Contact Name', 'Billing Contact Email', 'Invoice phone'],
    ['Name', 'Billing Name', 'Vendor Email', 'Broker Phone'],
    ['Full Name', 'Landlord Name', 'Co-borrower email', 'Guarantor phone'],
    ['Name', 'Ansprechpartner Buchhaltung', 'E-Mail Rechnung', 'Telefon Anwalt'],
    ['Nom', 'Nom du courtier', 'E-mail comptabilité', 'Téléphone du notaire'],
    ['Nombre', 'Nombre del abogado', 'Correo facturación', 'Teléfono avalista'],
    ['Nome completo', 'Nome do fiador', 'E-mail financeiro', 'Telefone do contador'],
    ['Nome', 'Nome del garante', 'E-mail amministrazione', 'Telefono avvocato'],
    ['Naam', 'Naam makelaar', 'E-mail factuur', 'Telefoon boekhouding'],
    ['Imię i nazwisko', 'Imię i nazwisko pośrednika', 'E-mail księgowość', 'Telefon do faktury'],
    ['Namn', 'Namn mäklare', 'E-post faktura', 'Telefon kundtjänst'],
    ['Navn', 'Navn revisor', 'E-mail bogholderi', 'Telefon advokat'],
    ['Nimi', 'Takaajan nimi', 'Sähköposti laskutus', 'Puhelin kirjanpito'],
    ['Jméno a příjmení', 'Jméno makléře', 'E-mail fakturace', 'Telefon účetní'],
    ['Ad Soyad', 'Avukat adı soyadı', 'Muhasebe e-posta', 'Kefil telefonu'],
    ['ФИО', 'ФИО агента', 'Email бухгалтерии', 'Телефон брокера'],
    ['ПІБ', 'ПІБ бухгалтера', 'Email бухгалтерії', 'Телефон агента'],
    ['氏名', '保証人氏名', '請求先メール', '経理電話番号'],
    ['姓名', '担保人姓名', '财务邮箱', '律师电话'],
    ['이름', '보증인 이름', '담당자 이메일', '회계팀 전화'],
  ])('%s | %s | %s | %s', (name, otherName, otherEmail, otherPhone) => {
    const fields = fieldsOf([
      [name, 'people'],
      [otherName, 'others'],
      ['Email', 'emails'],
      [otherEmail, 'emails'],
      ['Phone', 'phones'],
      [otherPhone, 'phones'],
    ]);
    expect(fields).toEqual(['fullName', 'custom', 'email', 'custom', 'phone', 'custom']);
  });
});

describe('alone in a file such a column is a question', () => {
  test.each([
    ['Lawyer Email', 'emails', 'email'],
    ['Support email', 'emails', 'email'],
    ['Vendor Email', 'emails', 'email'],
    ['Broker Phone', 'phones', 'phone'],
    ['Beneficiary phone', 'phones', 'phone'],
    ['Landlord Name', 'people', 'fullName'],
  ] as const)('%s', (header, kind, candidate) => {
    const [suggestion] = suggest([[header, kind]]);
    expect(suggestion).toMatchObject({ field: 'custom', open: true, reason: { code: 'other_person' } });
    expect(suggestion?.candidates[0]?.field).toBe(candidate);
  });

  test('who gets the bill is the person where nobody else is', () => {
    expect(
      fieldsOf([
        ['Billing Name', 'people'],
        ['Billing Email', 'emails'],
      ]),
    ).toEqual(['fullName', 'email']);
  });
});

describe('who may be somebody else is the person of a list of such people', () => {
  test.each(['Agent', 'Broker', 'Coach', 'Teacher', 'Parent', 'Attendee', 'Guest', 'Buyer', 'Student', 'Patient', 'Member'])(
    '%s',
    (who) => {
      expect(
        fieldsOf([
          [`${who} Name`, 'people'],
          [`${who} Email`, 'emails'],
          [`${who} Phone`, 'phones'],
        ]),
      ).toEqual(['fullName', 'email', 'phone']);
    },
  );

  test('two of them are nobody’s file', () => {
    const fields = fieldsOf([
      ['Agent Name', 'people'],
      ['Lender Email', 'emails'],
    ]);
    expect(fields).toEqual(['open', 'open']);
  });

  test('and a vendor whose names are no people’s is none', () => {
    const table = columnsOf([
      ['Vendor Name', 'Northwind Supply', 'Pine Trading'],
      ['Vendor Email', ...EMAILS],
    ]);
    expect(suggestMapping(table).map(({ field }) => field)).toEqual(['custom', 'custom']);
  });
});
