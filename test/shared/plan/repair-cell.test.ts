import { describe, expect, test } from 'vitest';
import { withCountry, withFix, withoutBad } from '#shared/plan/repair-cell.ts';

describe('numbers without a country get the one that was chosen', () => {
  type Row = readonly [reason: string, cell: string, code: Parameters<typeof withCountry>[3], expected: string];
  const ROWS: readonly Row[] = [
    ['a national number', '020 7946 0018', undefined, '+442079460018'],
    ['its extension stays', '020 7946 0018 x12', undefined, '+442079460018 x12'],
    ['a number that says its country stays as it is written', '+33 1 42 68 53 00', undefined, '+33 1 42 68 53 00'],
    ['so does one that dials out', '0033142685300', undefined, '0033142685300'],
    ['of several each for itself', '020 7946 0018; +33142685300', undefined, '+442079460018; +33142685300'],
    ['words stay', 'call me', undefined, 'call me'],
    ['what cannot be read there stays', '12', undefined, '12'],
    ['asked for one problem only, good numbers stay', '2025550123', 'phone_invalid', '2025550123'],
    ['and the others change', '020 7946 0018', 'phone_invalid', '+442079460018'],
  ];
  test.each(ROWS)('%s', (_, cell, code, expected) => expect(withCountry(cell, 'GB', 'US', code)).toBe(expected));
});

describe('dropping what has a problem', () => {
  type Row = readonly [reason: string, cell: string, code: Parameters<typeof withoutBad>[1], expected: string];
  const ROWS: readonly Row[] = [
    ['a cell that is nothing else is blank', 'nobody', 'email_no_at', ''],
    ['the good address beside it stays', 'ann@example.com; bob@example', 'email_no_dot', 'ann@example.com'],
    ['another problem in the cell stays', 'ann@example.com; bob@example', 'email_role', 'ann@example.com; bob@example'],
    ['a shared mailbox goes, the person stays', 'info@example.com, ann@example.com', 'email_role', 'ann@example.com'],
    ['of several addresses the first stays', 'a@example.com; b@example.com', 'emails_spread', 'a@example.com'],
    ['the good number stays', '2025550123 / 99', 'phone_invalid', '2025550123'],
    ['of several numbers the first stays', '2025550123 / 2025550124', 'phones_spread', '2025550123'],
    ['the first good owner stays', 'ann@example.com; bob@example', 'owner_invalid', 'ann@example.com'],
    ['a page of a company goes', 'https://linkedin.com/company/x', 'linkedin_company', ''],
  ];
  test.each(ROWS)('%s', (_, cell, code, expected) => expect(withoutBad(cell, code, 'US')).toBe(expected));
});

describe('taking what is suggested', () => {
  test('the likely domain', () => expect(withFix('Ann@gmial.com', 'email_typo')).toBe('ann@gmail.com'));
  test('only for the address that has the problem', () =>
    expect(withFix('bob@example.com; ann@gmial.com', 'email_typo')).toBe('bob@example.com; ann@gmail.com'));
  test('an address hidden from robots', () => expect(withFix('ann at example.com', 'email_no_at')).toBe('ann@example.com'));
  test('nothing where nothing is suggested', () => expect(withFix('Nobody', 'email_no_at')).toBe('Nobody'));
});
