import { describe, expect, test } from 'vitest';
import { countingColumns, countOptOuts, entriesOf, findOptOutColumns, shutOutOf } from '#shared/plan/opt-out-column.ts';

const [EMAIL, PHONE, BOTH] = [['email'], ['phone'], ['email', 'phone']] as const;

/** What a header says, as `says kinds`. */
function reading(header: string): string | null {
  const [found] = findOptOutColumns({ headers: ['Name', header] });
  return found ? [found.says, ...found.kinds].join(' ') : null;
}

describe('a column of opt-outs', () => {
  test.each([
    ['HasOptedOutOfEmail', 'yes email', 'the field of an API'],
    ['Email Opt Out', 'yes email', 'as CRMs export it'],
    ['Email_Opt_out', 'yes email', 'written for machines'],
    ['EMAIL OPTED OUT', 'yes email', 'in capitals'],
    ['Unsubscribed from all email', 'yes email', 'all of one way'],
    ['Unsubscribed', 'yes email', 'said of mailings'],
    ['unsubscribed_at', 'yes email', 'since when'],
    ['Newsletter opt-out', 'yes email', 'a mailing by another name'],
    ['Email Suppressions', 'yes email', 'the list they are on'],
    ['doNotEmail', 'yes email', 'together'],
    ['DoNotCall', 'yes phone', 'the field of an API'],
    ['do_not_call', 'yes phone', 'written for machines'],
    ['Mobile Phone Do Not Call', 'yes phone', 'of one number: the person says no'],
    ['Phone 1 DNC', 'yes phone', 'of one number'],
    ['SMS opt out', 'yes phone', 'a text message goes to a phone'],
    ['Text Opt-Out', 'yes phone', 'a text message by its short name'],
    ['Call Opted Out', 'yes phone', 'calls'],
    ['Do Not Contact', 'yes email phone', 'in any way'],
    ['Opt Out', 'yes email phone', 'names no way'],
    ['Unsubscribed from all', 'yes email phone', 'in any way'],
    ['Opt-out of calls and emails', 'yes email phone', 'names both'],
    ['Suppressed', 'yes email phone', 'names no way'],
    ['Opt-out status', 'yes email phone', 'a status of one thing'],
    ['Email opt in', 'no email', 'a yes there is the contrary'],
    ['Subscribed', 'no email phone', 'a yes there is the contrary'],
    ['Marketing consent', 'no email phone', 'a yes there is the contrary'],
    ['SMS Consent', 'no phone', 'a yes there is the contrary'],
    ['Subscription status', 'words email phone', 'only words say which'],
    ['Lead Status', 'words email phone', 'only words say which'],
    ['Opt-in / Opt-out', 'words email phone', 'a yes could be either'],
    ['¿Desea recibir publicidad?', 'no email phone', 'asked in Spanish: a no is the opt-out'],
    ['Acepta publicidad', 'no email phone', 'an opt-in in Spanish'],
    ['No desea recibir publicidad', 'yes email phone', 'the contrary in Spanish'],
    ['Deseja receber novidades', 'no email phone', 'an opt-in in Portuguese'],
    ['Não deseja receber e-mail', 'yes email', 'the contrary in Portuguese'],
    ['Accepte la prospection', 'no email phone', 'an opt-in in French'],
    ['Ne souhaite pas recevoir d’e-mails', 'yes email', 'the contrary in French'],
    ['Accetta pubblicità', 'no email phone', 'an opt-in in Italian'],
    ['Non desidera ricevere pubblicità', 'yes email phone', 'the contrary in Italian'],
    ['Wil reclame ontvangen', 'no email phone', 'an opt-in in Dutch'],
    ['Geen reclame', 'yes email phone', 'the contrary in Dutch'],
    ['DND', 'yes phone', 'do not disturb: calls and texts'],
    ['Robinson', 'yes email phone', 'the list of those who want no advertising'],
    ['HasOptedOutOfFax', null, 'nobody is reached by fax here'],
    ['Opt-out reason', null, 'a text beside it'],
    ['Unsubscribe count', null, 'a 1 there is a number'],
    ['Not opted out', null, 'the contrary'],
    ['Email', null, 'an address'],
    ['Call notes', null, 'a text'],
    ['Adopt outlook', null, 'words inside of words'],
    ['', null, 'nothing'],
  ])('“%s”: %s, %s', (header, is, _why) => {
    expect(reading(header)).toBe(is);
  });

  test.each([
    ['cs', 'Odhlášen', 'Nevolat'],
    ['da', 'Afmeldt', 'Ring ikke'],
    ['de', 'E-Mail-Abmeldung', 'Nicht anrufen'],
    ['es', 'Dado de baja', 'No llamar'],
    ['fi', 'Tilaus peruttu', 'Älä soita'],
    ['fr', 'Désinscrit', 'Ne pas appeler'],
    ['it', 'Disiscritto', 'Non chiamare'],
    ['ja', '配信停止', '電話不可'],
    ['ko', '수신 거부', '전화 거부'],
    ['nl', 'Afgemeld', 'Niet bellen'],
    ['no', 'Avmeldt', 'Ikke ring'],
    ['pl', 'Wypisany', 'Nie dzwonić'],
    ['pt', 'Descadastrado', 'Não ligar'],
    ['ru', 'Отписан', 'Не звонить'],
    ['sv', 'Avregistrerad', 'Ring inte'],
    ['tr', 'Abonelikten çıktı', 'Aramayın'],
    ['uk', 'Відписаний', 'Не дзвонити'],
    ['zh', '退订', '请勿致电'],
  ])('is known in the language %s: “%s” of mails, “%s” of calls', (_, mails, calls) => {
    expect([reading(mails), reading(calls)]).toEqual(['yes email', 'yes phone']);
  });

  test('a way is named in any language: a phone of a “Telefon Opt-out”, an address of a “メール オプトアウト”', () => {
    expect(['Telefon Opt-out', 'Téléphone opt-out', 'メール オプトアウト'].map(reading)).toEqual(['yes phone', 'yes phone', 'yes email']);
  });

  test('every one of several counts, and opt-ins only where somebody says so', () => {
    const found = findOptOutColumns({ headers: ['Email', 'Email Opt Out', 'Do Not Call', 'Opt in'] });
    expect(found.map(({ column }) => column)).toEqual([1, 2, 3]);
    expect(countingColumns(found).map(({ column }) => column)).toEqual([1, 2]);
    const chosen = [
      { column: 1, on: false },
      { column: 3, on: true },
    ];
    expect(countingColumns(found, chosen).map(({ column }) => column)).toEqual([2, 3]);
  });
});

describe('a cell', () => {
  const under = (header: string, cell: string) => shutOutOf(findOptOutColumns({ headers: [header] }), [cell]);

  test.each([
    ...['yes', 'Y', ' TRUE ', '1', 'x', 'ja', 'Oui', 'sí', 'да', 'так', 'はい', '是', '예', 'WAHR', 'VERDADERO', '✓', '✔️', 'Ｙｅｓ'],
    ...['Unsubscribed', 'opted-out', 'désinscrit', 'Do Not Call'],
    ...['2024-05-01', '2024-05-01T10:20:30Z', '5/1/2024 10:20 AM', '01.05.24', 'May 1, 2024', '1714521600'],
  ])('“%s” is a yes', (cell) => {
    expect(under('Unsubscribed at', cell)).toEqual(EMAIL);
  });

  test.each([
    ...['', 'no', 'FALSE', '0', 'n/a', 'nein', 'maybe', 'Subscribed', '2', 'yes, if in writing'],
    ...['0000-00-00', '0001-01-01', '1900-01-01', '1970-01-01 00:00:00', '00/00/0000', '+1 202 555 0123', 'y'.repeat(1_000)],
  ])('“%s” is none: nothing is guessed, and no empty date of a database is a day', (cell) => {
    expect(under('Unsubscribed at', cell)).toEqual([]);
  });

  test.each([
    ['Lead status', 'Do Not Contact', BOTH],
    ['Lead status', 'Do not call', PHONE],
    ['Subscription status', 'Unsubscribed', EMAIL],
    ['Subscription status', 'Subscribed', []],
    ['Subscription status', 'yes', []],
    ['Status', '2024-05-01', []],
    ['Opt-in / Opt-out', 'Opt-out', BOTH],
    ['Email opt in', 'no', EMAIL],
    ['Email opt in', 'FALSE', EMAIL],
    ['Email opt in', '', []],
    ['Email opt in', 'yes', []],
    ['Do not call', 'yes', PHONE],
  ])('under “%s”: “%s” shuts out %j', (header, cell, kinds) => {
    expect(under(header, cell)).toEqual(kinds);
  });

  test('what several say adds up, and what is mended later takes nothing back', () => {
    const columns = findOptOutColumns({ headers: ['Email Opt Out', 'Do Not Call'] });
    expect(shutOutOf(columns, ['yes', 'yes'])).toEqual(BOTH);
    expect(shutOutOf(columns, ['yes', ''], ['no', 'x'])).toEqual(BOTH);
    expect(shutOutOf(columns, ['no', ''])).toEqual([]);
    const [email] = columns;
    expect(email && countOptOuts({ rows: [['yes'], ['no'], [], ['1']] }, email)).toBe(2);
  });
});

test('an opt-out from emails shuts out every address of the person and no phone', () => {
  const lead = { email: 'a@x.com', altEmail2: 'b@x.com', phone: '+12025550123', altPhone1: '+12025550124' };
  expect(entriesOf(lead, EMAIL).map(({ value }) => value)).toEqual(['a@x.com', 'b@x.com']);
  expect(entriesOf(lead, PHONE).map(({ value }) => value)).toEqual(['+12025550123', '+12025550124']);
  expect(entriesOf(lead)).toHaveLength(4);
});
